"""A profile's own file against the schema and against its own examples: every fault at once, each with its key and its line.

The schema is that of the classes in ``profile``: a new field there is a new key here.
"""

from __future__ import annotations

import re
import tomllib
import types
from datetime import date
from pathlib import Path
from typing import Any, Union, get_args, get_origin

from msgspec import Struct
from msgspec.structs import fields

from lineage.errors import ProfileError
from lineage.profiles.loading import Placeholders, build, join, read_table
from lineage.profiles.places import Path as Key
from lineage.profiles.places import places
from lineage.profiles.profile import OldNumbers, Pattern, Profile

MADE = frozenset(("sha256", "a_label", "opens_value", "may_be", "index_head"))  # what loading works out by itself
WRITTEN = {(OldNumbers, "between"): "pattern_between"}  # keys that are not named like their field
_PLACEHOLDER = re.compile(r"(?<!\\)\{([A-Za-z_]\w*)\}")
_AT_LINE = re.compile(r"at line (\d+)")
_SPOKEN = {str: "a text", bool: "true or false", int: "a whole number", date: "a day, as 2012-01-01", dict: "a table"}


class Fault(Struct, frozen=True, order=True):
    """One fault: the line of the file (from 1), the key, and what is wrong, as a full sentence."""

    line: int
    key: str
    message: str


def check(path: Path, agencies: Path) -> list[Fault]:
    """All faults of a profile's file, in the order of its lines; none where it may be used.

    Raises ProfileError where there is no such file or it may not be read. Patterns are tried on long texts in a process apart.
    """
    try:
        text = path.read_bytes().decode("utf-8")
    except OSError as fault:
        raise ProfileError(f"The profile {path} cannot be read: {fault.strerror}.", hint="Check the path and its rights.") from fault
    except UnicodeDecodeError as fault:
        return [Fault(fault.object[: fault.start].count(b"\n") + 1, "", "The file is not UTF-8; save it as UTF-8.")]
    return check_text(text, path.stem, agencies)


def check_text(text: str, stem: str, agencies: Path) -> list[Fault]:
    """The same for the text of a file; ``stem`` is its name without the ending (a file ``generic`` stands on no other)."""
    try:
        own = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        at = _AT_LINE.search(str(fault))
        line = int(at[1]) if at else text.count("\n") + 1
        return [Fault(line, "", f"This is no valid TOML, and nothing after it was looked at: {fault}.")]
    return _Check(own, text, stem, agencies).faults()


class _Check:
    """The tables of one file, and what was found at fault."""

    def __init__(self, own: dict[str, Any], text: str, stem: str, agencies: Path) -> None:
        self.own, self.stem, self.agencies = own, stem, agencies
        self.places = places(text)
        self.found: list[tuple[Key, str]] = []
        self.shipped = {p.stem for p in agencies.glob("*.toml")}

    def faults(self) -> list[Fault]:
        from lineage.profiles import proof

        parent = self.own.get("extends", None if self.stem == "generic" else "generic")
        if parent is not None and parent not in self.shipped:
            self.say(("extends",), f"There is no shipped profile {parent!r}; those are {', '.join(sorted(self.shipped))}.")
            parent = "generic"
        base = read_table(self.agencies / f"{parent}.toml", self.agencies) if parent else {}
        self.fill = self._placeholders(base)
        for key in ("id", "name"):
            if key not in self.own:
                self.say((key,), f"The profile has no {key}. Add a line such as {key} = '...'.")
        self._table({k: v for k, v in self.own.items() if k != "extends"}, Profile, ())
        if not self.found:
            self._build(base)
        self.found += proof.faults(self.own, base, self.agencies, self.compiled)
        return sorted({Fault(self.places.line(key), _spoken(key, self.own), message) for key, message in self.found})

    def say(self, key: Key, message: str) -> None:
        self.found.append((key, message))

    def compiled(self, pattern: Any, key: Key) -> re.Pattern[str] | None:
        """The pattern with its placeholders filled; None where it is none."""
        if not isinstance(pattern, str):
            return None
        ignoring = key[0] in ("labels", "index", "instruction", "null_targets") or (key[0] == "series" and key[-1] == "pattern")
        try:
            return self.fill.compile(pattern, "", re.IGNORECASE if ignoring else 0).compiled
        except (ProfileError, re.error, OverflowError, RecursionError):
            return None

    def _placeholders(self, base: dict[str, Any]) -> Placeholders:
        """Placeholders of all references that are sound; a fault in one is said once, where it stands."""
        rows = self.own.get("reference")
        sound = [row for row in rows if isinstance(row, dict) and _is_pattern(row.get("pattern"))] if isinstance(rows, list) else []
        return Placeholders({"reference": sound + base.get("reference", [])}, "", False)

    def _build(self, base: dict[str, Any]) -> None:
        """What only the loading itself finds."""
        joined = join({key: value for key, value in self.own.items() if key != "extends"}, base) if base else self.own
        try:
            build(joined, "this file", eager=True)
        except ProfileError as fault:
            self.say((), fault.message)

    def _table(self, row: Any, cls: type[Any], key: Key) -> None:
        """A table against the fields of the class that it becomes."""
        if not isinstance(row, dict):
            self.say(key, "This must be a table.")
            return
        known = {WRITTEN.get((cls, f.name), f.name): f for f in fields(cls) if not (cls is Profile and f.name in MADE)}
        for name in row:
            if name not in known:
                near = _nearest(name, [*known, "extends"] if cls is Profile else list(known))
                self.say((*key, name), f"The key {name!r} is not known{f'; did you mean {near!r}?' if near else ' here.'} A rule under it would be read by nobody.")
        for name, one in known.items():
            if name in row:
                self._value(row[name], one.type, (*key, name))
            elif key and one.required:
                self.say(key, f"The key {name!r} is missing.")

    def _value(self, value: Any, hint: Any, key: Key) -> None:
        origin, args = get_origin(hint), get_args(hint)
        if origin in (Union, types.UnionType):
            self._value(value, next(a for a in args if a is not type(None)), key)
        elif hint is Pattern:
            self._pattern(value, key)
        elif isinstance(hint, type) and issubclass(hint, Struct):
            self._table(value, hint, key)
        elif origin is tuple and len(args) == 2 and get_args(args[0]) == (str, Pattern):
            self._roles(value, key)
        elif origin is tuple:
            self._row(value, args[0], key)
        elif origin is dict:
            if not isinstance(value, str) and not (isinstance(value, dict) and isinstance(value.get("text"), str)):
                self.say(key, "An example is a text, or a table with the key text and the groups that are found in it.")
        elif hint in _SPOKEN and (not isinstance(value, hint) or (hint is not bool and isinstance(value, bool))):
            self.say(key, f"This must be {_SPOKEN[hint]}.")

    def _row(self, value: Any, hint: Any, key: Key) -> None:
        if not isinstance(value, list):
            self.say(key, "This must be a list: [...] of values, or [[...]] tables.")
            return
        for n, one in enumerate(value):
            self._value(one, hint, (*key, n))

    def _roles(self, value: Any, key: Key) -> None:
        """Labels: lists of patterns by role."""
        if not isinstance(value, dict):
            self.say(key, "This must be a table of lists, one for each role.")
            return
        for role, patterns in value.items():
            self._row(patterns, Pattern, (*key, role))

    def _pattern(self, value: Any, key: Key) -> None:
        if not isinstance(value, str):
            self.say(key, "This must be a pattern, as a text between single quotes.")
            return
        known = {word.strip("{}") for word in self.fill.words}
        for name in dict.fromkeys(_PLACEHOLDER.findall(value)):
            if name not in known:
                self.say(key, f"The placeholder {{{name}}} is not known; there are {', '.join(sorted(self.fill.words))}.")
        try:
            _ = self.fill.compile(value, "", 0).compiled
        except (re.error, OverflowError, RecursionError) as fault:
            self.say(key, f"The pattern is none: {fault}.")


def _is_pattern(pattern: Any) -> bool:
    try:
        re.compile(str(pattern).replace("{date}", ""))
    except (re.error, OverflowError, RecursionError):
        return False
    return isinstance(pattern, str)


def _nearest(name: str, known: list[str]) -> str | None:
    from difflib import get_close_matches

    return next(iter(get_close_matches(name, known, 1)), None)


def _spoken(key: Key, own: dict[str, Any]) -> str:
    """The key as a person writes it: tables of a list by their name where they have one, counted from 1 otherwise.

    >>> _spoken(("stamp", 0, "examples", 1), {"stamp": [{"name": "ended"}]})
    'stamp.ended.examples[2]'
    """
    words, value = "", own
    for part in key:
        try:
            value = value[part]  # type: ignore[index]
        except (KeyError, IndexError, TypeError):
            value = {}
        if isinstance(part, int):
            named = value.get("id") or value.get("name") if isinstance(value, dict) else None
            words += f".{named}" if isinstance(named, str) else f"[{part + 1}]"
        else:
            words += f".{part}" if words else part
    return words


