"""Inputs that nobody would make: sound papers, profiles, documents, listings and commands, changed at random. The same number gives the same input."""

from __future__ import annotations

import io
import random
import shlex
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from tests.end_to_end.hostile import FONT, PAGE, raw, stream
from tests.pages.worded import docx

ROOT = Path(__file__).resolve().parents[2]
MOST = 200_000  # bytes

WORDS = (
    "Special Order 18-04 is rescinded.", "Section 3.48 is amended to read:", "is hereby superseded by Special Order 99-99", "Effective: February 30, 2019", "Effective immediately, until further notice.", "Issued: 13/45/2020",
    "RESCINDED by 3.51 on 7-22-21", "Amends: 3.48, 3.49 through 3.200", "Rescinds: ALL", "from January 1, 2020 to January 1, 2019", "0001 hours", "2401 hours", "i.", "ii.", "I.", "A.", "1.", "1.1.1.1.1.1.1.1", "(a)", "(iv)", "-", "•", "§", "¶",
    "\u202e", "\u200b", "\ufeff", "\x00", "\x0c", "\r", "\n\n", "\t" * 40, "\u0660\u0661", "\U0001f600", "Ⅳ", "３.４８", "é" * 30, "a" * 3000, "1" * 400, "9" * 30 + "-99", "((((((((((", "))))))))))", "[" * 60, "\\", "%s%n{0}{__class__}",
    "Page 1 of 0", "Page 999999999 of 3", "Subject:", "Number:", "Date:", "Reference:", "Dir.#: 100-A Issued: 06/04/1991 Eff: 07/07/2000 Rescinds: 051-A", "strike the word \"shall\" and insert \"may\"", "“”‘’", "'" * 90, '"' * 90,
)  # fmt: skip
TAGS = ("<table>", "</table>", "<tr><td>", "</td>", "<p>", "</div>" * 40, "<b>" * 200, "<!--", "-->", "<script>", "&amp;", "&#0;", "&#x110000;", "&bogus;", "<!DOCTYPE x [<!ENTITY a 'b'>]>", "<![CDATA[", "]]>", "<?x?>", '<a href="', "<ul><li>" * 60, "\x00<")
KEYS = ("[", "]", "[[rules]]", "pattern = '(a+)+$'", "pattern = '('", "id = 3", "= =", "date", "extends = \"generic\"", "\"\"\"", "'''", "{named}", "{nothing}", "1979-05-27", "inf", "nan", "\\u0000", "[a.b.c]", "time_zone = \"Mars/Base\"")
JSON = ('{"on": "2020-01-01", "files": ["a.txt"]}', '"complete": 3', "null", "[" * 3000, '"\\ud800"', '{"on": "9999-12-31", "files": []}', '"../../etc/passwd"', "1e999", "NaN", "{}", '"on": "0000-00-00"')


@dataclass(frozen=True)
class Given:
    """One input: its kind, the name of its file, its bytes."""

    kind: str
    name: str
    data: bytes


def given(seed: int) -> Given:
    """The input of this number."""
    chance = random.Random(seed)
    kind = chance.choices(list(KINDS), weights=[weight for weight, _ in KINDS.values()])[0]
    name, data = KINDS[kind][1](chance)
    return Given(kind, name, data[:MOST])


def _changed(data: bytes, chance: random.Random, tokens: tuple[str, ...], others: list[bytes]) -> bytes:
    """A few changes, each at a place of its own."""
    for _ in range(chance.randrange(1, 7)):
        at = chance.randrange(len(data) + 1)
        till = min(len(data), at + chance.choice((1, 2, 8, 60, 400)))
        how = chance.randrange(9)
        if how == 0:
            data = data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]
        elif how == 1:
            data = data[:at] + data[till:]
        elif how == 2:
            data = data[:till] + data[at:till] * chance.choice((1, 3, 50)) + data[till:]
        elif how == 3:
            data = data[:at]
        elif how == 4:
            other = chance.choice(others)
            start = chance.randrange(len(other) + 1)
            data = data[:at] + other[start : start + chance.choice((20, 300, 3000))] + data[at:]
        elif how == 5:
            lines = data.split(b"\n")
            chance.shuffle(lines)
            data = b"\n".join(lines)
        else:
            said = " ".join(chance.choices(tokens, k=chance.randrange(1, 5)))
            data = data[:at] + said.encode("utf-8", "surrogatepass") + data[at:]
        data = data[:MOST]
    return data


@cache
def _sound(*globs: str) -> list[bytes]:
    found = [path.read_bytes() for pattern in globs for path in sorted(ROOT.glob(pattern))]
    return [data for data in found if len(data) < MOST] or [b"x"]


def _text(chance: random.Random) -> tuple[str, bytes]:
    seeds = _sound("corpus/orders/*.txt", "tests/cases/*/*.txt")
    return "order.txt", _changed(chance.choice(seeds), chance, WORDS, seeds)


def _html(chance: random.Random) -> tuple[str, bytes]:
    seeds = _sound("tests/cases/*/*.html")
    return "order.html", _changed(chance.choice(seeds), chance, (*WORDS, *TAGS), [*seeds, *_sound("corpus/orders/*.txt")])


def _csv(chance: random.Random) -> tuple[str, bytes]:
    seeds = _sound("tests/cases/*/*.csv")
    return "list.csv", _changed(chance.choice(seeds), chance, (*WORDS, ",", '"', ";", ",,,,,,"), seeds)


def _pdf(chance: random.Random) -> tuple[str, bytes]:
    if chance.random() < 0.5:
        seeds = _sound("corpus/orders/*.pdf")
        return "order.pdf", _changed(chance.choice(seeds), chance, ("obj", "endobj", "stream", "/Length 99999999", "<<", ">>", "/Kids[3 0 R 3 0 R]", "xref", "trailer"), seeds)
    # The words of a page, unpacked, so that what is changed is reached.
    said = _text(chance)[1].decode("utf-8", "replace")[:4000]
    lines, y = [], chance.choice((700, 40, 5000, -10))
    for line in said.splitlines()[:80]:
        shown = line.encode("latin-1", "replace").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
        turned = chance.choice((b"1 0 0 1", b"1 0 0 1", b"1 0 0 1", b"0 1 -1 0", b"0.7 0.7 -0.7 0.7", b"0 0 0 0", b"1e9 0 0 1"))
        lines.append(b"BT /F %d Tf %b %d %d Tm %b rg (%b) Tj ET" % (chance.choice((11, 11, 1, 0, 400, -5)), turned, chance.choice((72, 300, -900)), y, chance.choice((b"0 0 0", b"1 0 0")), shown))
        y -= chance.choice((14, 14, 14, 0, 3))
    content = _changed(b"\n".join(lines), chance, ("q", "Q" * 30, "cm", "re f", "BT", "ET", "0 0 m 100 100 l S"), [b"x"]) if chance.random() < 0.5 else b"\n".join(lines)
    pages = chance.choice((1, 1, 2, 40))
    return "order.pdf", raw(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[%b]/Count %d>>" % (b"3 0 R " * pages, pages), PAGE % b"", stream(content), FONT)


def _docx(chance: random.Random) -> tuple[str, bytes]:
    said = _text(chance)[1].decode("utf-8", "replace")[:6000]
    kept = "".join(sign for sign in said if sign in "\t\n" or " " <= sign < "\ud800")
    body = "".join(f"<w:p><w:r><w:t>{line.replace('&', '&amp;').replace('<', '&lt;')}</w:t></w:r></w:p>" for line in kept.splitlines())
    with zipfile.ZipFile(io.BytesIO(docx(body))) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    if chance.random() < 0.3:
        made = _zipped(parts)
        return "order.docx", _changed(made, chance, ("PK\x03\x04", "PK\x05\x06"), [made])
    changed = chance.choice(list(parts))
    return "order.docx", _zipped(parts | {changed: _changed(parts[changed], chance, TAGS, [parts[changed]])})


def _zipped(parts: dict[str, bytes]) -> bytes:
    """The parts as an archive, always the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), data)
    return out.getvalue()


def _toml(chance: random.Random) -> tuple[str, bytes]:
    seeds = _sound("lineage/profiles/agencies/*.toml")
    return "profile.toml", _changed(chance.choice(seeds), chance, KEYS, seeds)


def _xml(chance: random.Random) -> tuple[str, bytes]:
    seeds = _documents()
    return "document.xml", _changed(chance.choice(seeds), chance, TAGS, seeds)


@cache
def _documents() -> list[bytes]:
    """Documents as a library keeps them."""
    import tempfile

    from lineage.library import Library

    with tempfile.TemporaryDirectory() as folder, Library.open(Path(folder) / "library", clock=lambda: datetime(2026, 1, 1, tzinfo=UTC)) as library:
        library.ingest(sorted((ROOT / "corpus" / "orders").glob("*.txt"))[:6])
        return [library.store.document(row.sha256) for row in library.store.items()]


def _lines(chance: random.Random) -> tuple[str, bytes]:
    seeds = [b'{"on": "2020-06-01", "files": ["a.txt", "b.pdf"], "complete": true}\n' * 3, b'{"on": "2021-01-31", "files": []}\n']
    return "listing.jsonl", _changed(chance.choice(seeds), chance, JSON, seeds)


# Commands that answer and end; each word may be lost, doubled or put in place of another.
COMMANDS = (
    "in-force --on 2020-06-01 --series special-order --match force --all --json", "show 3.48 --on 2020-06-01T10:00 --unit Patrol --rank Sergeant", "why 3.48 --on 2020-06-01 --as-known-on 2026-01-01", "history 3.48 --changes --json",
    "compare 3.48 --from 2019-01-01 --to 2021-01-01 --format html", "changes --from 2019-01-01 --to 2021-12-31 --format text", "search \"use of force\" --on 2020-06-01", "findings --json", "verify 3.48", "export 3.48 --on 2020-06-01 --format json", "check --head 00ff",
    "lineage 3.48 --format json", "missing --json", "review --list --json", "decide f-000 accept --by Me --because So", "mark 3.48 public --by Me --because So", "profile check generic", "sentence \"Strike the word A.\"", "packet 3.48 --from 2019-01-01 --to 2020-01-01", "report --on 2020-06-01",
)  # fmt: skip
ODD = ("", "--", "-", "0000-00-00", "9999-12-31", "2020-13-01", "2020-06-01T25:61", "../..", "\u202e3.48", "3.48\x00", "§", "*", "%", "'; DROP TABLE work; --", "--json", "--on", "--help", "a" * 2000, "1e999", "-1", "NaN", "☃", "\ud800")


def _command(chance: random.Random) -> tuple[str, bytes]:
    words = shlex.split(chance.choice(COMMANDS))
    for _ in range(chance.randrange(1, 4)):
        at = chance.randrange(len(words) + 1)
        how = chance.randrange(4)
        if how == 0:
            words.insert(at, chance.choice(ODD))
        elif how == 1 and words:
            words.pop(at % len(words))
        elif how == 2 and words:
            words[at % len(words)] = chance.choice(ODD)
        else:
            words.insert(at, chance.choice(words or ["show"]))
    return "command", "\x1f".join(words).encode("utf-8", "surrogatepass")


KINDS: dict[str, tuple[int, Callable[[random.Random], tuple[str, bytes]]]] = {
    "text": (34, _text), "html": (16, _html), "pdf": (16, _pdf), "docx": (9, _docx), "csv": (6, _csv), "toml": (6, _toml), "xml": (5, _xml), "lines": (4, _lines), "command": (4, _command),
}  # fmt: skip
