"""``lineage read --overlay``: each page drawn with what was read on it."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lineage.errors import UsageError

if TYPE_CHECKING:
    from lineage.pipeline import Reading

MOST_DRAWN = 20  # pages, where none are named
FEW = 3  # so few pages need no progress
_PAGES = re.compile(r"(\d{1,5})(?:-(\d{1,5}))?$")


def overlay(reading: Reading, folder: Path, wanted: str | None) -> list[Path]:
    """The files written into the folder, which is made where it is missing: a PNG for each page, or one HTML page where the file has no pictures of pages.

    Raises UsageError where the folder is a file, or the pages are not to be understood.
    """
    from lineage.rendering import overlay as drawn

    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file; the pages are drawn into a folder.", hint="Name a folder after --overlay; it is made if it is missing.")
    item = reading.item
    numbers = _numbers(wanted, len(item.pages))
    folder.mkdir(parents=True, exist_ok=True)
    rules = [(rule.outline, rule.relations, rule.findings) for rule in reading.rules]
    marks = drawn.seen(item, reading.outline, reading.relations, reading.findings, rules)
    if item.media_type != "application/pdf":
        path = folder / "reading.html"
        path.write_text(drawn.html(item, marks, _head(reading)), encoding="utf-8", newline="\n")
        click.echo(f"{item.name} has no pictures of pages, so what was read is shown on its words instead.", err=True)
        return [path]
    return list(_pages(reading, folder, marks, numbers))


def _pages(reading: Reading, folder: Path, marks: list[Any], numbers: list[int]) -> Iterator[Path]:
    from lineage.pages.views import viewer
    from lineage.rendering import overlay as drawn

    view = viewer(reading.data, reading.item.name)
    count = len(reading.item.pages)
    with _progress(numbers) as going:
        for number in going:
            page = view(number, reading.item.pages[number - 1].tilt)
            path = folder / f"page-{number:03d}.png"
            own = [mark for mark in marks if mark.page == number]
            words = [line.box_pt for line in reading.item.pages[number - 1].lines if line.box_pt is not None]
            path.write_bytes(drawn.png(page.rgb, page.width, page.height, page.scale, own, words, f"{_head(reading)} · page {number} of {count}"))
            yield path
    if len(numbers) < count:
        click.echo(f"{len(numbers)} of {count} pages were drawn; --pages names others.", err=True)


def _head(reading: Reading) -> str:
    heading = reading.outline.heading
    name = " ".join(part for part in (heading.series, heading.number or "no number", heading.title or "no title") if part)
    return f"{reading.item.name} · {name} · profile {reading.profile}"


def _numbers(wanted: str | None, count: int) -> list[int]:
    """The pages named, in order; the first twenty where none are.

    >>> _numbers("1-3,7", 7), _numbers("2-", 7)
    Traceback (most recent call last):
    ...
    lineage.errors.UsageError: "2-" names no pages of a paper that has 7.
    """
    if wanted is None:
        return list(range(1, min(count, MOST_DRAWN) + 1))
    found: set[int] = set()
    for part in wanted.split(","):
        match = _PAGES.match(part.strip())
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
        if not 1 <= first <= last or first > count:
            raise UsageError(f'"{wanted}" names no pages of a paper that has {count}.', hint="Write them like 1-5 or 1,3,7-9.")
        found.update(range(first, min(last, count) + 1))
    return sorted(found)


def _progress(numbers: list[int]) -> AbstractContextManager[Iterable[int]]:
    """A bar on standard error where a person waits."""
    if len(numbers) <= FEW or not sys.stderr.isatty():
        return nullcontext(numbers)
    return click.progressbar(numbers, label="Drawing", file=sys.stderr)
