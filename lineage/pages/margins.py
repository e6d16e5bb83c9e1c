"""Side notes: a narrow column of small or set-off lines in the margin beside prose is read as blocks of its own, each before the paragraph that it stands beside."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import pairwise

from lineage.pages.rows import Segment, is_marker

HINT = "aside"
NARROW, MARGIN = 0.25, 0.36  # a note is no wider than this share of the page, and stands within this share of one side
WIDE, LEAST_PROSE = 0.35, 5  # so many rows of this share of the page's width are prose beside which notes can stand
EDGE_PT, CLEAR_PT = 2.5, 5.0
SMALLER_PT = 0.7
SMALL, TEXT = 0.8, 0.9  # letters of this share of the text's or less are those of a note beside any text; letters of that share or more are text
LEAST_BESIDE, LEAST_TEXT = 2, 3  # rows of prose, or of text in short lines, that stand beside a note
LEADING, NOTE_LEADING = 1.75, 2.2  # lines of one paragraph, or of one note, are no further apart than so many sizes of their letters
OFF_PT = 1.5  # middles further apart than this are of different rows
FULL = 0.85  # a row that reaches this share of its column does not end its paragraph

Note = list[Segment]
Rows = list[list[Segment]]


def lifted(placed: Rows, width_pt: float) -> tuple[Rows, list[Note]]:
    """The rows without their side notes, and the notes from the top. Nothing is lifted where no prose stands beside."""
    prose = [s for row in placed for s in row if _is_prose(s, width_pt)]
    if len(prose) < LEAST_PROSE:
        prose = []
    sizes: Counter[float] = Counter()
    for segment in prose or (s for row in placed for s in row):
        sizes[round(segment.style.size_pt * 2) / 2] += 1 if prose else len(segment.words)
    size = max(sizes, key=lambda each: (sizes[each], -each), default=0.0)
    small = any(0 < s.style.size_pt <= SMALL * size for row in placed for s in row)
    text = [s for row in placed for s in row if s.style.size_pt >= TEXT * size and len(s.words) >= LEAST_TEXT] if small else []
    if not prose and not text:
        return placed, []
    notes: list[Note] = []
    for column in _columns(placed, width_pt):
        notes += [note for note in _runs(column) if (_is_note(note, prose, size) or _is_small(note, text, size)) and _is_clear(note, placed)]
    if not notes:
        return placed, []
    taken = {id(segment) for note in notes for segment in note}
    for note in notes:
        for segment in note:
            segment.hint = HINT
    rest = [[s for s in row if id(s) not in taken] for row in placed]
    return [row for row in rest if row], sorted(notes, key=lambda note: note[0].box[1])


def put_back(rows: Rows, notes: list[Note]) -> Rows:
    """The rows in reading order with each note before the paragraph that it stands beside; after it where that paragraph began on the page before."""
    if not notes:
        return rows
    before: dict[int, list[Note]] = defaultdict(list)
    for note in notes:
        before[_place(rows, note)].append(note)
    found: Rows = []
    for at in range(len(rows) + 1):
        found += [[segment] for note in before.get(at, ()) for segment in note]
        found += rows[at : at + 1]
    return found


def _is_prose(segment: Segment, width_pt: float) -> bool:
    return segment.cell is None and not segment.hint and segment.box[2] - segment.box[0] >= WIDE * width_pt and len(segment.words) >= 4


def _columns(placed: Rows, width_pt: float) -> list[list[Segment]]:
    """Narrow segments in the margins that begin (or, left of the text, end) at one edge."""
    starts: dict[tuple[str, int], list[Segment]] = defaultdict(list)
    for segment in (s for row in placed for s in row):
        x0, _, x1, _ = segment.box
        if x1 - x0 > NARROW * width_pt or (x1 >= MARGIN * width_pt and x0 <= (1 - MARGIN) * width_pt):
            continue
        if segment.cell is None and not segment.hint and not (len(segment.words) == 1 and is_marker(segment.words[0].text)):
            starts["left", round(x0 / EDGE_PT)].append(segment)
            starts["right", round(x1 / EDGE_PT)].append(segment)
    taken: set[int] = set()
    found = []
    for edge in sorted(starts, key=lambda e: (-len(starts[e]), e)):
        column = [s for step in (0, -1, 1) for s in starts.get((edge[0], edge[1] + step), ()) if id(s) not in taken]
        if len(column) > 1:
            taken.update(map(id, column))
            found.append(sorted(column, key=lambda s: s.box[1]))
    return found


def _runs(column: list[Segment]) -> list[Note]:
    """The lines of a column that follow each other closely in one size."""
    runs: list[Note] = [[column[0]]]
    for upper, lower in pairwise(column):
        near = lower.box[1] - upper.box[1] <= NOTE_LEADING * max(lower.style.size_pt, 4.0)
        if near and abs(upper.style.size_pt - lower.style.size_pt) < SMALLER_PT:
            runs[-1].append(lower)
        else:
            runs.append([lower])
    return runs


def _is_note(note: Note, prose: list[Segment], size: float) -> bool:
    """Whether the lines are several, beside prose, and do not look like a column of its rows: smaller, in italics, or at heights of their own."""
    if len(note) < 2 or note[0].words[-1].text.endswith(":"):
        return False
    top, bottom = note[0].box[1], note[-1].box[3]
    near = [s for s in prose if s.box[1] < bottom and top < s.box[3] and (s.box[2] < note[0].box[0] or note[0].box[2] < s.box[0])]
    if len(near) < LEAST_BESIDE or not any(word.text.isalpha() for segment in note for word in segment.words):
        return False
    small = all(s.style.size_pt <= size - SMALLER_PT for s in note)
    slanted = all(s.style.italic for s in note) and not any(s.style.italic for s in near)
    within = [s for s in note if near[0].box[1] <= _middle(s) <= near[-1].box[3]]
    off = sum(all(abs(_middle(s) - _middle(p)) > OFF_PT for p in near) for s in within)
    return small or slanted or off * 2 > len(within)


def _is_small(note: Note, text: list[Segment], size: float) -> bool:
    """Whether the lines are in much smaller letters than the text, and all the text near them, of several rows, stands on one side of them."""
    if len(note) < 2 or any(s.style.size_pt > SMALL * size for s in note) or not any(word.text.isalpha() for segment in note for word in segment.words):
        return False
    x0, x1 = min(s.box[0] for s in note), max(s.box[2] for s in note)
    high = note[-1].box[3] - note[0].box[1]
    near = [s for s in text if s.box[1] < note[-1].box[3] + high and note[0].box[1] - high < s.box[3]]
    rows = {round(s.box[1]) for s in near}
    return len(rows) >= LEAST_TEXT and (all(s.box[0] > x1 for s in near) or all(s.box[2] < x0 for s in near))


def _is_clear(note: Note, placed: Rows) -> bool:
    """Whether nothing else stands in the note's own part of the page, or right above or under it."""
    x0, x1 = min(s.box[0] for s in note) - CLEAR_PT, max(s.box[2] for s in note) + CLEAR_PT
    high = note[0].box[3] - note[0].box[1]
    y0, y1 = note[0].box[1] - high / 2, note[-1].box[3] + high / 2
    own = set(map(id, note))
    return not any(s.box[0] < x1 and x0 < s.box[2] and y0 < s.box[3] and s.box[1] < y1 for row in placed for s in row if id(s) not in own)


def _place(rows: Rows, note: Note) -> int:
    """The number of the row before which the note is read."""
    top = note[0].box[1]
    side = [n for n, row in enumerate(rows) if any(s.box[3] > top and s.hint != HINT for s in row)]
    if not side:
        return len(rows)
    first = side[0]
    while first > 0 and _one_paragraph(rows, first - 1):
        first -= 1
    words = rows[first][0].words[0].text
    if first > 0 and _distance(rows, first - 1) <= 0:
        return first  # another column begins here
    if words[:1].islower() and not is_marker(words):
        while first + 1 < len(rows) and _one_paragraph(rows, first):
            first += 1
        return first + 1
    return first


def _distance(rows: Rows, at: int) -> float:
    return rows[at + 1][0].box[1] - rows[at][0].box[1]


def _one_paragraph(rows: Rows, at: int) -> bool:
    """Whether a row and the next are of one paragraph: close, the first as wide as its column, the second without a marker."""
    upper, lower = rows[at], rows[at + 1]
    size = max(lower[0].style.size_pt, 4.0)
    if not 0 < _distance(rows, at) <= LEADING * size or abs(upper[0].style.size_pt - size) >= SMALLER_PT:
        return False
    right = max(row[-1].box[2] for row in rows[max(at - 10, 0) : at + 12])
    left = min(s.box[0] for s in (*upper, *lower))
    return upper[-1].box[2] - left >= FULL * (right - left) and not is_marker(lower[0].words[0].text)


def _middle(segment: Segment) -> float:
    return (segment.box[1] + segment.box[3]) / 2
