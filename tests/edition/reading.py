"""A page that was published, read back as a program would."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from lxml import html

from lineage.cli.demo import corpus
from lineage.desk import Person
from lineage.library import Library
from lineage.model import INDEX_SERIES
from lineage.model.dates import long_date

CLERK = Person("Sgt. A. Doe", "counsel asked for it")


@dataclass(frozen=True)
class Told:
    """What a page says of a rule on some days: the element, both its ends, and the text that it points to."""

    section: Any
    first: date
    last: date

    @property
    def status(self) -> str:
        return str(self.section.get("data-status"))

    def on(self, day: date) -> str:
        """The sentence as the page's own script puts it together."""
        sentence = self.section.xpath("./p[@class='sentence']")[0]
        parts = [sentence.text or ""]
        for named in sentence.xpath("./span[@class='on']"):
            parts += [long_date(day), named.tail or ""]
        return "".join(parts)

    @property
    def words(self) -> str:
        """All the words of its text, blanks as one; empty where none is held."""
        name = self.section.get("data-text")
        if name is None:
            return ""
        (clauses,) = self.section.xpath(f"//*[@id='{name}']//*[@class='clauses']")
        return " ".join(" ".join(clauses.itertext()).split())


def tree(page: bytes) -> Any:
    return html.fromstring(page.decode("utf-8"))


def told(page: bytes) -> dict[str, list[Told]]:
    """By rule its stretches, in order."""
    return {
        article.get("data-rule"): [Told(s, date.fromisoformat(s.get("data-first")), date.fromisoformat(s.get("data-last"))) for s in article.xpath(".//section[contains(@class,'stretch')]")]
        for article in tree(page).xpath("//article")
    }


def seen(page: bytes) -> str:
    """What a reader sees of it, blanks as one."""
    found = tree(page)
    for element in found.xpath("//script | //style | //title"):
        element.drop_tree()
    return " ".join(" ".join(found.itertext()).split())


def all_public(folder: Path, papers: list[Path]) -> Path:
    """A library of these papers of which every rule is marked public."""
    with Library.open(folder) as library:
        library.ingest(papers)
        library.gate.mark([w.id for w in library.store.works() if w.series != INDEX_SERIES], "public", CLERK, None)
    return folder


def of_corpus(folder: Path) -> Path:
    return all_public(folder, sorted(corpus().glob("*.pdf")))
