"""What people do at the pages, from their side."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from tests.shares import a_share

from .browser import chromium, needs_browser, served
from .desk import PASSWORD

pytestmark = needs_browser

SOCIAL = "/rule/lbpd/special-order/social-media/1"
SIZES = {"desk": (1280, 900), "phone": (360, 780)}


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def address(corpus_library: Path) -> Iterator[str]:
    with served(corpus_library) as found:
        yield found


@pytest.fixture
def page(browser: Any, address: str) -> Iterator[Any]:
    """A page in which anything amiss (a fault of a script, a breach of the content policy, a request to elsewhere) fails the test."""
    context = browser.new_context(base_url=address, viewport={"width": 1280, "height": 900}, permissions=["clipboard-read", "clipboard-write"])
    found = context.new_page()
    amiss: list[str] = []
    found.on("console", lambda said: amiss.append(said.text) if said.type in ("error", "warning") else None)
    found.on("pageerror", lambda fault: amiss.append(str(fault)))
    found.on("request", lambda asked: amiss.append(asked.url) if not asked.url.startswith((address, "data:")) else None)
    yield found
    context.close()
    assert amiss == []


def _red_box(png: bytes) -> tuple[int, int, int, int]:
    """The box around the red ink of a page."""
    from PIL import Image

    red, green, blue = Image.open(io.BytesIO(png)).convert("RGB").split()
    ink = Image.eval(red, lambda v: 255 * (v > 150))
    for plane in (green, blue):
        ink = Image.composite(ink, Image.new("L", ink.size), Image.eval(plane, lambda v: 255 * (v < 130)))
    found = ink.getbbox()
    assert found is not None
    return found


def test_the_founding_order(page: Any) -> None:
    page.goto("/?on=2020-06-01")
    page.get_by_label("Find a rule").fill("3.48")
    page.keyboard.press("Enter")
    page.locator(".sentence", has_text="On June 1, 2020, Manual Section 3.48").wait_for()
    assert "Manual Section 3.48" in page.locator("h1").inner_text()

    # The date is changed.
    page.get_by_label("On", exact=True).fill("2022-01-01")
    page.get_by_role("button", name="Show", exact=True).click()
    page.locator(".sentence", has_text="do not establish whether Manual Section 3.48").wait_for()

    # The order that amended it, and the stamp on its page.
    page.get_by_role("link", name="What it changed, and what changed it").click()
    page.get_by_role("link", name='Special Order "Social Media"').first.click()
    page.locator("details.noted summary").click()
    page.locator("details.noted li", has_text="RESCINDED").get_by_role("link").click()
    place = page.locator("#panel rect.place").first
    place.wait_for()
    shown = page.locator("#panel image")
    box = {name: float(place.get_attribute(name)) for name in ("x", "y", "width", "height")}
    red = _red_box(page.request.get(shown.get_attribute("href")).body())
    for edge, (marked, inked) in {"left": (box["x"], red[0]), "top": (box["y"], red[1]), "right": (box["x"] + box["width"], red[2]), "bottom": (box["y"] + box["height"], red[3])}.items():
        assert abs(marked - inked) < 40, (edge, marked, inked, box, red)
    # And on the screen the ink lies within the mark.
    figure = page.locator("#panel .sheet").bounding_box()
    mark = place.bounding_box()
    scale = figure["width"] / float(shown.get_attribute("width"))
    assert abs(mark["x"] - figure["x"] - box["x"] * scale) < 5
    assert abs(mark["y"] - figure["y"] - box["y"] * scale) < 5


def test_two_days_are_compared(page: Any) -> None:
    page.goto("/rule/lbpd/manual-section/7.1.2.8/1?on=2020-06-01")
    page.get_by_label("from", exact=True).fill("2018-01-01")
    page.get_by_role("button", name="Compare").click()
    page.locator("#panel ins").first.wait_for()
    assert "15" in page.locator("#panel ins").all_inner_texts()
    assert "30" in page.locator("#panel del").all_inner_texts()
    assert 'changed by Special Order "Use of Force"' in page.locator("#panel").inner_text()


def test_a_citation_is_copied(page: Any) -> None:
    page.goto(f"{SOCIAL}?on=2020-06-01")
    page.get_by_role("button", name="Copy the citation").click()
    page.get_by_role("button", name="Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == "LBPD Special Order, Social Media (May 17, 2019) (in force May 17, 2019, through July 21, 2021)"
    page.get_by_role("button", name="Copy the address").click()
    page.wait_for_timeout(200)
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "on=2020-06-01" in copied
    assert "known=" in copied
    page.goto(copied)
    assert "As this library held it at" in page.locator("main").inner_text()


def test_a_click_on_a_clause_shows_its_source(page: Any) -> None:
    page.goto(f"{SOCIAL}?on=2020-06-01")
    page.locator(".clause p").nth(3).click()
    page.locator("#panel rect.place").first.wait_for()
    assert "1 place marked" in page.locator("#panel").inner_text()
    page.locator(".reasons a.day").first.click()
    page.locator("#panel", has_text="page 1 of 4").wait_for()


def test_the_strip_leads_from_one_text_to_the_next(page: Any) -> None:
    page.goto("/rule/lbpd/manual-section/3.48/1?on=2018-01-01")
    page.get_by_role("link", name="Next change").click()
    page.locator(".sentence", has_text="On May 17, 2019").wait_for()
    page.get_by_role("link", name="Previous").click()
    page.locator(".sentence", has_text="On January 1, 2017").wait_for()
    page.locator("svg.strip a").last.click(force=True)
    page.locator(".sentence", has_text="July 22, 2021").wait_for()


def test_the_incident_sheet_is_printed(page: Any) -> None:
    import pdfplumber

    page.goto("/incident")
    page.get_by_label("Date").fill("2021-07-21")
    page.get_by_label("Time").fill("23:40")
    page.get_by_label("Words or numbers").fill("internet, social media")
    page.get_by_role("button", name="Make the sheet").click()
    page.get_by_text("As published by then").wait_for()
    assert "July 21, 2021, 23:40 local time" in page.locator("main").inner_text()
    with pdfplumber.open(io.BytesIO(page.pdf(prefer_css_page_size=True, format="Letter"))) as pdf:
        assert len(pdf.pages) == 1
        words = pdf.pages[0].extract_text()
    assert "does not show that any officer received" in words
    assert "Make the sheet" not in words


def test_it_is_all_there_for_the_keyboard(page: Any) -> None:
    page.goto(f"{SOCIAL}?on=2020-06-01")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "To the text"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q"
    page.locator(".clause .where").first.focus()
    page.keyboard.press("Enter")
    page.locator("#panel rect.place").first.wait_for()
    page.wait_for_function("document.activeElement.id === 'panel'")


def test_reading_works_without_script(browser: Any, address: str) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    page.get_by_label("Find a rule").fill("3.48")
    page.get_by_role("button", name="Find").click()
    page.get_by_label("On", exact=True).fill("2018-01-01")
    page.get_by_role("button", name="Show", exact=True).click()
    page.locator(".sentence", has_text="On January 1, 2018").wait_for()
    page.locator(".clause .where").first.click()
    page.locator("rect.place").first.wait_for()
    page.go_back()
    page.get_by_role("button", name="Compare").click()
    page.locator(".redline").wait_for()
    assert "Two days compared" in page.title()
    context.close()


ADDRESSES = {
    "home": "/?on=2020-06-01&all=true", "rule": f"{SOCIAL}?on=2020-06-01", "not-established": "/rule/lbpd/manual-section/3.48/1?on=2022-01-01&known=2099-01-01T00:00:00Z", "consolidated": "/rule/lbpd/manual-section/7.1.2.8/1?on=2020-06-01&rank=Sergeant",
    "order": "/order/lbpd/special-order/social-media/1", "compare": "/compare/7.1.2.8?start=2018-01-01&end=2020-01-01", "search": "/search?q=force&on=2020-06-01", "nothing-found": "/search?q=zebra&on=2020-06-01", "lineage": "/lineage", "around": "/lineage/3.48",
    "changes": "/changes?start=2019-01-01&end=2021-12-31", "report": "/report?on=2020-06-01", "incident": "/incident?on=2021-07-21&words=internet", "incident-form": "/incident", "trouble": "/rule/99.99", "which": f"/find?q={quote('Use of Force')}&on=2030-01-01",
}  # fmt: skip
DESK = {"review": "/review", "decisions": "/decisions", "missing": "/missing", "upload": "/upload", "log": "/log", "question": "/review/QUESTION"}


def _faults(page: Any) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {node['html'][:200]} ({node['failureSummary'][:300]})" for one in found for node in one["nodes"]]


# Both widths and both themes; all four pairs are tried in the long run.
LOOKS = a_share([("phone", "dark"), ("desk", "light"), ("desk", "dark"), ("phone", "light")], 4)


@pytest.mark.long
@pytest.mark.parametrize(("size", "scheme"), LOOKS)
def test_every_page_is_for_everyone(browser: Any, address: str, size: str, scheme: str) -> None:
    width, height = SIZES[size]
    context = browser.new_context(base_url=address, viewport={"width": width, "height": height}, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    for name, where in ADDRESSES.items():
        page.goto(where)
        if name == "rule":
            page.locator(".clause .where").first.click()
            page.locator("#panel rect.place").first.wait_for()
            page.locator("details.open summary").last.click()
        assert _faults(page) == [], name
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{name} is wider than the screen"
    context.close()


@pytest.mark.long
@pytest.mark.parametrize(("size", "scheme"), LOOKS)
def test_the_desk_is_for_everyone(browser: Any, own_library: Callable[[], Path], size: str, scheme: str) -> None:
    from lineage.library import Library

    folder = own_library()
    with Library.open(folder) as library:
        question = library.desk.questions()[0].id
    width, height = SIZES[size]
    with served(folder, write=True, log_questions=True) as address:
        context = browser.new_context(base_url=address, viewport={"width": width, "height": height}, color_scheme=scheme, bypass_csp=True)
        page = context.new_page()
        page.goto("/review")
        assert _faults(page) == [], "sign-on"
        _sign_on(page, "Ada Administrator")
        for name, where in DESK.items():
            page.goto(where.replace("QUESTION", question))
            if name == "question":
                page.locator("#panel figure").wait_for()
            assert _faults(page) == [], name
            assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{name} is wider than the screen"
        context.close()


def _sign_on(page: Any, name: str) -> None:
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign on").click()
    page.get_by_role("button", name="Sign off").wait_for()


def test_a_question_is_decided_by_keyboard_and_the_answer_changes(browser: Any, own_library: Callable[[], Path]) -> None:
    with served(own_library(), write=True) as address:
        context = browser.new_context(base_url=address, viewport={"width": 1280, "height": 900})
        page = context.new_page()
        page.goto("/rule/lbpd/manual-section/3.48/1?on=2022-01-01")
        _sign_on(page, "Rita Reviewer")
        assert "do not establish" in page.locator(".sentence").inner_text()
        page.goto("/review?work=3.48")
        page.get_by_role("link", name="from July 22, 2021 on").click()
        page.locator("#panel figure").wait_for()
        assert "in force, in the words of" in page.locator("label.option", has=page.locator('[data-key="1"]')).inner_text()
        page.keyboard.press("1")
        page.keyboard.press("b")
        page.keyboard.type("The Chief's memo of July 30, 2021 says that 3.48 stands.")
        page.keyboard.press("Control+Enter")
        page.get_by_role("status").wait_for()
        page.goto("/rule/lbpd/manual-section/3.48/1?on=2022-01-01")
        said = page.locator("main").inner_text()
        assert "do not establish whether" not in page.locator(".sentence").inner_text()
        assert "Rita Reviewer" in said
        assert "memo of July 30, 2021" in said
        context.close()


def test_a_reader_is_refused_the_review_page(browser: Any, own_library: Callable[[], Path]) -> None:
    with served(own_library(), write=True) as address:
        context = browser.new_context(base_url=address)
        page = context.new_page()
        page.goto("/review")
        _sign_on(page, "Ralph Reader")
        assert "This page is for a reviewer" in page.locator("main").inner_text()
        assert page.get_by_role("link", name="Review").count() == 0
        context.close()


def test_papers_are_brought_in_with_their_questions(browser: Any, own_library: Callable[[], Path], tmp_path: Path) -> None:
    paper, broken = tmp_path / "order-22-01.txt", tmp_path / "broken.pdf"
    paper.write_text("Long Beach Police Department\n\nSpecial Order 22-01\n\nDate: May 2, 2022\nSubject: Kestrel Flights\n\nEffective immediately, this special order amends Manual Section 3.48.\n", encoding="utf-8")
    broken.write_bytes(b"%PDF-1.7 nothing")
    with served(own_library(), write=True) as address:
        context = browser.new_context(base_url=address)
        page = context.new_page()
        page.goto("/upload")
        _sign_on(page, "Rita Reviewer")
        page.get_by_label("Files").set_input_files([str(paper), str(broken)])
        page.get_by_label("Where they came from").fill("Records Unit")
        page.get_by_role("button", name="Read them in").click()
        page.get_by_text("2 files").wait_for()
        said = page.locator("main").inner_text()
        assert "order-22-01.txt added" in said
        assert "broken.pdf refused" in said
        assert "questions that they bring" in said or "question that they bring" in said
        page.get_by_role("link", name="Special Order 22-01").first.click()
        assert "Records Unit (by Rita Reviewer)" in page.locator("main").inner_text()
        context.close()
