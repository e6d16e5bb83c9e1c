"""What people do at the page, from their side: it is opened as a file, in a real browser."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from lineage.edition import Edition
from lineage.library import Library
from tests.shares import a_share
from tests.web.browser import chromium, needs_browser

SIZES = {"desk": (1280, 900), "phone": (360, 780)}
# Two looks at each run, all four in the long one.
LOOKS = a_share([("phone", "dark"), ("desk", "light"), ("desk", "dark"), ("phone", "light")], 4)
SOCIAL = "lbpd/special-order/social-media/1"

pytestmark = needs_browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def address(edition: Edition, tmp_path_factory: pytest.TempPathFactory) -> str:
    file = tmp_path_factory.mktemp("page") / "rules.html"
    file.write_bytes(edition.page)
    return file.as_uri()


@contextmanager
def opened(browser: Any, address: str, hash_: dict[str, str] | None = None, **settings: Any) -> Iterator[Any]:
    """The page in a browser. Anything amiss (a fault of its script, a breach of its policy, a request to elsewhere) fails the test."""
    context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **settings})
    page = context.new_page()
    amiss: list[str] = []
    page.on("console", lambda said: amiss.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda fault: amiss.append(str(fault)))
    page.on("request", lambda asked: amiss.append(asked.url) if not asked.url.startswith(address) else None)
    page.on("dialog", lambda dialog: amiss.append(dialog.message))
    page.goto(address + (f"#{urlencode(hash_)}" if hash_ else ""))
    yield page
    context.close()
    assert amiss == []


def sentence(page: Any, work: str = SOCIAL) -> str:
    return str(page.inner_text(f'article[data-rule="{work}"] .stretch:visible .sentence'))


def test_a_day_is_chosen_and_every_rule_says_what_show_says(browser: Any, address: str, folder: Path) -> None:
    chance = random.Random(11)
    days = [date(2021, 7, 21), date(2021, 7, 22), date(2021, 7, 23), *(date(2017, 1, 1) + timedelta(days=chance.randrange(2200)) for _ in range(5)), date(2150, 1, 1), date(1066, 10, 14)]
    with Library.open(folder) as library, opened(browser, address) as page:
        public = library.for_release()
        for day in days:
            page.fill("#on", day.isoformat())
            shown = page.eval_on_selector_all("article.rule", "all => all.map(a => [a.dataset.rule, [...a.querySelectorAll('.stretch')].filter(s => s.offsetParent).map(s => s.querySelector('.sentence').textContent)])")
            assert len(shown) == 28
            counted = {"in-force": 0, "not-provable": 0, "not-in-force": 0}
            for work, said in shown:
                answer = public.show(work, day)
                assert said == [answer.sentence], (work, day)
                counted[answer.ruling.status] += 1
            told = page.inner_text("#count")
            assert f"{counted['in-force']} in force, {counted['not-provable']} not established by the documents held, {counted['not-in-force']} not in force." in told
            assert page.url.endswith(f"#on={day.isoformat()}")


def test_a_link_leads_to_a_rule_on_a_day(browser: Any, address: str) -> None:
    with opened(browser, address, {"on": "2020-06-01", "rule": SOCIAL}) as page:
        assert page.locator("article:visible").count() == 1
        assert sentence(page).startswith('On June 1, 2020, the Special Order "Social Media" dated May 17, 2019 was in force.')
        assert "June 1, 2020" in page.title()
        assert page.locator("details.text[open] .clauses").is_visible()
        assert page.locator(".cite:visible").count() == 1
        assert page.locator("details.proof[open]").count() == 1
        page.fill("#on", "2022-01-01")
        assert "was not in force" in sentence(page)
        assert page.locator("details.text:visible").count() == 0
        assert page.url.endswith(urlencode({"on": "2022-01-01", "rule": SOCIAL}))
        page.click("#all")
        assert page.locator("article:visible").count() == 28
        assert page.evaluate("document.activeElement.closest('article').dataset.rule") == SOCIAL


def test_it_works_with_the_keyboard_alone(browser: Any, address: str) -> None:
    with opened(browser, address, {"on": "2020-06-01"}) as page:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "rules"
        assert page.input_value("#on") == "2020-06-01"
        page.keyboard.press("Tab")
        name = page.evaluate("document.activeElement.textContent")
        page.keyboard.press("Enter")
        page.wait_for_function("document.body.classList.contains('alone')")
        assert page.evaluate("document.activeElement.textContent") == name
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_words_and_the_switch_narrow_the_list(browser: Any, address: str) -> None:
    with opened(browser, address, {"on": "2020-06-01"}) as page:
        page.fill("#match", "RIDE-ALONG")
        assert 0 < page.locator("article:visible").count() < 8
        assert "with these words" in page.inner_text("#count")
        before = page.locator("article:visible").count()
        page.check("#only")
        assert all(status == "in-force" for status in page.eval_on_selector_all("article", "all => all.filter(a => a.offsetParent).map(a => a.dataset.status)"))
        assert page.locator("article:visible").count() <= before
        page.fill("#match", "no such words")
        assert page.inner_text("#none") == "No rule on this page fits."
        page.fill("#match", "")
        page.uncheck("#only")
        page.click("#life")
        assert page.locator(".stretch:visible").count() > 100
        page.click("#life")
        assert page.locator(".stretch:visible").count() == 28


@pytest.mark.parametrize(
    ("asked", "said"),
    [({"on": "0999-12-31"}, "December 31, 999 is not told of here."), ({"on": "2020-02-31"}, "That is no day of the calendar."), ({"on": "x"}, "That is no day"), ({"on": "2020-01-01", "rule": "none"}, "is not on this page")],
)
def test_what_cannot_be_answered_is_said_and_nothing_is_shown(browser: Any, address: str, asked: dict[str, str], said: str) -> None:
    with opened(browser, address, asked) as page:
        assert said in page.inner_text("#trouble")
        assert page.locator("article:visible").count() == 0
        page.fill("#on", "2020-06-01")
        if "rule" not in asked:
            assert page.locator("article:visible").count() == 28


def test_without_script_all_of_it_can_be_read(browser: Any, address: str) -> None:
    with opened(browser, address, java_script_enabled=False) as page:
        words = page.inner_text("body")
        assert "Your reader runs no scripts" in words
        assert page.locator("#ask").is_hidden()
        own = page.inner_text(f'article[data-rule="{SOCIAL}"]')
        assert "From May 18, 2019 through July 21, 2021" in own
        assert "its last full day in force was July 21, 2021" in own
        assert "LAST DAY" in own.upper()
        page.click(f'article[data-rule="{SOCIAL}"] details.text summary')
        assert page.locator(f'article[data-rule="{SOCIAL}"] .clauses').is_visible()


def test_what_is_printed_is_the_view(browser: Any, address: str) -> None:
    with opened(browser, address, {"on": "2020-06-01", "rule": SOCIAL}) as page:
        page.emulate_media(media="print")
        words = page.inner_text("body")
        assert "On June 1, 2020" in words
        assert "Cite" in words
        assert "from the library as it stood at" in words
        assert page.locator("#match").is_hidden()
        assert page.locator("details.text[open] .clauses").is_visible()
        page.goto(f"{address}#on=2020-06-01")
        assert page.locator(".cite:visible").count() > 5


@pytest.mark.parametrize(("size", "scheme"), LOOKS)
@pytest.mark.parametrize("view", a_share(["unscripted", "list", "rule", "life"], 4))
def test_everyone_can_use_it(browser: Any, address: str, scheme: str, size: str, view: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    width, height = SIZES[size]
    asked = {"on": "2020-06-01"} | ({"rule": "lbpd/manual-section/7.1.2.8/1"} if view == "rule" else {})
    with opened(browser, address, asked, viewport={"width": width, "height": height}, color_scheme=scheme, bypass_csp=True) as page:
        if view == "life":
            page.click("#life")
        if view == "unscripted":
            page.evaluate("document.body.classList.remove('asked'); document.querySelectorAll('article [hidden]').forEach(e => { e.hidden = false; }); document.querySelectorAll('details').forEach(e => { e.open = true; })")
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        small = page.eval_on_selector_all("a, button, input, summary", "all => all.filter(e => e.offsetParent && e.className !== 'skip').map(e => [e.outerHTML.slice(0, 90), e.getBoundingClientRect()]).filter(([, b]) => b.height < 24 || b.width < 24)")
        assert small == []


def test_hostile_texts_do_nothing(browser: Any, hostile: bytes, tmp_path: Path) -> None:
    file = tmp_path / "hostile.html"
    file.write_bytes(hostile)
    with opened(browser, file.as_uri(), {"on": "2021-06-01"}, viewport={"width": 360, "height": 780}) as page:
        assert "<script>alert(7731)</script>" in page.inner_text("#rules")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        page.fill("#match", "<script>alert(7731)")
        assert page.locator("article:visible").count() >= 1
        page.locator("article:visible h3 a").first.click()
        assert "<b onclick=alert(7731)>bold</b>" in page.inner_text("#rules")
