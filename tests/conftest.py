"""What tests share: copies of the data folder that can be spoilt, and a small search."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from knowledge.load import DATA, knowledge_base
from knowledge.model import KnowledgeBase

EXAMPLE = Path(__file__).parent / "data"


@pytest.fixture(scope="session")
def base() -> KnowledgeBase:
    """The data that ships."""
    return knowledge_base()


@pytest.fixture
def data_folder(tmp_path: Path) -> Path:
    """The closed lists and what holds everywhere, with the one small place of tests/data: a folder that tests may spoil."""
    folder = tmp_path / "data"

    def places(directory: str, names: list[str]) -> set[str]:
        by_place = Path(directory).name in ("entries", "parameters", "laws", "authorities")
        return {name for name in names if by_place and name != "general"}

    shutil.copytree(DATA, folder, ignore=places)
    shutil.copytree(EXAMPLE, folder, dirs_exist_ok=True)
    return folder
