"""A packet of public rules has no word of a restricted paper; one of restricted rules says first that it is not for release."""

from __future__ import annotations

import hashlib
import re
from datetime import date
from pathlib import Path

import pytest

from lineage.errors import NotFoundError
from lineage.packet import Packed
from tests.access.papers import DAYS_ARE_TOLD, NOT_FOR_RELEASE, PAPERS, PUBLIC, RESTRICTED, WHO, library_of, released, run, words_of

from .making import files_of, packed
from .making import words_of as words_of_pages

DAYS = (date(2012, 1, 1), date(2019, 12, 31))
COPY = "MILLBROOK POLICE DEPARTMENT\nSPECIAL ORDER\n\nNumber: 15-23\nSubject: [REDACTED]\nIssued: January 9, 2015\n\nI. RULE\n\nA. [REDACTED]\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return released(tmp_path_factory.mktemp("some"))


@pytest.fixture(scope="module")
def public(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Packed:
    return packed(folder, tmp_path_factory.mktemp("packet") / "public", "5.13", "5.60", days=DAYS, public=True)


def everything(packet: Packed) -> dict[str, str]:
    """Every file of a packet as text, the set pages with what they say of themselves; the names of the files with them."""
    found = {name: name for name in files_of(packet.folder)}
    for name, data in files_of(packet.folder).items():
        if name.endswith(".pdf"):
            found[name] += words_of_pages(data) + data.decode("latin-1")
        elif not name.endswith(".png"):
            found[name] += data.decode("utf-8")
    return found


def test_no_word_of_a_restricted_paper_is_in_it(folder: Path, public: Packed, tmp_path: Path) -> None:
    alone = library_of(tmp_path, list(PUBLIC))
    assert run(alone, "mark", "5.13", "5.60", "public", *WHO).exit_code == 0
    bare = packed(alone, tmp_path / "packet", "5.13", "5.60", days=DAYS, public=True)
    allowed = {w for text in everything(bare).values() for w in words_of(text)} | {w for name in PUBLIC for w in words_of(PAPERS[name])}
    secret = {w for name in RESTRICTED for w in (*words_of(PAPERS[name]), name, name[:-4])} - allowed - DAYS_ARE_TOLD | {hashlib.sha256(PAPERS[name].encode()).hexdigest()[:12] for name in RESTRICTED}
    assert {"belfry", "zeppelin", "marmalade", "gazebo", "16-02", "racks", "amends.txt"} <= secret
    for name, text in everything(public).items():
        if name == "verify.py":
            continue
        leaked = {w for w in secret if re.search(rf"(?<![\w.-]){re.escape(w)}(?![\w-])", text.lower())}
        assert not leaked, (name, leaked)


def test_only_files_of_public_rules_leave(public: Packed) -> None:
    assert {one.name for one in public.copies} == set(PUBLIC)
    for text in ("data/README.txt", "data/chronology/chronology.txt", "data/true-copies/index.txt", "data/declarations/us-federal.txt"):
        assert "Public rules only; 4 restricted rules are left out." in (public.folder / text).read_text(encoding="utf-8")[:300]
    assert public.left_out == 4
    told = " ".join((public.folder / "data/chronology/chronology.txt").read_text(encoding="utf-8").split())
    assert "a restricted rule" in told
    assert "May 2, 2016 through August 8, 2018. Not applied: not every change of the words in these days is in them, and which are not is not told here." in told


def test_a_restricted_rule_is_not_known(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(NotFoundError):
        packed(folder, tmp_path / "made", "5.24", days=DAYS, public=True)
    assert list(tmp_path.iterdir()) == []


def test_its_redacted_copy_leaves_where_one_is_held(tmp_path: Path) -> None:
    library = library_of(tmp_path, list(PAPERS))
    (tmp_path / "released.txt").write_text(COPY, encoding="utf-8")
    assert run(library, "ingest", str(tmp_path / "released.txt"), "--redacts", "quokka.txt").exit_code == 0
    made = packed(library, tmp_path / "made", "15-23", days=DAYS, public=True)
    assert [(one.name, one.data.decode()) for one in made.copies] == [("released.txt", COPY)]
    assert made.works == ()
    assert made.withheld == ("15-23",)
    for name, text in everything(made).items():
        assert not re.search(r"quokka|belfry|xylophone|zeppelin", text.lower()), name
    assert "a copy with words blacked out" in (made.folder / "data/true-copies/index.txt").read_text(encoding="utf-8")
    assert "“15-23” is restricted, so nothing is told of it here." in (made.folder / "data/chronology/chronology.txt").read_text(encoding="utf-8")


def test_the_whole_says_first_that_it_is_not_for_release(folder: Path, tmp_path: Path) -> None:
    made = packed(folder, tmp_path / "made", "5.13", days=DAYS)
    assert made.restricted
    assert {"room.txt", "amends.txt", "ends.txt"} <= {one.name for one in made.copies}
    for name, text in everything(made).items():
        if name.startswith("data/") and name.endswith((".txt", ".json", ".xml")) and "/true-copies/P-" not in name:
            assert NOT_FOR_RELEASE in text[: len(name) + 200], name
    assert NOT_FOR_RELEASE in (made.folder / "bag-info.txt").read_text(encoding="utf-8")


def test_what_is_all_public_says_nothing(tmp_path: Path) -> None:
    library = library_of(tmp_path, list(PUBLIC))
    assert run(library, "mark", "5.13", "5.60", "public", *WHO).exit_code == 0
    made = packed(library, tmp_path / "made", "5.60", days=DAYS)
    assert not made.restricted
    assert not any(NOT_FOR_RELEASE in text for text in everything(made).values())
