"""The JSON of every command has the fields that programs rely on; a file taken in twice is unchanged; more processes give the same library."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from lineage.library import Library
from tests.kept import state

from .conftest import Held
from .made import ORDERS, Called, call, first_difference, lives, named, within

EVIDENCE = {"item", "page", "box_pt", "quote"}
RELATION = {
    "id": str, "kind": str, "affecting": {"work", "mention"}, "affected": {"work", "mention", "eid", "version_on"}, "scope": str, "edit": (dict, None),
    "effective": ({"on", "earliest", "latest", "basis"}, None), "evidence": [EVIDENCE], "certainty": str, "status": str,
}  # fmt: skip
FINDING = {"id": str, "code": str, "severity": str, "message": str, "work": (str, None), "evidence": [EVIDENCE]}
RULE = {
    "work", "series", "number", "title", "agency", "status", "ground", "operative", "valid_from", "valid_to", "last_day", "in_force_since", "last_proof_on",
    "change_day", "expression_item", "pending", "findings",
}  # fmt: skip
REASON = {"rule": str, "event": str, "on": (str, None), "evidence": [EVIDENCE]}
CLAUSE = {"eid", "marker", "depth", "kind", "heading", "text", "page", "box_pt"}
EXPRESSION = {"valid_from", "valid_to", "opened_by", "closed_by", "items", "complete"}

# The words of a call, and the shape of its answer: a set names fields, a dict gives shapes for fields, a list is a row of one shape, a tuple is a choice.
SHAPES: list[tuple[list[str], Any]] = [
    (["read", str(ORDERS / "social-media-2019.pdf")], {
        "item": {"sha256", "name", "media_type", "pages"}, "work": {"id", "series", "number", "title", "agency"},
        "dates": [{"role", "on", "earliest", "latest", "raw", "page"}], "clauses": [CLAUSE], "relations": [RELATION],
        "furniture": [{"kind", "text", "pages"}], "findings": [FINDING],
    }),
    (["in-force", "--on", "2020-06-01"], {"on": str, "as_known_on": (str, None), "held": [{"series", "works", "from", "to"}], "not_held": int, "rules": [RULE]}),
    (["in-force", "--on", "2020-06-01", "--all"], {"rules": [RULE]}),
    (["show", "Special Order - Social Media", "--on", "2020-06-01"], {
        **dict.fromkeys(RULE), "text": str, "complete": bool, "clauses": [CLAUSE], "unapplied": [RELATION], "reasons": [REASON], "sentence": str,
        "findings": [FINDING], "other_holders": [dict],
    }),
    (["show", "18-04", "--on", "2019-06-01"], {"other_holders": [{"work"}]}),
    (["show", "3.48", "--on", "2020-06-01"], {"unapplied": [RELATION], "complete": bool}),
    (["why", "3.48", "--on", "2022-01-01"], {"work": str, "on": str, "as_known_on": (str, None), "status": str, "reasons": [REASON], "sentence": str}),
    (["history", "Special Order - Social Media"], {"work": str, "expressions": [EXPRESSION]}),
    (["relations"], {"relations": [RELATION]}),
    (["relations", "3.48"], {"relations": [RELATION]}),
    (["findings"], {"findings": [FINDING]}),
    (["findings", "3.48"], {"findings": [FINDING]}),
    (["search", "internet"], {"hits": [{"work", "eid", "text", "valid_from", "valid_to", "matched_as"}]}),
    (["search", "internet", "--on", "2020-06-01"], {"hits": [{"work", "eid", "text", "valid_from", "valid_to", "matched_as"}]}),
    (["graph", "3.48", "--format", "json"], dict),
    (["export", "3.51", "--format", "json"], dict),
    (["check"], {"sound": bool, "faults": [], "remarks": []}),
]  # fmt: skip


def misfits(shape: Any, value: Any, at: str = "answer") -> list[str]:
    """Where a value does not have a shape."""
    if shape is None:
        return []
    if isinstance(shape, tuple):
        fits = [s for s in shape if (value is None if s is None else not misfits(s, value, at))]
        return [] if fits else [f"{at} is {value!r}"]
    if isinstance(shape, set):
        return misfits(dict.fromkeys(shape), value, at)
    if isinstance(shape, dict):
        if not isinstance(value, dict):
            return [f"{at} is no object"]
        missing = [f"{at} lacks {name}" for name in sorted(set(shape) - set(value))]
        return missing + [fault for name in shape if name in value for fault in misfits(shape[name], value[name], f"{at}.{name}")]
    if isinstance(shape, list):
        if not isinstance(value, list):
            return [f"{at} is no list"]
        return [fault for n, one in enumerate(value) for fault in (misfits(shape[0], one, f"{at}[{n}]") if shape else [f"{at} is not empty"])]
    return [] if isinstance(value, shape) else [f"{at} is {value!r}, no {shape.__name__}"]


@pytest.mark.parametrize(("words", "shape"), SHAPES, ids=lambda v: " ".join(Path(w).name for w in v) if isinstance(v, list) else "")
def test_the_json_of_a_command(words: list[str], shape: Any, pdfs: Held) -> None:
    called = within(*words, "--json", library=pdfs.folder)
    assert (called.code, called.err) == (0, "")
    assert misfits(shape, called.json) == []
    for name, rows in called.json.items():
        if name in ("rules", "relations", "hits", "clauses", "furniture", "reasons", "expressions"):
            assert rows, f"{name} is empty, so that its shape was not tried"


@pytest.mark.parametrize("form", ["graphml", "svg"])
def test_the_graph(form: str, pdfs: Held, tmp_path: Path) -> None:
    called = within("graph", "--format", form, "--output", tmp_path / "graph", library=pdfs.folder)
    assert called.code == 0
    assert ("<graphml" if form == "graphml" else "<svg") in (tmp_path / "graph").read_text(encoding="utf-8")


@pytest.mark.parametrize("form", ["akn", "html", "text"])
def test_an_export(form: str, pdfs: Held) -> None:
    called = within("export", "3.51", "--format", form, library=pdfs.folder)
    assert (called.code, called.err) == (0, "")
    assert "speech that the law protects" in " ".join(called.out.split())


def test_the_same_file_again_is_unchanged(tmp_path: Path) -> None:
    library, files = tmp_path / "library", named(["social-media-2019", "manual-3.51-social-media"])
    shape = {"items": [{"path": str, "sha256": str, "status": str, "work": (str, None), "code": (str, None), "message": (str, None)}]}
    first = call("ingest", *files, "--json", library=library)
    before = state(library)
    again = call("ingest", *files, "--json", library=library)
    for called, status in ((first, "added"), (again, "unchanged")):
        assert called.code == 0
        assert misfits(shape, called.json) == []
        assert [item["status"] for item in called.json["items"]] == [status] * 2
    assert state(library) == before


def test_the_same_bytes_under_another_name_are_unchanged(tmp_path: Path) -> None:
    (tmp_path / "copy.pdf").write_bytes((ORDERS / "social-media-2019.pdf").read_bytes())
    with Library.open(tmp_path / "library") as library:
        done = library.ingest([*named(["social-media-2019"]), tmp_path / "copy.pdf"])
    assert [o.status for o in done] == ["added", "unchanged"]


@pytest.mark.long
def test_two_processes_give_the_same_library(pdfs: Held, tmp_path: Path) -> None:
    called = call("ingest", *sorted(ORDERS.glob("*.pdf")), "--jobs", "2", library=tmp_path / "library")
    assert called.code == 0
    with Library.open(tmp_path / "library") as library:
        assert first_difference(lives(pdfs.library), lives(library)) == ""


@pytest.mark.long
def test_the_demo(tmp_path: Path) -> None:
    called = call("demo", library=tmp_path / "library")
    assert (called.code, called.err) == (0, "")
    assert "22 papers added" in called.out
    assert "in force" in called.out
    again: Called = call("demo", "--json", library=tmp_path / "library")
    assert {item["status"] for item in again.json["items"]} == {"unchanged"}
    with Library.open(tmp_path / "library") as library:
        assert library.show("3.48", date(2022, 1, 1)).ruling.status == "not-provable"
