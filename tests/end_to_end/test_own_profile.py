"""A profile of the user's own is kept with the papers that were read by it, and holds where its file is not at hand."""

from __future__ import annotations

import hashlib
import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from lineage.library import Library
from lineage.profiles import kept, load, shipped
from lineage.profiles.loading import restore

CASES = Path(__file__).resolve().parents[1] / "cases"
RULE = CASES / "parent-rescinded-by-rule"
DAY = date(2021, 6, 1)


@pytest.mark.parametrize("name", [*shipped(), *sorted(map(str, CASES.glob("*/agency.toml")))], ids=lambda name: Path(name).parent.name or name)
def test_the_words_of_a_profile_give_it_back(name: str) -> None:
    profile = load(name)
    assert hashlib.sha256(profile.words.encode()).hexdigest() == profile.sha256
    again = restore(profile.words)
    assert (again.cascade, again.revival, again.class_life) == (profile.cascade, profile.revival, profile.class_life)
    assert (again.sha256, again.old_numbers and again.old_numbers.since) == (profile.sha256, profile.old_numbers and profile.old_numbers.since)


def test_a_shipped_profile_of_the_same_words_is_not_built_again() -> None:
    assert kept("cpd", load("cpd").sha256, load("cpd").words) is load("cpd")
    assert kept("nowhere") == replace(load("generic"), id="nowhere")


def test_an_observation_without_the_file_keeps_to_its_rules(tmp_path: Path) -> None:
    own, papers = tmp_path / "own.toml", sorted(p for p in RULE.iterdir() if p.suffix == ".txt")
    shutil.copyfile(RULE / "agency.toml", own)
    with Library.open(tmp_path / "library") as library:
        library.ingest(papers, str(own))
        before = library.show("12-41-01", DAY)
        own.unlink()
        listing = tmp_path / "listing.jsonl"
        listing.write_text(json.dumps({"on": "2020-03-01", "files": [p.name for p in papers], "complete": True}), encoding="utf-8")
        assert not library.observe(listing, RULE).refused
        after = library.show("12-41-01", DAY)
        published = library.show("12-41-01", DAY, as_published_on=DAY)
    for answer in (before, after, published):
        assert answer.ruling.status == "not-in-force"
        assert "its addenda are rescinded with it" in answer.sentence


def test_a_changed_profile_holds_for_all_papers_of_its_agency(tmp_path: Path) -> None:
    own, papers = tmp_path / "own.toml", sorted(p for p in RULE.iterdir() if p.suffix == ".txt")
    words = (RULE / "agency.toml").read_text(encoding="utf-8")
    own.write_text(words, encoding="utf-8")
    without = tmp_path / "without.toml"
    without.write_text(words[: words.index("[cascade]")], encoding="utf-8")
    later = tmp_path / "later.txt"
    later.write_text("MILLBROOK POLICE DEPARTMENT\nGENERAL ORDER 30-01\nSUBJECT: Key Boxes\nEFFECTIVE DATE: May 1, 2022\n\nKeys hang in the box.\n", encoding="utf-8")
    with Library.open(tmp_path / "library") as library:
        library.ingest(papers, str(own))
        moment = library.store.last_moment()
        library.ingest([later], str(without))
        assert library.show("12-41-01", DAY).ruling.status == "not-provable"
        assert library.show("12-41-01", DAY, as_known_on=moment).ruling.status == "not-in-force"
        assert library.show("12-41-01", DAY, as_known_on=moment, as_published_on=DAY).ruling.status == "not-in-force"
        assert library.check() == []


def test_a_reader_is_told_the_names_that_it_gives(tmp_path: Path) -> None:
    own, paper = tmp_path / "own.toml", tmp_path / "paper.txt"
    own.write_text(
        'id = "tarn"\nname = "Tarn Valley Police Department"\ncountry = "us"\ntime_zone = "America/Denver"\nnumber = \'\\d\\.\\d\\d\'\nrecognise = [\'TARN VALLEY\']\n'
        '[[series]]\nid = "dgo"\nname = "Department General Order"\npattern = \'\\bdepartment general order\\b\'\n', encoding="utf-8",
    )  # fmt: skip
    paper.write_text("TARN VALLEY POLICE DEPARTMENT\nDEPARTMENT GENERAL ORDER 5.01\nSUBJECT: Key Boxes\nEFFECTIVE DATE: May 1, 2022\n\nKeys hang in the box.\n", encoding="utf-8")
    with Library.open(tmp_path / "library") as library:
        library.ingest([paper], str(own))
        own.unlink()
        ruling = library.show("5.01", DAY.replace(year=2023)).ruling
        assert (ruling.agency_name, ruling.series_name) == ("Tarn Valley Police Department", "Department General Order")
        assert [held.name for held in library.in_force(DAY).held] == ["Department General Order"]
        assert library.in_force(DAY.replace(year=2023), series="Department General Order").rulings
        assert set(library.names().values()) == {"Department General Order 5.01"}
        assert library.agencies(["tarn", "other"]) == {"tarn": "Tarn Valley Police Department", "other": "other"}
