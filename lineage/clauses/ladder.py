"""The outline: which clause stands under which.

A marker may belong to several ladders ("i." is Roman one or the ninth letter, "C." the third letter or a Roman hundred). The reading that continues a sequence
wins over one that begins a new one; the left edge decides between equals.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lineage.model import Block, Clause, ClauseKind, Finding, Text, evidence_of
from lineage.model.eid import bare_marker, name_clauses

_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
NEAR_PT = 7.0
SAID = re.compile(r"[.;]\W*$")
DEFINED = re.compile(r"^(?P<term>[A-Z][\w'’/.-]*(?:\s+[\w'’/.()-]+){0,5}?)\s?[-–—]\s?(?=[A-Z\"“])")


@dataclass(slots=True)
class _Level:
    ladder: str
    value: int
    left_pt: float
    words_left_pt: float
    depth: int


@dataclass(slots=True)
class _Sketch:
    kind: ClauseKind
    depth: int
    text: Text
    heading: Text
    marker: Text
    term: str = ""
    rows: tuple[tuple[Text, ...], ...] = ()


def outline_of(blocks: list[Block], item: str) -> tuple[tuple[Clause, ...], list[Finding]]:
    """The clauses in reading order, each with its eid and depth, and what is doubtful in the numbering."""
    builder = _Outliner(item)
    for n, block in enumerate(blocks):
        builder.take(block, blocks[n + 1] if n + 1 < len(blocks) else None)
    sketches = builder.sketches
    names = name_clauses([(s.kind, s.marker.string, s.depth) for s in sketches])
    clauses = tuple(
        Clause(eid, s.kind, s.depth, s.text, s.heading, s.marker, parent, s.term, s.rows) for (eid, parent), s in zip(names, sketches, strict=True)
    )
    return clauses, builder.findings


class _Outliner:
    """Takes blocks in order and keeps the open levels, outermost first."""

    def __init__(self, item: str) -> None:
        self.item = item
        self.sketches: list[_Sketch] = []
        self.findings: list[Finding] = []
        self.levels: list[_Level] = []
        self.defining = False

    def take(self, block: Block, following: Block | None) -> None:
        if block.hint == "row" and len(block.cells) > 1:
            self._row(block)
        elif block.marker and not bare_marker(block.marker.string):
            self._bullet(block)
        elif block.marker:
            self._numbered(block, following)
        elif block.hint == "heading":
            self._heading(block)
        else:
            self._plain(block, following)

    def _heading(self, block: Block) -> None:
        nested = block.left_pt > 0 and all(line.box_pt is None for line in block.text.lines())
        while self.levels and not (nested and self._holds(self.levels[-1], block)):
            self.levels.pop()
        depth = self._depth()
        self.levels.append(_Level("heading", 0, block.left_pt, block.left_pt, depth))
        self.defining = "DEFINITION" in block.text.string.upper()
        self.sketches.append(_Sketch("heading", depth, Text(), block.text, Text()))

    @staticmethod
    def _holds(level: _Level, block: Block) -> bool:
        """Whether the mark-up itself sets the heading under the level; on a printed page a heading ends what stood before it."""
        return level.ladder != "heading" and level.words_left_pt <= block.left_pt + NEAR_PT

    def _bullet(self, block: Block) -> None:
        left = _left(block)
        while self.levels and self.levels[-1].ladder == "bullet" and self.levels[-1].left_pt > left + NEAR_PT:
            self.levels.pop()
        if not (self.levels and self.levels[-1].ladder == "bullet" and abs(self.levels[-1].left_pt - left) <= NEAR_PT):
            self.levels.append(_Level("bullet", 1, left, block.left_pt, self._depth()))
        self.sketches.append(_Sketch("item", self.levels[-1].depth, block.text, Text(), block.marker))

    def _numbered(self, block: Block, following: Block | None) -> None:
        left = _left(block)
        ladder, value, at = self._choose(block.marker.string, left)
        if at is None:
            self._close_bullets()
            level = _Level(ladder, value, left, block.left_pt, self._depth())
            if value > 1 and ladder != "section":
                self._note("outline.begins-late", f'The outline begins at "{block.marker.string}" here; what stands before it is not in the text read.', block)
        else:
            former = self.levels[at]
            del self.levels[at:]
            if ladder != "section" and value != former.value + 1:
                self._note("outline.gap", f'"{block.marker.string}" does not follow the marker before it; an item is missing, repeated or misread.', block)
            level = _Level(ladder, value, left, block.left_pt, former.depth)
        self.levels.append(level)
        heading = _is_heading(block) and not _leads(block, following)
        if heading and level.depth == 0:
            self.defining = "DEFINITION" in block.text.string.upper()
        kind: ClauseKind = "heading" if heading else "item"
        self.sketches.append(_Sketch(kind, level.depth, Text() if heading else block.text, block.text if heading else Text(), block.marker))

    def _plain(self, block: Block, following: Block | None) -> None:
        self._close_bullets()
        while len(self.levels) > 1 and block.left_pt and self.levels[-1].words_left_pt > block.left_pt + NEAR_PT and self.levels[-1].ladder != "heading":
            self.levels.pop()
        depth = self._depth()
        leads = block.text.string.endswith(":") and following is not None and (bool(following.marker) or following.hint == "item")
        match = DEFINED.match(block.text.string) if self.defining else None
        if block.hint == "definition" or match:
            match = match or DEFINED.match(block.text.string)
            self.sketches.append(_Sketch("definition", depth, block.text, Text(), Text(), match.group("term") if match else ""))
            return
        self.sketches.append(_Sketch("lead-in" if leads else "paragraph", depth, block.text, Text(), Text()))

    def _row(self, block: Block) -> None:
        label = block.cells[0].string.strip()
        if len(block.cells) == 2 and label.endswith(":") and len(label) < 24:
            # A note set beside its label is one paragraph.
            self.sketches.append(_Sketch("paragraph", self._depth(), block.text, Text(), Text()))
            return
        last = self.sketches[-1] if self.sketches else None
        if last is not None and last.kind == "table" and not last.marker:
            last.rows = (*last.rows, block.cells)
            last.text = Text.join((last.text, block.text), "\n")
            return
        self.sketches.append(_Sketch("table", self._depth(), block.text, Text(), Text(), rows=(block.cells,)))

    def _choose(self, marker: str, left: float) -> tuple[str, int, int | None]:
        """The ladder, the value in it, and the number of the open level that it continues (None: a new level)."""
        best: tuple[float, str, int, int | None] | None = None
        for ladder, value in _readings(marker):
            for at, level in enumerate(self.levels):
                if level.ladder != ladder:
                    continue
                score = 3.0 if value == level.value + 1 else 1.5 if value > level.value else 0.6
                score += 0.7 if abs(level.left_pt - left) <= NEAR_PT else 0.0
                score += 0.01 * at
                if best is None or score > best[0]:
                    best = (score, ladder, value, at)
            score = 2.0 if value == 1 else 0.5
            score += 0.7 if not self.levels or left > self.levels[-1].left_pt + NEAR_PT else 0.0
            if best is None or score > best[0]:
                best = (score, ladder, value, None)
        if best is None:
            return "other", 1, None
        if best[1] == "section":
            return self._section(marker, best[2])
        return best[1], best[2], best[3]

    def _section(self, marker: str, value: int) -> tuple[str, int, int | None]:
        # "300.1.2" stands under "300.1": the number itself tells the depth.
        parts = bare_marker(marker).count("-")
        sections = [at for at, level in enumerate(self.levels) if level.ladder == f"section-{parts}"]
        above = [at for at, level in enumerate(self.levels) if level.ladder.startswith("section-") and int(level.ladder[8:]) < parts]
        if sections:
            return f"section-{parts}", value, sections[0]
        if above:
            del self.levels[above[-1] + 1 :]
        else:
            self.levels.clear()
        return f"section-{parts}", value, None

    def _depth(self) -> int:
        return self.levels[-1].depth + 1 if self.levels else 0

    def _close_bullets(self) -> None:
        while self.levels and self.levels[-1].ladder == "bullet":
            self.levels.pop()

    def _note(self, code: str, message: str, block: Block) -> None:
        self.findings.append(Finding(code, "note", message, evidence_of(block.marker, self.item, "clauses.ladder")))


def _left(block: Block) -> float:
    line = next(iter(block.marker.lines()), None)
    return line.left_pt if line is not None else block.left_pt


def _is_heading(block: Block) -> bool:
    """Whether a numbered block is a heading of what follows and no rule by itself."""
    words = block.text.string.strip()
    if len(words) > 110 or SAID.search(words) or not any(map(str.isalpha, words)):
        return False
    if words.isupper():
        return True
    long_words = [w for w in re.findall(r"[A-Za-z][\w'’-]*", words) if len(w) > 3]
    return not words.endswith(",") and len(words.split()) <= 12 and bool(long_words) and all(w[0].isupper() for w in long_words) and (block.bold or words.endswith(":") or len(long_words) > 0)


def _leads(block: Block, following: Block | None) -> bool:
    """Whether a numbered line in a reader's case leads into the items under it ("B. Supervisors:" / "1) ...")."""
    words = block.text.string.strip()
    return words.endswith(":") and not words.isupper() and following is not None and bool(following.marker)


def _readings(marker: str) -> list[tuple[str, int]]:
    """Every ladder that the marker could belong to, with its place there."""
    bare = bare_marker(marker)
    if "-" in bare or marker.strip().startswith("§"):
        return [("section", 1)]
    shape = "(" if marker.strip().startswith("(") else ")" if marker.strip().endswith(")") else "."
    found: list[tuple[str, int]] = []
    if bare.isdigit():
        found.append((f"arabic{shape}", int(bare)))
    elif bare.isalpha():
        case = "upper" if bare.isupper() else "lower"
        if len(bare) == 1:
            found.append((f"alpha-{case}{shape}", ord(bare.lower()) - 96))
        elif len(set(bare.lower())) == 1:
            found.append((f"alpha-{case}{shape}", ord(bare[0].lower()) - 96 + 26 * (len(bare) - 1)))
        if value := _roman(bare.lower()):
            found.append((f"roman-{case}{shape}", value))
    return found


def _roman(letters: str) -> int:
    if not re.fullmatch(r"(?=.)(?:x[cl]|l?x{0,3})(?:i[xv]|v?i{0,3})|c{1,3}", letters):
        return 0
    values = [_ROMAN[c] for c in letters]
    return sum(-v if n + 1 < len(values) and v < values[n + 1] else v for n, v in enumerate(values))
