"""What is named and not held is told with what it would settle; a person's word that a series is whole is proof of a day and ends the search for its gaps."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from lineage.desk import Person
from lineage.errors import NotFoundError, UsageError
from lineage.library import Library

from .papers import RACKS, library_of, paper, put

RECORDS = Person("Records Unit", "compared with the printed index")
ORDERS = {
    f"o{n}.txt": paper(f"20-0{n}", title, "March 2, 2020", words, "SPECIAL ORDER")
    for n, title, words in ((1, "Masks", "Masks are worn."), (2, "Visits", "Visits end. Special Order 19-77 is rescinded."), (4, "Shifts", "Shifts rotate. See Special Order 19-77 and Special Order 18-12."))
}


def test_what_is_named_and_not_held_comes_with_what_it_would_settle(tmp_path: Path) -> None:
    with library_of(tmp_path, ORDERS) as library:
        found = {one.what.split()[-1]: one for one in library.desk.missing()}
        assert found["19-77"].kind == "cited"
        assert found["19-77"].named_by == 2
        assert "rescinds" in found["19-77"].sentence
        assert found["18-12"].answers > found["19-77"].answers  # of the other it is known that it has ended
        assert found["20-03"].kind == "gap"
        assert "between 20-02" in found["20-03"].sentence


def test_a_paper_that_comes_in_is_no_longer_missing(tmp_path: Path) -> None:
    with library_of(tmp_path, ORDERS) as library:
        library.ingest(put(tmp_path / "more", {"c.txt": paper("20-03", "Keys", "March 2, 2020", "Keys are counted.", "SPECIAL ORDER")}))
        assert not [one for one in library.desk.missing() if one.kind == "gap"]


def test_a_word_that_a_series_is_whole_proves_the_day_and_ends_its_gaps(tmp_path: Path) -> None:
    with library_of(tmp_path, ORDERS) as library:
        before = library.store.last_moment()
        said = library.desk.attest("Special Order", date(2021, 6, 1), RECORDS)
        assert not [one for one in library.desk.missing() if one.kind == "gap"]
        shown = library.show("20-01", date(2021, 1, 1))
        assert shown.ruling.last_proof_on == date(2021, 6, 1)
        assert "rests on a person's word: Records Unit declared" in shown.sentence
        assert said.account
        assert library.show("20-01", date(2021, 1, 1), as_known_on=before).ruling.last_proof_on == date(2020, 3, 2)
        assert library.show("19-77", date(2021, 1, 1)).ruling.status == "not-in-force"


def test_a_series_is_not_attested_while_a_rule_in_force_is_not_held(tmp_path: Path) -> None:
    changed = paper("20-05", "Changes", "March 2, 2020", "Special Order 19-80 is amended.", "SPECIAL ORDER")
    with library_of(tmp_path, ORDERS | {"o5.txt": changed}) as library:
        with pytest.raises(UsageError, match="19-80 was in force"):
            library.desk.attest("Special Order", date(2021, 6, 1), RECORDS)
        with pytest.raises(NotFoundError):
            library.desk.attest("General Order", date(2021, 6, 1), RECORDS)
        with pytest.raises(UsageError, match="no name or no reason"):
            library.desk.attest("special-order", date(2019, 1, 1), Person("", ""))
        assert not library.store.attestations()


def test_a_paper_of_that_time_that_comes_in_later_takes_the_word_back(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library") as library:
        library.ingest(put(tmp_path / "papers", {"racks.txt": RACKS}))
        library.desk.attest("policy", date(2019, 1, 1), Person("R", "b"))
        before = library.store.last_moment()
        assert library.show("5.24", date(2018, 1, 1)).ruling.last_proof_on == date(2019, 1, 1)
        library.ingest(put(tmp_path / "later", {"newer.txt": paper("5.26", "Doors", "May 1, 2020", "Doors close.")}))
        assert library.show("5.24", date(2018, 1, 1)).ruling.last_proof_on == date(2019, 1, 1)  # of a later time
        library.ingest(put(tmp_path / "older", {"older.txt": paper("5.25", "Bells", "May 1, 2013", "Bells ring.")}))
        assert library.show("5.24", date(2018, 1, 1)).ruling.last_proof_on == date(2012, 3, 2)
        assert library.show("5.24", date(2018, 1, 1), as_known_on=before).ruling.last_proof_on == date(2019, 1, 1)
        library.desk.attest("policy", date(2019, 1, 1), Person("R", "once more, with the bells"))
        assert library.show("5.24", date(2018, 1, 1)).ruling.last_proof_on == date(2019, 1, 1)
        with pytest.raises(UsageError, match="has not come yet"):
            library.desk.attest("policy", date(2999, 1, 1), Person("R", "b"))
