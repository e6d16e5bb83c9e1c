"""The clauses of an outline as ``mainBody``: which element holds what.

A hierarchical element of Akoma Ntoso holds *either* ``content`` *or* ``intro``, children and ``wrapUp``. Words that stand between two numbered
clauses go into an ``hcontainer name="words"``, which has no eId and is no clause.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from lineage.documents.inline import Mark, Reference, marked, page_end, reference_marks, term_marks
from lineage.documents.markup import Names, element, opening, words
from lineage.documents.origins import attributes, origins
from lineage.model import Clause, Text
from lineage.model.eid import places

HIERARCHY = ("section", "paragraph", "hcontainer")


def plain_kind(shape: str, headed: bool) -> str:
    """The clause kind that an element tells of itself; another one is said by ``pl:kind``."""
    if shape in ("section", "paragraph"):
        return "heading" if headed else "item"
    return {"hcontainer": "heading", "item": "item", "intro": "lead-in", "table": "table"}.get(shape, "paragraph")


class Body:
    """Writes the clauses of one outline. ``lines`` is the markup, ``origins`` the ``pl:origin`` of all words in it.

    ``eids`` are the clauses' eids in the file: their own, but for one that is there twice.
    """

    def __init__(self, clauses: Sequence[Clause], names: Names) -> None:
        self.clauses = clauses
        self.names = names
        self.eids = [names.give(clause.eid) for clause in clauses]
        self.places = places([(clause.kind, clause.marker.string, clause.depth) for clause in clauses])
        self.children: dict[int | None, list[int]] = {}
        for at, place in enumerate(self.places):
            self.children.setdefault(place.context, []).append(at)
        self.lines: list[str] = []
        self.origins: list[str] = []
        self._page = 0
        self._references: Mapping[str, Sequence[Reference]] = {}
        self._terms: Mapping[str, str] = {}

    def write(self, references: Mapping[str, Sequence[Reference]], terms: Mapping[str, str]) -> None:
        """Write all clauses; ``references`` by eid, ``terms`` the eId of each defined word in the references of the file."""
        self._references, self._terms = references, terms
        top = self.children.get(None, [])
        for hierarchical, group in self._groups(top):
            if hierarchical:
                for at in group:
                    self._hierarchy(at, 1)
            else:
                self._blocks(group, 1)
        if not top:
            self.lines.append("<p/>")

    def _groups(self, children: Iterable[int]) -> Iterator[tuple[bool, list[int]]]:
        for hierarchical, group in groupby(children, lambda at: self.places[at].shape in HIERARCHY):
            yield hierarchical, list(group)

    # Elements that hold clauses

    def _hierarchy(self, at: int, level: int) -> None:
        place, eid, clause = self.places[at], self.eids[at], self.clauses[at]
        children = self.children.get(at, [])
        pad = _pad(level)
        self.lines.append(pad + self._opening(place.shape, at, {"name": "heading"} if place.shape == "hcontainer" else {}))
        self._number_and_heading(at, level + 1)
        groups = list(self._groups(children))
        hierarchical = any(group[0] for group in groups)
        own = bool(clause.text) or bool(clause.rows)
        if not hierarchical:
            if own or children:
                self._wrapped("content", eid, at if own else None, children, level + 1)
        else:
            self._mixed(at, groups, own, level + 1)
        self.lines.append(f"{pad}</{place.shape}>")

    def _mixed(self, at: int, groups: list[tuple[bool, list[int]]], own: bool, level: int) -> None:
        """Blocks before the first hierarchical child, such children, blocks between them, blocks after the last."""
        eid = self.eids[at]
        if own or not groups[0][0]:
            first = [] if groups[0][0] else groups.pop(0)[1]
            self._wrapped("intro", eid, at if own else None, first, level)
        for number, (hierarchical, group) in enumerate(groups):
            if hierarchical:
                for child in group:
                    self._hierarchy(child, level)
            elif number == len(groups) - 1:
                self._wrapped("wrapUp", eid, None, group, level)
            else:
                self.lines.append(_pad(level) + '<hcontainer name="words"><content>')
                self._blocks(group, level + 1)
                self.lines.append(_pad(level) + "</content></hcontainer>")

    def _wrapped(self, name: str, eid: str, own: int | None, children: Sequence[int], level: int) -> None:
        wrapper = self.names.give(f"{eid}__{name.lower()}")
        pad = _pad(level)
        self.lines.append(pad + opening(name, {"eId": wrapper}))
        if own is not None:
            self._own_words(own, level + 1)
        self._blocks(children, level + 1)
        self.lines.append(f"{pad}</{name}>")

    def _own_words(self, at: int, level: int) -> None:
        """What a numbered clause or an item itself says. Its paragraph is ``p_1`` of the clause; where a clause has that name, it has none."""
        clause, eid = self.clauses[at], self.eids[at]
        wanted = f"{eid}__p_1"
        free = clause.kind != "heading" and wanted not in self.names
        named = {"eId": self.names.give(wanted)} if free else {}
        if clause.text or not clause.rows:
            self.lines.append(_pad(level) + element("p", named, self._text(at)))
        if clause.rows:
            self.lines.append(_pad(level) + "<table>" + self._rows(at) + "</table>")

    def _number_and_heading(self, at: int, level: int) -> None:
        clause, eid = self.clauses[at], self.eids[at]
        if clause.marker:
            self.lines.append(f"{_pad(level)}<num>{marked(clause.marker.string, self._origins(eid, 'marker', clause.marker))}</num>")
        if clause.heading:
            content = self._referred(clause.heading.string, f"{eid}__heading", eid, self._origins(eid, "heading", clause.heading))
            self.lines.append(_pad(level) + element("heading", {"eId": self.names.give(f"{eid}__heading")}, content))

    # Blocks

    def _blocks(self, group: Sequence[int], level: int) -> None:
        for number, listed in groupby(group, lambda at: self.places[at].list):
            if number:
                self._list(list(listed), level)
            else:
                for at in listed:
                    self._block(at, level)

    def _list(self, group: list[int], level: int) -> None:
        place = self.places[group[0]]
        if place.shape == "intro" and self.clauses[group[0]].rows:
            self._block(group.pop(0), level)
        around = f"{self.eids[place.context]}__" if place.context is not None else ""
        pad = _pad(level)
        self.lines.append(pad + opening("blockList", {"eId": self.names.give(f"{around}list_{place.list}")}))
        for at in group:
            if self.places[at].shape == "intro":
                self.lines.append(_pad(level + 1) + self._leaf("listIntroduction", at))
            else:
                self._item(at, level + 1)
        self.lines.append(f"{pad}</blockList>")

    def _item(self, at: int, level: int) -> None:
        self.lines.append(_pad(level) + self._opening("item", at))
        self._number_and_heading(at, level + 1)
        self._own_words(at, level + 1)
        self._blocks(self.children.get(at, []), level + 1)
        self.lines.append(f"{_pad(level)}</item>")

    def _block(self, at: int, level: int) -> None:
        clause = self.clauses[at]
        if clause.rows:
            said = clause.marker or clause.heading or clause.text
            caption = f"<caption>{self._inline(at)}</caption>" if said else ""
            self.lines.append(f"{_pad(level)}{self._opening('table', at)}{caption}{self._rows(at)}</table>")
        else:
            self.lines.append(_pad(level) + self._leaf("p", at))

    def _leaf(self, name: str, at: int) -> str:
        return f"{self._opening(name, at)}{self._inline(at)}</{name}>"

    def _rows(self, at: int) -> str:
        """Rows and cells. The standard asks for a cell in every row: one without any says so."""
        eid, rows = self.eids[at], []
        for number, row in enumerate(self.clauses[at].rows):
            cells = [f"<td><p>{marked(cell.string, self._origins(eid, f'{number} {column}', cell))}</p></td>" for column, cell in enumerate(row)]
            rows.append(f"<tr>{''.join(cells)}</tr>" if cells else '<tr pl:cells="0"><td/></tr>')
        return "".join(rows)

    # Words

    def _inline(self, at: int) -> str:
        """Marker, heading and text of a clause that is one block."""
        clause, eid = self.clauses[at], self.eids[at]
        said = ""
        if clause.marker:
            said += f'<inline name="marker">{marked(clause.marker.string, self._origins(eid, "marker", clause.marker))}</inline>'
        if clause.heading:
            said += f'<inline name="heading">{marked(clause.heading.string, self._origins(eid, "heading", clause.heading))}</inline>'
        return said + self._text(at)

    def _text(self, at: int) -> str:
        clause, eid = self.clauses[at], self.eids[at]
        marks = self._origins(eid, "text", clause.text)
        if clause.term in self._terms:
            marks += term_marks(clause.text.string, clause.term, eid, self._terms[clause.term])
        return self._referred(clause.text.string, eid, eid, marks)

    def _referred(self, string: str, inside: str, eid: str, marks: list[Mark]) -> str:
        references = self._references.get(eid)
        if references:
            marks = marks + reference_marks(string, inside, references, [mark for mark in marks if not mark[2].startswith("<eop")])
        return marked(string, marks)

    def _origins(self, eid: str, part: str, text: Text) -> list[Mark]:
        """Keep where the words stand; the marks are the ends of pages among them."""
        marks: list[Mark] = []
        if text.runs:
            said = f' part="{part}"' if part != "text" else ""
            for origin in origins(text):
                page = origin.piece.page
                if page > self._page:
                    if self._page:
                        marks.append(page_end(origin.begins, self._page))
                    self._page = page
                self.origins.append(f'<pl:origin of="#{words(eid)}"{said}{attributes(origin)}/>')
        return marks

    def _opening(self, name: str, at: int, more: Mapping[str, object] | None = None) -> str:
        """The start tag of a clause. What its element and its place tell already is not said again."""
        clause, place = self.clauses[at], self.places[at]
        around = place.context
        said: dict[str, object] = {"eId": self.eids[at]} | dict(more or {})
        if clause.kind != self._told(name, at):
            said["pl:kind"] = clause.kind
        if clause.depth != (0 if around is None else self.clauses[around].depth + 1):
            said["pl:depth"] = clause.depth
        if clause.parent != (None if around is None else self.eids[around]):
            said["pl:parent"] = clause.parent or ""
        if clause.term and clause.term not in clause.text.string:
            said["pl:term"] = clause.term
        return opening(name, said)

    def _told(self, name: str, at: int) -> str | None:
        """The kind that the reader would take. A paragraph whose eId could pass for the own words around it always says its kind."""
        place = self.places[at]
        if name == "p" and place.context is not None and self.eids[at] == f"{self.eids[place.context]}__p_1":
            return "paragraph" if self.clauses[place.context].kind == "heading" else None
        shape = "intro" if name == "listIntroduction" else name
        return plain_kind(shape, bool(self.clauses[at].heading))


def _pad(level: int) -> str:
    """A new line, indented as far as a reader can follow."""
    return "\n" + "  " * min(level + 2, 14)
