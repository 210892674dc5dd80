"""Rasa's own command line without the warnings of the libraries beneath it, which are about their future, not ours."""

from __future__ import annotations

import sys
import warnings


def main() -> None:
    """Runs `rasa` with the arguments of this process."""
    warnings.showwarning = lambda *_, **__: None  # filters do not last: libraries reset them while they load
    from rasa.__main__ import main as rasa

    sys.exit(rasa())


if __name__ == "__main__":
    main()
