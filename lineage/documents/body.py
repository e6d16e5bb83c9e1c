"""The clauses of an outline as ``mainBody``: which element holds what.

A hierarchical element of Akoma Ntoso holds *either* ``content`` *or* ``intro``, children and ``wrapUp``. Words that stand between two
numbered clauses go into an ``hcontainer name="words"``, which has no eId and is no clause.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from lineage.documents.inline import Mark, Reference, marked, page_end, reference_marks, term_marks
from lineage.documents.markup import Names, quoted
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
        self._acts: Mapping[str, str] = {}
        self._periods: Mapping[str, str] = {}
        self.names = names
        self.eids = [names.give(clause.eid) for clause in clauses]
        # As attribute values: whatever is built on such an eid needs no escaping any more.
        self._said = [quoted(eid) for eid in self.eids]
        self.places = places([(clause.kind, clause.marker.string, clause.depth) for clause in clauses])
        self.children: dict[int | None, list[int]] = {}
        for at, place in enumerate(self.places):
            self.children.setdefault(place.context, []).append(at)
        self.lines: list[str] = []
        self.origins: list[str] = []
        self._page = 0
        self._references: Mapping[str, Sequence[Reference]] = {}
        self._terms: Mapping[str, str] = {}

    def write(self, references: Mapping[str, Sequence[Reference]], terms: Mapping[str, str], acts: Mapping[str, str], periods: Mapping[str, str]) -> None:
        """Write all clauses; ``references`` by eid, ``terms`` the eId of each defined word in the references of the file, ``acts`` the id in the file of each relation that put clauses there, by its own id,
        ``periods`` the interval of such clauses, by that id."""
        self._references, self._terms, self._acts, self._periods = references, terms, acts, periods
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
        place, clause = self.places[at], self.clauses[at]
        children = self.children.get(at, [])
        pad = _pad(level)
        self.lines.append(pad + self._opening(place.shape, at))
        self._number_and_heading(at, level + 1)
        groups = list(self._groups(children))
        hierarchical = any(group[0] for group in groups)
        own = bool(clause.text) or bool(clause.rows)
        if not hierarchical:
            if own or children:
                self._wrapped("content", at, own, children, level + 1)
        else:
            self._mixed(at, groups, own, level + 1)
        self.lines.append(f"{pad}</{place.shape}>")

    def _mixed(self, at: int, groups: list[tuple[bool, list[int]]], own: bool, level: int) -> None:
        """Blocks before the first hierarchical child, such children, blocks between them, blocks after the last."""
        if own or not groups[0][0]:
            first = [] if groups[0][0] else groups.pop(0)[1]
            self._wrapped("intro", at, own, first, level)
        for number, (hierarchical, group) in enumerate(groups):
            if hierarchical:
                for child in group:
                    self._hierarchy(child, level)
            elif number == len(groups) - 1:
                self._wrapped("wrapUp", at, False, group, level)
            else:
                self.lines.append(_pad(level) + '<hcontainer name="words"><content>')
                self._blocks(group, level + 1)
                self.lines.append(_pad(level) + "</content></hcontainer>")

    def _wrapped(self, name: str, at: int, own: bool, children: Sequence[int], level: int) -> None:
        pad = _pad(level)
        self.lines.append(f'{pad}<{name} eId="{self._inner(at, name.lower())}">')
        if own:
            self._own_words(at, level + 1)
        if children:
            self._blocks(children, level + 1)
        self.lines.append(f"{pad}</{name}>")

    def _inner(self, at: int, name: str) -> str:
        """The eId of an element in a clause that is no clause, as an attribute's value."""
        given = self.names.give(f"{self.eids[at]}__{name}")
        return quoted(given) if self._said[at] != self.eids[at] else given

    def _own_words(self, at: int, level: int) -> None:
        """What a numbered clause or an item itself says. Its paragraph is ``p_1`` of the clause; where a clause has that name, it has
        none.
        """
        clause = self.clauses[at]
        if clause.text or not clause.rows:
            free = clause.kind != "heading" and f"{self.eids[at]}__p_1" not in self.names
            named = f' eId="{self._inner(at, "p_1")}"' if free else ""
            self.lines.append(f"{_pad(level)}<p{named}>{self._text(at)}</p>")
        if clause.rows:
            self.lines.append(f"{_pad(level)}<table>{self._rows(at)}</table>")

    def _number_and_heading(self, at: int, level: int) -> None:
        clause = self.clauses[at]
        if clause.marker:
            self.lines.append(f"{_pad(level)}<num>{marked(clause.marker.string, self._origins(at, 'marker', clause.marker))}</num>")
        if clause.heading:
            content = self._referred(clause.heading.string, f"{self.eids[at]}__heading", at, self._origins(at, "heading", clause.heading))
            self.lines.append(f'{_pad(level)}<heading eId="{self._inner(at, "heading")}">{content}</heading>')

    # Blocks

    def _blocks(self, group: Sequence[int], level: int) -> None:
        for number, listed in groupby(group, lambda at: self.places[at].list):
            if number:
                self._list(list(listed), level)
            else:
                for at in listed:
                    self._block(at, level)

    def _list(self, group: list[int], level: int) -> None:
        place, pad = self.places[group[0]], _pad(level)
        if place.shape == "intro" and self.clauses[group[0]].rows:
            self._block(group.pop(0), level)
        name = f"list_{place.list}"
        given = self._inner(place.context, name) if place.context is not None else self.names.give(name)
        self.lines.append(f'{pad}<blockList eId="{given}">')
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
        rows = []
        for number, row in enumerate(self.clauses[at].rows):
            words = [marked(cell.string, self._origins(at, f"{number} {column}", cell)) for column, cell in enumerate(row)]
            cells = [f"<td><p>{said}</p></td>" for said in words]
            rows.append(f"<tr>{''.join(cells)}</tr>" if cells else '<tr pl:cells="0"><td/></tr>')
        return "".join(rows)

    # Words

    def _inline(self, at: int) -> str:
        """Marker, heading and text of a clause that is one block."""
        clause = self.clauses[at]
        said = ""
        if clause.marker:
            said += f'<inline name="marker">{marked(clause.marker.string, self._origins(at, "marker", clause.marker))}</inline>'
        if clause.heading:
            said += f'<inline name="heading">{marked(clause.heading.string, self._origins(at, "heading", clause.heading))}</inline>'
        return said + self._text(at)

    def _text(self, at: int) -> str:
        clause, eid = self.clauses[at], self.eids[at]
        marks = self._origins(at, "text", clause.text)
        if clause.term in self._terms:
            marks += term_marks(clause.text.string, clause.term, eid, self._terms[clause.term])
        return self._referred(clause.text.string, eid, at, marks)

    def _referred(self, string: str, inside: str, at: int, marks: list[Mark]) -> str:
        references = self._references.get(self.eids[at])
        if references:
            marks = marks + reference_marks(string, inside, references, [mark for mark in marks if not mark[2].startswith("<eop")])
        return marked(string, marks)

    def _origins(self, at: int, part: str, text: Text) -> list[Mark]:
        """Keep where the words stand; the marks are the ends of pages among them."""
        marks: list[Mark] = []
        if text.runs:
            said = f'<pl:origin of="#{self._said[at]}"' + (f' part="{part}"' if part != "text" else "")
            for origin in origins(text):
                page = origin.piece.page
                if page > self._page:
                    if self._page:
                        marks.append(page_end(origin.begins, self._page))
                    self._page = page
                self.origins.append(f"{said}{attributes(origin)}/>")
        return marks

    def _opening(self, name: str, at: int) -> str:
        """The start tag of a clause. What its element and its place tell already is not said again."""
        clause, around = self.clauses[at], self.places[at].context
        said = f'<{name} eId="{self._said[at]}"'
        if clause.wid and clause.wid != self.eids[at]:
            said += f' wId="{quoted(clause.wid)}"'
        act = self._acts.get(clause.put_by) if clause.put_by else None
        if act is not None:
            said += f' period="#{self._periods[act]}"' if act in self._periods else ""
            said += f' pl:relation="{act}"'
        if name == "hcontainer":
            said += ' name="heading"'
        if clause.kind != self._told(name, at):
            said += f' pl:kind="{clause.kind}"'
        if clause.depth != (0 if around is None else self.clauses[around].depth + 1):
            said += f' pl:depth="{clause.depth}"'
        if clause.parent != (None if around is None else self.eids[around]):
            said += f' pl:parent="{quoted(clause.parent or "")}"'
        if clause.term and clause.term not in clause.text.string:
            said += f' pl:term="{quoted(clause.term)}"'
        return said + ">"

    def _told(self, name: str, at: int) -> str | None:
        """The kind that the reader would take. A paragraph whose eId could pass for the own words around it always says its kind."""
        around = self.places[at].context
        if name == "p" and around is not None and self.eids[at] == f"{self.eids[around]}__p_1":
            return "paragraph" if self.clauses[around].kind == "heading" else None
        return plain_kind("intro" if name == "listIntroduction" else name, bool(self.clauses[at].heading))


_PADS = ["\n" + "  " * min(level + 2, 14) for level in range(16)]


def _pad(level: int) -> str:
    """A new line, indented as far as a reader can follow."""
    return _PADS[min(level, 15)]
