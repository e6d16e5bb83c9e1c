"""Orders as Word files, from the folder to the answer."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from lineage.library import Library
from tests.pages.worded import OUTLINE, docx, lists, p, table

INSERTED = '<w:ins w:id="1" w:author="A"><w:r><w:t>not </w:t></w:r></w:ins>'


def order(number: str, effective: str, rescinds: str) -> bytes:
    head = table((f"Order Number: {number}", f"Effective Date: {effective}"), ("Subject: Body Worn Cameras", f"Rescinds: {rescinds}"))
    body = p("PURPOSE", number=(1, 0)) + p("Members carry a camera.", number=(1, 1)) + p("Members charge it.", number=(1, 1))
    return docx(p("Special Order") + head + body, numbering=lists(OUTLINE))


def test_word_files_are_ingested_and_asked(tmp_path: Path) -> None:
    folder = tmp_path / "orders"
    folder.mkdir()
    (folder / "first.docx").write_bytes(order("18-04", "March 1, 2018", "New"))
    (folder / "second.docx").write_bytes(order("19-04", "May 17, 2019", "Special Order 18-04"))
    (folder / "draft.docx").write_bytes(docx(p("Members shall ", INSERTED, "carry a camera.")))
    with Library.open(tmp_path / "library") as library:
        done = {Path(outcome.path).name: outcome for outcome in library.ingest([folder])}
        assert {name: outcome.status for name, outcome in done.items()} == {"first.docx": "added", "second.docx": "added", "draft.docx": "refused"}
        assert done["draft.docx"].code == "pages.tracked-changes"
        assert library.show("18-04", date(2019, 5, 16)).ruling.status == "in-force"
        assert library.show("18-04", date(2019, 5, 17)).ruling.status == "not-in-force"
        assert "B. Members charge it." in (library.show("19-04", date(2020, 1, 1)).text or "")
        assert library.check() == []
