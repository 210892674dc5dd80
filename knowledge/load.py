"""The data folder as one KnowledgeBase. Every fault is collected with file and line, then raised once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from knowledge.entry_source import GENERAL, EntryReader, Vocabulary
from knowledge.errors import DataFaults, Fault, did_you_mean
from knowledge.facts import FACT_NAMES
from knowledge.fields import Fields
from knowledge.law_source import read_authority, read_parameter, read_statute
from knowledge.model import Entry, KnowledgeBase, Language, Words
from knowledge.vocabulary_source import read_fact, read_jurisdiction, read_letter, read_region, read_sector, read_topic
from knowledge.yaml_source import YamlSource

DATA = Path(__file__).parent / "data"

Thing = TypeVar("Thing")


LETTER_FRAME = "_letter"
"""The template that the letters of one language share."""


@lru_cache(maxsize=1)
def knowledge_base() -> KnowledgeBase:
    """The data that ships with the package, read once per process. Raises DataFaults."""
    return load(DATA)


def load(folder: Path) -> KnowledgeBase:
    """A data folder, laid out as in knowledge/README.md.

    Raises:
        DataFaults: The folder has faults; all of them are in it.
    """
    loading = read_folder(folder)
    if loading.faults:
        raise DataFaults(loading.faults)
    return loading.base


@dataclass
class Loading:
    """A base as far as it could be read, the faults found, and where each entry, parameter and authority stands."""

    base: KnowledgeBase
    faults: list[Fault]
    origins: dict[str, Fields]


def read_folder(folder: Path) -> Loading:
    """Reads everything that can be read, noting every fault."""
    return _Folder(folder).read()


@dataclass
class _Folder:
    folder: Path
    faults: list[Fault] = field(default_factory=list)
    origins: dict[str, Fields] = field(default_factory=dict)

    def read(self) -> Loading:
        jurisdictions = self._map("jurisdictions.yml", read_jurisdiction)
        places = [place.place for place in jurisdictions.values()]
        topics = self._map("topics.yml", read_topic)
        facts = self._map("facts.yml", read_fact)
        for name in FACT_NAMES:
            if name not in facts:
                self.faults.append(Fault("facts.yml", 0, f"missing fact {name!r}"))
        sectors = self._map("sectors.yml", read_sector)
        regions = self._map("regions.yml", lambda fields, key: read_region(fields, key, places))
        wording, evidence = self._words("wording.yml"), self._words("evidence.yml")
        letters = self._map("letters/letters.yml", lambda f, key: read_letter(f, key, tuple(topics), tuple(facts)))

        statutes = self._places("laws", places, lambda place: read_statute)
        authorities = self._places("authorities", places, lambda place: read_authority)
        parameters = self._files("parameters", places, lambda place: lambda f, key: read_parameter(f, key, statutes, place))
        vocabulary = Vocabulary(topics, facts, sectors, regions, evidence, letters, statutes, authorities, parameters)
        entries: dict[str, Entry] = self._files(
            "entries", [*places, GENERAL], lambda place: EntryReader(place, vocabulary).read
        )
        base = KnowledgeBase(
            jurisdictions=jurisdictions,
            topics=topics,
            facts=facts,
            sectors=sectors,
            regions=regions,
            evidence=evidence,
            statutes=statutes,
            parameters=parameters,
            authorities=authorities,
            entries=entries,
            letters=letters,
            letter_templates=self._letter_templates(letters),
            wording=wording,
            digest=self._digest(),
        )
        return Loading(base, self.faults, self.origins)

    def _source(self, path: Path) -> YamlSource:
        return YamlSource(path, path.relative_to(self.folder).as_posix())

    def _root(self, path: Path) -> Fields:
        """The mapping of a file; an empty one when it cannot be read."""
        source = self._source(path)
        if not path.is_file():
            self.faults.append(Fault(source.shown_as, 0, "no such file"))
            return Fields(source, (), {}, self.faults)
        try:
            return Fields(source, (), source.data or {}, self.faults)
        except DataFaults as error:
            self.faults.extend(error.faults)
            return Fields(source, (), {}, self.faults)

    def _map(self, name: str, read: Callable[[Fields, str], Thing | None]) -> dict[str, Thing]:
        root = self._root(self.folder / name)
        return {key: thing for key in root.names() if (thing := read(root.below(key), key)) is not None}

    def _words(self, name: str) -> dict[str, Words]:
        root = self._root(self.folder / name)
        return {key: words for key in root.names() if (words := root.words(key)) is not None}

    def _things(self, path: Path, prefix: str, read: Callable[[Fields, str], Thing | None]) -> Iterator[tuple[str, Thing]]:
        root = self._root(path)
        for key in root.names():
            full_id, fields = f"{prefix}.{key}", root.below(key)
            thing = read(fields, full_id)
            if thing is not None:
                self.origins[full_id] = fields
                yield full_id, thing

    def _places(
        self, kind: str, places: list[str], reader: Callable[[str], Callable[[Fields, str], Thing | None]]
    ) -> dict[str, Thing]:
        """<kind>/<place>.yml of every place that has one."""
        found: dict[str, Thing] = {}
        for path in sorted((self.folder / kind).glob("*.yml")):
            if self._known(path, path.stem, places):
                found.update(self._things(path, path.stem, reader(path.stem)))
        return found

    def _files(
        self, kind: str, places: list[str], reader: Callable[[str], Callable[[Fields, str], Thing | None]]
    ) -> dict[str, Thing]:
        """<kind>/<place>/<file>.yml of every place."""
        found: dict[str, Thing] = {}
        for path in sorted((self.folder / kind).glob("*/*.yml")):
            place = path.parent.name
            if self._known(path, place, places):
                found.update(self._things(path, f"{place}.{path.stem}", reader(place)))
        return found

    def _known(self, path: Path, place: str, places: list[str]) -> bool:
        if place in places:
            return True
        shown = path.relative_to(self.folder).as_posix()
        self.faults.append(Fault(shown, 0, f"unknown place {place!r}.{did_you_mean(place, places)}"))
        return False

    def _letter_templates(self, letters: Mapping[str, object]) -> dict[tuple[str, Language], str]:
        templates: dict[tuple[str, Language], str] = {}
        for letter in (LETTER_FRAME, *letters):
            for language in Language:
                path = self.folder / "letters" / language.value / f"{letter}.j2"
                if path.is_file():
                    templates[letter, language] = path.read_text("utf-8")
                else:
                    self.faults.append(Fault(path.relative_to(self.folder).as_posix(), 0, "no such file"))
        return templates

    def _digest(self) -> str:
        """SHA-256 over names and contents of all data files."""
        digest = hashlib.sha256()
        for path in sorted(self.folder.rglob("*")):
            if path.is_file():
                digest.update(path.relative_to(self.folder).as_posix().encode())
                digest.update(path.read_bytes())
        return digest.hexdigest()
