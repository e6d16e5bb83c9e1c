"""Small papers that leave something open, and how a library with them is made."""

from __future__ import annotations

from pathlib import Path

from lineage.library import Library

HEAD = "MILLBROOK POLICE DEPARTMENT\n{kind}\n\nNumber: {number}\nSubject: {title}\nIssued: {day}\nEffective: {effective}\n\nI. RULE\n\nA. {words}\n"


def paper(number: str, title: str, day: str, words: str, kind: str = "POLICY MANUAL", effective: str = "") -> str:
    """One paper of the department."""
    return HEAD.format(kind=kind, number=number, title=title, day=day, effective=effective or day, words=words)


ROOM = paper("5.13", "Property Room", "March 2, 2012", "The room is locked.")
RACKS = paper("5.24", "Bicycle Racks", "March 2, 2012", "Racks stand behind the garage.")
EITHER = paper("15-23", "Old Sections", "January 9, 2015", "Section 5.13 or Section 5.24 is rescinded.", "SPECIAL ORDER")
KEYS = paper("5.40", "Keys", "March 2, 2014", "Keys are counted.", effective="Sprember 31, 2014")
ENDS_KEYS = paper("16-07", "Keys Ended", "May 2, 2016", "Section 5.40 is rescinded.", "SPECIAL ORDER")
# Two texts of one number and one day.
LAMPS = paper("5.50", "Lamps", "June 1, 2013", "Lamps are tested weekly.")
LAMPS_TOO = paper("5.50", "Lamps", "June 1, 2013", "Lamps are tested daily.")
ALL = {"room.txt": ROOM, "racks.txt": RACKS, "either.txt": EITHER, "keys.txt": KEYS, "ends-keys.txt": ENDS_KEYS, "lamps.txt": LAMPS, "lamps-too.txt": LAMPS_TOO}


def put(folder: Path, papers: dict[str, str]) -> list[Path]:
    """The papers as files."""
    folder.mkdir(exist_ok=True)
    for name, words in papers.items():
        (folder / name).write_text(words, encoding="utf-8")
    return [folder / name for name in papers]


def library_of(folder: Path, papers: dict[str, str], order: int = 1) -> Library:
    """A library of these papers, taken in one after the other in the order given or, with -1, the other way round."""
    library = Library.open(folder / "library")
    library.ingest(put(folder / "papers", papers)[::order])
    return library
