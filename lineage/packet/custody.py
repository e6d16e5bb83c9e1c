"""The index of the true copies, for people and as a table: where each file came from, and what stands on it that was put there after it was signed."""

from __future__ import annotations

import csv
import io
import textwrap
from collections.abc import Sequence

from lineage.packet.copies import Absent, TrueCopy
from lineage.packet.wordings import cell
from lineage.rendering import copies as custody
from lineage.rendering.visible import visible

WIDTH = 100
MARKS_NOTE = "Marks made after signing are those that a program found on the page by their shape and their words. It may have missed some: look at each page."
COLUMNS = ("number", "file", "name_as_held", "sha256", "bytes", "pages", "source", "custodian", "obtained_on", "certified", "recorded_at", "signature", "marks_after_signing", "note", "release")


def text(copies: Sequence[TrueCopy], absent: Sequence[Absent]) -> str:
    """The index as plain text."""
    lines = ["TRUE COPIES", "", *_wrap("Each file in this folder has the very bytes of the file that the library holds; only its name was put before it. " + MARKS_NOTE), ""]
    for one in copies:
        lines += [f"{one.number}  {one.shown_name}", *_field("File", one.path), *_field("SHA-256", one.sha256), *_field("Size", _size(one)), *_field("Came", visible(custody.came(one.provenance)))]
        lines += [*_field("Recorded", f"{one.recorded_at} (when the library took it in)")]
        lines += [line for signature in one.signatures or (None,) for line in _field("Signature", visible(custody.signed(signature)))]
        lines += _field("Marks", "; ".join(_mark(*mark) for mark in one.marks) or "none found")
        lines += [*(_field("Note", one.note) if one.note else ()), ""]
    if not copies:
        lines += ["No file is enclosed.", ""]
    if absent:
        lines += ["NOT ENCLOSED", "", *(line for one in absent for line in _wrap(visible(f"{one.what}: {one.why}"), "  - ", "    ")), ""]
    return "\n".join(lines).rstrip() + "\n"


def table(copies: Sequence[TrueCopy], said: str) -> str:
    """The index as a table of commas, a line a copy; several statements in one cell stand apart by semicolons. ``said`` is what is said of its release."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(COLUMNS)
    for one in copies:
        came = one.provenance
        rows.writerow([
            cell(one.number), cell(one.path), cell(one.name), one.sha256, len(one.data), one.pages if one.pages is not None else "", cell("; ".join(p.source for p in came if p.source)),
            cell("; ".join(p.custodian for p in came if p.custodian)), "; ".join(p.obtained_on.isoformat() for p in came if p.obtained_on), "yes" if any(p.certified for p in came) else "not stated",
            one.recorded_at, cell("; ".join(custody.signed(s) for s in one.signatures) or custody.signed(None)), cell("; ".join(_mark(*mark) for mark in one.marks) or "none found"), cell(one.note), cell(said),
        ])  # fmt: skip
    return out.getvalue()


def _size(one: TrueCopy) -> str:
    pages = "no pages of its own" if one.pages is None else "1 page" if one.pages == 1 else f"{one.pages} pages"
    return f"{len(one.data):,} bytes; {pages}"


def _mark(words: str, pages: tuple[int, ...]) -> str:
    on = ", ".join(map(str, pages))
    return f"“{visible(words)}” on {'page' if len(pages) == 1 else 'pages'} {on}"


def _field(label: str, words: str) -> list[str]:
    return _wrap(words, f"  {label:<11}", " " * 13)


def _wrap(words: str, first: str = "", rest: str = "") -> list[str]:
    return textwrap.wrap(" ".join(words.split()), WIDTH, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False)
