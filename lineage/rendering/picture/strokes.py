"""How an arrow looks: its line, its head, its letter and what it says under the pointer."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from lineage.model import Relation
from lineage.model.dates import long_date
from lineage.model.relation import LETTERS
from lineage.rendering.picture.arrows import Route
from lineage.rendering.picture.bars import HIGH
from lineage.rendering.picture.ink import MUTED, element, hover, write

RADIUS, HEAD = 6.0, 5.5
# Okabe and Ito's colours, darkened until white letters on them have a contrast of 4.5 to 1.
BLUE, RED, PURPLE, GREEN, OCHRE, BLACK = "#0068a8", "#b84a00", "#9c3f78", "#00775a", "#7d6100", "#333b45"
COLOURS = {
    "A": BLUE, "N": BLUE, "K": BLUE, "R": RED, "S": PURPLE, "J": PURPLE, "Y": PURPLE, "G": PURPLE, "X": BLACK, "U": OCHRE, "P": OCHRE,
    "E": OCHRE, "M": GREEN, "C": GREEN, "F": GREEN, "W": GREEN, "V": GREEN,
}  # fmt: skip
SHORT = {"substitutes", "inserts", "deletes", "amends"}  # kinds of one letter; the legend says "amends" for them all

Point = tuple[float, float]


def letter_of(relation: Relation) -> tuple[str, str]:
    """The letter and the colour of a relation."""
    letter = LETTERS[relation.kind]
    return letter, COLOURS.get(letter, BLACK)


def badge(x: float, y: float, letter: str, colour: str, *, firm: bool = True) -> str:
    """A letter in a disc; a ring where the relation is not firm."""
    fill, ink = (colour, "#fff") if firm else ("#fff", colour)
    disc = element("circle", cx=x, cy=y, r=RADIUS, fill=fill, stroke=colour, stroke_width=1.2)
    return disc + write(x, y + 3.2, letter, text_anchor="middle", font_size=9.0, font_weight="bold", fill=ink)


def draw_arrow(route: Route, middle: Callable[[int], float], edge: Callable[[int, Route], float], told: str) -> str:
    """An arrow as a group with its hover text. ``middle`` is the y of a lane's middle, ``edge`` how far from it the bar reaches there."""
    arrow = route.arrow
    letter, colour = letter_of(arrow.relation)
    points, at, tail = _path(route, middle, edge)
    dashed = None if arrow.firm else "4 3"
    line = "M" + "L".join(f"{x:.2f} {y:.2f}" for x, y in points)
    parts = [hover(told), element("path", d=line, fill="none", stroke=colour, stroke_width=1.7, stroke_dasharray=dashed)]
    if arrow.from_lane is not None and arrow.from_lane != arrow.to_lane:
        parts.append(element("circle", cx=points[0][0], cy=points[0][1], r=2.4, fill=colour))
    if arrow.to_lane is not None:
        parts.append(_head(points[-2], points[-1], colour))
    parts.append(badge(*at, letter, colour, firm=arrow.firm))
    if tail:
        parts.append(write(at[0] + RADIUS + 2, at[1] + 3.5, tail, font_size=10.0, font_weight="bold", fill=MUTED))
    return element("g", "".join(parts), class_="arrow", data_kind=arrow.relation.kind, data_id=arrow.relation.id)


def _path(route: Route, middle: Callable[[int], float], edge: Callable[[int, Route], float]) -> tuple[list[Point], Point, str]:
    """The corners of the line, the place of the letter, and a "?" for an end that is not known."""
    arrow, x, run = route.arrow, route.x, route.run_x
    way = 1 if arrow.down else -1
    source, target = arrow.from_lane, arrow.to_lane
    if target is None:
        assert source is not None
        start = (x, middle(source) + edge(source, route))
        at = (run, middle(source) + HIGH / 2 + 11)
        return [start, at], at, "?"
    if source is None or source == target:
        # From nowhere that is known, or from the work itself: it comes down upon the lane from the gap above.
        tip = (x, middle(target) - edge(target, route))
        at = (run, middle(target) - HIGH / 2 - 12)
        side = -1 if run < x else 1
        loop = [(run + side * 13, tip[1]), (run + side * 11, at[1] + 2)] if source == target else []
        return [*loop, at, (run, at[1] + RADIUS), tip], at, "?" if source is None else ""
    start = (x, middle(source) + way * edge(source, route))
    tip = (x, middle(target) - way * edge(target, route))
    turn_out, turn_in = middle(source) + way * (HIGH / 2 + 6), middle(target) - way * (HIGH / 2 + 11)
    y = turn_in if route.letter_gap == arrow.last_gap else (middle(route.letter_gap) + middle(route.letter_gap + 1)) / 2
    corners = [start, (run, turn_out), (run, turn_in), tip]
    return corners, (run, y - way if route.letter_gap == arrow.last_gap else y), ""


def _head(before: Point, tip: Point, colour: str) -> str:
    dx, dy = tip[0] - before[0], tip[1] - before[1]
    long = (dx * dx + dy * dy) ** 0.5 or 1.0
    ux, uy = dx / long, dy / long
    back = (tip[0] - ux * HEAD, tip[1] - uy * HEAD)
    corners = [tip, (back[0] - uy * 3.4, back[1] + ux * 3.4), (back[0] + uy * 3.4, back[1] - ux * 3.4)]
    return element("path", d="M" + "L".join(f"{x:.2f} {y:.2f}" for x, y in corners) + "Z", fill=colour)


def told_of(relation: Relation, names: Mapping[str, str]) -> str:
    """What a relation says: the sentence, then the quotes and where each stands."""
    effect = relation.effect
    lines = [sentence_of(relation, names)]
    lines += [f"“{e.quote}” (page {e.page} of item {e.item[:8]})" for e in relation.evidence]
    if effect and effect.basis:
        lines.append(f"The day rests on: {effect.basis}.")
    if relation.certainty != "certain":
        lines.append("Inferred." if relation.certainty == "likely" else "In doubt: it ends nothing until a person decides.")
    return "\n".join(lines)


def sentence_of(relation: Relation, names: Mapping[str, str]) -> str:
    """The relation as a sentence with the names of its works and its day, as far as known."""
    affecting = names.get(relation.affecting.work or "", f"“{relation.affecting.mention}”")
    affected = names.get(relation.affected.work or "", f"“{relation.affected.mention}”")
    if relation.affecting.work is not None and relation.affecting.work == relation.affected.work:
        own = "" if relation.kind == "expires" else " itself"
        affected = own if relation.affected.version_on is None else f" its version of {long_date(relation.affected.version_on)}"
    else:
        affected = f" {affected}"
    condition = f" on a condition (“{relation.condition}”)" if relation.condition else ""
    return f"{affecting} {relation.kind}{affected}{condition}{_days(relation)}."


def _days(relation: Relation) -> str:
    day = relation.effect.day if relation.effect else None
    if day is None or (day.first is None and day.last is None):
        return ", on a day that is not known"
    if day.on:
        return f" on {long_date(day.on)}"
    first = f"not before {long_date(day.earliest)}" if day.earliest else ""
    last = f"not after {long_date(day.latest)}" if day.latest else ""
    return ", " + " and ".join(part for part in (first, last) if part)
