"""The survey of a library: each kind of remark, with the paper beside it that gives none."""

from __future__ import annotations

import random
import time
from pathlib import Path
from typing import Any

import pytest

from lineage.answers.alike import pairs
from lineage.answers.opposing import opposed, tokens
from lineage.rendering.surveying import SECTIONS

from .papers import asked, call, order, paper

FOUND = "A member who finds property of another shall book it into the property room within 24 hours and shall write a report that says where it lay."
KEY = "The desk sergeant shall leave the key of the property room with the watch commander at the end of every tour of duty."
RECEIPT = "Whoever asks for a bicycle back must show a receipt, a picture of it, or its frame number before it is handed over to him."


def library(folder: Path, *, profile: Path | None = None) -> Path:
    """A library of the papers in a folder."""
    call(folder / "library", "ingest", str(folder / "papers"), *(["--profile", str(profile)] if profile else []))
    return folder / "library"


def survey(place: Path, on: str = "2020-01-01") -> dict[str, list[dict[str, Any]]]:
    """The remarks of a day, by kind; empty kinds are left out."""
    given = asked(place, "report", "--on", on)
    return {name: given[name] for name in SECTIONS.values() if given[name]}


def test_a_clean_library_gives_an_empty_report(tmp_path: Path) -> None:
    papers = tmp_path / "papers"
    paper(papers, "7.01", "Found Property", "March 1, 2015", "March 2, 2015", FOUND, "See Section 7.02.")
    paper(papers, "7.02", "Keys", "March 1, 2015", "March 2, 2015", KEY)
    order(papers, "19-01", "July 1, 2019", "July 1, 2019", "Lockers stay open at night.", "This order shall remain in effect until a manual section has been drafted and approved.")
    place = library(tmp_path)
    assert survey(place) == {}
    printed = call(place, "report", "--on", "2020-01-01")
    assert "Nothing found of: gaps and missing sections, two rules of one number" in printed
    assert "How often its rules are to be reviewed is not known" in printed


def test_an_empty_library_gives_an_empty_report(tmp_path: Path) -> None:
    call(tmp_path / "library", "ingest", str(paper(tmp_path, "7.01", "Keys", "March 1, 2021", "March 2, 2021", KEY)))
    assert survey(tmp_path / "library") == {}


def test_a_number_without_a_rule_for_a_time(tmp_path: Path) -> None:
    papers = tmp_path / "papers"
    paper(papers, "7.01", "Bicycles", "March 1, 2015", "March 2, 2015", "Bicycles are kept in the yard.")
    order(papers, "18-01", "June 4, 2018", "June 4, 2018", "Section 7.01 is hereby rescinded.")
    paper(papers, "7.01", "Telephones", "September 3, 2018", "September 3, 2018", "Calls are answered at once.")
    paper(papers, "7.02", "Keys", "March 1, 2015", "March 2, 2015", "Keys hang at the desk.")
    paper(papers, "7.02", "Keys", "June 4, 2018", "June 4, 2018", "Keys hang at the door.")
    (gap,) = survey(library(tmp_path))["gaps"]
    assert gap["sentence"] == 'No rule held bore the number 7.01 from June 4, 2018 through September 2, 2018: "Bicycles" had ended, and "Telephones" had not begun.'
    assert gap["places"][0]["quote"] == "Section 7.01 is hereby rescinded"


def test_sections_that_a_sequence_lacks(tmp_path: Path) -> None:
    papers = tmp_path / "papers"
    for number in ("7.01", "7.02", "7.04", "7.05", "9.10", "9.50", "9.70", "9.90"):
        paper(papers, number, f"Matter {number}", "March 1, 2015", "March 2, 2015", f"Matter {number} is dealt with by the desk.")
    order(papers, "19-01", "June 4, 2019", "June 4, 2019", "Members follow Section 7.03.")
    place = library(tmp_path)
    (gap,) = survey(place)["gaps"]
    assert gap["sentence"] == "Between Policy 7.01 and 7.05 no text is held of 7.03 (cited); 4 others of the sequence are held."
    assert gap["candidate"] is True
    paper(papers, "7.03", "Matter 7.03", "March 1, 2015", "March 2, 2015", "Matter 7.03 is dealt with by the desk.")
    assert "gaps" not in survey(library(tmp_path))


def test_two_rules_of_one_number(tmp_path: Path) -> None:
    papers = tmp_path / "papers"
    paper(papers, "7.01", "Bicycles", "March 1, 2015", "March 2, 2015", "Bicycles are kept in the yard.")
    paper(papers, "7.01", "Telephone Calls", "September 3, 2018", "September 3, 2018", "Calls are answered at once.")
    place = library(tmp_path)
    (overlap,) = survey(place)["overlaps"]
    assert "Two rules of the number 7.01" in overlap["sentence"]
    assert "from September 3, 2018" in overlap["sentence"]
    assert "overlaps" not in survey(place, "2018-09-02")


def test_sources_that_disagree(tmp_path: Path) -> None:
    papers = tmp_path / "papers"
    paper(papers / "a", "7.01", "Bicycles", "March 1, 2015", "March 2, 2015", "Bicycles are kept in the yard.")
    paper(papers / "b", "7.01", "Bicycles", "March 1, 2015", "March 2, 2015", "Bicycles are kept in the cellar.")
    paper(papers, "7.02", "Keys", "March 1, 2015", "March 2, 2015", "Keys hang at the desk.")
    place = library(tmp_path)
    (one,) = survey(place)["disagreements"]
    assert one["code"] == "expressions.several-texts"
    assert one["works"] == ["generic/policy/7.01/1"]
    assert len(one["places"]) == 2
    assert "disagreements" not in survey(place, "2015-03-01")


@pytest.mark.parametrize(
    ("old", "new", "at_odds"),
    [
        ("within 24 hours", "within 48 hours", True),
        ("within 24 hours", "within twenty-four (24) hours", False),
        ("shall book", "shall not book", True),
        ("shall write", "may write", True),
        ("the property room", "the evidence room", False),
        ("of another", "of another person", False),
    ],
)
def test_clauses_at_odds(tmp_path: Path, old: str, new: str, at_odds: bool) -> None:
    papers = tmp_path / "papers"
    paper(papers, "7.01", "Found Property", "March 1, 2015", "March 2, 2015", FOUND)
    paper(papers, "8.02", "Lost Bicycles", "March 1, 2015", "March 2, 2015", FOUND.replace(old, new))
    found = survey(library(tmp_path))
    assert list(found) == (["contradictions"] if at_odds else ["duplicates"])
    (one,) = next(iter(found.values()))
    assert one["candidate"] is True
    assert one["works"] == ["generic/policy/7.01/1", "generic/policy/8.02/1"]
    (pair,) = one["pairs"]
    assert (pair["first"]["page"], pair["first"]["eid"], pair["first"]["quote"]) == (1, "para_I__para_A", FOUND)
    if at_odds:
        assert "a person must say" in one["sentence"]


def test_every_pair_at_odds_is_told(tmp_path: Path) -> None:
    papers = tmp_path / "papers"
    for number, hours in (("7.01", "24"), ("8.02", "48"), ("9.03", "72")):
        paper(papers, number, f"Matter {number}", "March 1, 2015", "March 2, 2015", FOUND.replace("24", hours))
    (one,) = survey(library(tmp_path))["contradictions"]
    assert one["works"] == [f"generic/policy/{number}/1" for number in ("7.01", "8.02", "9.03")]
    assert len(one["pairs"]) + one["more"] == 3


def test_what_has_ended_or_is_not_like_is_at_odds_with_nothing(tmp_path: Path) -> None:
    papers = tmp_path / "papers"
    paper(papers, "7.01", "Found Property", "March 1, 2015", "March 2, 2015", FOUND)
    paper(papers, "8.02", "Lost Bicycles", "March 1, 2015", "March 2, 2015", FOUND.replace("24", "48"), RECEIPT)
    paper(papers, "9.03", "Keys", "March 1, 2015", "March 2, 2015", KEY)
    order(papers, "19-01", "June 4, 2019", "June 4, 2019", "Section 8.02 is hereby rescinded.")
    place = library(tmp_path)
    assert survey(place) == {}
    assert list(survey(place, "2019-06-03")) == ["contradictions"]


def test_an_order_has_the_words_that_it_puts_into_a_rule(tmp_path: Path) -> None:
    papers = tmp_path / "papers"
    paper(papers, "7.01", "Found Property", "March 1, 2015", "March 2, 2015", KEY)
    order(papers, "19-01", "June 4, 2019", "June 4, 2019", f"Section 7.01 is hereby amended to read as follows: {FOUND}")
    assert "duplicates" not in survey(library(tmp_path))


def test_a_day_of_review_that_a_paper_states(tmp_path: Path) -> None:
    papers = tmp_path / "papers"
    paper(papers, "7.01", "Keys", "March 1, 2015", "March 2, 2015", "Keys hang at the desk.", fields=["Next Review Date: March 1, 2018"])
    paper(papers, "7.02", "Bells", "March 1, 2015", "March 2, 2015", "Bells ring at noon.", "This policy shall be reviewed no later than May 1, 2019.")
    paper(papers, "7.03", "Lamps", "March 1, 2015", "March 2, 2015", "Lamps are lit at dusk.", fields=["Next Review Date: March 1, 2028"])
    paper(papers, "7.05", "Hooks", "March 1, 2015", "March 2, 2015", "Hooks are of iron.", fields=["Next Review Date: March 1, 2018", "Reviewed: March 2, 2018"])
    paper(papers, "7.04", "Doors", "March 1, 2015", "March 2, 2015", "Each log shall be reviewed by the sergeant by May 1, 2016.", fields=["Reviewed: March 4, 2016"])
    place = library(tmp_path)
    assert [(r["works"], r["places"][0]["quote"]) for r in survey(place)["reviews"]] == [
        (["generic/policy/7.01/1"], "March 1, 2018"),
        (["generic/policy/7.02/1"], "This policy shall be reviewed no later than May 1, 2019"),
    ]
    assert "reviews" not in survey(place, "2018-03-01")


def test_the_rule_of_an_agency_on_reviews(tmp_path: Path) -> None:
    papers = tmp_path / "papers"
    profile = tmp_path / "millbrook.toml"
    profile.write_text(
        'id = "millbrook"\nname = "Millbrook Police Department"\ncountry = "us-il"\ntime_zone = "America/Chicago"\n\n'
        '[review]\nevery = "3 years"\nquote = "Every section is looked over once in three years."\nsource = "Manual 1.01, A"\n',
        encoding="utf-8",
    )
    paper(papers, "7.01", "Keys", "March 1, 2015", "March 2, 2015", "Keys hang at the desk.")
    paper(papers, "7.02", "Bells", "March 1, 2015", "March 2, 2015", "Bells ring at noon.", fields=["Reviewed: February 6, 2017"])
    place = library(tmp_path, profile=profile)
    (one,) = survey(place)["reviews"]
    assert one["sentence"] == (
        'Policy 7.01 was due for review on March 2, 2018: "Every section is looked over once in three years." (Manual 1.01, A); the last day that its paper gives is March 2, 2015 (effective).'
    )
    assert len(survey(place, "2020-02-07")["reviews"]) == 2
    assert "is not known" not in call(place, "report", "--on", "2020-01-01")


def test_a_rule_on_reviews_that_says_no_time_is_a_fault(tmp_path: Path) -> None:
    profile = tmp_path / "millbrook.toml"
    profile.write_text('id = "millbrook"\nname = "Millbrook"\n[review]\nevery = "now and then"\nquote = "Now and then."\nsource = "1.01"\n', encoding="utf-8")
    assert "now and then" in call(tmp_path, "profile", "check", str(profile), code=3)


def test_an_interim_order_grown_old(tmp_path: Path) -> None:
    papers = tmp_path / "papers"
    until = "This order shall remain in effect until a manual section has been drafted and approved."
    order(papers, "18-01", "July 2, 2018", "July 2, 2018", "Lockers stay open at night.", until)
    order(papers, "19-01", "July 1, 2019", "July 1, 2019", "Doors stay open by day.", until)
    order(papers, "18-02", "July 2, 2018", "July 2, 2018", "Lamps are lit at dusk.")
    (one,) = survey(library(tmp_path))["interim"]
    assert one["sentence"] == 'Special Order 18-01 lives "until a manual section has been drafted and approved", and has been in force since July 2, 2018, for more than 1 year.'
    assert one["places"][0]["page"] == 1


def test_an_ended_rule_that_is_still_cited(tmp_path: Path) -> None:
    papers = tmp_path / "papers"
    paper(papers, "7.01", "Keys", "March 1, 2015", "March 2, 2015", "Keys are dealt with as Section 7.02 says.")
    paper(papers, "7.02", "Hooks", "March 1, 2015", "March 2, 2015", "Hooks are of iron.")
    paper(papers, "7.03", "Bells", "March 1, 2015", "March 2, 2015", "Bells are rung as Section 7.01 says.")
    order(papers, "19-01", "June 4, 2019", "June 4, 2019", "Section 7.02 is hereby rescinded.")
    place = library(tmp_path)
    (one,) = survey(place)["dead_citations"]
    assert one["sentence"] == 'Policy 7.02, "Hooks", was rescinded on June 4, 2019, and a rule in force still cites it.'
    assert [(p["work"], p["quote"]) for p in one["places"]] == [("generic/policy/7.01/1", "Section 7.02")]
    assert "dead_citations" not in survey(place, "2019-06-03")


def test_the_page_has_every_remark_and_the_text_says_what_it_leaves_out(tmp_path: Path) -> None:
    papers = tmp_path / "papers"
    for n in range(10):
        order(papers, f"18-{n + 1:02}", "July 2, 2018", "July 2, 2018", f"Door {n} stays open.", "This order shall remain in effect until a manual section has been drafted and approved.")
    place = library(tmp_path)
    printed = call(place, "report", "--on", "2020-01-01")
    assert printed.count("has been in force since") == 8
    assert "and 2 more: lineage report --output report.html" in printed
    call(place, "report", "--on", "2020-01-01", "-o", str(tmp_path / "r.html"))
    assert (tmp_path / "r.html").read_text(encoding="utf-8").count("has been in force since") == 10


def test_every_pair_that_is_alike_is_found() -> None:
    chance = random.Random(7)
    words = [f"word{n}" for n in range(60)]
    texts = [tuple(chance.choices(words, k=20)) for _ in range(150)]
    texts += [tuple(chance.choice(words) if chance.random() < 0.06 else w for w in text) for text in texts[:100]]
    distinct = list(dict.fromkeys(texts))
    sets = [set(zip(t, t[1:], t[2:], strict=False)) for t in distinct]
    wanted = {(m, n) for m in range(len(sets)) for n in range(m + 1, len(sets)) if len(sets[m] & sets[n]) >= 0.6 * len(sets[m] | sets[n])}
    assert len(wanted) > 30
    assert {(min(p), max(p)) for p in pairs(distinct)} == wanted


def test_the_clauses_of_a_large_library_take_seconds() -> None:
    chance = random.Random(7)
    words = [f"word{n}" for n in range(3000)]
    texts = [tuple(chance.choices(words, weights=[1 / (n + 1) for n in range(3000)], k=25)) for _ in range(2_000)]
    begun = time.process_time()
    assert sum(1 for _ in pairs(list(dict.fromkeys(texts)))) == 0
    assert time.process_time() - begun < 5


def test_figures_are_compared_as_figures() -> None:
    assert tokens("Within twelve (12) hours") == tokens("within 12 hours")
    assert not opposed(tokens("report within twelve hours of it"), tokens("report within 12 hours of it"))
    assert opposed(tokens("keep it for thirty days in the safe"), tokens("keep it for 90 calendar days in the safe"))
    assert not opposed(tokens("fill out form 24 of the desk"), tokens("fill out form 48 of the desk"))
