"""On which line of a TOML file a key or a value stands."""

from __future__ import annotations

import re
from bisect import bisect_right

Path = tuple[str | int, ...]

_BLANK = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_STRINGS = (re.compile(r'"""(?:\\.|(?!""").)*"{3,5}', re.S), re.compile(r"'''(?:(?!''').)*'{3,5}", re.S), re.compile(r'"(?:\\.|[^"\\\n])*"'), re.compile(r"'[^'\n]*'"))
_PLAIN = re.compile(r"[^,\]}#\n]+")


class Places:
    """The lines of all keys and values of a sound TOML text, by their paths: ``("reference", 2, "examples", 0)`` is the first example of the third reference."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.lines: dict[Path, int] = {}
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self._counts: dict[Path, int] = {}
        self._document()

    def line(self, path: Path) -> int:
        """The line (from 1) of the value at this path, or of the nearest table around it."""
        for length in range(len(path), 0, -1):
            if path[:length] in self.lines:
                return self.lines[path[:length]]
        return 1

    def _document(self) -> None:
        table: Path = ()
        self._blank()
        while self.at < len(self.text):
            if self.text[self.at] == "[":
                table = self._header()
            else:
                self._pair(table)
            self._blank()

    def _header(self) -> Path:
        many = self.text.startswith("[[", self.at)
        start = self.at
        self.at += 2 if many else 1
        names = self._names()
        self.at += 2 if many else 1
        path: Path = ()
        for n, name in enumerate(names):
            path = (*path, name)
            if many and n == len(names) - 1:
                self._counts[path] = self._counts.get(path, -1) + 1
                self._keep(path, start)
            if path in self._counts:
                path = (*path, self._counts[path])
        self._keep(path, start)
        return path

    def _pair(self, table: Path) -> None:
        start = self.at
        path = (*table, *self._names())
        self.at += 1  # the equals sign
        self._keep(path, start)
        self._value(path)

    def _names(self) -> list[str]:
        """A key with its dots, up to the sign that ends it."""
        names: list[str] = []
        while self.at < len(self.text):
            self._blank()
            match = _BARE.match(self.text, self.at) or _STRINGS[2].match(self.text, self.at) or _STRINGS[3].match(self.text, self.at)
            if match is None:
                raise ValueError(f"no key at {self.at}")
            names.append(match[0].strip("\"'"))
            self.at = match.end()
            self._blank()
            if self.text[self.at : self.at + 1] != ".":
                return names
            self.at += 1
        return names

    def _value(self, path: Path) -> None:
        self._blank()
        sign = self.text[self.at : self.at + 1]
        if sign == "[":
            self._inside("]", path)
        elif sign == "{":
            self._inside("}", path)
        else:
            match = next((m for shape in _STRINGS if (m := shape.match(self.text, self.at))), None) or _PLAIN.match(self.text, self.at)
            if match is None:
                raise ValueError(f"no value at {self.at}")
            self.at = match.end()

    def _inside(self, end: str, path: Path) -> None:
        self.at += 1
        count = 0
        self._blank()
        while self.text[self.at] != end:
            if end == "]":
                self._keep((*path, count), self.at)
                self._value((*path, count))
                count += 1
            else:
                self._pair(path)
            self._blank()
            if self.text[self.at] == ",":
                self.at += 1
                self._blank()
        self.at += 1

    def _blank(self) -> None:
        match = _BLANK.match(self.text, self.at)
        self.at = match.end() if match else self.at

    def _keep(self, path: Path, at: int) -> None:
        self.lines.setdefault(path, bisect_right(self._starts, at))


def places(text: str) -> Places:
    """The places in a text that the TOML reader took.

    >>> found = places('id = "x"\\n[[stamp]]\\nname = "a"\\nexamples = [\\n  "one",\\n  { text = "two" },\\n]\\n')
    >>> [found.line(path) for path in [("id",), ("stamp", 0, "name"), ("stamp", 0, "examples", 1, "text"), ("stamp", 0, "stems")]]
    [1, 3, 6, 2]
    """
    return Places(text)
