"""What an agency's site showed, day by day, taken into a library: files not held are ingested first, then all lines are kept at once."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from lineage import pages
from lineage.errors import LineageError, RefusedError, UsageError
from lineage.guard import LIMITS
from lineage.model import INDEX_SERIES, Listing, bytes_of
from lineage.pipeline import habits
from lineage.pipeline.ingesting import Outcome, ingest
from lineage.pipeline.lives import unroll_lives
from lineage.pipeline.telling import tell_indexes

if TYPE_CHECKING:
    from lineage.store import Store, Writing

FORM = 'Write each line as {"on": "2020-06-01", "files": ["order-1.html"], "complete": true}; `files` are names under the folder given as --root.'


class Line(Struct, frozen=True):
    """What became of one line: ``added``, ``unchanged`` (the library holds it) or ``refused``, with its reason. ``files`` counts the names on it, ``unread`` those of which no bytes are at hand."""

    number: int
    status: str
    on: date | None = None
    complete: bool = False
    files: int = 0
    unread: int = 0
    code: str | None = None
    message: str | None = None
    hint: str | None = None


class Observed(Struct, frozen=True):
    """What became of the files that were not looked at before, and of each line."""

    items: tuple[Outcome, ...]
    lines: tuple[Line, ...]

    @property
    def refused(self) -> bool:
        """Whether something was refused."""
        return any(o.status == "refused" for o in self.items) or any(o.status == "refused" for o in self.lines)


class _Told(Struct, frozen=True):
    """A line that can be taken: its day and its files, each below the root."""

    number: int
    on: date
    files: tuple[Path, ...]
    complete: bool


def observe(
    listing: Path, root: Path, store: Store, profile: str | None = None, jobs: int = 1, progress: Callable[[int, int, Outcome], None] | None = None, today: date | None = None
) -> Observed:
    """Read a listing (JSON lines) of what a site showed into the library. A wrong line is refused with its number, and the others are kept, all in one transaction.

    The order of listings and of papers does not change the answers. Raises UsageError where the listing or the folder cannot be read.
    """
    if not root.is_dir():
        raise UsageError(f"{root} is no folder, so the files of the listing cannot be found.", hint="Give the folder that holds the files as --root.")
    latest = today or (datetime.now(UTC) + timedelta(hours=14)).date()  # no clock on earth shows a later day
    told = [_line(number, raw, root, latest) for number, raw in _raw(listing)]
    good = [one for one in told if isinstance(one, _Told)]
    files = list(dict.fromkeys(path for one in good for path in one.files))
    items = ingest(files, store, profile, jobs, progress)
    hashes = {path: outcome.sha256 or _hash(path) for path, outcome in zip(files, items, strict=True)}
    with store.transaction() as writing:
        listings = {one.number: _listing(one, hashes, listing.name, writing) for one in good}
        new = _keep(writing, list(listings.values()), profile)
    lines = [_settled(one, listings, new) if isinstance(one, _Told) else one for one in told]
    return Observed(tuple(items), tuple(lines))


def _raw(listing: Path) -> Iterator[tuple[int, bytes]]:
    """The lines that hold something, each with its number from 1."""
    try:
        if listing.stat().st_size > LIMITS.max_bytes:
            raise UsageError(f"{listing} has more than {LIMITS.max_bytes} bytes.", hint="Part it into several files; each may be observed by itself.")
        data = listing.read_bytes()
    except OSError as error:
        raise UsageError(f"{listing} cannot be read: {error.strerror or error}.", hint="Name a file of JSON lines that may be read.") from None
    for number, raw in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        if raw.strip():
            yield number, raw


def _line(number: int, raw: bytes, root: Path, latest: date) -> _Told | Line:
    try:
        return _read(number, raw, root, latest)
    except RefusedError as refusal:
        return Line(number, "refused", code=refusal.code, message=f"Line {number} {refusal.message}", hint=refusal.hint)


def _read(number: int, raw: bytes, root: Path, latest: date) -> _Told:
    try:
        value: Any = json.loads(raw.decode("utf-8"))
    except (ValueError, RecursionError):
        raise _wrong("is no JSON in UTF-8, so what was seen is not known.") from None
    if not isinstance(value, dict) or not isinstance(value.get("on"), str) or not isinstance(value.get("files"), list):
        raise _wrong('has no "on" with a day and "files" with a list of names, so what was seen when is not known.')
    if not isinstance(value.get("complete", False), bool):
        raise _wrong('has a "complete" that is neither true nor false, so whether anything else was published is not known.')
    on = _day(value["on"], latest)
    if not all(isinstance(name, str) and name for name in value["files"]):
        raise _wrong("names a file by something that is no name.")
    return _Told(number, on, tuple(dict.fromkeys(_path(name, root) for name in value["files"])), value.get("complete", False))


def _day(words: str, latest: date) -> date:
    try:
        on = date.fromisoformat(words) if len(words) == 10 else None
    except ValueError:
        on = None
    if on is None:
        raise _wrong(f'gives "{words[:40]}" as its day, which is no day of the calendar.')
    if on > latest:
        raise _wrong(f"gives {on.isoformat()} as its day, which has not come yet; nothing can have been seen on it.")
    return on


def _path(name: str, root: Path) -> Path:
    """The file of that name below the root, also where links are followed."""
    try:
        path = (root / name).resolve()
        inside = path.is_relative_to(root.resolve()) and path != root.resolve()
    except (OSError, ValueError, RuntimeError):
        inside = False
    if not inside or Path(name).is_absolute():
        raise _wrong(f'names "{name[:120]}", which does not lie in the folder given as --root.', "observe.outside")
    return root / name


def _wrong(message: str, code: str = "observe.line") -> RefusedError:
    return RefusedError(message, hint=FORM, code=code)


def _hash(path: Path) -> str | None:
    """The name of bytes that could not be read as a paper: once they can be, they were seen already."""
    try:
        return hashlib.sha256(pages.load(path)).hexdigest()
    except LineageError:
        return None


def _listing(told: _Told, hashes: dict[Path, str | None], source: str, writing: Writing) -> Listing:
    found = {hashes[path] for path in told.files}
    files = frozenset(file for file in found if file is not None)
    unread = sum(hashes[path] is None for path in told.files) + sum(not writing.holds(file) for file in files)
    return Listing(told.on, files, told.complete, unread, f"{source}, line {told.number}")


def _settled(told: _Told, listings: dict[int, Listing], new: set[str]) -> Line:
    listing = listings[told.number]
    added = listing.id in new and not any(one.id == listing.id for number, one in listings.items() if number < told.number)
    return Line(told.number, "added" if added else "unchanged", told.on, told.complete, len(told.files), listing.unread)


def _keep(writing: Writing, listings: list[Listing], profile: str | None) -> set[str]:
    """Keep the listings, and unroll each life once of which one of them speaks."""
    new = writing.add_listings(listings)
    fresh = [one for one in listings if one.id in new]
    unroll_seen(writing, {file for one in fresh for file in one.files}, any(one.complete for one in fresh), profile)
    return new


def unroll_seen(writing: Writing, files: set[str], complete: bool, profile: str | None = None) -> None:
    """Unroll the lives of the works whose files were seen, and, of complete listings, of all of their series."""
    works = {w.id: w for w in writing.works() if w.series != INDEX_SERIES}
    seen = {x.work for x in writing.expressions(list(works)) if bytes_of(x.item) in files} & set(works)
    series = {(works[w].agency, works[w].series) for w in seen}
    concerned: dict[str, set[str]] = defaultdict(set)
    for work in works.values():
        if work.id in seen or (complete and work.held and (work.agency, work.series) in series):
            concerned[work.agency].add(work.id)
    for agency, own in sorted(concerned.items()):
        chosen = habits.named(agency, profile)
        anew = habits.keep(writing, chosen) if chosen else set()
        tell_indexes(writing, unroll_lives(writing, chosen or habits.of(writing, agency), own | anew))
