"""Packets of small libraries, made and verified."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pypdfium2

from lineage.library import Library
from lineage.model import Provenance
from lineage.packet import Asked, Packed, pack, verify

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT / "corpus" / "orders"
PROGRAM = Path(verify.__file__)
CAME = Provenance("the records room", "Records Manager", date(2026, 7, 1), certified=True)
WORKS = ("3.48", "Special Order - Social Media")
DAYS = (date(2019, 1, 1), date(2022, 12, 31))


def ticking() -> datetime:
    """A clock that goes on by a second whenever it is looked at."""
    ticking.at += timedelta(seconds=1)  # type: ignore[attr-defined]
    return ticking.at  # type: ignore[attr-defined,no-any-return]


ticking.at = datetime(2026, 8, 1, 9, tzinfo=UTC)  # type: ignore[attr-defined]


def library_of(folder: Path, files: list[Path]) -> Path:
    """A library of these files."""
    with Library.open(folder / "library", clock=ticking) as library:
        done = library.ingest(files, provenance=CAME)
        assert {o.status for o in done} == {"added"}
    return folder / "library"


def written(folder: Path, papers: dict[str, str]) -> list[Path]:
    """Papers as files."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, words in papers.items():
        (folder / name).write_text(words, encoding="utf-8")
    return [folder / name for name in papers]


def packed(library: Path, output: Path, *works: str, days: tuple[date, date] = DAYS, public: bool = False, **more: object) -> Packed:
    """A packet of a library."""
    with Library.open(library, create=False, clock=ticking) as opened:
        return pack(opened.for_release() if public else opened, Asked(works or WORKS, *days, **more), output)  # type: ignore[arg-type]


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its path there."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def verified(folder: Path, *words: str, program: Path = PROGRAM, python: str = sys.executable) -> subprocess.CompletedProcess[str]:
    """The program that verifies, run by itself: nothing of this project, or of any other package, can be imported there."""
    return subprocess.run([python, "-I", "-S", str(program), str(folder), *words], capture_output=True, text=True, encoding="utf-8", check=False)


def pages_of(pdf: bytes) -> Iterator[str]:
    """The words of each page of a PDF."""
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        yield " ".join(page.get_textpage().get_text_bounded().split())
    document.close()


def words_of(pdf: bytes) -> str:
    """All its words, without what stands at the head and the foot of each page."""
    return " ".join(re.sub(r"^Aid to reading, not evidence (?:contains restricted rules; not for release )?|policy-lineage [\d.]+; \S+ Page \d+ of \d+$", "", page) for page in pages_of(pdf))
