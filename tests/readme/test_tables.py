"""The README's tables say what the source says."""

from __future__ import annotations

import importlib
import re

from msgspec import structs

import lineage
from lineage.documents.changes import MODIFICATIONS
from lineage.guard import Limits
from lineage.model import RELATION_KINDS
from lineage.model.relation import LETTERS
from lineage.web.settings import Caps

from .parts import README, ROOT, blocks, in_code, rows

PACKAGE = ROOT / "lineage"
# Strings with a dot that are no codes: names of files, of a schema, and of attributes in a file.
NO_CODES = {"clause.row", "in.force", "lineage.web", "listing.row", "log.number", "policy.lineage", "records.example"}
FILES = (".db", ".html", ".ini", ".pdf", ".py", ".sch", ".sql", ".sqlite", ".txt", ".typ", ".url", ".xsd")
SEVERITIES = {"note", "doubt", "blocker"}


def _source_codes() -> set[str]:
    pattern = re.compile(r'"([a-z][a-z-]*\.[a-z][a-z-]*)"')
    return {code for path in PACKAGE.rglob("*.py") for code in pattern.findall(path.read_text(encoding="utf-8")) if not code.endswith(FILES)} - NO_CODES


def _codes(*head: str) -> list[str]:
    return [in_code(row[0])[0] for row in rows(*head)]


def test_codes_are_those_of_the_source() -> None:
    written = [_codes("code", "says"), _codes("code", "severity", "says"), _codes("rule", "finds"), _codes("reason", "says"), _codes("code of a draft", "says")]
    assert {code for table in written for code in table} == _source_codes()
    for table in written:
        assert table == sorted(set(table))


def test_severities_are_those_there_are() -> None:
    for row in rows("code", "severity", "says"):
        assert set(row[1].split(", ")) <= SEVERITIES, row


def test_severities_are_those_of_the_source() -> None:
    said = {in_code(row[0])[0]: set(row[1].split(", ")) for row in rows("code", "severity", "says")}
    pattern = re.compile(r'"([a-z]+\.[a-z-]+)",\s*"(note|doubt|blocker)"')
    for path in PACKAGE.rglob("*.py"):
        for code, severity in pattern.findall(path.read_text(encoding="utf-8")):
            assert severity in said.get(code, set()), f"{path.name}: {code} is a {severity}"


def test_limits_are_those_of_the_guard() -> None:
    written = {in_code(row[0])[0]: row[1] for row in rows("limit", "value", "bounds")}
    assert written == {field.name: str(field.default) for field in structs.fields(Limits)}


def test_limits_within_papers_are_those_of_the_rooms() -> None:
    table = rows("limit within", "value", "beyond it")
    assert len(table) > 10
    for name, value, _ in table:
        module, _, constant = in_code(name)[0].rpartition(".")
        assert str(getattr(importlib.import_module(module), constant)) == value, name


def test_limits_of_the_pages_are_those_of_their_settings() -> None:
    written = {in_code(row[0])[0]: row[1] for row in rows("limit of the pages", "value", "bounds")}
    assert written == {field.name: str(field.default) for field in structs.fields(Caps)}


def test_kinds_are_those_of_the_model() -> None:
    table = rows("kind", "letter", "an order says", "Akoma Ntoso", "ELI", "on the timeline")
    assert tuple(row[0] for row in table) == RELATION_KINDS
    for kind, letter, _, akoma, *_ in table:
        assert letter == LETTERS[kind]  # type: ignore[index]
        assert akoma == ", ".join(f"{what} {how}" for what, how in MODIFICATIONS[kind]), kind  # type: ignore[index]


def test_rooms_are_those_there_are() -> None:
    written = {in_code(row[0])[0] for row in rows("room", "its verb", "takes and gives")}
    rooms = {f"lineage/{p.name}" for p in PACKAGE.iterdir() if (p / "__init__.py").is_file()}
    modules = {f"lineage/{p.name}" for p in PACKAGE.glob("*.py") if p.name != "__init__.py"}
    assert written == rooms | modules


def test_floors_are_those_of_the_contract() -> None:
    contract = (ROOT / "pyproject.toml").read_text(encoding="utf-8").split("layers = [", 1)[1].split("]", 1)[0]
    floors = [set(re.findall(r"lineage\.(\w+)", line)) for line in contract.splitlines() if "lineage." in line]
    drawing = next(b.text for b in blocks("") if "strangers" in README and "---" in b.text)
    drawn = [set(re.findall(r"[a-z]+", re.sub(r"\([^)]*\)", "", part))) for part in re.split(r"^\s*-+$", drawing, flags=re.M)]
    assert drawn == floors


def test_nothing_speaks_of_one_machine() -> None:
    for path in (ROOT / "README.md", ROOT / ".ci" / "run", ROOT / "pyproject.toml"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"/(?:home|root|work|Users)/|\b[A-Z]:\\", text), path.name
    assert lineage.__version__ in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def test_methods_of_the_library_are_those_there_are() -> None:
    from lineage.library import Library

    written = [name.partition("(")[0] for row in rows("method of `Library`", "gives") for name in in_code(row[0])]
    assert len(written) == len(set(written))
    assert set(written) == {name for name in vars(Library) if not name.startswith("_")}
