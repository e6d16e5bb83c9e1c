"""The page as a file: it stands by itself, is the same each time, and shows every text as text."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from lineage import __version__
from lineage.edition import Edition, publish
from lineage.errors import LineageError
from lineage.library import Library
from tests.kept import copy

from .hostile import ARABIC, HEAD
from .reading import CLERK, all_public, seen, told, tree


def test_nothing_of_a_text_becomes_markup(hostile: bytes) -> None:
    page = tree(hostile)
    assert len(page.xpath("//script")) == 1
    assert page.xpath("//img | //b | //a[starts-with(@href, 'javascript:')]") == []
    assert page.xpath("//@*[starts-with(name(), 'on')]") == []
    assert len(page.xpath("//article")) == page.xpath("count(//main//article)") == len(told(hostile))
    assert b"<!-- " not in hostile
    words = seen(hostile)
    assert "<script>alert(7731)</script>" in words
    assert '<b onclick=alert(7731)>bold</b> and "quotes"' in words
    assert "{{ 7731 * 2 }}" in words


def test_marks_that_turn_or_hide_are_named(hostile: bytes) -> None:
    page = hostile.decode("utf-8")
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c\x00-\x08\x0b-\x1f\x7f-\x9f]", page)
    assert "[U+202E]etahw[U+202C]" in page
    assert "[U+2066]Note[U+2069]" in page


def test_a_text_has_its_own_direction(hostile: bytes) -> None:
    page = tree(hostile)
    assert page.xpath(f"//h3//bdi[contains(., '{ARABIC}')]")
    assert page.xpath(f"//*[@class='clauses']//*[@dir='auto'][contains(., '{ARABIC}')]")
    assert not page.xpath("//*[@class='clauses']//p[not(@dir)]")


def test_nothing_is_loaded_and_only_its_own_script_may_run(edition: Edition) -> None:
    page, raw = tree(edition.page), edition.page.decode("utf-8")
    assert page.xpath("//@src | //link | //iframe | //object | //@style | //base") == []
    assert not re.search(r"https?://", raw)
    assert all(href.startswith("#") for href in page.xpath("//@href"))
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'; ")
    for tag in ("style", "script"):
        (words,) = re.findall(rf"<{tag}>(.*?)</{tag}>", raw, re.S)
        assert f"{tag}-src 'sha256-{b64encode(sha256(words.encode()).digest()).decode()}'" in policy


def test_every_address_in_it_leads_somewhere(edition: Edition) -> None:
    page = tree(edition.page)
    names = page.xpath("//@id")
    assert len(names) == len(set(names))
    assert {href[1:] for href in page.xpath("//@href")} <= set(names)
    assert set(page.xpath("//@data-text | //@aria-labelledby | //@for")) <= set(names)


def test_it_says_who_made_it_and_of_what(folder: Path, edition: Edition) -> None:
    words = seen(edition.page)
    assert f"Made by lineage {__version__} from the library as it stood at " in words
    assert "in force among the rules held" in words
    assert "6 rules of this page are cited and not held." in words
    with Library.open(folder) as library:
        assert edition.recorded_at == library.store.last_moment()
        assert edition.recorded_at >= max(m.said_at for m in library.store.markings())
        files = {row.sha256: row.name for row in library.store.items()}
    assert tree(edition.page).xpath("//meta[@name='generator']/@content") == [f"lineage {__version__}"]
    listed = {row[0].xpath("string()"): row[1].xpath("string()") for row in tree(edition.page).xpath("//section[@class='files']//tbody/tr")}
    assert listed == {name: item for item, name in files.items() if name in listed}
    assert len(listed) == edition.files == 22


def test_the_same_library_gives_the_same_bytes(folder: Path, edition: Edition) -> None:
    with Library.open(folder) as library:
        assert publish(library).page == edition.page


def test_texts_stand_once(edition: Edition) -> None:
    texts = tree(edition.page).xpath("//details[@class='text']")
    assert len(texts) == edition.texts
    pointing = [one.section.get("data-text") for own in told(edition.page).values() for one in own if one.section.get("data-text")]
    assert len(set(pointing)) == len(texts) < len(pointing)


def test_a_page_that_was_overtaken_is_not_kept(folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Another program records while the page is made: it may do so, and the page would be of two moments."""
    place = copy(folder, tmp_path / "library")
    asked, show = [], Library.show

    def recorded_meanwhile(library: Library, *words: Any, **more: Any) -> Any:
        if not asked:
            with Library.open(place) as other:
                other.gate.mark(["3.48"], "restricted", CLERK)
        asked.append(words)
        return show(library, *words, **more)

    monkeypatch.setattr(Library, "show", recorded_meanwhile)
    with Library.open(place) as library:
        with pytest.raises(LineageError) as refused:
            publish(library)
        assert refused.value.code == "edition.overtaken"
        assert publish(library).left_out == 1


def test_withdrawn_and_purged_papers_are_told_of(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(HEAD.format(number="21-05", day=5, subject="Doors") + "Effective immediately, doors are shut.\n", encoding="utf-8")
    (tmp_path / "b.txt").write_text(HEAD.format(number="21-05", day=9, subject="Doors") + "Effective immediately, doors are open.\n", encoding="utf-8")
    folder = all_public(tmp_path / "library", [tmp_path / "a.txt", tmp_path / "b.txt"])
    with Library.open(folder) as library:
        library.gate.withdraw("b.txt", CLERK)
        page = seen(publish(library).page)
    assert "doors are shut" in page
    assert "was withdrawn on" in page
    assert "doors are open" not in page
