"""A manual in one file has many rules: it is one copy, and leaves with public rules only where all of them are public."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from lineage.desk import Person
from lineage.library import Library
from tests.blocks.test_manual import manual

from .making import library_of, packed, verified

DAYS = (date(2020, 1, 1), date(2021, 1, 1))
WHO = Person("Sgt. A. Doe", "counsel asked for it")


def kept(folder: Path) -> Path:
    (folder / "manual.pdf").write_bytes(manual())
    return library_of(folder, [folder / "manual.pdf"])


def test_two_rules_of_a_manual_are_one_copy(tmp_path: Path) -> None:
    made = packed(kept(tmp_path), tmp_path / "made", "100", "111", days=DAYS)
    assert [(one.name, one.pages, one.data) for one in made.copies] == [("manual.pdf", 25, manual())]
    assert len(made.works) == 2
    pictures = sorted(p.name for p in (made.folder / "data/chronology/pages").iterdir())
    assert all(name.startswith("P-0001_page-") for name in pictures)
    assert verified(made.folder).returncode == 0


def test_a_file_that_also_holds_restricted_rules_stays_behind_and_is_told(tmp_path: Path) -> None:
    library = kept(tmp_path)
    with Library.open(library, create=False) as opened:
        opened.gate.mark(["100"], "public", WHO)
    made = packed(library, tmp_path / "some", "100", days=DAYS, public=True)
    assert made.copies == ()
    assert [one.why for one in made.absent] == ["The file also holds rules that are restricted, so it is not shown here."]
    assert not (made.folder / "data/chronology/pages").exists()
    assert [p.name for p in sorted((made.folder / "data/true-copies").iterdir())] == ["index.csv", "index.txt"]
    for path in made.folder.rglob("*.txt"):
        assert "Building B" not in path.read_text(encoding="utf-8")
    with Library.open(library, create=False) as opened:
        opened.gate.mark([w.id for w in opened.store.works() if w.held and w.id not in opened.store.public()], "public", WHO)
    assert [one.name for one in packed(library, tmp_path / "all", "100", days=DAYS, public=True).copies] == ["manual.pdf"]
