"""The lineage picture: works as lanes, time from left to right to scale, relations as arrows. An SVG that needs no script.

Bars say how far a rule is established; nothing is drawn where it was not in force. Where arrows would lie upon each other they are set
apart in the gaps between the lanes, while their ends stay on their day.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date

from msgspec import Struct

from lineage.model import Period, Relation, Work
from lineage.model.dates import long_date
from lineage.rendering.picture.arrows import Arrow, Route, find_arrows, routed
from lineage.rendering.picture.axis import Axis, axis_of
from lineage.rendering.picture.bars import HIGH, changes, draw_bars, stretches
from lineage.rendering.picture.ink import BAR, FONT, GRID, INK, MUTED, PALE, STRIPE, element, hover, shorten, width, words, write
from lineage.rendering.picture.lanes import in_order
from lineage.rendering.picture.legend import draw_legend
from lineage.rendering.picture.strokes import draw_arrow, sentence_of, told_of

__all__ = ["draw"]

LANE_PX, MARGIN_PX = 30.0, 16.0
LABEL_PX = 300.0  # the most room that the names of the works take
WIDE_PX = 1500.0  # from here on the numbers stand at the right edge, too
DEFS = f"""<defs>
<pattern id="lp-presumed" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
<rect width="5" height="5" fill="{PALE}"/><path d="M1 0V5" stroke="{BAR}" stroke-width="1.6"/></pattern>
<linearGradient id="lp-from"><stop offset="0" stop-color="#fff"/><stop offset="1" stop-color="#fff" stop-opacity="0"/></linearGradient>
<linearGradient id="lp-on"><stop offset="0" stop-color="#fff" stop-opacity="0"/><stop offset="1" stop-color="#fff"/></linearGradient>
</defs>"""


class _Scene(Struct, frozen=True):
    """All that is drawn, with its places."""

    works: list[Work]
    periods: dict[str, list[Period]]
    names: dict[str, str]
    routes: list[Route]
    timeless: list[Relation]
    axis: Axis
    today: date
    top: float

    def middle(self, lane: int) -> float:
        """The y of the middle of a lane."""
        return self.top + lane * LANE_PX + LANE_PX / 2

    def edge(self, lane: int, route: Route) -> float:
        """How far from the middle an arrow ends: at the bar, or in the middle where there is none."""
        day = route.arrow.day
        for period in self.periods[self.works[lane].id]:
            start, end = period.interval.start, period.interval.end
            if period.status != "not-in-force" and (start is None or start <= day) and (end is None or day <= end):
                return HIGH / 2
        return 0.0

    @property
    def bottom(self) -> float:
        """The y below the last lane."""
        return self.top + len(self.works) * LANE_PX + 14


def draw(
    works: Iterable[Work],
    periods: Iterable[Period],
    relations: Iterable[Relation],
    *,
    today: date,
    title: str = "",
    left_out: Collection[str] = ("cites",),
) -> str:
    """The picture as one SVG document, the same for the same values. Lengths are pixels; the width grows with the span of time.

    Every work has a lane, also without periods. Relations that were rejected, those of the kinds ``left_out`` and those upon what is no
    rule of the agency are not drawn; those whose day is not known are listed below the lanes.
    """
    listed = list({work.id: work for work in works}.values())
    known = [relation for relation in relations if relation.kind not in left_out]
    lives: dict[str, list[Period]] = {work.id: [] for work in listed}
    for period in periods:
        if period.work in lives:
            lives[period.work].append(period)
    for life in lives.values():
        life.sort(key=lambda p: p.interval.start or date.min)
    begun = {work: begins for work, life in lives.items() if (begins := _begins(life))}
    order = in_order(listed, _starts(lives, known), [(r.affecting.work or "", r.affected.work or "") for r in known])
    arrows, timeless = find_arrows(known, {work.id: lane for lane, work in enumerate(order)}, begun, left_out)
    label = min(max((_label_width(work) for work in order), default=120.0), LABEL_PX)
    axis = axis_of(_days(lives, arrows), today, MARGIN_PX + label + 12)
    heading = title or "The lineage of the rules"
    unsure = any(not arrow.firm for arrow in arrows)
    legend, below = draw_legend(
        _shown(order, lives), (a.relation for a in arrows), unsure=unsure, left=MARGIN_PX, right=_wide(axis) - MARGIN_PX, top=36.0
    )
    names = {work.id: _name(work) for work in order}
    scene = _Scene(order, lives, names, routed(arrows, axis), timeless, axis, today, below + 48)
    return _document(scene, heading, legend)


def _document(scene: _Scene, heading: str, legend: str) -> str:
    wide = _wide(scene.axis)
    notes, high = _notes(scene, wide)
    said = _described(scene)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="lp-title lp-desc" width="{wide:.0f}" height="{high:.0f}" '
        f'viewBox="0 0 {wide:.0f} {high:.0f}" font-family="{FONT}" font-size="12">'
    )
    parts = [
        element("title", words(heading), id="lp-title"),
        element("desc", words(said), id="lp-desc"),
        DEFS,
        element("rect", width=wide, height=high, fill="#fff"),
        write(MARGIN_PX, 26.0, shorten(heading, wide - 2 * MARGIN_PX, 17, bold=True), font_size=17.0, font_weight="bold", fill=INK),
        legend,
        _ground(scene),
        *(draw_arrow(route, scene.middle, scene.edge, told_of(route.arrow.relation, scene.names)) for route in _short_last(scene.routes)),
        *(_lane(scene, lane) for lane in range(len(scene.works))),
        notes,
    ]
    return head + "\n" + "\n".join(part for part in parts if part) + "\n</svg>\n"


def _ground(scene: _Scene) -> str:
    """What lies under everything: stripes, the grid with its labels, and today's line."""
    axis, top, bottom = scene.axis, scene.top - 14, scene.bottom
    parts = [
        element("rect", x=MARGIN_PX, y=scene.middle(lane) - LANE_PX / 2, width=_wide(axis) - 2 * MARGIN_PX, height=LANE_PX, fill=STRIPE)
        for lane in range(0, len(scene.works), 2)
    ]
    free = axis.left
    for tick in axis.ticks():
        line = element("path", d=f"M{tick.x:.2f} {top - 14:.2f}V{bottom:.2f}", stroke=GRID, stroke_width=1.2 if tick.strong else 0.7)
        parts.append(line)
        room = width(tick.label, 11, bold=tick.strong) + 6
        if tick.x >= free and tick.x + room <= _wide(axis):
            weight = "bold" if tick.strong else None
            parts.append(write(tick.x + 4, top - 4, tick.label, font_size=11.0, font_weight=weight, fill=MUTED))
            free = tick.x + room
    x, label = axis.x(scene.today), f"today, {long_date(scene.today)}"
    line = f"M{x:.2f} {top - 16:.2f}V{bottom:.2f}"
    parts.append(element("path", d=line, stroke=INK, stroke_width=1.2, stroke_dasharray="5 3", class_="today"))
    half = width(label, 11) / 2
    centre = min(max(x, MARGIN_PX + half), _wide(axis) - MARGIN_PX - half)
    parts.append(write(centre, top - 20, label, text_anchor="middle", font_size=11.0, fill=INK))
    return element("g", "".join(parts), class_="ground")


def _lane(scene: _Scene, lane: int) -> str:
    work = scene.works[lane]
    middle, room = scene.middle(lane), scene.axis.left - MARGIN_PX - 12
    style = None if work.held else "italic"
    number = shorten(work.number or "", room, bold=True)
    taken = width(number, bold=True) + 7 if number else 0.0
    title = shorten(work.title if work.title != work.number else "", room - taken) if room - taken > 24 else ""
    bold = element("tspan", words(number), font_weight="bold") if number else ""
    rest = element("tspan", words(title), dx=7.0 if number else None) if title else ""
    ink = INK if work.held else MUTED
    label = element("text", bold + rest or " ", x=MARGIN_PX, y=middle + 4, fill=ink, font_style=style)
    full = scene.names[work.id] + ("" if work.held else " (named, not held)")
    periods = scene.periods[work.id]
    bars = draw_bars(scene.names[work.id], periods, scene.axis, middle, scene.today)
    if not periods:
        bars = write(scene.axis.left + 6, middle + 4, "not known when in force", font_size=11.0, font_style="italic", fill=MUTED)
    if _wide(scene.axis) > WIDE_PX:
        short = shorten(work.number or work.title, 84, 11)
        bars += write(scene.axis.right + 6, middle + 4, short, font_size=11.0, font_style=style, fill=ink)
    return element("g", element("g", hover(full) + label) + bars, class_="lane", data_work=work.id)


def _notes(scene: _Scene, wide: float) -> tuple[str, float]:
    """What has no place in time, below the lanes; and the height of the whole."""
    y = scene.bottom + 10
    if not scene.works:
        return write(MARGIN_PX, y + 8, "No works are held yet.", fill=MUTED), y + 24
    lines = []
    if scene.timeless:
        y += 14
        lines.append(write(MARGIN_PX, y, "Without a known day, so not drawn:", font_size=11.0, font_weight="bold", fill=INK))
    for relation in scene.timeless:
        y += 17
        text = shorten(sentence_of(relation, scene.names), wide - 2 * MARGIN_PX - 14, 11)
        lines.append(element("g", hover(told_of(relation, scene.names)) + write(MARGIN_PX + 14, y, text, font_size=11.0, fill=INK)))
    return element("g", "".join(lines), class_="notes") if lines else "", y + 14


def _described(scene: _Scene) -> str:
    """The picture in words, for those who do not see it."""
    count = f"{len(scene.works)} {'work' if len(scene.works) == 1 else 'works'}"
    drawn = sorted(scene.routes, key=lambda route: (route.arrow.day, route.arrow.relation.id))
    sentences = [sentence_of(route.arrow.relation, scene.names) for route in drawn]
    sentences += [sentence_of(relation, scene.names) for relation in scene.timeless]
    return f"A time line of {count}, as of {long_date(scene.today)}. " + " ".join(sentences)


def _short_last(routes: list[Route]) -> list[Route]:
    # Long lines lie under short ones, so that the letters in the gaps stay whole.
    return sorted(routes, key=lambda route: (-len(route.arrow.gaps), route.arrow.day, route.arrow.relation.id))


def _wide(axis: Axis) -> float:
    right = axis.right + MARGIN_PX
    return float(round(right + 90 if right > WIDE_PX - 90 else right))


def _name(work: Work) -> str:
    return " ".join(part for part in (work.number or "", work.title if work.title != work.number else "") if part) or work.id


def _label_width(work: Work) -> float:
    number, title = work.number or "", work.title if work.title != work.number else ""
    return width(number, bold=True) + (7 if number and title else 0) + width(title) + 4


def _begins(life: list[Period]) -> date | None:
    return next((p.interval.start for p in life if p.status == "in-force" and p.interval.start), None)


def _starts(lives: dict[str, list[Period]], relations: list[Relation]) -> dict[str, date]:
    """The first day that is known of each work: in its life, else of an act that touches it."""
    lived = {work: [d for p in life for d in (p.interval.start, p.interval.end) if d] for work, life in lives.items()}
    starts = {work: min(days) for work, days in lived.items() if days}
    touched: dict[str, date] = {}
    for relation in relations:
        day = relation.effect.day.first if relation.effect else None
        for end in (relation.affecting.work, relation.affected.work):
            if day and end:
                touched[end] = min(touched.get(end, day), day)
    return touched | starts


def _days(lives: dict[str, list[Period]], arrows: list[Arrow]) -> Iterator[date]:
    for life in lives.values():
        for period in life:
            yield from (day for day in (period.interval.start, period.interval.end, period.last_proof_on) if day)
    yield from (arrow.day for arrow in arrows)


def _shown(works: list[Work], lives: dict[str, list[Period]]) -> set[str]:
    """The looks that the lanes have."""
    looks = {part.ground for life in lives.values() for period in life for part in stretches(period)}
    shown: set[str] = {"stated", "presumed", "open"} if len(looks) > 1 else set(looks)
    if any(p.operative is False for life in lives.values() for p in life):
        shown.add("suspended")
    if any(True for life in lives.values() for _ in changes(life)):
        shown.add("change")
    if any(not work.held for work in works):
        shown.add("not-held")
    return shown
