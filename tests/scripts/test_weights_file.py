"""The engine's weights: read, written and put together without loss."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from knowledge.tuned_weights import TUNED, base_file, put_together
from scripts.tuning.weights_file import from_blocks, read, to_blocks, write


def test_blocks_come_back_unchanged() -> None:
    """Weights that were read from blocks lie on the steps of a scale, so writing them loses nothing."""
    random = np.random.default_rng(3)
    once = from_blocks(to_blocks(random.normal(size=(8, 64)).astype(np.float32)), 64)
    assert np.array_equal(from_blocks(to_blocks(once), 64), once)


def test_blocks_keep_weights_within_half_a_step() -> None:
    rows = np.random.default_rng(4).normal(size=(16, 32)).astype(np.float32)
    back = from_blocks(to_blocks(rows), 32)
    assert np.abs(back - rows).max() <= np.abs(rows).max() / 7
    assert np.corrcoef(back.ravel(), rows.ravel())[0, 1] > 0.99


@pytest.mark.slow
def test_a_file_written_is_the_file_read(tmp_path: Path) -> None:
    weights = read(base_file())
    write(weights, tmp_path / "again.bin")
    again = read(tmp_path / "again.bin")
    assert again.pieces == weights.pieces and again.sizes == weights.sizes
    for name, tensor in weights.tensors.items():
        assert np.array_equal(again.tensors[name], tensor), name


def test_tuned_layers_fit_and_change_only_themselves() -> None:
    base = base_file().read_bytes()
    whole = put_together(base, TUNED)
    assert len(whole) == len(base)
    with np.load(TUNED) as layers:
        tuned = sum(
            layers[name].nbytes if layers[name].dtype == np.uint8 else 2 * layers[name].nbytes for name in layers.files
        )
    differing = (np.frombuffer(base, np.uint8) != np.frombuffer(whole, np.uint8)).sum()
    assert 0 < differing <= tuned


def test_a_layer_that_does_not_fit_is_refused(tmp_path: Path) -> None:
    np.savez(tmp_path / "wrong.npz", **{"l0.q.w": np.zeros(10, np.uint8)})
    with pytest.raises(ValueError, match=r"l0\.q\.w has 10 bytes, needed: \d+"):
        put_together(base_file().read_bytes(), tmp_path / "wrong.npz")


def test_another_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.bin").write_bytes(b"GGUF" + bytes(100))
    with pytest.raises(ValueError, match="begins with b'E5S1'"):
        read(tmp_path / "x.bin")
