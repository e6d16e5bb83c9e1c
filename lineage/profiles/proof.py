"""What a profile proves of itself: examples that are found, counter-examples that are not, names that fit, patterns that come to an end."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from lineage.errors import RefusedError
from lineage.model import DATE_ROLES, ENDING, FURNITURE_KINDS, RELATION_KINDS
from lineage.model.relation import Scope
from lineage.profiles.loading import RULES, read_table
from lineage.profiles.places import Path as Key
from lineage.profiles.pumping import worst
from lineage.profiles.times import READINGS

Told = tuple[Key, str]
_Trial = tuple[str, int, list[str]]  # a pattern, its flags, and the texts beside it
Compiled = Callable[[Any, Key], "re.Pattern[str] | None"]

ENDS = (*ENDING, "expires")
UNPROVEN = frozenset(("head", "listing"))  # shapes of whole headings: papers prove them
LONG = 2_000  # characters on which a pattern is tried
SLOW_SECONDS = 0.5  # of the processor; an honest pattern takes thousandths
ALL_SECONDS, ONE_SECONDS = 10.0, 3.0  # for all patterns together; for a few, or each alone, where that is not enough
FEW = 16
_COUNTRY = re.compile(r"[a-z]{2}(?:-[a-z0-9]{1,8})?$")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*$")


def faults(own: dict[str, Any], base: dict[str, Any], agencies: Path, compiled: Compiled) -> list[Told]:
    """What is at fault in a file whose tables are ``own`` and stand on ``base``. Values of a wrong type are passed over; the schema has said so."""
    return [
        *_names(own), *_single(own), *_grants(own), *_roles(own, base), *_kinds(own, base, agencies), *_readings(own), *_series(own, base, agencies),
        *(fault for group in RULES for n, row in _rows(own, group) for fault in _proof(group, n, row, compiled)), *_slow(own, compiled),
    ]  # fmt: skip


def _rows(own: dict[str, Any], group: str) -> Iterator[tuple[int, dict[str, Any]]]:
    rows = own.get(group)
    yield from ((n, row) for n, row in enumerate(rows if isinstance(rows, list) else ()) if isinstance(row, dict))


def _names(own: dict[str, Any]) -> Iterator[Told]:
    for group, key in (*((group, "name") for group in RULES), ("series", "id")):
        seen: set[str] = set()
        for n, row in _rows(own, group):
            name = row.get(key)
            if isinstance(name, str) and name in seen:
                yield (group, n, key), f"Another {group} has the {key} {name!r} already; evidence names a rule by it, so it must be the only one."
            if isinstance(name, str):
                seen.add(name)


def _single(own: dict[str, Any]) -> Iterator[Told]:
    zone, country, name = own.get("time_zone"), own.get("country"), own.get("id")
    if isinstance(zone, str) and not _is_zone(zone):
        yield ("time_zone",), f"{zone!r} is no zone of the IANA database, such as America/Chicago."
    if isinstance(country, str) and not _COUNTRY.match(country):
        yield ("country",), f"{country!r} cannot stand in an address; write a country, or a country and a state, such as us-il."
    if isinstance(name, str) and not _ID.match(name):
        yield ("id",), f"{name!r} cannot stand in an address; write small letters, figures and hyphens, such as example-pd."


def _grants(own: dict[str, Any]) -> Iterator[Told]:
    """General rules of the agency speak of acts that end."""
    for key in ("cascade", "revival"):
        row = own.get(key)
        for n, kind in enumerate(row.get("by", ()) if isinstance(row, dict) and isinstance(row.get("by", ()), list) else ()):
            if isinstance(kind, str) and kind not in ENDS:
                yield (key, "by", n), f"The kind {kind!r} ends no rule; there are {', '.join(ENDS)}."


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ValueError, OSError):  # an unknown zone is a KeyError
        return False
    except KeyError:
        return False
    return True


def _roles(own: dict[str, Any], base: dict[str, Any]) -> Iterator[Told]:
    """Roles of labels and of columns are those that some room reads."""
    known = {"labels": {*base.get("labels", {}), *DATE_ROLES, "series", "number", "title", "other"}, "index": set(base.get("index", {})), "instruction": set(base.get("instruction", {}))}
    for key, roles in known.items():
        table = own.get(key)
        for role in table if isinstance(table, dict) and base else ():
            if role not in roles:
                yield (key, role), f"The role {role!r} is not known, so the words beside or under these would have no meaning; there are {', '.join(sorted(roles))}."


def _kinds(own: dict[str, Any], base: dict[str, Any], agencies: Path) -> Iterator[Told]:
    """Kinds and scopes are those that some room reads: of the model, or of a shipped profile."""
    scopes = set(Scope.__args__)  # type: ignore[attr-defined]
    for group in RULES:
        used = _shipped(agencies, group, "kind")
        known = used | set(FURNITURE_KINDS if group == "furniture" else RELATION_KINDS if group in ("stamp", "relation", "list") else ())
        for n, row in _rows(own, group):
            kind, scope = row.get("kind"), row.get("scope", "whole")
            if isinstance(kind, str) and kind not in known:
                yield (group, n, "kind"), f"The kind {kind!r} means nothing in a {group}; there are {', '.join(sorted(known)) or 'none'}."
            if kind is None and used and group != "reference":
                yield (group, n), f"The rule has no kind, so what it finds would mean nothing; there are {', '.join(sorted(known))}."
            if isinstance(scope, str) and scope not in scopes:
                yield (group, n, "scope"), f"The scope {scope!r} is not known; there are {', '.join(sorted(scopes))}."


def _readings(own: dict[str, Any]) -> Iterator[Told]:
    """Time words say what they mean, of a beginning or an end, and why."""
    for n, row in _rows(own, "time_word"):
        known = dict[Any, tuple[str, ...]](READINGS).get(row.get("kind"), ())
        if row.get("kind") in READINGS and row.get("reading") not in known:
            yield ("time_word", n, "reading" if "reading" in row else "kind"), f"The reading {row.get('reading')!r} is none of words that tell when something {row['kind']}; there are {', '.join(known)}."
        if not row.get("source"):
            yield ("time_word", n), "The row has no source; say in a sentence, or by a rule's name, why the words are read so."


@lru_cache(maxsize=64)
def _shipped(agencies: Path, group: str, key: str) -> frozenset[str]:
    """The values of a key in all rules of a group that shipped profiles have."""
    tables = (read_table(path, agencies) for path in agencies.glob("*.toml"))
    return frozenset(row[key] for table in tables for row in table.get(group, ()) if key in row)


def _series(own: dict[str, Any], base: dict[str, Any], agencies: Path) -> Iterator[Told]:
    known = {row.get("id") for table in (own, base) for _, row in _rows(table, "series")}
    known |= {name for group in RULES for name in _shipped(agencies, group, "series")}  # a series may be named by rules alone
    for group in (*RULES, "class_life"):
        for n, row in _rows(own, group):
            if isinstance(row.get("series"), str) and row["series"] not in known:
                yield (group, n, "series"), f"There is no series {row['series']!r}; add a [[series]] with that id."


def _proof(group: str, n: int, row: dict[str, Any], compiled: Compiled) -> Iterator[Told]:
    """The rule held against its own examples and counter-examples."""
    pattern = compiled(row.get("pattern"), (group, n, "pattern"))
    examples, counter, stems = row.get("examples", []), row.get("counter", []), row.get("stems", [])
    if group not in UNPROVEN and not examples:
        yield (group, n), "The rule has no example; add examples = ['...'] with words of a paper that it must find."
    if pattern is None:
        return
    for at, example in enumerate(examples if isinstance(examples, list) else ()):
        yield from ((key, words) for key, words in _example((group, n, "examples", at), example, pattern, stems if isinstance(stems, list) else []))
    for at, text in enumerate(counter if isinstance(counter, list) else ()):
        match = pattern.search(text) if isinstance(text, str) else None
        # What a sentence denies is found and then dropped for its "not".
        if match is not None and " not " not in f" {match.group()} " and "not " not in text[: match.start()]:
            yield (group, n, "counter", at), f"The counter-example {text!r} is found, at {match.group()!r}; the pattern takes too much."


def _example(key: Key, example: Any, pattern: re.Pattern[str], stems: list[Any]) -> Iterator[Told]:
    groups = example if isinstance(example, dict) else {"text": example}
    text = groups.get("text")
    if not isinstance(text, str):
        return
    match = pattern.search(text)
    if match is None:
        yield key, f"The example {text!r} is not found by the pattern."
        return
    if stems and not any(isinstance(stem, str) and stem in match.group().lower() for stem in stems):
        yield key, f"None of the stems stands in {match.group()!r} (in small letters), so a paper with these words would be passed over."
    for name, wanted in groups.items():
        if name == "text":
            continue
        if name not in pattern.groupindex:
            yield key, f"The pattern has no group {name!r}; write (?P<{name}>...) around what is meant."
        elif (match.group(name) or "").strip() != wanted:
            yield key, f"The group {name!r} is {(match.group(name) or '').strip()!r} and not {wanted!r}."


def _patterns(own: dict[str, Any]) -> Iterator[tuple[Key, str, list[str]]]:
    """Every pattern of the file with its key and the texts beside it."""

    def walk(value: Any, key: Key, beside: list[str]) -> Iterator[tuple[Key, str, list[str]]]:
        if isinstance(value, dict):
            texts = [t for name in ("examples", "counter") for t in _texts(value.get(name))]
            for name, inner in value.items():
                if name not in ("examples", "counter", "name", "id", "kind", "scope", "series", "reason", "reading", "source", "within", "apart", "precedence", "quote", "by", "time", "counted_from"):
                    yield from walk(inner, (*key, name), texts or beside)
        elif isinstance(value, list):
            for n, inner in enumerate(value):
                yield from walk(inner, (*key, n), beside)
        elif isinstance(value, str):
            yield key, value, beside

    for name, value in own.items():
        if name not in ("id", "name", "country", "time_zone", "extends", "abbreviations", "citation"):
            yield from walk(value, (name,), [])


def _texts(examples: Any) -> list[str]:
    rows = examples if isinstance(examples, list) else []
    return [t for e in rows if isinstance(t := e.get("text") if isinstance(e, dict) else e, str)]


def _slow(own: dict[str, Any], compiled: Compiled) -> Iterator[Told]:
    """Patterns that take too long on a long text, found in a process apart, since such a pattern cannot be stopped in this one. The words of instructions are pieces, and bounded by their grammar."""
    tried = [(key, found.pattern, found.flags, texts) for key, words, texts in _patterns(own) if key[0] != "instruction" and (found := compiled(words, key)) is not None]
    work = [(pattern, flags, texts) for _, pattern, flags, texts in tried]
    times = _together(work, ALL_SECONDS)
    if times is None:
        times = [seconds for at in range(0, len(work), FEW) for seconds in _few(work[at : at + FEW])]
    for (key, *_), seconds in zip(tried, times, strict=True):
        if seconds is None or seconds > SLOW_SECONDS:
            yield key, (
                f"The pattern takes more than {SLOW_SECONDS:g} seconds on {LONG:,} characters and could hold up a whole library. "
                "Bound what repeats ({0,80} instead of *), and let no repetition stand in another."
            )


def _few(work: list[_Trial]) -> list[float | None]:
    """The seconds of some patterns, None of one that runs away. They are tried alone only if they must be: on a busy machine a process for each would take minutes."""
    times = _together(work, ONE_SECONDS)
    return times if times is not None else [seconds for one in work for seconds in _together([one], ONE_SECONDS) or [None]]


def _together(work: list[_Trial], most: float) -> list[float | None] | None:
    """The seconds of patterns tried in one process; None where it does not come to its end."""
    from lineage import guard

    try:
        return list(guard.run_apart("lineage.profiles.proof:timed", work, seconds=most)) if work else []
    except RefusedError:
        return None


def timed(work: list[_Trial]) -> list[float]:
    """The seconds of the processor that each pattern takes at most on one long text."""
    found = []
    for words, flags, texts in work:
        pattern, most = re.compile(words, flags), 0.0
        for text in chain(_long(texts), worst(words, flags, LONG)):
            began = time.process_time()
            for _ in pattern.finditer(text):
                pass
            most = max(most, time.process_time() - began)
        found.append(most)
    return found


def _long(texts: list[str]) -> Iterator[str]:
    """Texts on which a pattern that tries too much gives itself away: one sign again and again, and its own words again and again, with an end that fits nothing."""
    for part in ("a", "A", "1", " ", "a ", "A ", "Aa ", "1-", "1.", "-", "\n", "A\n", "a, ", "§ ", "Order 1, "):
        yield (part * LONG)[:LONG] + "\0"
    for text in texts:
        for part in (text, text[:-1], text[: len(text) // 2]):
            if part.strip():
                yield (f"{part} " * (LONG // (len(part) + 1) + 1))[:LONG] + "\0"
        for word in re.findall(r"\w+", text)[:4]:
            yield (word * LONG)[:LONG] + "\0"
