"""The reading of the markers becomes clauses: each block with its kind, its depth and its words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from lineage.clauses.ladder import doubts
from lineage.clauses.ladder.constraints import NEAR_PT
from lineage.clauses.ladder.events import events_of
from lineage.clauses.ladder.levels import HEADING, Level, Step
from lineage.clauses.ladder.markers import BULLET, CALLED
from lineage.clauses.ladder.pairs import paired
from lineage.clauses.ladder.search import depths_of
from lineage.model import Block, Clause, ClauseKind, Finding, Text
from lineage.model.eid import name_clauses

SAID = re.compile(r"[.;]\W*$")
DEFINED = re.compile(r"^(?P<term>[A-Z][\w'’/.-]*(?:\s+[\w'’/.()-]+){0,5}?)(?:\s?[-–—]\s?(?=[A-Z\"“])|\s[-–—]\s(?=\w))")


class Sketch(Struct):
    """A clause that is not yet named."""

    kind: ClauseKind
    depth: int
    text: Text
    heading: Text = Text()
    marker: Text = Text()
    term: str = ""
    rows: tuple[tuple[Text, ...], ...] = ()


def outline_of(blocks: Sequence[Block], item: str) -> tuple[tuple[Clause, ...], list[Finding]]:
    """The clauses in reading order, each with its eid and depth, and what is doubtful in the numbering."""
    blocks = paired(blocks)
    steps = depths_of(events_of(blocks))
    drawing = _Drawing(steps)
    for at, block in enumerate(blocks):
        drawing.take(at, block, blocks[at + 1] if at + 1 < len(blocks) else None)
    sketches = drawing.sketches
    names = name_clauses([(s.kind, s.marker.string, s.depth) for s in sketches])
    clauses = tuple(
        Clause(eid, s.kind, s.depth, s.text, s.heading, s.marker, parent, s.term, s.rows)
        for (eid, parent), s in zip(names, sketches, strict=True)
    )
    return clauses, doubts.findings(steps, blocks, item)


class _Drawing:
    """Takes blocks in order, with the step of each that has one."""

    def __init__(self, steps: Sequence[Step]) -> None:
        self.steps = {step.event.at: step for step in steps}
        self.sketches: list[Sketch] = []
        self.top: Level | None = None
        self.headed: set[int] = set()  # the keys of numbered levels that are headings of what follows
        self.defining = False

    def take(self, at: int, block: Block, following: Block | None) -> None:
        step = self.steps.get(at)
        if step is not None and step.deed != "words":
            self.top = step.level
        if block.hint == "row" and len(block.cells) > 1:
            self._row(block)
        elif step is None:
            self._plain(at, block, following)
        elif step.deed == "words":
            self._words(block, step, following)
        elif not block.marker:
            self._heading(block, step)
        elif self.top is not None and self.top.ladder.startswith(BULLET):
            self.sketches.append(Sketch("item", self.top.depth, block.text, Text(), block.marker))
        else:
            self._numbered(block, following)

    def _heading(self, block: Block, step: Step) -> None:
        depth = self._depth(block) if step.deed == "within" or step.level is None else step.level.depth
        self.defining = "DEFINITION" in block.text.string.upper()
        self.sketches.append(Sketch("heading", depth, Text(), block.text))

    def _numbered(self, block: Block, following: Block | None) -> None:
        depth = self.top.depth if self.top else 0
        called = self.top is not None and self.top.ladder in CALLED and len(block.text) < 110 and not SAID.search(block.text.string)
        heading = (is_heading(block) and not _leads(block, following)) or called
        if heading and depth == 0:
            self.defining = "DEFINITION" in block.text.string.upper()
        if heading:
            self.headed.add(self.top.key if self.top else 0)
            self.sketches.append(Sketch("heading", depth, Text(), block.text, block.marker))
        else:
            self.sketches.append(Sketch("item", depth, block.text, Text(), block.marker))

    def _words(self, block: Block, step: Step, following: Block | None) -> None:
        """The number is no marker: it and its words go on with the clause before, or are a paragraph."""
        whole = Text.join((block.marker, block.text))
        if not step.event.joins or not self.sketches:
            self._plain(step.event.at, Block(whole, left_pt=step.event.left_pt, bold=block.bold, size_pt=block.size_pt), following)
            return
        last = self.sketches[-1]
        if last.kind == "heading":
            last.heading = Text.join((last.heading, whole))
        else:
            last.text = Text.join((last.text, whole))

    def _plain(self, at: int, block: Block, following: Block | None) -> None:
        depth, upcoming = self._depth(block), self.steps.get(at + 1)
        leads = block.text.string.endswith(":") and following is not None and (bool(following.marker) or following.hint == "item")
        if leads and upcoming is not None and upcoming.deed in ("opens", "again") and upcoming.level is not None:
            depth = min(depth, upcoming.level.depth)  # what leads into a list does not stand deeper than it
        match = DEFINED.match(block.text.string) if self.defining or block.hint == "definition" else None
        if block.hint == "definition" or match:
            term = block.cells[0].string.rstrip(" :-–—") if block.cells else match.group("term") if match else ""
            self.sketches.append(Sketch("definition", depth, block.text, term=term))
            return
        self.sketches.append(Sketch("lead-in" if leads else "paragraph", depth, block.text))

    def _row(self, block: Block) -> None:
        label = block.cells[0].string.strip()
        if len(block.cells) == 2 and label.endswith(":") and len(label) < 24:
            # A note set beside its label is one paragraph.
            self.sketches.append(Sketch("paragraph", self.top.depth + 1 if self.top else 0, block.text))
            return
        last = self.sketches[-1] if self.sketches else None
        if last is not None and last.kind == "table" and not last.marker:
            last.rows = (*last.rows, block.cells)
            last.text = Text.join((last.text, block.text), "\n")
            return
        self.sketches.append(Sketch("table", self.top.depth + 1 if self.top else 0, block.text, rows=(block.cells,)))

    def _depth(self, block: Block) -> int:
        """The depth of a paragraph: under the innermost open level whose words do not stand further right (of a heading: whose marker does not)."""
        level = self.top
        while level is not None and level.ladder.startswith(BULLET):
            level = level.above
        while (
            level is not None
            and level.above is not None
            and block.left_pt
            and level.ladder != HEADING
            and (level.left_pt if level.key in self.headed else level.words_left_pt) > block.left_pt + NEAR_PT
        ):
            level = level.above
        return level.depth + 1 if level is not None else 0


def is_heading(block: Block) -> bool:
    """Whether a numbered block is a heading of what follows and no rule by itself."""
    words = block.text.string.strip()
    if block.bold and len(words) < 80:
        words = words.removesuffix(".")  # "1) Memorial Hospital." in bold
    if len(words) > 110 or SAID.search(words) or not any(map(str.isalpha, words)):
        return False
    if words.isupper():
        return True
    long_words = [w for w in re.findall(r"[A-Za-z][\w'’-]*", words) if len(w) > 3]
    return not words.endswith(",") and len(words.split()) <= 12 and bool(long_words) and all(w[0].isupper() for w in long_words)


def _leads(block: Block, following: Block | None) -> bool:
    """Whether a numbered line in a reader's case leads into the items under it ("B. Supervisors:" / "1) ...")."""
    words = block.text.string.strip()
    return words.endswith(":") and not words.isupper() and following is not None and bool(following.marker)


