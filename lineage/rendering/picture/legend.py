"""The legend: what the bars and the letters of this picture mean, and none that it does not show."""

from __future__ import annotations

from collections.abc import Iterable

from lineage.model import Relation
from lineage.rendering.picture.ink import BAR, INK, MUTED, element, width, write
from lineage.rendering.picture.strokes import SHORT, badge, letter_of

ROW_PX = 22.0
BARS = (
    ("stated", "in force, stated or observed"),
    ("presumed", "in force, presumed"),
    ("open", "not established"),
    ("suspended", "in force but suspended"),
    ("change", "the words changed"),
    ("not-held", "named, not held"),
)  # fmt: skip


def draw_legend(
    shown: Iterable[str], relations: Iterable[Relation], *, unsure: bool, left: float, right: float, top: float
) -> tuple[str, float]:
    """The legend from y ``top``, bars and then letters, in as many rows as they need between ``left`` and ``right``; and the y below it."""
    wanted = set(shown)
    bars = [(_swatch(name), words, 34.0) for name, words in BARS if name in wanted]
    letters: dict[tuple[str, str], str] = {letter_of(r): "amends" if r.kind in SHORT else r.kind for r in relations}
    acts = [(badge(7.0, 0.0, *key), words, 18.0) for key, words in sorted(letters.items())]
    if unsure:
        acts.append((badge(7.0, 0.0, "?", MUTED, firm=False), "day, work or reading not certain", 18.0))
    drawn, y = [], top
    for row in (bars, acts):
        x = left
        for sign, words, indent in row:
            room = indent + width(words, 11)
            if x > left and x + room > right:
                x, y = left, y + ROW_PX
            place = f"translate({x:.2f} {y + ROW_PX / 2:.2f})"
            drawn.append(element("g", sign + write(indent, 4.0, words, font_size=11.0, fill=INK), transform=place))
            x += room + 16
        y += ROW_PX if row else 0.0
    return element("g", "".join(drawn), class_="legend"), y + 4


def _swatch(name: str) -> str:
    def bar(high: float, fill: str, stroke: str | None = None, dashes: str | None = None) -> str:
        return element("rect", x=0.0, y=-high / 2, width=28.0, height=high, fill=fill, stroke=stroke, stroke_dasharray=dashes)

    if name == "presumed":
        return bar(10, "url(#lp-presumed)", BAR)
    if name == "open":
        return bar(10, "#fff", BAR, "4 2.5") + write(14.0, 3.5, "?", text_anchor="middle", font_size=10.0, fill=MUTED)
    if name == "suspended":
        # Stated on the left, presumed on the right, as the bars are.
        return element("path", d="M0 0H14", stroke=BAR, stroke_width=4.0) + element(
            "path", d="M16 0H28", stroke=BAR, stroke_width=4.0, stroke_dasharray="3 2"
        )
    if name == "change":
        white = element("path", d="M14 -8V8", stroke="#fff", stroke_width=4.0)
        return bar(10, BAR) + white + element("path", d="M14 -8V8", stroke=INK, stroke_width=1.6)
    if name == "not-held":
        return write(4.0, 4.0, "3.48", font_size=11.0, font_style="italic", fill=MUTED)
    return bar(10, BAR)
