"""Where a file came from, and whether the copy shows a signature."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from lineage.library import Library
from lineage.model import Provenance
from lineage.pipeline import read
from lineage.pipeline.signatures import signature_of
from tests.kept import REFUSALS, database

from .made import ORDERS, Clock, named, within

ORDER = "Special Order - Social Media"
FROM = ("--source", "Public records request 21-118", "--custodian", "Records Division", "--obtained-on", "2023-04-05", "--certified")


def test_what_is_said_of_a_file_stands_beside_the_proof(tmp_path: Path) -> None:
    library = tmp_path / "library"
    assert within("ingest", *named(["social-media-2019"]), *FROM, library=library).code == 0
    shown = within("show", ORDER, "--on", "2022-01-01", "--json", library=library).json
    (copy,) = shown["copies"]
    said = {name: value for name, value in copy["provenance"][0].items() if name != "recorded_at"}
    assert said == {"source": "Public records request 21-118", "custodian": "Records Division", "obtained_on": "2023-04-05", "certified": True}
    text = " ".join(within("show", ORDER, "--on", "2022-01-01", library=library).out.split())
    assert "social-media-2019.pdf: from Public records request 21-118, kept by Records Division, obtained on April 5, 2023, as a certified copy" in text


def test_absence_is_named(tmp_path: Path) -> None:
    library = tmp_path / "library"
    within("ingest", *named(["social-media-2019"]), library=library)
    for command in ("show", "why"):
        assert within(command, ORDER, "--on", "2022-01-01", "--json", library=library).json["copies"][0]["provenance"] == []
        assert "where the file came from is not recorded" in " ".join(within(command, ORDER, "--on", "2022-01-01", library=library).out.split())


def test_a_held_file_gains_what_is_said_and_loses_nothing(tmp_path: Path) -> None:
    clock = Clock()
    first, second = Provenance("the agency's site"), Provenance("", "Records Division", date(2023, 4, 5), True)
    with Library.open(tmp_path / "library", clock=clock) as library:
        library.ingest(named(["social-media-2019"]), provenance=first)
        moment = library.store.last_moment()
        before = library.show(ORDER, date(2022, 1, 1), moment).copies
        clock.move(7)
        for _ in range(2):
            assert library.ingest(named(["social-media-2019"]), provenance=second)[0].status == "unchanged"
        now = library.show(ORDER, date(2022, 1, 1)).copies[0].provenance
        assert [replace(p, recorded_from="") for p in now] == [first, second]
        assert library.show(ORDER, date(2022, 1, 1), moment).copies == before
        assert library.check() == []
        with pytest.raises(REFUSALS, match="only added"), database(tmp_path / "library") as laid:
            laid.execute("UPDATE provenance SET certified = 0")


@pytest.mark.parametrize("wrong", ["2999-01-01", "2023-02-30", "2023-02-03T10:00"])
def test_an_impossible_day_is_refused(wrong: str, tmp_path: Path) -> None:
    library = tmp_path / "library"
    assert within("ingest", *named(["social-media-2019"]), "--obtained-on", wrong, library=library).code == 2
    assert not library.exists()


@pytest.mark.parametrize(
    ("line", "state"),
    [
        ("/s/ Robert G. Luna", "shown"),
        ("(signed) Robert G. Luna", "shown"),
        ("Signed by: Robert G. Luna", "shown"),
        ("Robert G. Luna, Chief of Police", "not-shown"),
        ("The form is signed by the watch commander.", "not-shown"),
        ("signed by the watch commander, a copy goes to the file.", "not-shown"),
        ("Signed by: ____________", "not-shown"),
        ("Original signed by Robert G. Luna", "shown"),
        ("Forms that are signed by Supervisors are kept.", "not-shown"),
    ],
)
def test_words_that_stand_for_a_signature(line: str, state: str, tmp_path: Path) -> None:
    paper = tmp_path / "order.txt"
    paper.write_text((ORDERS / "social-media-2019.txt").read_text(encoding="utf-8") + f"\n\n{line}\n", encoding="utf-8")
    seen = read(paper)
    assert signature_of(seen.item, seen.outline).state == state


def test_a_picture_may_hold_one(tmp_path: Path) -> None:
    seen = read(ORDERS / "social-media-2019.pdf")
    first = replace(seen.item.pages[0], images=1)
    found = signature_of(replace(seen.item, pages=(first, *seen.item.pages[1:])), seen.outline)
    assert (found.state, found.page) == ("not-readable", 1)
    assert signature_of(seen.item, seen.outline).state == "not-shown"


def test_a_library_held_before_says_that_nobody_looked(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library") as library:
        library.ingest(named(["social-media-2019"]))
        with database(tmp_path / "library") as laid:
            laid.execute("DROP TRIGGER signature_kept")
            laid.execute("DELETE FROM signature")
        assert library.show(ORDER, date(2022, 1, 1)).copies[0].signature is None
    assert "was not looked for" in " ".join(within("why", ORDER, "--on", "2022-01-01", library=tmp_path / "library").out.split())
