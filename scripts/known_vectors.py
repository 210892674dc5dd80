"""python -m scripts.known_vectors: embeds training messages and entries once, into knowledge/known_vectors.npz.

Run it after a change of many examples or entries (`make vectors`); what it does not know is embedded at the first start instead.
"""

from __future__ import annotations

import sys

from bot.training_examples import examples
from knowledge.encoder import DEFAULT, encoder
from knowledge.index import rows_of
from knowledge.known_vectors import KNOWN, key_of, write
from knowledge.load import knowledge_base
from knowledge.scripts import folded


def main() -> int:
    """Embeds; gives the exit status."""
    model = encoder(DEFAULT)
    asked = list(dict.fromkeys(folded(text) for text, _ in examples()))
    told = list(dict.fromkeys(folded(row.text) for row in rows_of(knowledge_base())))
    import numpy as np

    vectors = np.vstack([model.queries(asked, progress=True), model.passages(told, progress=True)])
    keys = [key_of(text, "query") for text in asked] + [key_of(text, "document") for text in told]
    write(KNOWN, model.name, keys, vectors)
    print(f"{len(keys)} vectors of {model.name}, {KNOWN.stat().st_size / 1e6:.1f} MB.", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
