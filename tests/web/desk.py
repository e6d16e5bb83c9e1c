"""Libraries for the pages, people with accounts, and visitors who ask."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from lineage import web
from lineage.cli.demo import corpus
from lineage.library import Library
from lineage.model.account import Role
from lineage.store.people import People
from lineage.web import accounts

PASSWORD = "four words in a row"
HOST = "http://127.0.0.1"
PEOPLE: dict[str, tuple[Role, bool]] = {"Pat Public": ("reader", False), "Ralph Reader": ("reader", True), "Rita Reviewer": ("reviewer", False), "Ada Administrator": ("administrator", False)}


def of_corpus(folder: Path) -> Path:
    """A library of the corpus."""
    with Library.open(folder) as library:
        library.ingest(sorted(corpus().glob("*.pdf")))
    return folder


def of_papers(folder: Path, papers: dict[str, str]) -> Path:
    """A library of papers in plain text."""
    source = folder.with_name(folder.name + "-papers")
    source.mkdir()
    for name, words in papers.items():
        (source / name).write_text(words, encoding="utf-8")
    with Library.open(folder) as library:
        library.ingest(sorted(source.iterdir()))
    return folder


def with_people(folder: Path) -> Path:
    """The same library, with an account of each kind."""
    people = People(folder)
    for name, (role, restricted) in PEOPLE.items():
        accounts.add(people, name, role, PASSWORD, restricted=restricted, now=datetime.now(UTC))
    people.close()
    return folder


def visitor(folder: Path, name: str | None = None, **settings: Any) -> TestClient:
    """Someone at the pages of a library; signed on where a name is given. Errors of the program are answered, as to a visitor, and not raised."""
    made = TestClient(web.make(web.Settings(str(folder), **settings)), base_url=HOST, raise_server_exceptions=False, follow_redirects=False)
    if name is not None:
        signed = made.post("/sign-on", data={"name": name, "password": PASSWORD})
        assert signed.status_code == 303, signed.text
    return made


def token_on(page: str) -> str:
    """The token that the forms of a page carry."""
    found = re.search(r'name="token" value="([^"]+)"', page)
    assert found, page
    return found[1]


def words_of(page: str) -> str:
    """What a reader sees of a page, blanks as one."""
    from lxml import html

    tree = html.fromstring(page)
    for element in tree.xpath("//script | //style | //title"):
        element.drop_tree()
    return " ".join(tree.text_content().split())
