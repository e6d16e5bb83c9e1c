"""Who may see and do what, and what a visitor cannot get by trick."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from starlette.routing import Route
from starlette.testclient import TestClient

from lineage import web
from lineage.cli import main
from lineage.errors import UsageError
from lineage.library import Library
from lineage.store.people import People
from lineage.web import accounts
from lineage.web.settings import Caps
from tests.kept import copy
from tests.shares import a_share

from .desk import HOST, PASSWORD, PEOPLE, token_on, visitor, words_of

OWN = Callable[[], Path]
NOBODY = "nobody signed on"
ALONE = "no accounts"  # on this machine, before anybody has one
READ = {ALONE: 200, NOBODY: 303, "Pat Public": 200, "Ralph Reader": 200, "Rita Reviewer": 200, "Ada Administrator": 200}
# A reader of public rules finds nothing of a library in which none is public.
OF_A_RULE = READ | {"Pat Public": 404}
API, API_OF_A_RULE = READ | {NOBODY: 401}, OF_A_RULE | {NOBODY: 401}
REVIEW = {ALONE: 403, NOBODY: 303, "Pat Public": 403, "Ralph Reader": 403, "Rita Reviewer": 200, "Ada Administrator": 200}
WRITE = REVIEW | {"Rita Reviewer": 303, "Ada Administrator": 303}
SIGNED = {ALONE: 403, NOBODY: 303, "Pat Public": 303, "Ralph Reader": 303, "Rita Reviewer": 303, "Ada Administrator": 303}
OPEN = dict.fromkeys(READ, 200)

WORK = "lbpd/manual-section/3.48/1"
# Every route, an address that it answers, and what each visitor gets. A route that is not here fails the test.
TABLE: dict[tuple[str, str], tuple[str, dict[str, int]]] = {
    ("GET", "/"): ("/?on=2020-06-01", READ),
    ("GET", "/find"): ("/find?q=", dict.fromkeys(READ, 303)),
    ("GET", "/rule/{work:path}"): (f"/rule/{WORK}?on=2020-06-01", OF_A_RULE),
    ("GET", "/order/{work:path}"): (f"/order/{WORK}", OF_A_RULE),
    ("GET", "/lineage"): ("/lineage", READ),
    ("GET", "/lineage/{work:path}"): (f"/lineage/{WORK}", OF_A_RULE),
    ("GET", "/compare/{work:path}"): (f"/compare/{WORK}?start=2018-01-01&end=2020-01-01", OF_A_RULE),
    ("GET", "/search"): ("/search?q=internet&on=2020-06-01", READ),
    ("GET", "/changes"): ("/changes?start=2019-01-01&end=2020-01-01", READ),
    ("GET", "/report"): ("/report?on=2020-06-01", READ),
    ("GET", "/incident"): ("/incident?on=2020-06-01", READ),
    ("GET", "/incident.pdf"): ("/incident.pdf?on=2020-06-01", READ),
    ("GET", "/source/{item}/{number}"): ("/source/ITEM/1", OF_A_RULE),
    ("GET", "/clause/{item}/{eid}"): ("/clause/ITEM/EID", OF_A_RULE),
    ("GET", "/image/{item}/{number}.png"): ("/image/ITEM/1.png", OF_A_RULE),
    ("GET", "/file/{item}"): ("/file/ITEM", OF_A_RULE),
    ("GET", "/review"): ("/review", REVIEW),
    ("GET", "/review/{name}"): ("/review/QUESTION", REVIEW),
    ("POST", "/review/{name}"): ("/review/QUESTION", WRITE),
    ("GET", "/decisions"): ("/decisions", REVIEW),
    ("POST", "/decisions/{name}"): ("/decisions/DECISION", WRITE),
    ("GET", "/missing"): ("/missing", REVIEW),
    ("GET", "/upload"): ("/upload", REVIEW),
    ("POST", "/upload"): ("/upload", REVIEW),
    ("GET", "/log"): ("/log", REVIEW | {"Rita Reviewer": 403}),
    ("GET", "/sign-on"): ("/sign-on", OPEN | {ALONE: 303}),
    ("POST", "/sign-on"): ("/sign-on", dict.fromkeys(READ, 401)),
    ("POST", "/sign-off"): ("/sign-off", SIGNED),
    ("POST", "/matter"): ("/matter", SIGNED),
    ("GET", "/api/openapi.json"): ("/api/openapi.json", OPEN),
    ("GET", "/api/in-force"): ("/api/in-force?on=2020-06-01", API),
    ("GET", "/api/show/{work:path}"): (f"/api/show/{WORK}?on=2020-06-01", API_OF_A_RULE),
    ("GET", "/api/why/{work:path}"): (f"/api/why/{WORK}?on=2020-06-01", API_OF_A_RULE),
    ("GET", "/api/history/{work:path}"): (f"/api/history/{WORK}", API_OF_A_RULE),
    ("GET", "/api/compare/{work:path}"): (f"/api/compare/{WORK}?start=2018-01-01&end=2020-01-01", API_OF_A_RULE),
    ("GET", "/api/relations"): ("/api/relations", API),
    ("GET", "/api/findings"): ("/api/findings", API),
    ("GET", "/api/search"): ("/api/search?q=internet&on=2020-06-01", API),
    ("GET", "/api/changes"): ("/api/changes?start=2019-01-01&end=2020-01-01", API),
    ("GET", "/api/report"): ("/api/report?on=2020-06-01", API),
    ("GET", "/api/incident"): ("/api/incident?on=2020-06-01&words=internet", API),
}


def _routes(made: Any) -> set[tuple[str, str]]:
    found = set()
    waiting = list(made.routes)
    while waiting:
        route = waiting.pop()
        inner = getattr(route, "routes", None) or getattr(getattr(route, "original_router", None), "routes", None)
        if isinstance(route, Route) or (getattr(route, "path", None) and getattr(route, "methods", None)):
            found |= {(method, route.path) for method in route.methods - {"HEAD"}}
        elif inner:
            waiting += inner
    return found


def _places(folder: Path) -> dict[str, str]:
    with Library.open(folder) as library:
        item = library.history(WORK).expressions[0].item
        return {"ITEM": item, "EID": library.store.clauses(item)[0].eid, "QUESTION": library.desk.questions()[0].id, "DECISION": "d-0"}


def _ask(at: TestClient, method: str, address: str, places: dict[str, str], folder: Path) -> int:
    with Library.open(folder) as library:
        questions = library.desk.questions()
        decisions = [d.id for d in library.store.decisions()]
    places = places | {"QUESTION": questions[0].id if questions else "q-0", "DECISION": decisions[-1] if decisions else "d-0"}
    for name, value in places.items():
        address = address.replace(name, value)
    if method == "GET":
        return at.get(address).status_code
    page = at.get("/")
    token = token_on(page.text) if page.status_code == 200 and 'name="token"' in page.text else ""
    if address == "/upload":
        return at.post(address, data={"token": token}, files={"files": ("note.txt", b"Long Beach Police Department\n\nSpecial Order 23-01\n\nDate: May 2, 2023\nSubject: Notes\n\nEffective immediately, notes are kept.\n")}).status_code
    if address.startswith("/review/"):
        option = next((o for q in questions if q.id in address for o in q.options if not o.asks), None)
        return at.post(address, data={"token": token, "key": option.key if option else "", "because": "it says so"}).status_code
    return at.post(address, data={"token": token, "what": "withdraw", "because": "a slip", "name": "nobody", "password": "wrong wrong wrong"}).status_code


def _at(folder: Path, who: str, **settings: Any) -> TestClient:
    return visitor(folder, None if who in (ALONE, NOBODY) else who, **settings)


@pytest.mark.parametrize("who", a_share(READ, 2))
def test_every_route_against_every_role(own_library: OWN, corpus_library: Path, tmp_path: Path, who: str) -> None:

    folder = copy(corpus_library, tmp_path / "alone") if who == ALONE else own_library()
    at = _at(folder, who, write=True, log_questions=True)
    assert _routes(at.app) == set(TABLE)
    places = _places(folder)
    order = sorted(TABLE, key=lambda route: (route == ("POST", "/sign-off"), route[1].startswith("/decisions/"), route[1]))
    order.remove(("POST", "/sign-off"))
    for method, path in [*order, ("POST", "/sign-off")]:
        address, expected = TABLE[method, path]
        got = _ask(at, method, address, places, folder)
        assert got == expected[who], f"{method} {address} for {who}: {got}, wanted {expected[who]}"


def test_reading_only_without_write(own_library: OWN) -> None:
    at = visitor(own_library(), "Rita Reviewer")
    for address in ("/review", "/upload", "/decisions"):
        answer = at.get(address)
        assert answer.status_code == 403
        assert "for reading only" in answer.text


def test_a_reader_is_told_how_many_rules_are_left_out(own_library: OWN) -> None:
    page = words_of(visitor(own_library(), "Pat Public").get("/?on=2020-06-01").text)
    assert "Public rules only" in page
    assert "Social Media" not in page


def test_a_marked_rule_is_shown_to_a_reader_and_its_file_too(own_library: OWN) -> None:
    folder = own_library()
    done = CliRunner().invoke(main, ["--library", str(folder), "mark", "3.48", "public", "--by", "Sgt. A. Doe", "--because", "it is posted"])
    assert done.exit_code == 0, done.output
    at = visitor(folder, "Pat Public")
    assert "Internet Usage" in at.get("/?on=2020-06-01").text
    places = _places(folder)
    assert at.get(f"/file/{places['ITEM']}").status_code == 200
    with Library.open(folder) as library:
        hidden = library.history("lbpd/special-order/social-media/1").expressions[0].item
    for address in (f"/file/{hidden}", f"/image/{hidden}/1.png", f"/source/{hidden}/1", f"/clause/{hidden}/sec_1"):
        answer = at.get(address)
        assert answer.status_code == 404
        assert b"social" not in answer.content.lower()


def test_a_form_without_its_token_does_nothing(own_library: OWN) -> None:
    folder = own_library()
    at = visitor(folder, "Rita Reviewer", write=True)
    places = _places(folder)
    for token in ("", "x" * 43):
        for address in (f"/review/{places['QUESTION']}", "/upload", "/sign-off", "/matter"):
            answer = at.post(address, data={"token": token, "key": "r", "because": "no"}, files={"files": ("a.txt", b"x")} if address == "/upload" else None)
            assert answer.status_code == 403, address
    with Library.open(folder) as library:
        assert library.store.decisions() == []


@pytest.mark.parametrize("headers", [{"Origin": "https://elsewhere.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}])
def test_a_form_from_another_site_does_nothing(own_library: OWN, headers: dict[str, str]) -> None:
    at = visitor(own_library(), "Rita Reviewer", write=True)
    token = token_on(at.get("/").text)
    assert at.post("/matter", data={"token": token, "number": "1"}, headers=headers).status_code == 403


def test_another_name_of_the_host_gets_nothing(corpus_library: Path) -> None:
    at = visitor(corpus_library)
    assert at.get("/", headers={"Host": "elsewhere.example"}).status_code == 421
    assert at.get("/", headers={"Host": "127.0.0.1:8300"}).status_code == 200
    assert visitor(corpus_library, names=("records.example",)).get("/", headers={"Host": "records.example"}).status_code == 200


def test_every_answer_has_strict_headers(corpus_library: Path) -> None:
    at = visitor(corpus_library)
    for address in ("/", "/nothing", "/api/in-force", "/static/pages.css", "/rule/nothing"):
        headers = at.get(address).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"


def test_pages_have_nothing_inline(corpus_library: Path) -> None:
    at = visitor(corpus_library)
    for address in ("/", "/?on=2020-06-01", f"/rule/{WORK}?on=2020-06-01", "/lineage", "/incident?on=2020-06-01", "/search?q=internet"):
        page = at.get(address).text
        assert not re.search(r"<script(?![^>]*\bsrc=\"/static/)", page)
        assert not re.search(r"\sstyle=|<style|\son[a-z]+=", page), address


def test_failed_sign_ons_are_limited(own_library: OWN) -> None:
    at = visitor(own_library(), caps=Caps(failures=3))
    for _ in range(3):
        assert at.post("/sign-on", data={"name": "Rita Reviewer", "password": "wrong wrong wrong"}).status_code == 401
    answer = at.post("/sign-on", data={"name": "Rita Reviewer", "password": PASSWORD})
    assert answer.status_code == 429
    assert "Wait" in answer.text
    assert at.post("/sign-on", data={"name": "Ralph Reader", "password": PASSWORD}).status_code == 303


def test_requests_are_limited(corpus_library: Path) -> None:
    at = visitor(corpus_library, caps=Caps(requests=5))
    assert [at.get("/static/pages.css").status_code for _ in range(7)] == [200] * 5 + [429] * 2


def test_forms_are_limited(own_library: OWN) -> None:
    at = visitor(own_library(), "Rita Reviewer", write=True, caps=Caps(form_bytes=2000, upload_bytes=1000))
    token = token_on(at.get("/").text)
    assert at.post("/matter", data={"token": token, "number": "1" * 3000}).status_code == 413
    assert at.post("/upload", data={"token": token}, files={"files": ("a.txt", b"x" * 5000)}).status_code == 413
    too_large = at.post("/upload", data={"token": token}, files={"files": ("a.txt", b"x" * 1200)})
    assert too_large.status_code == 400
    assert "more than 1,000 bytes" in too_large.text

    def endless() -> Any:
        yield b"token="

    assert at.post("/matter", content=endless()).status_code == 411


def test_a_sign_on_ends(own_library: OWN) -> None:
    now = [datetime(2026, 1, 5, 9, 0, tzinfo=UTC)]
    at = visitor(own_library(), "Ralph Reader", clock=lambda: now[0], caps=Caps(hours=2))
    assert at.get("/").status_code == 200
    now[0] += timedelta(hours=2, minutes=1)
    assert at.get("/").status_code == 303


def test_the_cookie_is_kept_from_scripts_and_other_sites(own_library: OWN) -> None:
    at = visitor(own_library(), secure=True)
    answer = at.post("/sign-on", data={"name": "Ralph Reader", "password": PASSWORD})
    cookie = answer.headers["set-cookie"].lower()
    for part in ("httponly", "samesite=strict", "secure", "path=/"):
        assert part in cookie
    secret = re.search(r"lineage-sign-on=([^;]+)", answer.headers["set-cookie"])
    assert secret is not None
    held = (next(Path(at.app.state.people.path.parent).glob("people.sqlite"))).read_bytes()  # type: ignore[attr-defined]
    assert secret[1].encode() not in held
    assert PASSWORD.encode() not in held


def test_signing_off_ends_it(own_library: OWN) -> None:
    at = visitor(own_library(), "Ralph Reader")
    cookie = at.cookies["lineage-sign-on"]
    at.post("/sign-off", data={"token": token_on(at.get("/").text)})
    again = TestClient(at.app, base_url=HOST, follow_redirects=False, cookies={"lineage-sign-on": cookie})
    assert again.get("/").status_code == 303


def test_the_way_after_signing_on_stays_here(own_library: OWN) -> None:
    at = visitor(own_library())
    for onward in ("https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "javascript:alert(1)", "/a\r\nSet-Cookie: x=1"):
        answer = at.post("/sign-on", data={"name": "Ralph Reader", "password": PASSWORD, "next": onward})
        assert answer.headers["location"] == "/"
    assert at.post("/sign-on", data={"name": "Ralph Reader", "password": PASSWORD, "next": "/rule/a?on=2020-06-01"}).headers["location"] == "/rule/a?on=2020-06-01"


TRICKS = (
    "../../../../etc/passwd", "..%2f..%2f..%2flibrary.sqlite", "%2e%2e%2flibrary.sqlite", "....//library.sqlite", "library.sqlite", "people.sqlite", "/etc/passwd", "items/ab", "a" * 64 + "/../x", "A" * 64, "0" * 63, "0" * 64,
    "0" * 64 + "~9", "0" * 64 + "%00", "%00", "~", "\u202e", "C:\\Windows\\win.ini",
)  # fmt: skip


@pytest.mark.parametrize("trick", TRICKS)
def test_path_tricks_get_nothing(corpus_library: Path, trick: str) -> None:
    at = visitor(corpus_library)
    for address in (f"/file/{trick}", f"/image/{trick}/1.png", f"/source/{trick}/1", f"/clause/{trick}/sec_1", f"/static/{trick}", f"/static/../{trick}"):
        answer = at.get(address)
        assert answer.status_code in (400, 404, 405, 422), f"{address}: {answer.status_code}"
        assert b"root:" not in answer.content
        assert b"SQLite format" not in answer.content


def test_a_page_that_is_not_there_is_said(corpus_library: Path) -> None:
    at, item = visitor(corpus_library), _places(corpus_library)["ITEM"]
    for number in (0, 99, 10**9):
        assert at.get(f"/image/{item}/{number}.png").status_code in (404, 422)


def test_a_failure_shows_no_trace(corpus_library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise ZeroDivisionError("secret 7731")

    at = visitor(corpus_library)
    monkeypatch.setattr(Library, "in_force", broken)
    monkeypatch.setattr(Library, "part_in_force", broken)
    for address in ("/?on=2020-06-01", "/api/in-force?on=2020-06-01"):
        answer = at.get(address)
        assert answer.status_code == 500
        assert "7731" not in answer.text
        assert "Traceback" not in answer.text
        assert "Something went wrong" in answer.text


def test_beyond_this_machine_only_with_accounts(corpus_library: Path) -> None:
    with pytest.raises(UsageError) as caught:
        web.serve(web.Settings(str(corpus_library)), "0.0.0.0", 0)
    assert caught.value.code == "web.open-door"


def test_the_log_has_its_switch_its_matter_and_its_days(own_library: OWN) -> None:
    folder = own_library()
    now = [datetime(2026, 1, 5, 9, 0, tzinfo=UTC)]
    settings = {"clock": lambda: now[0], "log_questions": True, "keep_days": 30}
    reader = visitor(folder, "Ralph Reader", **settings)
    reader.post("/matter", data={"token": token_on(reader.get("/").text), "number": "IA 26-014"})
    reader.get("/search?q=internet&on=2020-06-01")
    log = words_of(visitor(folder, "Ada Administrator", **settings).get("/log?matter=IA+26-014").text)
    assert "/search?q=internet&on=2020-06-01" in log
    assert "Ralph Reader" in log
    assert "may be discoverable" in log
    now[0] += timedelta(days=31)
    assert "Nothing is on the log" in words_of(visitor(folder, "Ada Administrator", **settings).get("/log").text)


def test_no_log_without_the_switch(own_library: OWN) -> None:
    folder = own_library()
    visitor(folder, "Ralph Reader").get("/search?q=internet&on=2020-06-01")
    people = People(folder)
    assert people.questions() == []
    people.close()


def test_accounts_from_the_command_line(corpus_library: Path, tmp_path: Path) -> None:

    folder = copy(corpus_library, tmp_path / "own")

    def run(*words: str, typed: str = "") -> Any:
        return CliRunner().invoke(main, ["--library", str(folder), "account", *words], input=typed)

    assert "There are no accounts" in run("list").output
    short = run("add", "Sam", "--role", "reader", "--password-stdin", typed="short\n")
    assert short.exit_code == 2
    assert "at least 15" in short.output
    made = run("add", "Sam", "--role", "reader", typed=f"{PASSWORD}\n{PASSWORD}\n")
    assert made.exit_code == 0
    assert PASSWORD not in made.output
    assert "Sam  reader, public rules only" in run("list").output
    assert '"name": "Sam"' in run("list", "--json").output
    assert run("remove", "Nobody").exit_code == 3
    assert run("remove", "Sam").exit_code == 0
    assert "There are no accounts" in run("list").output


def test_a_new_password_signs_off(own_library: OWN) -> None:
    folder = own_library()
    at = visitor(folder, "Ralph Reader")
    people = People(folder)
    accounts.add(people, "Ralph Reader", *PEOPLE["Ralph Reader"][:1], "five other words in a row", restricted=True, now=datetime.now(UTC))
    people.close()
    assert at.get("/").status_code == 303


def test_without_the_extra_it_says_what_to_install(corpus_library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "find_spec", lambda name: None)
    for words in (["serve"], ["account", "add", "Sam", "--role", "reader", "--password-stdin"]):
        done = CliRunner().invoke(main, ["--library", str(corpus_library), *words], input="x" * 20)
        assert done.exit_code == 2
        assert "policy-lineage[web]" in done.output
