"""The styles of a Word file: what a paragraph or a run inherits."""

from __future__ import annotations

import re
from typing import Any

from msgspec import Struct, field

from lineage.pages.names import VAL, W, points, switch, value, whole

_HEADING = re.compile(r"heading ?[1-9]$", re.IGNORECASE)
_COLOUR = re.compile(r"[0-9A-Fa-f]{6}$")
LEVELS = 9  # of an outline, and of a list
MOST_STYLES = 15  # that stand on each other; Word itself allows eleven


class Look(Struct, frozen=True):
    """How a run is shown."""

    bold: bool = False
    capitals: bool = False
    hidden: bool = False
    struck: bool = False
    colour: int = 0


class Shape(Struct, frozen=True):
    """How a paragraph is set: its style, the edges of its words and of its first line in points, what it is, and its list (None for none)."""

    style: str = ""
    left_pt: float = 0.0
    first_pt: float = 0.0
    hint: str = ""
    list: tuple[str, int] | None = None
    hidden: bool = False


class Styles(Struct):
    """The style sheet; without one, nothing is inherited."""

    root: Any = None
    lists: Any = None  # the numbering, which has indents of its own
    _by_id: dict[str, Any] = field(default_factory=dict)
    _chains: dict[str, list[Any]] = field(default_factory=dict)
    _toggles: dict[tuple[str, str], bool] = field(default_factory=dict)
    _plain: dict[str, Look] = field(default_factory=dict)
    _usual: str = ""
    _defaults: Any = None

    def __post_init__(self) -> None:
        if self.root is None:
            return
        for style in self.root.findall(W + "style"):
            self._by_id.setdefault(style.get(W + "styleId", ""), style)
            if style.get(W + "type") == "paragraph" and style.get(W + "default") in ("1", "true", "on"):
                self._usual = style.get(W + "styleId", "")
        self._defaults = self.root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")

    def chain(self, style: str) -> list[Any]:
        """The style and those that it stands on, nearest first; a ring is cut."""
        if style not in self._chains:
            found: list[Any] = []
            at: str | None = style
            seen: set[str] = set()
            while at and at in self._by_id and at not in seen and len(found) < MOST_STYLES:
                seen.add(at)
                found.append(self._by_id[at])
                at = value(self._by_id[at], "basedOn")
            self._chains[style] = found
        return self._chains[style]

    def look(self, run: Any, style: str) -> Look:
        """How a run is shown in a paragraph of this style. ``run`` is its ``w:rPr``, or None."""
        if run is not None and len(run):
            return self._look(run, style)
        if style not in self._plain:
            self._plain[style] = self._look(None, style)
        return self._plain[style]

    def _look(self, run: Any, style: str) -> Look:
        own = value(run, "rStyle") or ""
        colour = value(run, "color") or ""
        return Look(
            self._toggle(run, style, own, "b"),
            self._toggle(run, style, own, "caps"),
            self._toggle(run, style, own, "vanish"),
            self._toggle(run, style, own, "strike") or self._toggle(run, style, own, "dstrike"),
            int(colour, 16) if _COLOUR.match(colour) else 0,
        )

    def shape(self, paragraph: Any) -> Shape:
        """How a paragraph is set."""
        own = paragraph.find(W + "pPr")
        style = value(own, "pStyle") or self._usual
        listed, given_by = self._list(own, style)
        left, first = self._indent(own, style, listed, given_by)
        mark = None if own is None else own.find(W + "rPr")
        return Shape(style, left, first, self._hint(own, style), listed, bool(switch(mark, "vanish")))

    def number_of(self, style: str) -> str | None:
        """The list that a style names."""
        return next((n for s in self.chain(style) if (n := value(s.find(f"{W}pPr/{W}numPr"), "numId")) is not None), None)

    def _toggle(self, run: Any, style: str, own: str, tag: str) -> bool:
        said = switch(run, tag)
        if said is not None:
            return said
        # A switch that is on in the paragraph's style and in the run's own is off again (part 1, 17.7.3).
        return (self._styled(style, tag) != self._styled(own, tag)) or bool(switch(self._defaults, tag))

    def _styled(self, style: str, tag: str) -> bool:
        key = style, tag
        if key not in self._toggles:
            said = (switch(s.find(W + "rPr"), tag) for s in self.chain(style))
            self._toggles[key] = bool(next((x for x in said if x is not None), None))
        return self._toggles[key]

    def _hint(self, own: Any, style: str) -> str:
        chain = self.chain(style)
        names = [value(s, "name") or "" for s in chain]
        if names and names[0].lower() == "title":
            return "title"
        levels = [value(own, "outlineLvl"), *(value(s.find(W + "pPr"), "outlineLvl") for s in chain)]
        level = next((whole(x, LEVELS) for x in levels if x is not None), LEVELS)
        return "heading" if level < LEVELS or any(_HEADING.match(n) for n in names) else ""

    def _list(self, own: Any, style: str) -> tuple[tuple[str, int] | None, str]:
        """The list and level of a paragraph, and the style that gives it ("" for the paragraph itself)."""
        direct = None if own is None else own.find(W + "numPr")
        number, level, given_by = value(direct, "numId"), value(direct, "ilvl"), ""
        for styled in self.chain(style) if number is None else ():
            numbered = styled.find(f"{W}pPr/{W}numPr")
            if value(numbered, "numId") is not None:
                number, given_by = value(numbered, "numId"), styled.get(W + "styleId", "")
                linked = self.lists.level_of(number, [s.get(W + "styleId", "") for s in self.chain(style)]) if self.lists else None
                level = level or (str(linked) if linked is not None else value(numbered, "ilvl"))
                break
        if number is None or whole(number) == 0:
            return None, ""
        return (number, min(max(whole(level), 0), LEVELS - 1)), given_by

    def _indent(self, own: Any, style: str, listed: tuple[str, int] | None, given_by: str) -> tuple[float, float]:
        """Left edge of the words and of the first line, in points: the paragraph's own, its list's, its style's, whichever stands nearest."""
        sources = [own]
        inner = self.lists.indent(*listed) if self.lists and listed else None
        if listed and not given_by:
            sources.append(inner)
        for styled in self.chain(style):
            sources.append(styled.find(W + "pPr"))
            if given_by and styled.get(W + "styleId", "") == given_by:
                sources.append(inner)
        indents = [i for s in sources if s is not None and (i := s.find(W + "ind")) is not None]
        left = next((p for i in indents if (p := points(i.get(W + "left") or i.get(W + "start"))) is not None), 0.0)
        for indent in indents:
            hanging, first = points(indent.get(W + "hanging")), points(indent.get(W + "firstLine"))
            if hanging is not None or first is not None:
                return left, left - hanging if hanging is not None else left + (first or 0.0)
        return left, left


def symbol_font(look: Any) -> str:
    """The font of a run or of a list's marker, as far as it is named."""
    fonts = None if look is None else look.find(W + "rFonts")
    return "" if fonts is None else str(fonts.get(W + "ascii") or fonts.get(W + "hAnsi") or fonts.get(VAL) or "")
