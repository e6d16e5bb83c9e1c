"""A packet made: asked, its copies gathered, its chronology told, all of it put into a bag."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from lineage import __version__, documents
from lineage.errors import UsageError
from lineage.packet import asked as asking
from lineage.packet import bag, chapters, chronology, copies, custody, declaring, guide, reading, typeset
from lineage.packet.chapters import Chapter, Withheld
from lineage.packet.copies import Absent, TrueCopy
from lineage.packet.places import Places, picture, without
from lineage.packet.wordings import file_name, visible_in
from lineage.rendering import access, clocks, keeping, plain, shapes

if TYPE_CHECKING:
    from lineage.library import Library
    from lineage.model.making import MadeBy

Json = dict[str, Any]
TOOL = f"policy-lineage {__version__}"
# What draws and sets the pages: other versions of these may give other bytes.
USED = ("pillow", "pypdfium2", "typst")
NOTES = (
    "This part was put together by a program from the copies in the other part of the packet and from the library that holds them. It helps to read them. The evidence is the copies themselves: where this part and a copy differ, the copy is right.",
    "A rule on a day is in force, not in force, or not established by the documents held. The third is an answer: it says what is known and what could settle the rest. Every answer is one of the documents held; a paper that is not in the library is not counted. “Presumed” says that a rule had begun and that no paper held had ended it. On the day of a change the papers mostly name no hour: for an event on that day they do not establish what came first.",
    "Numbers such as P-0001 are those of the true copies. Quotes are the words as the program read them; look them up on the page.",
)


class Packed(Struct, frozen=True):
    """A packet that stands: its folder, its number, how many files its payload has, the works and the copies in it, the files left behind, and what is said of its release (``left_out`` counts the restricted rules that are, None where none is)."""

    folder: Path
    number: str
    files: int
    works: tuple[str, ...]
    copies: tuple[TrueCopy, ...]
    absent: tuple[Absent, ...]
    withheld: tuple[str, ...]
    left_out: int | None
    restricted: bool


class _Gathered(Struct, frozen=True):
    """All that is asked of the library for a packet, as it was at one moment; ``at`` is the last one at which anything was recorded by then."""

    told: list[Chapter]
    withheld: list[Withheld]
    copies: list[TrueCopy]
    absent: list[Absent]
    facts: list[tuple[str, str]]
    at: str
    left_out: int | None
    restricted: bool
    made: MadeBy

    @property
    def said(self) -> str:
        """What is said of its release."""
        return access.note(self.left_out, restricted=self.restricted)


def pack(library: Library, question: asking.Asked, output: Path, progress: Callable[[str], None] = lambda words: None) -> Packed:
    """Make a packet in a folder that does not exist yet, or is empty; after any error nothing is there. ``progress`` is told what is being done.

    Raises UsageError as ``Asked.checked`` and ``bag.filled``, NotFoundError and AmbiguousError for a rule's name, LineageError as ``Library.moment``, StoreError where bytes held are missing or changed, LineageError ``packet.unsound``.
    """
    question = question.checked()
    with bag.filled(output) as made:
        # Whatever is recorded meanwhile is not in it. What is drawn and set afterwards is of files, which never change, so that nobody who writes has to wait for that.
        with library.store.sitting():
            found = _gathered(library, question, progress)
        number = _put(made, library, found, question, progress)
        works, withheld = tuple(one.work.id for one in found.told), tuple(one.name for one in found.withheld)
        return Packed(output, number, len(made.digests()), works, tuple(found.copies), tuple(found.absent), withheld, found.left_out, found.restricted)


def _gathered(library: Library, question: asking.Asked, progress: Callable[[str], None]) -> _Gathered:
    told, withheld = chapters.ask(library, question, progress)
    as_known, at = library.moment(question.as_known_on), library.held.last_moment()
    if at is None:
        raise UsageError("The library holds nothing, so no packet can be made.", hint="Ingest files into it first.", code="packet.no-work")
    progress("Copying")
    items = {item for one in told for item in chapters.items(one)}
    held, absent = copies.gather(library, items, [item for one in withheld for item in one.items], question.prefix, as_known)
    absent += copies.gone((one.told for one in told), absent)
    left_out = library.left_out(question.as_known_on)
    works = {one.work.id for one in told} | set(library.held.makers(items, as_known).values())
    restricted = left_out is None and library.restricted(works, question.as_known_on)
    return _Gathered(told, withheld, held, absent, _facts(library, question, told, held, as_known, at), at, left_out, restricted, library.made_by(question.as_known_on))


def _put(made: bag.Bag, library: Library, found: _Gathered, question: asking.Asked, progress: Callable[[str], None]) -> str:
    """Fill a bag and close it; gives back its number."""
    said = found.said
    for copy in found.copies:
        made.put(copy.path, copy.data)
    made.put(f"{copies.FOLDER}/index.txt", access.headed(custody.text(found.copies, found.absent), said).encode())
    made.put(f"{copies.FOLDER}/index.csv", custody.table(found.copies, said).encode())
    _chronology(made, library, found, progress)
    made.put("chronology/hashes.txt", access.headed(_hashes(made, found.copies, found.facts), said).encode())
    for name in question.jurisdictions:
        made.put(f"declarations/{name}.txt", access.headed(declaring.text(name, found.copies, TOOL), said).encode())
    made.put("README.txt", access.headed(visible_in(guide.text(found.facts)), said).encode())
    progress("Verifying")
    about = ", ".join(sorted(one.work.id for one in found.told)) or "redacted copies"
    words = f"Packet of true copies with an aid to reading: {about}, {question.start.isoformat()} through {question.end.isoformat()}"
    return made.close({"Bag-Software-Agent": TOOL, "Bagging-Date": found.at[:10], "External-Description": words, "Internal-Sender-Description": said})


def _facts(library: Library, question: asking.Asked, told: Sequence[Chapter], held: Sequence[TrueCopy], as_known: str | None, at: str) -> list[tuple[str, str]]:
    """What a packet says of itself: what was asked, of what the library held when, and by what it was made."""
    known = f"as this library held it at {as_known} (asked: {question.as_known_on})" if as_known else f"as this library holds it; the last thing recorded in it is of {at}"
    facts = [("Rules", "; ".join(plain.title(one.work, one.told.series_name, one.told.agency_name) for one in told) or "none that may be told of"), ("Days", chronology.days(question.start, question.end)), ("Known", f"{known}. This says what the library held, and not what the department or any officer knew")]
    if as_known:
        facts.append(("Library", f"the last thing recorded in it is of {at}"))
    facts += [("Made by", f"{TOOL}, a computer program"), ("With", ", ".join(f"{name} {version(name)}" for name in USED))]
    for agency in sorted({one.work.agency for one in told}):
        sha256, _ = library.held.profile(agency, as_known)
        facts += [("Profile", f"{agency}, as kept in the library: SHA-256 {sha256}")] if sha256 else []
    facts += [("Copies read by", f"{code}, profile {profile}: SHA-256 {sha256}") for code, profile, sha256 in copies.runs(held)]
    return facts


def _chronology(made: bag.Bag, library: Library, found: _Gathered, progress: Callable[[str], None]) -> None:
    """The second part: what is told, set and as text; the pages with their marks; the texts as XML; the answers as JSON."""
    places = Places(library, copies.numbers(found.copies), "; ".join(filter(None, (chronology.HEAD, found.said))))
    rows = []
    for count, one in enumerate(found.told, 1):
        files = _answers(made, one, count, found)
        rows.append(chronology.chapter(one, places, {n: {"files": paths} for n, paths in files.items()}))
    pictures, undrawn = places.draw(progress)
    for path, data in pictures.items():
        made.put(f"chronology/{path}", data)
    whole = {
        "head": {"banner": chronology.HEAD, "release": found.said, "title": "Chronology", "tool": TOOL, "facts": [list(fact) for fact in found.facts], "notes": list(NOTES), "foot": f"{TOOL}; {found.at}"},
        "chapters": rows,
        "withheld": [f"“{one.name}” is restricted, so nothing is told of it here. Enclosed: {len(one.items)} of its files with words blacked out." for one in found.withheld],
        "undrawn": undrawn,
        "pictures": [{"path": path, "alt": _caption(path, places)} for path in pictures],
    }  # fmt: skip
    whole = visible_in(without(whole, _lacking(rows, pictures)))
    made.put("chronology/chronology.txt", reading.text(whole).encode())
    progress("Setting the pages")
    made.put("chronology/chronology.pdf", typeset.pdf(whole, made.folder / "data" / "chronology", found.at))


def _answers(made: bag.Bag, one: Chapter, count: int, whole: _Gathered) -> dict[int, list[str]]:
    """The answers and texts of a rule as files; gives back their paths in the chronology by stretch."""
    name = file_name(one.work.name)[:40]
    found: dict[int, list[str]] = {}

    def put(path: str, data: bytes) -> str:
        made.put(f"chronology/{path}", data)
        return path

    def value(answer: Json) -> bytes:
        return (json.dumps(access.with_note(answer | keeping.made_by(whole.made), whole.left_out, restricted=whole.restricted), ensure_ascii=False, indent=2) + "\n").encode()

    put(f"answers/{count:02d}_{name}_history.json", value(shapes.told(one.told) | clocks.asked(one.told)))
    for at, stretch in enumerate(one.stretches):
        place = f"{count:02d}-{at + 1:02d}_{name}"
        paths = [put(f"answers/{place}_{s.ruling.on.isoformat()}.json", value(shapes.shown(s) | clocks.asked(s))) for s in stretch.shown]
        if stretch.document is not None:
            paths.append(put(f"xml/{place}_{stretch.first.isoformat()}.xml", access.headed(documents.write(stretch.document).decode("utf-8"), whole.said).encode()))
        found[at] = paths
    return found


def _hashes(made: bag.Bag, held: Sequence[TrueCopy], facts: Sequence[tuple[str, str]]) -> str:
    """The hash values of both parts, for people; the manifest of the bag has them for programs."""
    lines = [chronology.HEAD.upper(), "", "SHA-256 hash values", "", *(f"{label}: {words}" for label, words in facts), "", "True copies", ""]
    lines += [f"{one.sha256}  {one.number}  {one.shown_name}" for one in held]
    lines += ["", "Chronology", "", *(f"{digest}  {path}" for path, digest in made.digests("chronology/").items())]
    return "\n".join(lines) + "\n"


def _caption(path: str, places: Places) -> str:
    copy = next(one for one in places.copies.values() if path.startswith(f"pages/{one.number}_"))
    page = next(n for n in range(1, (copy.pages or 0) + 1) if picture(copy, n) == path)
    return f"{copy.number} ({copy.name}), page {page} of {copy.pages}, with the places marked on which this chronology rests. The marks were made by the program and are not on the copy."


def _lacking(told: Any, pictures: Iterable[str]) -> set[str]:
    """The pictures that places name and that are not there."""
    if isinstance(told, dict):
        own = {told["picture"]} if told.get("picture") else set()
        return (own | {path for value in told.values() for path in _lacking(value, pictures)}) - set(pictures)
    return {path for one in told for path in _lacking(one, pictures)} if isinstance(told, list) else set()
