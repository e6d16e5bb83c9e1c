"""No password, cookie or token is in anything that the program says: not in an error, in JSON, in the text of an exception, nor in what the pages write to their log."""

from __future__ import annotations

import http.client
import logging
import os
import re
import socket
import subprocess
import sys
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode

import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

from lineage import store, web
from lineage.cli import main
from lineage.errors import StoreError
from lineage.library import Library
from lineage.model.account import Account, SignOn
from lineage.store.people import People
from lineage.store.place import ADDRESS, Place, place_of
from lineage.store.postgresql import make_url
from lineage.web import accounts
from tests.kept import elsewhere, postgresql_only

from . import samples as s

SECRET = "Xy7secretZq"
PASSWORD = f"{SECRET} four words in a row"
# Port 9 of this machine answers nobody.
HERE = "127.0.0.1:9"
ADDRESSES = [
    f"postgresql://user:{SECRET}@{HERE}/base",
    f"postgresql://user:a%40{SECRET}@{HERE}/base",
    f"postgresql://user:a@{SECRET}@{HERE}/base",
    f"postgresql://user:a/{SECRET}@{HERE}/base",
    f"postgresql://user:a@b/{SECRET}@{HERE}/base",
    f"postgresql://user:{SECRET}",
    f"postgresql://user:{SECRET}@127.0.0.1:port/base",
    f"postgresql://user:{SECRET}@{HERE}/base?schema=Not+One",
    f"postgresql://{HERE}/base?user=user&password={SECRET}",
    f"postgresql://{HERE}/base?user=user&sslpassword={SECRET}",
    f"postgresql://{HERE}/base?user=user&Password={SECRET}",
    f"postgres://user:{SECRET}@no.such.host.invalid/base",
    f"postgresql+psycopg://user:{SECRET}@{HERE}/base",
    f"mysql://user:{SECRET}@{HERE}/base",
    f"postgresql:user:{SECRET}@{HERE}/base",
    f"postgresql:/user:{SECRET}@{HERE}/base",
    f"host=127.0.0.1 port=9 password={SECRET}",
]
COMMANDS = [["check"], ["check", "--json"], ["in-force", "--on", "2020-06-01", "--json"], ["show", "3.48", "--on", "2020-06-01"], ["demo"], ["demo", "--json"], ["backup", "kept"], ["restore", "kept"], ["account", "list"], ["serve"]]


def said(*words: str) -> str:
    """All that a command that cannot be done prints, and the text of all that was raised."""
    done = CliRunner().invoke(main, words)
    assert done.exit_code != 0, words
    raised = "".join(traceback.format_exception(*done.exc_info)) if done.exc_info else ""
    return done.output + done.stdout + raised


@pytest.fixture(autouse=True)
def _apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("LINEAGE_LIBRARY", raising=False)


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_command_shows_a_password(address: str, tmp_path: Path) -> None:
    told = {" ".join(words): said("--library", address, *words) for words in (COMMANDS if address == ADDRESSES[0] else COMMANDS[:2])}
    told |= {"copy from": said("copy", address, "copied"), "backup to": said("--library", str(held(tmp_path)), "backup", address), "restore from": said("--library", "back", "restore", address)}
    told["copy to"] = said("copy", str(held(tmp_path)), address)
    assert {words for words, text in told.items() if SECRET in text} == set()
    assert [path for path in tmp_path.rglob("*") if SECRET in path.name] == []


@pytest.mark.parametrize("address", [*ADDRESSES, f"dbname=base password={SECRET}", SECRET])
@pytest.mark.parametrize("where", [ADDRESS, "LINEAGE_NEW_LIBRARIES"])
def test_no_address_that_is_kept_elsewhere_is_shown(address: str, where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "library"
    folder.mkdir()
    if where == ADDRESS:
        (folder / ADDRESS).touch(0o600)
        (folder / ADDRESS).write_text(address)
    else:
        monkeypatch.setenv(where, address)
    with pytest.raises(StoreError) as error:
        store.open(folder)
    assert SECRET not in "".join(traceback.format_exception(error.value)) + error.value.hint


def test_no_value_shows_its_secret() -> None:
    values = (Place(None, ADDRESSES[0]), web.Settings(ADDRESSES[0]), Account("A", "reader", SECRET), SignOn(SECRET, "A", SECRET, ""))
    assert SECRET not in repr(values) + str(values)


@postgresql_only
def test_no_answer_of_a_library_shows_its_password(tmp_path: Path) -> None:
    there = make_url(elsewhere()).set(password=SECRET).render_as_string(hide_password=False)
    orders = Path(__file__).parents[2] / "corpus" / "orders"
    assert SECRET in there
    for words in (["ingest", str(orders / "manual-3.48-internet-usage.pdf"), "--json"], ["check"], ["check", "--json"], ["show", "3.48", "--on", "2020-06-01", "--json"], ["demo", "--json"], ["demo"], ["backup", "kept"], ["account", "list", "--json"]):
        done = CliRunner().invoke(main, ["--library", there, *words], catch_exceptions=False)
        assert done.exit_code == 0, done.output
        assert SECRET not in done.output
    with Library.open(there, create=False) as library:
        assert SECRET not in repr(library.made_by()) + str(library.store.location) + repr(library.store.place)
    done = CliRunner().invoke(main, ["copy", there, make_url(elsewhere()).set(password=SECRET).render_as_string(hide_password=False)], catch_exceptions=False)
    assert (done.exit_code, SECRET in done.output) == (0, False)


def held(folder: Path) -> Path:
    """A library with one account."""
    place = folder / "held"
    if not place.exists():
        with store.open(place) as library:
            people = People(library.place)
            with library.transaction() as writing:
                s.ingest(writing, "media")
        accounts.add(people, "A. Doe", "reviewer", PASSWORD, restricted=False, now=datetime.now(UTC))
        people.close()
    return place


def test_what_fails_in_the_pages_is_logged_without_what_is_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    folder = held(tmp_path)
    pages = TestClient(web.make(web.Settings(str(folder), write=True)), base_url="http://127.0.0.1", raise_server_exceptions=False, follow_redirects=False)
    assert pages.post("/sign-on", data={"name": "A. Doe", "password": f"not {PASSWORD}"}).status_code == 401
    assert pages.post("/sign-on", data={"name": "A. Doe", "password": PASSWORD}).status_code == 303
    people = People(place_of(folder))
    secrets = [PASSWORD, *pages.cookies.values(), accounts.key_of(next(iter(pages.cookies.values()))), people.accounts()[0].secret]
    # A fault that nobody foresaw, in the midst of what is secret: the tables of the accounts are gone.
    monkeypatch.setattr(People, "_told", lambda self: nullcontext())
    with people._engine.connect() as connection, connection.begin():
        connection.exec_driver_sql("DROP TABLE sign_on")
    failed = [pages.get("/"), pages.post("/sign-on", data={"name": "A. Doe", "password": PASSWORD}), pages.post("/sign-off", data={"token": SECRET})]
    people.close()
    assert [one.status_code for one in failed] == [500, 500, 500]
    assert "no such table: sign_on" in caplog.text
    told = caplog.text + "".join(one.text for one in failed)
    assert [one for one in (*secrets, SECRET) if one in told] == []


def test_the_pages_write_no_cookie_token_or_password(tmp_path: Path) -> None:
    folder = held(tmp_path)
    with running(folder) as (process, port):
        cookie = ""
        for password in (f"not {PASSWORD}", PASSWORD):
            status, headers, _ = asked(port, "POST", "/sign-on", {"name": "A. Doe", "password": password})
            cookie = headers.get("set-cookie", "").partition(";")[0]
        assert (status, "=" in cookie) == (303, True)
        page = asked(port, "GET", f"/?q={SECRET}", cookie=cookie)[2]
        token = re.findall(r'name="token" value="([^"]+)"', page)[0]
        asked(port, "GET", "/", cookie=f"{cookie}{SECRET}")
        asked(port, "POST", "/matter", {"token": SECRET}, cookie=cookie)
        asked(port, "POST", "/sign-on", {"name": "A. Doe", "password": SECRET * 200})
        with socket.create_connection(("127.0.0.1", port)) as raw:  # no request at all
            raw.sendall(f"{SECRET} \x00\r\nCookie: {cookie}\r\n\r\n".encode())
            raw.recv(1000)
        assert asked(port, "POST", "/sign-off", {"token": token}, cookie=cookie)[0] == 303
        process.terminate()
        told = process.communicate(timeout=20)[0]
    people = People(place_of(folder))
    kept = people.accounts()[0].secret
    people.close()
    assert told
    assert [one for one in (SECRET, cookie.partition("=")[2], token, kept) if one in told] == []


@contextmanager
def running(folder: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """``lineage serve`` on a free port, and all that it prints from then on."""
    code = "import sys; from lineage.cli import main; main()"
    process = subprocess.Popen([sys.executable, "-c", code, "--library", str(folder), "serve", "--port", "0", "--write"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=Path(__file__).parents[2], env=os.environ | {"PYTHONUNBUFFERED": "1"})
    try:
        assert process.stdout is not None
        first = process.stdout.readline()
        port = int(first.partition("127.0.0.1:")[2].partition("/")[0])
        ends = time.monotonic() + 30
        while time.monotonic() < ends:  # the address is told before it is listened at
            with suppress(ConnectionRefusedError), socket.create_connection(("127.0.0.1", port)):
                break
            time.sleep(0.05)
        yield process, port
    finally:
        process.kill()
        process.communicate()


def asked(port: int, method: str, path: str, form: dict[str, str] | None = None, cookie: str = "") -> tuple[int, dict[str, str], str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    body = urlencode(form) if form is not None else None
    connection.request(method, path, body, {"Cookie": cookie} | ({"Content-Type": "application/x-www-form-urlencoded"} if body else {}))
    answer = connection.getresponse()
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read().decode()
