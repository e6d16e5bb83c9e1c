"""Texts that would like to be more than text are shown as text, on every page."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest
from lxml import html

from lineage.library import Library

from .desk import of_papers, visitor, with_people, words_of

MARKUP = '<script>alert(7731)</script><img src=x onerror=alert(7731)>'
TURNED = "Payments \u202eetahw\u202c of Note"
TEMPLATE = "{{ 7731 * 2 }} {% raw %} ${7731} <!-- "
PAPERS = {
    "markup.txt": f"Long Beach Police Department\n\nSpecial Order 21-01\n\nDate: May 2, 2021\nSubject: Doors {MARKUP}\n\nEffective immediately, doors are shut {MARKUP}.\n\nA. Doors <b onclick=alert(7731)>bold</b> and \"quotes\" 'too'.\n\nThis order rescinds Special Order 20-09 {MARKUP}.\n",
    "turned.txt": f"Long Beach Police Department\n\nSpecial Order 21-02\n\nDate: May 3, 2021\nSubject: {TURNED}\n\nEffective immediately, {TURNED} are kept.\n",
    "template.txt": f"Long Beach Police Department\n\nSpecial Order 21-03\n\nDate: May 4, 2021\nSubject: Forms {TEMPLATE}\n\nEffective immediately, forms {TEMPLATE} are kept.\n",
}  # fmt: skip
PAPERS['x" onmouseover="alert(7731)".txt'] = "Long Beach Police Department\n\nSpecial Order 21-04\n\nDate: May 5, 2021\nSubject: Names\n\nEffective immediately, names are kept.\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return with_people(of_papers(tmp_path_factory.mktemp("hostile") / "library", PAPERS))


def addresses(folder: Path) -> list[str]:
    with Library.open(folder) as library:
        works = [w for w in library.names() if "/index/" not in w]
        items = [(x.item, library.store.clauses(x.item)[0].eid) for w in works for x in library.history(w).expressions]
        questions = [q.id for q in library.desk.questions()]
    about = [f"/{kind}/{quote(w)}?on=2021-06-01" for w in works for kind in ("rule", "order", "lineage")]
    sources = [address for item, eid in items for address in (f"/source/{item}/1", f"/source/{item}/1?start=0&end=300", f"/clause/{item}/{eid}")]
    asked = [f"/search?q={quote(words)}&all=true" for words in ("doors", MARKUP, TURNED, "kept")] + [f"/find?q={quote(words)}" for words in (MARKUP, "21-99")] + [f"/?match={quote(MARKUP)}", f"/?series={quote(MARKUP)}", f"/rule/{quote(MARKUP)}"]
    whole = ["/?on=2021-06-01&all=true", "/lineage", "/changes?start=2021-01-01&end=2021-12-31", "/report?on=2021-06-01", f"/incident?on=2021-06-01&words={quote(MARKUP)}&unit={quote(MARKUP)}", "/review", "/missing", "/decisions"]
    return [*about, *sources, *asked, *whole, *(f"/review/{q}" for q in questions), f"/?on={quote(MARKUP)}", f"/?known={quote(MARKUP)}", f"/log?matter={quote(MARKUP)}"]


def test_nothing_of_a_text_becomes_markup(folder: Path) -> None:
    at = visitor(folder, "Ada Administrator", write=True, log_questions=True)
    seen = raw = ""
    for address in addresses(folder):
        answer = at.get(address, follow_redirects=True)
        assert answer.status_code < 500, address
        tree = html.fromstring(answer.text)
        scripts = tree.xpath("//script/@src")
        assert tree.xpath("//script[not(@src)]") == [], address
        assert all(src.startswith("/static/") for src in scripts)
        assert not [name for name in tree.xpath("//@*[starts-with(name(), 'on')]") if "alert" in name], address
        assert tree.xpath("//img[@onerror] | //b[@onclick]") == [], address
        assert not tree.xpath("//a[starts-with(@href, 'javascript:')]"), address
        assert "\u202e" not in answer.text, address
        assert "15462" not in answer.text, address  # 7731 * 2
        seen, raw = seen + words_of(answer.text), raw + answer.text
    assert "<script>alert(7731)</script>" in seen  # it is shown
    assert "[U+202E]" in raw
    assert "{{ 7731 * 2 }}" in seen


def test_a_hostile_name_of_a_file_is_saved_under_a_plain_one(folder: Path) -> None:
    with Library.open(folder) as library:
        item = next(i for i in library.store.items() if "onmouseover" in i.name)
    answer = visitor(folder, "Ada Administrator").get(f"/file/{item.sha256}")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith('attachment; filename="')
    assert answer.headers["content-disposition"].count('"') == 2


def test_hostile_words_in_the_printed_sheet(folder: Path) -> None:
    import io

    import pdfplumber

    made = visitor(folder, "Ada Administrator").get("/incident.pdf", params={"on": "2021-06-01", "words": f"doors, #panic() $x$ {MARKUP}", "rank": "#import \"x\""})
    assert made.status_code == 200
    with pdfplumber.open(io.BytesIO(made.content)) as pdf:
        words = "".join("".join(page.extract_text().split()) for page in pdf.pages)
    assert "#panic()$x$" in words
