"""Local times in ``--on``: the day of a change, the clocks of the agency, several agencies in one library."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from click.testing import CliRunner

from lineage.cli import main
from lineage.errors import AmbiguousError, UsageError
from lineage.library import Library
from lineage.model.hours import When

from .conftest import Held

ORDER = "Special Order - Social Media"
LATER = """id = "{id}"
name = "{name}"
country = "us"
time_zone = "{zone}"
recognise = ['{name}']
"""
PAPER = "{name}\nSPECIAL ORDER\n\nNumber: 21-0{n}\nSubject: Keys of {name}\nIssued: July 1, 2021\nEffective: July 22, 2021 at 0001 hours\n\nI. RULE\n\nA. Keys are logged.\n"


@pytest.mark.parametrize(
    ("work", "on", "status"),
    [
        (ORDER, "2021-07-21T23:40", "in-force"), (ORDER, "2021-07-22", "not-in-force"), (ORDER, "2021-07-22T00:20", "not-provable"),
        (ORDER, "2021-07-22T23:40", "not-provable"), (ORDER, "2021-07-23T00:20", "not-in-force"), (ORDER, "2021-07-22T06:20Z", "in-force"),
        ("3.48", "2021-07-21T23:40", "in-force"), ("3.48", "2021-07-22T00:20", "not-provable"), ("3.48", "2021-07-23T00:20", "not-provable"),
        ("3.48", "2019-05-17T00:20", "in-force"),
    ],
)  # fmt: skip
def test_the_founding_order_at_a_time(work: str, on: str, status: str, pdfs: Held) -> None:
    shown = pdfs.library.show(work, When.of(on))
    assert shown.ruling.status == status
    assert shown.ruling.asked == on


def test_a_time_on_a_day_of_change_says_what_is_open(pdfs: Held) -> None:
    shown = pdfs.library.show(ORDER, datetime(2021, 7, 22, 0, 20))
    assert "at 00:20 on July 22, 2021" in shown.sentence
    assert "The source names the day and not the hour" in shown.sentence
    assert "do not establish whether it happened before or after the change" in shown.sentence
    assert "dates.hour-open" in [f.code for f in shown.findings]
    assert "The source names the day and not the hour" in pdfs.library.show("3.48", date(2021, 7, 22)).sentence


def test_a_time_between_two_texts_leaves_the_words_open_and_not_the_rule(pdfs: Held) -> None:
    ruling = pdfs.library.show("3.48", When.of("2019-05-17T00:20")).ruling
    assert (ruling.status, ruling.complete) == ("in-force", False)


def test_an_hour_that_the_clocks_show_twice_is_asked_back(pdfs: Held) -> None:
    with pytest.raises(AmbiguousError) as asked:
        pdfs.library.show(ORDER, When.of("2021-11-07T01:30"))
    assert asked.value.candidates == ("2021-11-07T01:30-07:00", "2021-11-07T01:30-08:00")
    for candidate in asked.value.candidates:
        assert pdfs.library.show(ORDER, When.of(candidate)).ruling.hour == "01:30"
    with pytest.raises(AmbiguousError):
        pdfs.library.in_force(When.of("2021-11-07T01:30"))
    with pytest.raises(AmbiguousError):
        pdfs.library.search("internet", When.of("2021-11-07T01:30"))


def test_an_hour_that_the_clocks_skip_is_refused(pdfs: Held) -> None:
    with pytest.raises(UsageError, match="never showed"):
        pdfs.library.show(ORDER, When.of("2021-03-14T02:30"))


def test_a_moment_with_its_zone_is_asked_by_the_agency_s_clock(pdfs: Held) -> None:
    ruling = pdfs.library.show(ORDER, datetime(2021, 7, 22, 6, 20, tzinfo=timezone(timedelta(0)))).ruling
    assert (ruling.on, ruling.hour, ruling.status) == (date(2021, 7, 21), "23:20", "in-force")


def test_search_and_export_at_a_time(pdfs: Held) -> None:
    before = {h.work for h, _ in pdfs.library.search("social", When.of("2021-07-21T23:40"))}
    at = {h.work for h, _ in pdfs.library.search("social", When.of("2021-07-22T00:20"))}
    assert before - at
    work = pdfs.library.find(ORDER).id
    assert work in before - at
    assert pdfs.library.document(ORDER, When.of("2021-07-21T23:40")).work == work


@pytest.mark.parametrize("words", ["2021-07-22T25:00", "2021-07-22T9:00", "2021-07-22 09:00", "20210722", "2021-07-22T", "2021-02-30", "tomorrow"])
def test_no_day_and_no_time_is_refused(words: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        When.of(words)
    assert CliRunner().invoke(main, ["in-force", "--on", words]).exit_code == 2


def test_the_json_keeps_the_words_of_the_question(tmp_path: Path) -> None:
    library = ["--library", str(tmp_path / "held")]
    (tmp_path / "a.txt").write_text(PAPER.format(name="MILLBROOK POLICE DEPARTMENT", n=1), encoding="utf-8")
    assert CliRunner().invoke(main, [*library, "ingest", str(tmp_path / "a.txt")]).exit_code == 0
    for command in (["show", "21-01"], ["why", "21-01"], ["in-force"]):
        result = CliRunner().invoke(main, [*library, *command, "--on", "2021-07-21T23:40", "--json"])
        assert json.loads(result.output)["on"] == "2021-07-21T23:40"


def test_each_work_is_asked_about_by_its_own_clock(tmp_path: Path) -> None:
    """Two agencies of their own files, two hours apart: one moment is before the change for the one and after it for the other."""
    with Library.open(tmp_path / "held") as library:
        for n, (name, zone) in enumerate({"EASTBROOK POLICE DEPARTMENT": "America/New_York", "WESTBROOK POLICE DEPARTMENT": "America/Los_Angeles"}.items(), 1):
            profile, paper = tmp_path / f"{n}.toml", tmp_path / f"{n}.txt"
            profile.write_text(LATER.format(id=f"agency-{n}", name=name, zone=zone), encoding="utf-8")
            paper.write_text(PAPER.format(name=name, n=n), encoding="utf-8")
            assert [o.status for o in library.ingest([paper], str(profile))] == ["added"]
        asked = {r.work.number: (r.on.isoformat(), r.hour) for r in library.in_force(When.of("2021-07-22T01:00-04:00"), every=True).rulings}
        assert asked == {"21-01": ("2021-07-22", "01:00"), "21-02": ("2021-07-21", "22:00")}
