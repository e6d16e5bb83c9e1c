"""The clauses of a ``mainBody``, in reading order: the inverse of :mod:`lineage.documents.body`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, cast

from msgspec import Struct

from lineage.documents.body import plain_kind
from lineage.documents.markup import AKN, PL
from lineage.model import Clause, ClauseKind, Text

Words = Callable[[str, str, str], Text]

_NS = f"{{{AKN}}}"
_CONTAINERS = {"section", "paragraph", "hcontainer", "item"}
_WRAPPERS = {"content", "intro", "wrapUp", "blockList"}
_KIND, _DEPTH, _PARENT, _TERM, _CELLS, _RELATION = (f"{{{PL}}}{name}" for name in ("kind", "depth", "parent", "term", "cells", "relation"))


def read_clauses(body: Any, text: Words, acts: Mapping[str, str]) -> tuple[Clause, ...]:
    """All clauses of a ``mainBody``. ``acts`` are the relations of the file, their own ids by those in the file. ``text(eid, part, string)`` gives words their origins; parts are "text", "marker", "heading" and
    "row column".
    """
    reader = _Reader(text, acts)
    reader.read(body, _Around(None, -1, None))
    return tuple(reader.clauses)


class _Around(Struct, frozen=True):
    """The clause around: its eid, its depth, and the eId that would be its own words (None under a
    heading).
    """

    eid: str | None
    depth: int
    own: str | None


class _Reader:
    def __init__(self, text: Words, acts: Mapping[str, str]) -> None:
        self.text = text
        self.acts = acts
        self.clauses: list[Clause] = []

    def read(self, element: Any, around: _Around) -> None:
        """The clauses in an element that is no clause itself, or below one that is."""
        for child in element:
            name = child.tag[len(_NS) :]
            if name in _CONTAINERS and child.get("eId") is not None:
                self._container(child, name, around)
            elif name in _WRAPPERS or name == "hcontainer":
                self.read(child, around)
            elif name in ("p", "table", "listIntroduction") and not _is_own(child, around):
                self.clauses.append(self._block(child, name, around))

    def _container(self, element: Any, name: str, around: _Around) -> None:
        eid = element.get("eId")
        number, heading = element.find(f"{_NS}num"), element.find(f"{_NS}heading")
        kind = element.get(_KIND) or plain_kind(name, heading is not None)
        depth = _depth(element, around)
        inner = _Around(eid, depth, None if kind == "heading" else f"{eid}__p_1")
        words, table = _own_words(element, inner)
        string = _string(words)
        self.clauses.append(
            Clause(
                eid,
                cast(ClauseKind, kind),
                depth,
                self.text(eid, "text", string),
                self.text(eid, "heading", _string(heading)),
                self.text(eid, "marker", _string(number)),
                _parent(element, around),
                _term(element, words),
                self._rows(eid, table),
                element.get("wId", ""),
                self.acts[element.get(_RELATION)] if element.get(_RELATION) else "",
            )
        )
        self.read(element, inner)

    def _block(self, element: Any, name: str, around: _Around) -> Clause:
        eid = element.get("eId")
        table = element if name == "table" else None
        line = element.find(f"{_NS}caption") if table is not None else element
        parts = {"marker": "", "heading": ""}
        rest = _string(line)
        for inline in [] if line is None else line.iterchildren(f"{_NS}inline"):
            said = _string(inline)
            parts[inline.get("name")] = said
            rest = rest[len(said) :]
        shape = "intro" if name == "listIntroduction" else name
        return Clause(
            eid,
            cast(ClauseKind, element.get(_KIND) or plain_kind(shape, False)),
            _depth(element, around),
            self.text(eid, "text", rest),
            self.text(eid, "heading", parts["heading"]),
            self.text(eid, "marker", parts["marker"]),
            _parent(element, around),
            _term(element, line),
            self._rows(eid, table),
            element.get("wId", ""),
            self.acts[element.get(_RELATION)] if element.get(_RELATION) else "",
        )

    def _rows(self, eid: str, table: Any) -> tuple[tuple[Text, ...], ...]:
        if table is None:
            return ()
        rows = []
        for number, row in enumerate(table.iterchildren(f"{_NS}tr")):
            cells = [] if row.get(_CELLS) == "0" else list(row)
            rows.append(tuple(self.text(eid, f"{number} {column}", _string(cell)) for column, cell in enumerate(cells)))
        return tuple(rows)


def _own_words(element: Any, inner: _Around) -> tuple[Any, Any]:
    """The paragraph and the table that are a clause's own, the first blocks in it."""
    words = table = None
    for block in _first_blocks(element):
        if not _is_own(block, inner):
            break
        if block.tag == f"{_NS}p":
            words = block
        else:
            table = block
    return words, table


def _first_blocks(element: Any) -> Iterator[Any]:
    for child in element:
        name = child.tag[len(_NS) :]
        if name in ("content", "intro"):
            yield from child
            return
        if name in ("p", "table"):
            yield child
        elif name not in ("num", "heading"):
            return


def _is_own(block: Any, around: _Around) -> bool:
    """Whether a block is the own words of the clause around it: it has no eId, or that of its first paragraph and no kind."""
    eid = block.get("eId")
    return eid is None or (eid == around.own and block.get(_KIND) is None and block.tag == f"{_NS}p")


def _depth(element: Any, around: _Around) -> int:
    said = element.get(_DEPTH)
    return int(said) if said is not None else around.depth + 1


def _parent(element: Any, around: _Around) -> str | None:
    said = element.get(_PARENT)
    return around.eid if said is None else said or None


def _term(element: Any, line: Any) -> str:
    said: str | None = element.get(_TERM)
    if said is not None or line is None:
        return said or ""
    return _string(line.find(f"{_NS}term"))


def _string(element: Any) -> str:
    """The words of an element without its marks."""
    if element is None:
        return ""
    return "".join(element.itertext()) if len(element) else element.text or ""
