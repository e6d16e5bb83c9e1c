"""What the pages say: the same as the command line, with the place that proves it."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from lxml import html

from lineage.library import Library
from lineage.model.dates import long_date
from lineage.rendering.plain import cite
from tests.kept import copy

from .desk import visitor, words_of

SOCIAL = "lbpd/special-order/social-media/1"


def test_every_link_of_every_page_leads_somewhere(corpus_library: Path) -> None:
    at = visitor(corpus_library)
    waiting, seen = ["/?on=2020-06-01&all=true"], set()
    kinds: dict[str, int] = {}
    while waiting:
        address = waiting.pop(0)
        kind = address.split("?")[0].split("/")[1]
        if address in seen or kinds.get(kind, 0) >= 25:
            continue
        seen.add(address)
        kinds[kind] = kinds.get(kind, 0) + 1
        answer = at.get(address)
        assert answer.status_code in (200, 303), f"{address}: {words_of(answer.text) if 'html' in answer.headers['content-type'] else answer.status_code}"
        if "html" not in answer.headers["content-type"]:
            continue
        tree = html.fromstring(answer.text)
        links = [*tree.xpath("//a/@href"), *tree.xpath("//*[not(self::form)]/@hx-get"), *tree.xpath("//*[local-name()='image']/@href"), *tree.xpath("//link/@href"), *tree.xpath("//script/@src")]
        assert all(link.startswith(("/", "#")) for link in links), links
        waiting += [link.split("#")[0] for link in links if link.startswith("/")]
    assert {"", "rule", "order", "lineage", "source", "clause", "image", "file", "changes", "report", "search", "incident", "api", "static"} <= kinds.keys()


def test_the_sentence_is_that_of_the_command_line(corpus_library: Path) -> None:
    at = visitor(corpus_library)
    with Library.open(corpus_library) as library:
        for work in (SOCIAL, "lbpd/manual-section/3.48/1", "lbpd/manual-section/7.1.2.8/1", "lbpd/special-order/18-04/1"):
            for day in (date(2016, 1, 1), date(2018, 6, 1), date(2019, 5, 17), date(2020, 6, 1), date(2021, 7, 22), date(2024, 1, 1)):
                shown = library.show(work, day)
                page = words_of(at.get(f"/rule/{work}?on={day}").text)
                assert " ".join(shown.sentence.split()) in page
                for finding in shown.findings:
                    assert " ".join(finding.message.split()) in page
                if shown.ruling.status == "in-force":
                    assert " ".join(cite(shown.ruling, shown).split()) in page


def test_the_list_is_that_of_the_command_line(corpus_library: Path) -> None:
    at = visitor(corpus_library)
    with Library.open(corpus_library) as library:
        for day in (date(2018, 6, 1), date(2020, 6, 1), date(2022, 1, 1)):
            tree = html.fromstring(at.get(f"/?on={day}&all=true").text)
            listed = [re.sub(r"\?.*", "", link).removeprefix("/rule/") for link in tree.xpath("//table[@class='rules']//a/@href")]
            assert listed == [r.work.id for r in library.in_force(day, every=True).rulings]


def test_no_page_prints_an_exclusive_end(corpus_library: Path) -> None:
    at = visitor(corpus_library)
    with Library.open(corpus_library) as library:
        for work in library.names():
            for period in library.history(work).periods:
                end = period.interval.end
                if end is None:
                    continue
                for address in (f"/rule/{work}?on={end - timedelta(days=1)}", f"/rule/{work}?on={end}", f"/?on={end - timedelta(days=1)}&all=true", f"/order/{work}"):
                    page = words_of(at.get(address).text)
                    for day in (long_date(end), end.isoformat()):
                        assert not re.search(rf"\b(?:through|until|up to|last (?:full )?day in force was)\s+{re.escape(day)}", page), (address, day)


def test_a_clause_leads_to_its_place(corpus_library: Path) -> None:
    at = visitor(corpus_library)
    tree = html.fromstring(at.get(f"/rule/{SOCIAL}?on=2020-06-01").text)
    links = tree.xpath("//a[@class='where']/@href")
    assert len(links) > 20
    for link in (links[0], links[-1]):
        page = html.fromstring(at.get(link).text)
        marks = page.xpath("//*[local-name()='rect' and @class='place']")
        image = page.xpath("//*[local-name()='image']")[0]
        assert marks
        for mark in marks:
            assert 0 <= float(mark.get("x")) < float(image.get("width"))
            assert float(mark.get("width")) > 20


def test_the_source_beside_a_text_is_a_part_of_a_page(corpus_library: Path) -> None:
    at = visitor(corpus_library)
    link = html.fromstring(at.get(f"/rule/{SOCIAL}?on=2020-06-01").text).xpath("//a[@class='where']/@href")[0]
    part = at.get(link, headers={"HX-Request": "true"}).text
    assert part.lstrip().startswith("<figure")
    assert "<html" not in part


def test_a_name_finds_its_rule(corpus_library: Path) -> None:
    at = visitor(corpus_library)
    for words in ("3.48", "§ 3.48", "Section 3.48", "internet usage"):
        assert at.get("/find", params={"q": words, "on": "2020-06-01"}).headers["location"] == "/rule/lbpd/manual-section/3.48/1?on=2020-06-01"
    assert at.get("/find", params={"q": "blogs and microblogs", "on": "2020-06-01"}).headers["location"].startswith("/search?")
    several = at.get("/find", params={"q": "18-04", "on": "2018-10-01"})
    assert several.status_code in (303, 409)


def test_a_name_of_several_rules_is_asked_back(corpus_library: Path) -> None:
    at = visitor(corpus_library)
    several = at.get("/find", params={"q": "Use of Force", "on": "2030-01-01"})
    if several.status_code == 409:
        assert "Which rule do you mean?" in several.text
    ambiguous = at.get("/api/show/18-04", params={"on": "2010-01-01"})
    assert ambiguous.status_code == 409
    assert len(ambiguous.json()["error"]["candidates"]) == 2


def test_a_permanent_address_has_all_its_dates(corpus_library: Path) -> None:
    at = visitor(corpus_library)
    address = html.fromstring(at.get(f"/rule/{SOCIAL}").text).xpath("//input[@id='permanent']/@value")[0]
    assert re.search(r"on=\d{4}-\d\d-\d\d", address)
    assert re.search(r"known=\d{4}-\d\d-\d\dT", address)
    assert at.get(address).status_code == 200


def test_an_empty_library_says_what_to_do(tmp_path: Path) -> None:
    Library.open(tmp_path / "empty").store.close()
    page = words_of(visitor(tmp_path / "empty").get("/").text)
    assert "This library holds nothing yet" in page
    assert "ingest FOLDER" in page


@pytest.mark.parametrize("query", ["on=2020-02-31", "on=yesterday", "on=2020-06-01&at=25:00", "on=2020-06-01&published=soon", "known=next+week"])
def test_what_is_no_day_is_said_in_a_sentence(corpus_library: Path, query: str) -> None:
    answer = visitor(corpus_library).get(f"/?{query}")
    assert answer.status_code in (400, 404)
    assert "This cannot be shown" in answer.text


def test_two_days_compared(corpus_library: Path) -> None:
    at = visitor(corpus_library)
    tree = html.fromstring(at.get("/compare/7.1.2.8?start=2018-01-01&end=2020-01-01").text)
    assert "15" in "".join(tree.xpath("//ins//text()"))
    assert "30" in "".join(tree.xpath("//del//text()"))


def test_the_incident_sheet_shows_both_clocks(corpus_library: Path) -> None:
    at = visitor(corpus_library)
    page = words_of(at.get("/incident?on=2021-07-21&at=23:40&words=internet,+social+media").text)
    for words in ("As published by then", "As all documents held now show it", "July 21, 2021, 23:40 local time", "does not show that any officer received", "Changed in the 60 days after", "did not match"):
        assert words in page
    assert "July 22, 2021" in page  # of the change on the next day
    with Library.open(corpus_library) as library:
        live = {r.work.id for r in library.in_force(date(2021, 7, 21)).rulings if r.status == "in-force"}
        sheet = library.incident(date(2021, 7, 21), "internet, social media").held
        told = {r.work.id for r in (*sheet.in_force, *sheet.suspended, *sheet.others)}
        assert told == live


def test_the_incident_sheet_as_a_pdf(corpus_library: Path) -> None:
    import io

    import pdfplumber

    at = visitor(corpus_library)
    made = at.get("/incident.pdf?on=2021-07-21&words=internet")
    assert made.headers["content-type"] == "application/pdf"
    assert made.content == at.get("/incident.pdf?on=2021-07-21&words=internet").content
    with pdfplumber.open(io.BytesIO(made.content)) as pdf:
        words = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
    for said in ("July 21, 2021", "Internet Usage", "does not show that any officer received", "As published by then"):
        assert said in words


def test_nothing_is_stored_of_a_question(corpus_library: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in corpus_library.rglob("*") if path.is_file()}
    at = visitor(corpus_library)
    at.get("/incident?on=2021-07-21&words=internet")
    at.get("/search?q=internet&on=2020-06-01")
    assert {path: path.stat().st_mtime_ns for path in corpus_library.rglob("*") if path.is_file()} == before


def test_an_answer_remembered_does_not_outlive_a_recording(tmp_path: Path, corpus_library: Path) -> None:

    folder = copy(corpus_library, tmp_path / "library")
    at = visitor(folder)
    assert "Kestrel Flights" not in at.get("/?on=2022-06-01").text
    paper = tmp_path / "kestrel.txt"
    paper.write_text("Long Beach Police Department\n\nSpecial Order 22-01\n\nDate: May 2, 2022\nSubject: Kestrel Flights\n\nEffective immediately, kestrels fly in pairs.\n", encoding="utf-8")
    with Library.open(folder) as library:
        library.ingest([paper])
    assert "Kestrel Flights" in at.get("/?on=2022-06-01").text


def test_parts_of_the_list_make_up_the_list(corpus_library: Path) -> None:
    from lineage.model.hours import When

    with Library.open(corpus_library) as library:
        roll = library.roll()
        for asked in ("2016-01-01", "2018-10-01", "2020-06-01", "2021-07-22", "2021-07-21T23:40", "2021-07-22T09:00", "2030-01-01"):
            when = When.of(asked)
            for chosen in ({}, {"every": True}, {"series": "special-order"}, {"match": "force", "every": True}, {"unit": "Patrol", "rank": "Sergeant"}, {"as_published_on": date(2020, 1, 1)}):
                whole = library.in_force(when, **chosen)
                parts = [library.part_in_force(when, at, 4, roll, **chosen) for at in range(0, len(whole.rulings) + 4, 4)]
                assert tuple(r for part in parts for r in part.rulings) == whole.rulings
                assert all(sum(part.counts.values()) == len(whole.rulings) for part in parts)
                assert {s: n for s, n in parts[0].counts.items() if n} == {s: n for s in ("in-force", "not-provable", "not-in-force") if (n := sum(r.status == s for r in whole.rulings))}
                assert (parts[0].held, parts[0].not_held, parts[0].matched_as, parts[0].uncounted) == (whole.held, whole.not_held, whole.matched_as, whole.uncounted)


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_ends_of_the_calendar_are_days(corpus_library: Path, day: str) -> None:
    at = visitor(corpus_library)
    for address in (f"/?on={day}&all=true", f"/?on={day}&at=12:00", f"/rule/{SOCIAL}?on={day}", f"/search?q=internet&on={day}", f"/incident?on={day}&words=internet", f"/incident.pdf?on={day}", f"/report?on={day}", f"/changes?end={day}", f"/order/{SOCIAL}?on={day}", f"/lineage/{SOCIAL}?on={day}"):
        assert at.get(address).status_code == 200, address
    assert at.get(f"/rule/{SOCIAL}?on=2020-06-01&known={day}").status_code == (404 if day < "2000" else 400)  # before the library was made; no end of that day can be told


def test_lists_asked_at_once_are_those_asked_one_by_one(corpus_library: Path) -> None:
    from concurrent.futures import ThreadPoolExecutor

    from lineage.answers import asking

    days = [date(2016, 1, 1) + timedelta(days=97 * n) for n in range(24)]
    with Library.open(corpus_library) as library, pytest.MonkeyPatch.context() as patch:
        patch.setattr(asking, "MOST_READ", 3)  # the memory is emptied again and again
        alone = {day: library.in_force(day).rulings for day in days}
        roll = library.roll()
        with ThreadPoolExecutor(6) as threads:
            for _ in range(4):
                together = list(threads.map(lambda day: library.part_in_force(day, 0, 1000, roll).rulings, days))
                assert together == [alone[day] for day in days]


def test_the_incident_sheet_says_what_only_a_misreading_would_match(corpus_library: Path) -> None:
    with Library.open(corpus_library) as library:
        sheet = library.incident(date(2020, 6, 1), "lnternet Usage, force")
        assert sheet.misread == ("lnternet Usage",)
        assert "lbpd/manual-section/3.48/1" in {r.work.id for r in sheet.held.in_force}
    page = words_of(visitor(corpus_library).get("/incident?on=2020-06-01&words=lnternet+Usage,+force").text)
    assert "if OCR misread them: lnternet Usage." in page
