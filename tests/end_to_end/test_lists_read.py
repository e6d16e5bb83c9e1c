"""A list of orders is known by its table, and its rows are read, whatever the file."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from lineage import indexes, pages
from lineage.errors import RefusedError
from lineage.model import Index
from lineage.pipeline import read
from lineage.profiles import load

from .lists import HEAD, ROWS, csv, pdf


def index_of(data: bytes, name: str, profile: str = "generic") -> Index | None:
    return indexes.recognise(pages.read_bytes(data, name), load(profile))


def rows_of(index: Index | None) -> list[tuple[str | None, str, list[tuple[str, str]], list[tuple[str, bool, str]]]]:
    assert index is not None
    return [
        (e.number, e.title, [(d.role, d.day.on.isoformat() if d.day.on else "") for d in e.dates], [(m.kind, m.suffers, m.words.string) for m in e.marks])
        for e in index.entries
    ]


EXPECTED = [
    ("12-01", "Bicycle Patrol", [("issued", "2012-03-01"), ("effective", "2012-03-15")], [("rescinds", True, "RESCINDED 2/6/17")]),
    (
        "12-02",
        "Kennel Duty and the Care of Dogs in the Station and in Vehicles",
        [("issued", "2012-03-01"), ("effective", "2012-03-15")],
        [("supersedes", False, "Ss 08-11 1/5/08"), ("renumbers", True, "re-numbered 2/6/17")],
    ),
    ("12-03", "Locker Rooms", [("issued", "2012-04-02"), ("effective", "2012-04-20")], []),
    ("12-04", "Flags at Half Staff", [("issued", "2012-04-02"), ("effective", "2012-04-10")], [("amends", True, "rev. 9/1/18")]),
    ("12-05", "Radio Codes", [("issued", "2012-04-02"), ("effective", "2012-04-10")], [("supersedes", True, "Superseded by 15-07 on 6/1/15")]),
]


@pytest.mark.parametrize("ruled", [True, False], ids=["ruled", "by-the-places-of-words"])
def test_a_table_on_a_page(ruled: bool) -> None:
    index = index_of(pdf(ruled=ruled), "list.pdf")
    assert rows_of(index) == EXPECTED
    assert index is not None
    assert index.title == "List of General Orders"
    assert {e.series for e in index.entries} == {"general-order"}


@pytest.mark.parametrize("ruled", [True, False], ids=["ruled", "by-the-places-of-words"])
def test_a_table_over_several_pages_repeats_its_head(ruled: bool) -> None:
    many = [(f"{year}-{number:02}", f"Matters of the Kind {chr(65 + number)} and Whatever Goes with Them", "1/2/12", "1/3/12", "") for year in range(12, 20) for number in range(1, 21)]
    data = pdf(many, ruled=ruled)
    assert len(pages.read_bytes(data, "list.pdf").pages) > 3
    assert [(e.number, e.title) for e in (index_of(data, "list.pdf") or pytest.fail("no index")).entries] == [(row[0], row[1]) for row in many]


def test_the_evidence_of_a_row_is_its_box_and_its_words() -> None:
    item = pages.read_bytes(pdf(), "list.pdf")
    index = indexes.recognise(item, load("generic"))
    assert index is not None
    places = []
    for entry in index.entries:
        for evidence in (*entry.evidence, *(e for m in entry.marks for e in m.evidence)):
            page = item.pages[evidence.page - 1]
            assert " ".join(page.text[evidence.start : evidence.end].split()) == " ".join(evidence.quote.split())
            assert evidence.box_pt is not None
        places.append(entry.evidence[0].box_pt[1])  # type: ignore[index]
    assert places == sorted(places)


def test_the_evidence_of_a_table_of_commas_is_line_and_column() -> None:
    index = index_of(csv("No.,Title,Effective,Status", '12-01,"Bicycle', 'Patrol",3/15/12,"RESCINDED 2/6/17"', "12-02,Kennels,3/15/12,Active"), "list.csv")
    assert index is not None
    assert [(e.title, e.evidence[0].at) for e in index.entries] == [("Bicycle Patrol", "line 2, column 1"), ("Kennels", "line 4, column 1")]
    assert index.entries[0].marks[0].evidence[0].at == "line 2, column 4"


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_table_of_text_in_any_dress(separator: str, encoding: str) -> None:
    lines = [HEAD, *((number, "Café and Kitchen", *rest) for number, _, *rest in ROWS)]
    data = "\r\n".join(separator.join(line) for line in lines).encode(encoding)
    index = index_of(data, "list.csv")
    assert index is not None
    assert [(e.number, e.title) for e in index.entries] == [(row[0], "Café and Kitchen") for row in ROWS]


def test_headings_stand_between_the_rows_and_give_the_series() -> None:
    index = index_of(csv("No.,Title,Effective", "General Orders,,", "12-01,Bicycles,3/15/12", "Special Orders,,", "12-02,Kennels,3/15/12"), "list.csv")
    assert index is not None
    assert [(e.number, e.series) for e in index.entries] == [("12-01", "general-order"), ("12-02", "special-order")]


def test_a_mark_in_a_title_is_no_title() -> None:
    rows = ("No.,Title,Effective", "1-1,Bulletin on Dogs [supersedes 18-100],3/15/12", "1-2,RESCINDED 05/12/2014,", "1-3,Rescinded Warrants,1/1/15", "1-4,Vests (formerly 3-3),1/1/15")
    assert [(n, t, m) for n, t, _, m in rows_of(index_of(csv(*rows), "list.csv"))] == [
        ("1-1", "Bulletin on Dogs", [("supersedes", False, "supersedes 18-100")]),
        ("1-2", "", [("rescinds", True, "RESCINDED 05/12/2014")]),
        ("1-3", "Rescinded Warrants", []),
        ("1-4", "Vests", [("renumbers", False, "formerly 3-3")]),
    ]


def test_a_list_with_sections_types_and_a_status() -> None:
    rows = ("SO20-001", "Body Worn Cameras", "01/02/2020", "01/05/2020", "4-223", "Revision", "Active"), ("SO20-002", "Pursuits", "01/12/2020", "01/15/2020", "7-402, 7-403", "New", "Rescinded 6/1/20")
    rows = (*rows, ("SO20-003", "Crowds", "01/12/2020", "01/15/2020", "5-312", "Revision", "Pending review"))
    head = "".join(f"<th>{h}</th>" for h in ("Special Order", "Name", "Issued", "Effective", "Section(s)", "Type", "Status"))
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    index = index_of(f"<html><body><p>Special Orders as of 03/01/2021</p><table><tr>{head}</tr>{body}</table></body></html>".encode(), "orders.html")
    assert [(n, m) for n, _, _, m in rows_of(index)] == [
        ("SO20-001", [("confirms", True, "Active")]),
        ("SO20-002", [("rescinds", True, "Rescinded 6/1/20")]),
        ("SO20-003", []),
    ]
    assert index is not None
    assert [f.code for f in index.findings] == ["index.mark-unread"]
    assert [(d.role, d.raw) for d in index.dates] == [("edition", "03/01/2021")]


def test_a_list_of_lines_with_brackets() -> None:
    lines = ("List of Training Bulletins", "", "19-001  Body Worn Cameras (supersedes 17-002)", "19-002  Vehicle Tows", "        and Storage [Amends 9.06]", "19-003  Court Liaison (rescinded 06/01/19)")
    index = index_of("\n".join(lines).encode(), "bulletins.txt")
    assert [(n, t, m) for n, t, _, m in rows_of(index)] == [
        ("19-001", "Body Worn Cameras", [("supersedes", False, "supersedes 17-002")]),
        ("19-002", "Vehicle Tows and Storage", [("amends", False, "Amends 9.06")]),
        ("19-003", "Court Liaison", [("rescinds", True, "rescinded 06/01/19")]),
    ]


def test_a_number_that_stays_with_the_day_of_its_end() -> None:
    index = index_of(csv("G.O. Number,Title,Issue Date,Circular Number", "100-01,Directive System,03/04/2010,10-0304", "100-02,RESCINDED 05/12/2014,,14-0512", "100-03 RESCINDED 10/10/2012,,,12-1010"), "contents.csv")
    assert [(n, t, m) for n, t, _, m in rows_of(index)] == [
        ("100-01", "Directive System", []),
        ("100-02", "", [("rescinds", True, "RESCINDED 05/12/2014")]),
        ("100-03", "", [("rescinds", True, "RESCINDED 10/10/2012")]),
    ]


def test_what_cannot_be_read_is_said() -> None:
    index = index_of(csv("No.,Title,Effective,Remarks", "12-01,Bicycles,2/30/12,Supersedes all of it", "?,,,see above", "12-03,Kennels,soon in 12,"), "list.csv")
    assert index is not None
    assert [f.code for f in index.findings] == ["dates.impossible", "index.row-unread", "dates.unreadable"]
    assert [e.number for e in index.entries] == ["12-01", "12-03"]


def test_columns_that_nobody_names_are_not_guessed_at(tmp_path: Path) -> None:
    rows = [(number, title, issued, effective, "18-00" + str(at)) for at, (number, title, issued, effective, _) in enumerate(ROWS)]
    index = index_of(pdf(rows, head=None, title=""), "list.pdf")
    assert index is not None
    assert index.entries == ()
    assert [(f.code, f.severity) for f in index.findings] == [("index.columns-unnamed", "blocker")]
    profile = tmp_path / "own.toml"
    profile.write_text('id = "own"\nname = "Own"\ncountry = "us"\ntime_zone = "UTC"\nindex_orders = [["number", "title", "issued", "effective", "supersedes"]]\n', encoding="utf-8")
    index = index_of(pdf(rows, head=None, title=""), "list.pdf", str(profile))
    assert index is not None
    assert [(e.number, e.marks[0].rest.string) for e in index.entries] == [(row[0], row[4]) for row in rows]


def test_a_table_in_an_order_makes_it_no_index() -> None:
    words = "".join(f"<p>{n}. Members see to it that every vehicle is cleaned, and that the log of it is kept for a year by the supervisor of the watch.</p>" for n in range(9))
    table = "<table><tr><th>Order No.</th><th>Title</th><th>Effective</th></tr><tr><td>1-1</td><td>Cars</td><td>1/1/15</td></tr><tr><td>1-2</td><td>Vans</td><td>1/1/15</td></tr></table>"
    assert index_of(f"<html><body>{words}{table}</body></html>".encode(), "order.html") is None
    assert index_of(f"<html><body>{table}</body></html>".encode(), "list.html") is not None


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "pages.empty"),
        (b",,,\n,,,\n", "pages.empty"),
        (b"No.,Title,Effective\n1-1,\0,1/1/15\n", "pages.binary"),
        (csv("No.,Title,Effective", '1-1,"open,1/1/15', "1-2,b,1/1/15"), "pages.damaged"),
        (csv("No.,Title,Effective", "1-1," + "x" * 30_000 + ",1/1/15"), "pages.too-much-text"),
        (csv("No.,Title,Effective", "1-1," + "x" * 300_000 + ",1/1/15"), "pages.too-much-text"),
        (csv("No.,Title,Effective", "," * 5_000), "pages.too-much-text"),
        (csv("Officer,Badge,Shift", "A,1,2"), "index.not-one"),
        (b"\x89PNG\r\n\x1a\n", "pages.binary"),
    ],
)
def test_hostile_tables_are_refused_in_a_full_sentence(data: bytes, code: str, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_bytes(data)
    with pytest.raises(RefusedError) as refused:
        read(file)
    assert refused.value.code == code
    assert refused.value.message.endswith(".")
    assert refused.value.hint


def test_formulas_are_words() -> None:
    index = index_of(csv("No.,Title,Effective", '1-1,"=HYPERLINK(""http://x"",""Dogs"")",1/1/15', "1-2,=1+1 @SUM Cats,1/1/15"), "list.csv")
    assert index is not None
    assert index.entries[0].title == '=HYPERLINK("http://x","Dogs")'


def test_rows_of_nothing_but_brackets_and_marks_are_read_to_the_end() -> None:
    index = index_of(csv("No.,Title,Effective,Remarks", *(f"{n}-1,Matter {n} " + "(" * 400 + " " * 400 + ",1/1/15," + "superseded by " * 200 for n in range(300))), "list.csv")
    assert index is not None
    assert len(index.entries) == 300


@pytest.mark.shared
def test_the_directive_numbers_of_springfield(shared: Path) -> None:
    file = shared / "orders" / "springfield" / "DirectiveNumbers.pdf"
    nameless = index_of(file.read_bytes(), file.name)
    assert nameless is not None
    assert [f.code for f in nameless.findings] == ["index.columns-unnamed"]
    index = index_of(file.read_bytes(), file.name, "springfield-il")
    assert index is not None
    gold = tomllib.loads((Path(__file__).resolve().parents[1] / "orders" / "gold" / "springfield" / "DirectiveNumbers.toml").read_text(encoding="utf-8"))["listing"]
    wanted = [
        (code.replace(" ", ""), title, [("issued", issued), ("effective", effective)], [] if replaces.endswith("/NEW") else [replaces])
        for _, title, code, issued, effective, replaces in gold
    ]
    assert [(e.number, e.title, [(d.role, d.raw) for d in e.dates], [m.rest.string for m in e.marks]) for e in index.entries] == wanted
