"""The search index on disk: FAISS vectors, the texts behind them, and a manifest that tells whether they still hold."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from knowledge.errors import NoIndexError, StaleIndexError
from knowledge.model import Entry, KnowledgeBase, Language
from knowledge.scripts import folded

if TYPE_CHECKING:
    from knowledge.encoder import Encoder

FORMAT = 2
VECTORS, ROWS, MANIFEST = "vectors.faiss", "rows.json", "manifest.json"


@dataclass(frozen=True)
class Row:
    """One text that can be found, and the entry it leads to. `text` is embedded; `more` is searched by its words only."""

    owner: str
    language: str
    text: str
    more: str = ""


@dataclass(frozen=True)
class Manifest:
    """What an index was built from. `digest` is that of the data folder."""

    format: int
    encoder: str
    dimension: int
    rows: int
    digest: str


@dataclass(frozen=True)
class Index:
    """Rows and their vectors, in the same order; `vectors` is a faiss.IndexFlatIP."""

    manifest: Manifest
    rows: tuple[Row, ...]
    vectors: Any


def rows_of(base: KnowledgeBase) -> tuple[Row, ...]:
    """The texts of all entries: each title, with its summary beside it, and each way of asking, in each language."""
    return tuple(row for entry in base.entries.values() for row in _rows_of(entry))


def _rows_of(entry: Entry) -> list[Row]:
    rows = []
    for language in Language:
        rows.append(Row(entry.id, language.value, entry.title[language], entry.summary[language]))
        rows.extend(Row(entry.id, language.value, question) for question in entry.asked_as[language])
    return rows


def build(base: KnowledgeBase, encoder: Encoder, folder: Path, progress: bool = False) -> Manifest:
    """Embeds all entries and writes the index. One that is there is replaced; vectors of texts that it has are kept."""
    import faiss

    rows = rows_of(base)
    known = _vectors_of(folder, encoder)
    new = list(dict.fromkeys(text for row in rows if (text := folded(row.text)) not in known))
    known.update(zip(new, encoder.passages(new, progress), strict=True))
    vectors = faiss.IndexFlatIP(encoder.dimension)
    if rows:
        vectors.add(np.stack([known[folded(row.text)] for row in rows]))
    manifest = Manifest(FORMAT, encoder.name, encoder.dimension, len(rows), base.digest)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MANIFEST).unlink(missing_ok=True)  # last to come, first to go: no manifest, no index
    faiss.write_index(vectors, str(folder / VECTORS))
    (folder / ROWS).write_text(json.dumps([asdict(row) for row in rows], ensure_ascii=False), "utf-8")
    (folder / MANIFEST).write_text(json.dumps(asdict(manifest), indent=2), "utf-8")
    return manifest


def _vectors_of(folder: Path, encoder: Encoder) -> dict[str, np.ndarray]:
    """Vectors of an earlier index of the same encoder, by folded text; none when there is no such index."""
    import faiss

    manifest = manifest_of(folder)
    if manifest is None or (manifest.format, manifest.encoder, manifest.dimension) != (
        FORMAT,
        encoder.name,
        encoder.dimension,
    ):
        return {}
    rows = json.loads((folder / ROWS).read_text("utf-8"))
    stored = faiss.read_index(str(folder / VECTORS)).reconstruct_n(0, len(rows))
    return {folded(row["text"]): vector for row, vector in zip(rows, stored, strict=True)}


def manifest_of(folder: Path) -> Manifest | None:
    """The manifest of an index; None when there is none that can be read."""
    try:
        return Manifest(**json.loads((folder / MANIFEST).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def is_current(folder: Path, digest: str, encoder_name: str) -> bool:
    """Whether the index in a folder was built from this data by this encoder."""
    manifest = manifest_of(folder)
    return manifest is not None and (manifest.format, manifest.encoder, manifest.digest) == (FORMAT, encoder_name, digest)


def open_index(folder: Path, base: KnowledgeBase, encoder: Encoder) -> Index:
    """Reads an index back.

    Raises:
        NoIndexError: There is none.
        StaleIndexError: It was built from other data, by another encoder or in another format.
    """
    import faiss

    manifest = manifest_of(folder)
    if manifest is None:
        raise NoIndexError(f"{folder}: no index. Run `make index`.")
    wanted = {"format": FORMAT, "encoder": encoder.name, "dimension": encoder.dimension, "digest": base.digest}
    for name, value in wanted.items():
        found = getattr(manifest, name)
        if found != value:
            raise StaleIndexError(f"{folder}: index has {name} {found!r}, needed: {value!r}. Run `make index`.")
    rows = tuple(Row(**row) for row in json.loads((folder / ROWS).read_text("utf-8")))
    vectors = faiss.read_index(str(folder / VECTORS))
    if not vectors.ntotal == len(rows) == manifest.rows:
        raise StaleIndexError(f"{folder}: {vectors.ntotal} vectors for {len(rows)} texts. Run `make index`.")
    return Index(manifest, rows, vectors)
