"""What tests share: the data, copies of its folder that can be spoilt, and the real processes."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from knowledge.load import DATA, knowledge_base
from knowledge.model import KnowledgeBase

if TYPE_CHECKING:
    from tests.e2e.stack import Stack

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


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """The real processes, started once for all end-to-end tests and conversations."""
    from tests.e2e.stack import Stack, wait_for  # not needed by quick tests

    running = Stack(tmp_path_factory.mktemp("stack"))

    def answers() -> bool:  # the first turn opens the index, which a busy machine may not do in the time of one turn
        return running.chat().say("hello")[0]["custom"].get("reason") != "unavailable"

    try:
        running.start()
        wait_for(answers)
        yield running
    finally:
        running.stop()
