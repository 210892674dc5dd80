"""A YAML 1.2 file and the line of anything in it."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.nodes import MappingNode, Node, SequenceNode

from knowledge.errors import DataFaults, Fault


class YamlSource:
    """One file. Values come from the fast parser; lines are looked up only when a fault is reported."""

    def __init__(self, path: Path, shown_as: str) -> None:
        self.path, self.shown_as = path, shown_as

    @cached_property
    def data(self) -> Any:
        """The parsed file. Raises DataFaults when it is not YAML or repeats a key."""
        try:
            return YAML(typ="safe").load(self.path.read_bytes())
        except MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            found = (error.problem or str(error)).split("\n")[0]
            raise DataFaults([Fault(self.shown_as, mark.line + 1 if mark else 0, f"not YAML: {found}")]) from error

    @cached_property
    def _root(self) -> Node | None:
        return YAML(typ="rt", pure=True).compose(self.path.read_text("utf-8"))

    def line(self, *place: str | int) -> int:
        """The 1-based line of a key or list item; of its nearest parent when it is absent."""
        node, line = self._root, 1
        for part in place:
            if isinstance(node, MappingNode):
                pairs = [pair for pair in node.value if pair[0].value == str(part)]
                if not pairs:
                    break
                line, node = pairs[0][0].start_mark.line + 1, pairs[0][1]
            elif isinstance(node, SequenceNode) and isinstance(part, int) and part < len(node.value):
                node = node.value[part]
                line = node.start_mark.line + 1
            else:
                break
        return line
