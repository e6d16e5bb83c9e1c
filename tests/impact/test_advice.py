"""Each example of the table of advice, written into a paper, is read without doubt; and there is a row for every open question that a reading may raise."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from lineage import pipeline
from lineage.impact.advice import ADVICE, Advice

HEAD = {"Number": "Number: 27-10", "Subject": "Subject: Parking of Bicycles", "Issued": "Issued: April 20, 2027", "Effective": "Effective: May 1, 2027"}
ROOT = Path(__file__).resolve().parents[2] / "lineage"
READERS = ("pages", "blocks", "clauses", "relations", "pipeline/reading.py", "model")


def paper(advice: Advice) -> str:
    """A clean order with the example in its place."""
    head = dict(HEAD)
    if advice.where == "heading":
        head[advice.example.split(":")[0]] = advice.example
    said = advice.example if advice.where == "sentence" else "Bicycles stand in the shed."
    if "at 0700 hours" in said:
        del head["Effective"]
    return "\n".join(["MILLBROOK POLICE DEPARTMENT", "SPECIAL ORDER", "", *head.values(), "", "I. RULE", "", f"A. {said}", "", "B. Locks are the matter of each member.", ""])


EXAMPLES = sorted({(a.where, a.example): a for a in ADVICE.values() if a.example}.values(), key=lambda a: a.example)


@pytest.mark.parametrize("advice", EXAMPLES, ids=lambda a: a.example)
def test_an_example_is_read_without_doubt(advice: Advice, tmp_path: Path) -> None:
    path = tmp_path / "draft.txt"
    path.write_text(paper(advice), encoding="utf-8")
    reading = pipeline.read(path)
    assert [(f.code, f.message) for f in reading.findings if f.severity != "note"] == []
    assert reading.starts.on is not None
    if "rescinded" in advice.example or "Rescinds" in advice.example or "strike" in advice.example:
        assert [r for r in reading.relations if r.kind != "cites" and r.certainty == "certain"]
    if "expires" in advice.example:
        assert [r.effect.day.on.isoformat() for r in reading.relations if r.kind == "expires" and r.effect and r.effect.day.on] == ["2027-12-31"]


BAD = [
    ("dates.impossible", {"Effective": "Effective: April 31, 2027"}, ""),
    ("instructions.unread", {}, 'In Section 5.12, strike "30 days" and insert something better.'),
    ("relations.scope-unknown", {}, "This order amends Section 5.12."),
    ("relations.list-unread", {}, "Rescissions: Special Order 26-11."),
    ("relations.range-open", {}, "Sections 7.1 through 7.3 are rescinded."),
]


@pytest.mark.parametrize(("code", "head", "said"), BAD, ids=[b[0] for b in BAD])
def test_the_same_said_badly_is_doubted(code: str, head: dict[str, str], said: str, tmp_path: Path) -> None:
    path = tmp_path / "draft.txt"
    text = paper(Advice("", "sentence", said or "Bicycles stand in the shed."))
    for name, line in head.items():
        text = text.replace(HEAD[name], line)
    path.write_text(text, encoding="utf-8")
    assert code in {f.code for f in pipeline.read(path).findings if f.severity != "note"}


def test_every_doubt_of_a_reading_has_a_row() -> None:
    pattern = re.compile(r'Finding\(\s*"([a-z]+\.[a-z-]+)",\s*"(?:doubt|blocker)"')
    files = [f for name in READERS for f in ((ROOT / name).rglob("*.py") if (ROOT / name).is_dir() else [ROOT / name])]
    raised = {code for file in files for code in pattern.findall(file.read_text(encoding="utf-8"))}
    timeline = {"index.mark-unread", "identity.title-changed", "index.contradicts", "relations.contradicted", "relations.holder-unclear", "relations.misread", "identity.renumbering-unclear"}  # of the library or of a list, not of one order
    assert raised - set(ADVICE) - timeline == set()
