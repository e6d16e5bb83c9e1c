"""The automatic numbering of a Word file: which marker stands before a paragraph, as it is printed (ECMA-376, part 1, 17.9)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from lineage.pages.marks import PRIVATE, bullet
from lineage.pages.names import VAL, W, switch, value, whole
from lineage.pages.styles import LEVELS, symbol_font

if TYPE_CHECKING:
    from lineage.pages.styles import Styles

_PLACE = re.compile(r"%([1-9])")
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
MOST_IN_LETTERS = 780  # "zzz...": thirty letters in a row are read by nobody
MOST_IN_ROMAN = 3999


class Marker(Struct, frozen=True):
    """A printed marker. ``form`` names a form of number that cannot be printed here, and is empty otherwise."""

    text: str
    form: str = ""


class Numbering(Struct):
    """The lists of a file, and how far each has been counted."""

    root: Any = None
    styles: Styles | None = None
    _numbers: dict[str, Any] = field(default_factory=dict)
    _abstract: dict[str, Any] = field(default_factory=dict)
    _levels: dict[tuple[str, int], Any] = field(default_factory=dict)
    _counts: dict[str, list[int | None]] = field(default_factory=dict)
    _begun: set[tuple[str, int]] = field(default_factory=set)
    _overrides: dict[str, dict[str, Any]] = field(default_factory=dict)
    _definitions: dict[str, tuple[str, Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.root is None:
            return
        self._numbers = {n.get(W + "numId", ""): n for n in self.root.findall(W + "num")}
        self._abstract = {a.get(W + "abstractNumId", ""): a for a in self.root.findall(W + "abstractNum")}

    def next(self, number: str, level: int) -> Marker | None:
        """The marker of the next paragraph of a list at this level (0 to 8), which is thereby counted; None where nothing is printed."""
        if self._level(number, level) is None:
            return None
        key, _ = self._definition(number)
        counts = self._counts.setdefault(key, [None] * LEVELS)
        override = self._override(number, level)
        start = value(override, "startOverride")
        last = counts[level]
        if start is not None and (number, level) not in self._begun:
            counts[level] = whole(start, 1)
        else:
            counts[level] = self._start(number, level) if last is None else last + 1
        self._begun.add((number, level))
        for deeper in range(level + 1, LEVELS):
            restart = value(self._level(number, deeper), "lvlRestart")
            if restart is None or level < whole(restart):
                counts[deeper] = None
        return self._printed(number, level, counts)

    def indent(self, number: str, level: int) -> Any:
        """The ``w:pPr`` of the level, or None."""
        found = self._level(number, level)
        return None if found is None else found.find(W + "pPr")

    def level_of(self, number: str, styles: list[str]) -> int | None:
        """The level that is tied to one of these styles, the first that fits."""
        for style in styles:
            for level in range(LEVELS):
                if value(self._level(number, level), "pStyle") == style:
                    return level
        return None

    def _definition(self, number: str) -> tuple[str, Any]:
        """The list behind a number, and its name; a list may be named by way of a style."""
        if number not in self._definitions:
            self._definitions[number] = self._defined(number)
        return self._definitions[number]

    def _defined(self, number: str) -> tuple[str, Any]:
        seen = set()
        while number in self._numbers and number not in seen:
            seen.add(number)
            key = value(self._numbers[number], "abstractNumId") or ""
            found = self._abstract.get(key)
            link = value(found, "numStyleLink")
            further = self.styles.number_of(link) if link and self.styles else None
            if further is None:
                return key, found
            number = further
        return "", None

    def _override(self, number: str, level: int) -> Any:
        if number not in self._overrides:
            found = self._numbers[number].findall(W + "lvlOverride") if number in self._numbers else ()
            self._overrides[number] = {o.get(W + "ilvl", ""): o for o in reversed(found)}
        return self._overrides[number].get(str(level))

    def _level(self, number: str, level: int) -> Any:
        key = number, level
        if key not in self._levels:
            override = self._override(number, level)
            own = None if override is None else override.find(W + "lvl")
            _, definition = self._definition(number)
            levels = () if definition is None else definition.findall(W + "lvl")
            self._levels[key] = own if own is not None else next((x for x in levels if x.get(W + "ilvl") == str(level)), None)
        return self._levels[key]

    def _start(self, number: str, level: int) -> int:
        return whole(value(self._level(number, level), "start"), 0)

    def _printed(self, number: str, level: int, counts: list[int | None]) -> Marker | None:
        found = self._level(number, level)
        text = value(found, "lvlText") or ""
        look = found.find(W + "rPr")
        if switch(look, "vanish"):
            return None
        if _form(found) == "bullet":
            return Marker("".join(bullet(PRIVATE.get(ord(c), c), symbol_font(look)) for c in text).strip() or "•")
        odd: list[str] = []

        def counted(place: re.Match[str]) -> str:
            at = int(place[1]) - 1
            count = counts[at]
            form = _form(self._level(number, at))
            form = "decimal" if switch(found, "isLgl") and form != "none" else form
            printed = spelled(self._start(number, at) if count is None else count, form)
            odd.extend([form] if printed is None else [])
            return printed or ""

        printed = _PLACE.sub(counted, text).strip()
        return Marker(printed, odd[0] if odd else "") if printed or odd else None


def spelled(count: int, form: str) -> str | None:
    """A number in the form that a list asks for; None where the form is not known or the number too great for it.

    >>> [spelled(n, f) for n, f in [(4, "decimal"), (4, "upperRoman"), (28, "lowerLetter"), (3, "decimalZero"), (2, "ordinal"), (2, "thaiCounting")]]
    ['4', 'IV', 'bb', '03', '2nd', None]
    """
    if form == "none":
        return ""
    if form in ("decimal", "decimalZero"):
        return f"{count:02d}" if form == "decimalZero" else str(count)
    if form == "ordinal":
        return f"{count}{'th' if 10 <= count % 100 <= 20 else {1: 'st', 2: 'nd', 3: 'rd'}.get(count % 10, 'th')}"
    if form in ("lowerLetter", "upperLetter") and 1 <= count <= MOST_IN_LETTERS:
        letters = chr(97 + (count - 1) % 26) * (1 + (count - 1) // 26)
        return letters.upper() if form == "upperLetter" else letters
    if form in ("lowerRoman", "upperRoman") and 1 <= count <= MOST_IN_ROMAN:
        letters = ""
        for worth, sign in _ROMAN:
            letters += sign * (count // worth)
            count %= worth
        return letters.upper() if form == "upperRoman" else letters
    return None


def _form(level: Any) -> str:
    found = None if level is None else next(level.iter(W + "numFmt"), None)
    return "decimal" if found is None else str(found.get(VAL, "decimal"))
