"""What was read, drawn: every mark where it stands, every word in some mark, and the files that the command writes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from msgspec.structs import replace
from PIL import Image

from lineage.cli import main
from lineage.cli.overlaying import _numbers
from lineage.errors import UsageError
from lineage.model import Item
from lineage.pipeline import Reading, read
from lineage.rendering import overlay
from lineage.rendering.overlay.colours import colour_of
from tests.pages.made import pdf, prose, stamp

ROOT = Path(__file__).resolve().parents[2]
ORDERS = ROOT / "corpus" / "orders"
PAPERS = sorted(path.stem for path in ORDERS.glob("*.pdf"))


def marks(reading: Reading) -> list[overlay.Seen]:
    return overlay.seen(reading.item, reading.outline, reading.relations, reading.findings)


def call(*words: str) -> Result:
    return CliRunner().invoke(main, ["read", *words], catch_exceptions=False)


def spots(item: Item, page: int) -> Iterator[tuple[int, int]]:
    return ((line.start, line.start + len(line.text)) for line in item.pages[page - 1].lines)


@pytest.mark.parametrize("ending", ["pdf", "txt"])
@pytest.mark.parametrize("slug", PAPERS)
def test_every_line_is_in_some_mark_and_every_mark_on_its_words(slug: str, ending: str) -> None:
    reading = read(ORDERS / f"{slug}.{ending}")
    found = marks(reading)
    for page in reading.item.pages:
        own = [mark for mark in found if mark.page == page.number]
        assert all(any(mark.start < end and start < mark.end for mark in own) for start, end in spots(reading.item, page.number))
        assert all(page.text[mark.start : mark.end].strip() for mark in own if mark.layer != "question")
        assert all((mark.box_pt is None) == (ending == "txt") for mark in own)
    labels = {(mark.layer, mark.label) for mark in found}
    assert {clause.eid for clause in reading.outline.clauses} <= {label.split(" ")[0] for layer, label in labels if layer in ("clause", "table")}
    assert {f"{r.kind} {r.affected.mention}" for r in reading.relations} == {label for layer, label in labels if layer == "relation"}
    assert {d.role for d in reading.outline.heading.dates} == {label.split(" ")[0] for layer, label in labels if layer == "date"}


def test_the_rules_of_a_manual_are_drawn_together() -> None:
    one, other = read(ORDERS / "social-media-2019.pdf"), read(ORDERS / "social-media-2019.pdf")
    half = len(one.outline.clauses) // 2
    parts = [(replace(r.outline, clauses=kept), (), ()) for r, kept in ((one, one.outline.clauses[:half]), (other, other.outline.clauses[half:]))]
    assert overlay.seen(one.item, *parts[0], parts[1:]) == overlay.seen(one.item, one.outline, (), ())


def test_words_that_were_lost_are_marked() -> None:
    reading = read(ORDERS / "social-media-2019.pdf")
    found = overlay.seen(reading.item, type(reading.outline)(reading.item.sha256, reading.outline.heading, ()), (), ())
    assert sum(mark.layer == "missed" for mark in found) > 20
    assert not [mark for mark in marks(reading) if mark.layer == "missed"]


def test_the_box_is_drawn_where_the_words_stand(tmp_path: Path) -> None:
    order = tmp_path / "order.pdf"
    order.write_bytes(pdf(lambda canvas: (prose(canvas), stamp(canvas, "RESCINDED 3-25-21", 30))))  # type: ignore[arg-type,func-returns-value]
    assert call(str(order), "--overlay", str(tmp_path / "drawn")).exit_code == 0
    picture = Image.open(tmp_path / "drawn" / "page-001.png").convert("RGB")
    reading = read(order)
    clause = next(mark for mark in marks(reading) if mark.layer == "clause")
    assert clause.box_pt is not None
    scale, side, head = 110 / 72, 170, 26
    x, y = round(clause.box_pt[0] * scale) + side - 1, round((clause.box_pt[1] + clause.box_pt[3]) / 2 * scale) + head
    wanted = tuple(int(colour_of(clause)[at : at + 2], 16) for at in (1, 3, 5))
    assert wanted in [picture.getpixel((x + near, y)) for near in (-2, -1, 0, 1, 2)]
    assert "furniture" in {mark.layer for mark in marks(reading)}


def test_the_command_names_what_it_wrote(tmp_path: Path) -> None:
    done = call(str(ORDERS / "social-media-2019.pdf"), "--overlay", str(tmp_path / "a"), "--json")
    files = json.loads(done.stdout)["overlay"]
    assert [Path(path).name for path in files] == [f"page-{n:03d}.png" for n in range(1, 5)]
    assert all(Path(path).read_bytes().startswith(b"\x89PNG") for path in files)
    assert "overlay" not in json.loads(call(str(ORDERS / "social-media-2019.pdf"), "--json").stdout)


def test_a_file_without_pictures_of_pages_is_shown_on_its_words(tmp_path: Path) -> None:
    order = tmp_path / "order.html"
    order.write_text("<html><body><h1>SPECIAL ORDER</h1><p>Effective: May 17, 2019</p><p>Use <b>&lt;script&gt;</b> &amp; words.</p></body></html>", encoding="utf-8")
    done = call(str(order), "--overlay", str(tmp_path / "drawn"))
    assert "no pictures of pages" in done.stderr
    page = (tmp_path / "drawn" / "reading.html").read_text(encoding="utf-8")
    assert "effective 2019-05-17" in page
    assert "&lt;script&gt; &amp; words." in page
    assert "<script" not in page
    assert [path.name for path in (tmp_path / "drawn").iterdir()] == ["reading.html"]


def test_pages_are_named(tmp_path: Path) -> None:
    assert _numbers("1-3, 7", 9) == [1, 2, 3, 7]
    assert _numbers("2-900", 4) == [2, 3, 4]
    assert len(_numbers(None, 632)) == 20
    for wrong in ("0", "5-2", "7", "x", "1-", "-1", "1,,2", "9" * 9):
        with pytest.raises(UsageError):
            _numbers(wrong, 6)
    order = tmp_path / "order.pdf"
    order.write_bytes(pdf(*[prose] * 22))
    done = call(str(order), "--overlay", str(tmp_path / "a"))
    assert "20 of 22 pages were drawn" in done.stderr
    call(str(order), "--overlay", str(tmp_path / "b"), "--pages", "21")
    assert [path.name for path in (tmp_path / "b").iterdir()] == ["page-021.png"]


def test_a_file_in_place_of_the_folder_is_left_alone(tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.write_text("mine", encoding="utf-8")
    done = call(str(ORDERS / "social-media-2019.pdf"), "--overlay", str(taken))
    assert done.exit_code == 2
    assert taken.read_text(encoding="utf-8") == "mine"
