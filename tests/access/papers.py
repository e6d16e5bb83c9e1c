"""Small papers of which some may be given away and some not, and a library asked from the command line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from lineage.cli import main

HEAD = "MILLBROOK POLICE DEPARTMENT\n{kind}\n\nNumber: {number}\nSubject: {title}\nIssued: {day}\nEffective: {day}\n\nI. RULE\n\nA. {words}\n"
WHO = ("--by", "Sgt. A. Doe", "--because", "counsel asked for it")


def paper(number: str, title: str, day: str, words: str, kind: str = "POLICY MANUAL") -> str:
    """One paper of the department."""
    return HEAD.format(kind=kind, number=number, title=title, day=day, words=words)


def order(number: str, title: str, day: str, words: str) -> str:
    """An order of the department."""
    return paper(number, title, day, words, "SPECIAL ORDER")


# The words in capitals in the middle of words stand in one paper alone.
PAPERS = {
    "room.txt": paper("5.13", "Property Room", "March 2, 2012", "The room is locked each evening. See Section 5.60."),
    "racks.txt": paper("5.24", "Bicycle Racks", "March 2, 2012", "Racks stand behind the garage."),
    "quokka.txt": order("15-23", "Quokka Stakeout", "January 9, 2015", "Section 5.24 is rescinded. Quokkas are watched from the belfry."),
    "amends.txt": order("16-02", "Zeppelin Hours", "May 2, 2016", 'In paragraph A of Section 5.13, strike "each evening" and insert "at marmalade hour".'),
    "lamps.txt": paper("5.60", "Lamps", "June 1, 2013", "Lamps are tested weekly. Special Order 15-23 applies to xylophones."),
    "lamps-too.txt": paper("5.60", "Lamps", "June 1, 2017", "Lamps are tested daily. Special Order 15-23, Quokka Stakeout, applies no more."),
    "ends.txt": order("18-07", "Vellum Ends", "August 9, 2018", "Special Order 16-02 is rescinded. Section 5.77, Gazebo, is rescinded."),
}


def run(folder: Path, *words: str) -> Any:
    """A command on the library in a folder."""
    return CliRunner().invoke(main, ["--library", str(folder), *words])


def asked(folder: Path, *words: str) -> Any:
    """What a command answers as JSON."""
    done = run(folder, *words, "--json")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def put(folder: Path, papers: dict[str, str]) -> list[Path]:
    """The papers as files."""
    folder.mkdir(exist_ok=True)
    for name, words in papers.items():
        (folder / name).write_text(words, encoding="utf-8")
    return [folder / name for name in papers]


def library_of(folder: Path, names: list[str]) -> Path:
    """A library of these papers, in this order."""
    files = put(folder / "papers", {name: PAPERS[name] for name in names})
    for file in files:
        assert run(folder / "library", "ingest", str(file)).exit_code == 0
    return folder / "library"


PUBLIC = ("room.txt", "lamps.txt", "lamps-too.txt")
RESTRICTED = tuple(name for name in PAPERS if name not in PUBLIC)


def words_of(text: str) -> set[str]:
    """The words of a text, each once."""
    return set(re.findall(r"[a-z0-9]+(?:[-.][a-z0-9]+)*", text.lower()))


# How a public rule stood is told, and with it the days on which that changed.
DAYS_ARE_TOLD = words_of("January March May June August 2 9 2012 2015 2016 2018")
NOT_FOR_RELEASE = "contains restricted rules; not for release"


def released(folder: Path, names: Iterable[str] = PAPERS) -> Path:
    """A library of these papers, the public ones marked so."""
    folder.mkdir(exist_ok=True)
    made = library_of(folder, list(names))
    assert run(made, "mark", "5.13", "5.60", "public", *WHO).exit_code == 0
    return made
