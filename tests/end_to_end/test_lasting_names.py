"""A rule that was renumbered and printed anew: the names of its clauses are kept in the XML (AKN wId)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from lineage import documents
from lineage.library import Library

SECTION = "MILLBROOK POLICE DEPARTMENT\nPOLICY MANUAL\n\nNumber: {n}\nSubject: Property Room\nIssued: {day}\nEffective: {day}\n\n{n} PROPERTY ROOM\n\n{n}.1 The room has {keys}.\n\n{n}.2 The sergeant keeps them:\n\n(a) in the safe; and\n\n(b) by day only.\n"
ORDER = "MILLBROOK POLICE DEPARTMENT\nSPECIAL ORDER\n\nNumber: 15-23\nSubject: Numbers of the Manual\nIssued: January 9, 2015\nEffective: January 9, 2015\n\nI. RULE\n\nA. Section 5.13 is renumbered as Section 5.24.\n"


def test_a_clause_keeps_its_name_through_a_renumbering_of_its_rule(tmp_path: Path) -> None:
    papers = {"old.txt": SECTION.format(n="5.13", day="March 1, 2012", keys="one key"), "order.txt": ORDER, "new.txt": SECTION.format(n="5.24", day="March 1, 2016", keys="two keys")}
    for name, words in papers.items():
        (tmp_path / name).write_text(words, encoding="utf-8")
    with Library.open(tmp_path / "library") as library:
        library.ingest([tmp_path / name for name in papers])
        before, after = library.document("5.13", date(2015, 1, 1)), library.document("5.24", date(2017, 1, 1))
    old, new = {c.eid: c.wid for c in before.outline.clauses}, {c.eid: c.wid for c in after.outline.clauses}
    assert old == dict.fromkeys(("sec_5-13", "sec_5-13__para_5-13-1", "sec_5-13__para_5-13-2", "sec_5-13__para_5-13-2__para_a", "sec_5-13__para_5-13-2__para_b"), "")
    assert new == {name.replace("5-13", "5-24"): name for name in old}
    written = documents.write(after)
    assert documents.check(written) == []
    assert {c.eid: c.wid for c in documents.read(written).outline.clauses} == new
    assert documents.read(written).master == after.master is not None
    assert b"@2012-03-01" in written.split(b"FRBRmasterExpression")[1].split(b">")[0]
