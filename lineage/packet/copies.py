"""True copies: the files as they are held, numbered, each with its custody and with the marks that were made on it after it was signed."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

from lineage import documents
from lineage.errors import LineageError
from lineage.model import Provenance, Run, Signature, Told, bytes_of
from lineage.model.access import withdrawn_items
from lineage.model.dates import long_date
from lineage.packet.wordings import file_name
from lineage.rendering import access
from lineage.rendering.visible import visible

if TYPE_CHECKING:
    from lineage.library import Library
    from lineage.store.rows import ItemRow

FOLDER = "true-copies"
REDACTED = "a copy with words blacked out, as it was taken in; its original is not enclosed"


class TrueCopy(Struct, frozen=True):
    """A file of the packet's first part: ``number`` as in the packet, ``sha256`` and ``data`` of the very bytes held, ``name`` as it was held under. ``pages`` is None where the file has none of its own.

    ``marks`` are the words of each mark made after signing, with its pages; ``note`` is what is to be said of the copy besides. ``runs`` are those in which it was read.
    """

    number: str
    sha256: str
    name: str
    data: bytes
    pages: int | None
    provenance: tuple[Provenance, ...]
    signatures: tuple[Signature, ...]
    recorded_at: str
    marks: tuple[tuple[str, tuple[int, ...]], ...] = ()
    note: str = ""
    runs: tuple[Run, ...] = ()

    @property
    def path(self) -> str:
        """Where it lies in the payload."""
        return f"{FOLDER}/{self.number}_{file_name(self.name)}"

    @property
    def shown_name(self) -> str:
        """The name under which it was held, to be printed."""
        return visible(self.name)

    @property
    def is_pdf(self) -> bool:
        """Whether it has pages that can be shown as they look."""
        return self.data.startswith(b"%PDF")


class Absent(Struct, frozen=True):
    """A file that bears on the rules and is not in the packet, and why."""

    what: str
    why: str


def gather(library: Library, items: Iterable[str], redacted: Iterable[str], prefix: str, as_known: str | None) -> tuple[list[TrueCopy], list[Absent]]:
    """The files of these items and of these copies with words blacked out, by the day of their text, then by name; and those that stay behind: withdrawn, purged, or not all of them to be seen. A file of several rules is one copy.

    Raises StoreError where the bytes held are missing or changed.
    """
    files: dict[str, list[str]] = defaultdict(list)
    for item in sorted(set(items)):
        files[bytes_of(item)].append(item)
    gone, days = withdrawn_items(library.held.withdrawals()), _days(library, files, as_known)
    rows = {row.sha256: row for row in library.store.items()}
    taken: list[tuple[tuple[str, str, str], str, list[str], bytes]] = []
    absent: list[Absent] = []
    for file, portions in files.items():
        row = rows.get(file) or rows[portions[0]]
        if file in gone:
            absent.append(Absent(f"{visible(row.name)} (SHA-256 {file})", f"withdrawn on {long_date(date.fromisoformat(gone[file].said_at[:10]))} by {gone[file].by}: {gone[file].because}"))
            continue
        try:
            data = library.file(portions[0])[1]
        except LineageError as error:
            if error.code not in ("facsimile.withheld", "store.purged"):
                raise
            absent.append(Absent(f"{visible(row.name)} (SHA-256 {file})", error.message))
            continue
        taken.append(((days.get(file, "9999"), row.name, file), file, portions, data))
    taken += [(("9999", rows[item].name, item), item, [], library.store.data(item)) for item in sorted(set(redacted))]
    copies = [_copy(library, f"{prefix}-{at:04d}", rows, file, portions, data, as_known) for at, (_, file, portions, data) in enumerate(sorted(taken), 1)]
    return copies, absent


def _copy(library: Library, number: str, rows: Mapping[str, ItemRow], file: str, portions: list[str], data: bytes, as_known: str | None) -> TrueCopy:
    row = rows.get(file) or rows[portions[0]]
    # What stands on the pages of a manual is told of the whole file. All of it may be seen where any of it is enclosed.
    held, read = library.store, [file] if file in rows else portions
    told = held.copies(read, as_known)
    provenance = tuple(dict.fromkeys(p for one in told for p in one.provenance))
    signatures = tuple(dict.fromkeys(one.signature for one in told if one.signature is not None))
    outlines = [(documents.read(held.document(item)), held.run(item)) for item in read]
    marks: dict[str, set[int]] = defaultdict(set)
    for document, _ in outlines:
        for piece in document.outline.furniture:
            if piece.kind == "stamp":
                marks[" ".join(piece.text.split())].update(piece.pages)
    runs = tuple(dict.fromkeys(run for _, run in outlines))
    if hashlib.sha256(data).hexdigest() != file:
        raise AssertionError(f"the bytes of {file} are others than held")  # the store has checked them
    return TrueCopy(
        number, file, row.name, data, _pages(data, row), provenance, signatures, row.recorded_from, tuple((words, tuple(sorted(on))) for words, on in sorted(marks.items())), "" if portions else REDACTED, runs,
    )  # fmt: skip


def _pages(data: bytes, row: ItemRow) -> int | None:
    """The pages of a file that has pages of its own; those of a text are only counted from running heads."""
    if not data.startswith(b"%PDF"):
        return None
    from lineage.pages.views import count

    return count(data, row.name)


def _days(library: Library, files: Mapping[str, list[str]], as_known: str | None) -> dict[str, str]:
    """The first day that a text of each file names as its own: from when it rules, or on which it was issued."""
    found: dict[str, str] = {}
    works = set(library.held.makers([item for portions in files.values() for item in portions], as_known).values())
    for text in library.held.expressions(works, as_known=as_known) if works else ():
        day, file = text.starts.first or text.issued.first or text.starts.last, bytes_of(text.item)
        if day is not None and file in files:
            found[file] = min(found.get(file, "9999"), day.isoformat())
    return found


def gone(told: Iterable[Told], known: Iterable[Absent]) -> list[Absent]:
    """The files that bore on these rules and count no longer, or whose words are gone, besides those known to stay behind; each once."""
    found: dict[str, Absent] = {}
    for one in told:
        for file in one.withdrawn:
            found[file.item] = Absent(f"A file withdrawn (SHA-256 {file.item})", access.withdrawn_words(file))
        for purge in one.purged:
            found[purge.item] = Absent(f"A file purged (SHA-256 {purge.item})", access.purged(purge))
    return [absent for item, absent in sorted(found.items()) if not any(item in other.what for other in known)]


def numbers(copies: Iterable[TrueCopy]) -> dict[str, TrueCopy]:
    """The copies by the hash of their file."""
    return {one.sha256: one for one in copies}


def runs(copies: Iterable[TrueCopy]) -> Iterator[tuple[str, str, str]]:
    """The versions of the program, the profiles and the profiles' hashes by which the copies were read, each once."""
    yield from sorted({(run.code, run.profile, run.profile_sha256) for one in copies for run in one.runs})
