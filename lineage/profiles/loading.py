"""From a TOML file to a ``Profile``: tables joined with those it extends, placeholders filled, patterns compiled."""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from lineage.errors import ProfileError
from lineage.model.dates import DATE_PATTERN
from lineage.model.hours import HOUR_PATTERN
from lineage.profiles.citing import FORM, checked
from lineage.profiles.labels import VALUED
from lineage.profiles.profile import AnyOf, ClassLife, Decisions, Grant, OldNumbers, Pattern, Profile, Rank, Review, Rule, Series
from lineage.profiles.times import read_time

RULES = ("head", "listing", "stamp", "reference", "statute", "relation", "list", "open", "life", "time_word", "mark", "furniture", "whom", "binds")
DAYS = {"since", "until", "settled"}
LOOKS_BACK = re.compile(r"\(\?<!\[[^\]\\]*\]\)(?![?*+{])")
# An hour may stand on either side of its date.
WHEN_PATTERN = rf"(?:(?:(?i:at)\s+)?{HOUR_PATTERN},?\s+(?:(?i:on|of)\s+)?)?(?:[A-Z][a-z]+day,?\s+)?{DATE_PATTERN}(?:,?\s*(?:(?i:at)\s+|@\s*)?{HOUR_PATTERN})?"
LINKS = r"(?:\s*,\s*(?:and\s+|or\s+)?|\s+and\s+|\s+(?:and/)?or\s+|\s*&\s*|\s+through\s+|\s*[-–]\s*(?=[\d§]))"


def read_table(path: Path, agencies: Path) -> dict[str, Any]:
    """The tables of a profile joined with those it extends: its rules stand first, its single values win."""
    try:
        own = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as fault:
        raise ProfileError(f"The profile {path} cannot be read: {fault.strerror}.", hint="Check the path and its rights.") from fault
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise ProfileError(f"The profile {path} is not valid TOML: {fault}.", hint="Mend the line that the message names.") from fault
    parent = own.pop("extends", None if path.stem == "generic" else "generic")
    if parent is None:
        return own
    return join(own, _base(agencies / f"{parent}.toml", agencies))


@cache
def _base(path: Path, agencies: Path) -> dict[str, Any]:
    """The tables of a shipped profile that others stand on: it is long, and nearly all do. They are joined with others and never changed."""
    return read_table(path, agencies)


def join(own: dict[str, Any], base: dict[str, Any]) -> dict[str, Any]:
    """The tables of a profile over those that it stands on."""
    joined = base | own
    for key in ("series", "precedence", "class_life", *RULES):
        joined[key] = own.get(key, []) + base.get(key, [])
    joined["own_labels"] = [name for names in own.get("labels", {}).values() for name in names] + base.get("own_labels", [])
    for key in ("labels", "index", "instruction"):
        joined[key] = _by_role(own.get(key, {}), base.get(key, {}))
    return joined


def build(table: dict[str, Any], where: str, *, eager: bool = False) -> Profile:
    """The profile; its fingerprint is that of all its words, inherited ones included. With ``eager`` each pattern is compiled now, so that a fault is named."""
    for key in ("id", "name", "country", "time_zone", "number"):
        if not isinstance(table.get(key), str):
            raise ProfileError(f"The profile {where} has no text under the key {key!r}.", hint=f"Add a line such as {key} = '...'.")
    fill = Placeholders(table, where, eager)
    rules = {key: tuple(_rule(row, fill, f"{where}, {key}") for row in table.get(key, [])) for key in RULES}
    labels = _labels(table.get("labels", {}), table.get("own_labels", []), fill)
    heads = _labels(table.get("index", {}), [], fill, "index")
    words = json.dumps(table, sort_keys=True, default=str)
    made = Profile(
        id=table["id"],
        name=table["name"],
        country=table["country"],
        time_zone=table["time_zone"],
        sha256=hashlib.sha256(words.encode()).hexdigest(),
        words=words,
        abbreviations=tuple(table.get("abbreviations", ())),
        recognise=signs(table, fill),
        issue_is_effect=bool(table.get("issue_is_effect")),
        numeric_dates=bool(table.get("numeric_dates", True)),
        number=fill.compile(table["number"], "number"),
        old_numbers=_old_numbers(table, fill),
        null_targets=tuple(fill.compile(p, "null_targets", re.IGNORECASE) for p in table.get("null_targets", ())),
        labels=labels,
        index=heads,
        instruction=_labels(table.get("instruction", {}), [], fill, "instruction"),
        index_head=fill.compile("|".join(p.pattern for _, p in heads) or r"(?!)", "index", re.IGNORECASE),
        index_orders=tuple(tuple(order) for order in table.get("index_orders", ())),
        index_names=tuple(fill.compile(p, "index_names", re.IGNORECASE) for p in table.get("index_names", ())),
        series=tuple(
            Series(row["id"], row["name"], fill.compile(row["pattern"], row["id"], re.IGNORECASE), fill.compile(row["numbers"], row["id"]) if "numbers" in row else None)
            for row in table.get("series", [])
        ),
        precedence=tuple(_rank(row, where) for row in table.get("precedence", [])),
        decisions=Decisions(_second(table, where)),
        cascade=_grant(table, "cascade", where),
        revival=_grant(table, "revival", where),
        class_life=tuple(_class_life(row, where) for row in table.get("class_life", [])),
        review=_review(table, where),
        citation=checked(str(table.get("citation", FORM)), where),
        **rules,
        a_label=fill.compile(rf"(?:{'|'.join(p.pattern for _, p in labels)})\s*(?::|$)", "labels", re.IGNORECASE),
        opens_value=fill.compile(rf"(?:{'|'.join(p.pattern for role, p in labels if role in VALUED) or '(?!)'})(?=\s)", "labels", re.IGNORECASE),
        may_be={key: _any(found, fill, key) for key, found in _looked_for(rules).items() if found},
    )
    for one in made.class_life:
        told = read_time(one.time, 0, "ends", made) if one.time else None
        if one.time and (told is None or told.reading != "lapse"):
            raise ProfileError(f'The profile {where} says of {one.name} the time "{one.time}", which no row of the time words reads as a stretch of time.', hint='Write it as "for two years" or "for 72 hours".')
    return made


def _second(table: dict[str, Any], where: str) -> tuple[str, ...]:
    """The codes of questions that two persons have to agree on."""
    found = table.get("decisions", {}).get("second_person", []) if isinstance(table.get("decisions", {}), dict) else None
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise ProfileError(f"The profile {where} names under [decisions] second_person something that is no list of codes.", hint='Write it as second_person = ["relations.holder-unclear", "dates.*"].')
    return tuple(found)


def signs(table: dict[str, Any], fill: Placeholders) -> tuple[Pattern, ...]:
    """The patterns by which a paper of the agency is recognised."""
    return tuple(fill.compile(p, "recognise") for p in table.get("recognise", ()))


def restore(words: str) -> Profile:
    """The profile of which these are the ``words``. A day is text in JSON, and is made a day again where the tables have days."""
    table: dict[str, Any] = json.loads(words)
    for row in (table.get("old_numbers"), table.get("cascade"), table.get("revival"), *table.get("class_life", ())):
        for key in DAYS & set(row or ()):
            row[key] = date.fromisoformat(row[key])
    return build(table, "kept in the library")


class Placeholders:
    """Fills ``{date}``, ``{when}`` (a date with the hour beside it), ``{named}``, ``{target}`` and ``{targets}`` in a pattern and compiles it, naming file and key where that fails."""

    def __init__(self, table: dict[str, Any], where: str, eager: bool) -> None:
        self.where, self.eager = where, eager
        names = [_unnamed(row["pattern"]).replace("{date}", DATE_PATTERN) for row in table.get("reference", []) if "pattern" in row]
        target = "(?:" + "|".join(names) + ")" if names else r"(?!)"
        number = r"(?:\d{1,9}(?:\.\d{1,9}){1,7}|[A-Z]{1,2}-?\d{1,9}(?:-\d{1,9}){0,7}|\d{1,9}-\d{1,9})"
        self.words = {"{when}": WHEN_PATTERN, "{date}": DATE_PATTERN, "{named}": target, "{target}": f"(?P<target>{target})", "{targets}": f"(?P<target>{target}(?:{LINKS}(?:{target}|{number}))*)"}

    def compile(self, pattern: str, key: str, flags: int = 0) -> Pattern:
        for word, meaning in self.words.items():
            pattern = pattern.replace(word, meaning)
        found = Pattern(pattern, flags)
        try:
            if self.eager:
                _ = found.compiled
            return found
        except re.error as fault:
            raise ProfileError(f"The profile {self.where} holds under {key!r} a pattern that is none: {fault}.", hint="Mend that pattern.") from fault


def _looked_for(rules: dict[str, tuple[Rule, ...]]) -> dict[str, tuple[Rule, ...]]:
    """The groups of rules, and four that are looked for by themselves in every sentence."""
    expires = tuple(r for r in rules["life"] if r.kind == "expires" or (r.kind == "effective" and "(?P<target>" in r.pattern.pattern))
    says = tuple(r for r in rules["binds"] if r.kind in ("applies", "excludes", "pilot"))
    unnamed = tuple(r for r in rules["open"] if r.kind in ("rescinds", "supersedes"))
    return rules | {"open_targets": unnamed, "says_whom": says, "expires": expires, "inherits": tuple(r for r in rules["relation"] if r.inherits)}


def _any(rules: tuple[Rule, ...], fill: Placeholders, key: str) -> AnyOf:
    """All the rules as one. Where each begins by looking back, they are first looked for without that: looking back at every character takes several times as long."""
    patterns = [_unnamed(r.pattern.pattern) for r in rules]
    whole = fill.compile("|".join(f"(?:{pattern})" for pattern in patterns), key)
    stems = {stem for r in rules for stem in r.stems} if all(r.stems for r in rules) else set()
    stems = {stem for stem in stems if not any(other in stem for other in stems - {stem})}  # where "binding" stands, "bind" does
    first = [LOOKS_BACK.sub("", pattern, 1) for pattern in patterns] if all(map(LOOKS_BACK.match, patterns)) else []
    return AnyOf(whole, tuple(fill.compile(pattern, key) for pattern in first), tuple(sorted(stems)))


def _unnamed(pattern: str) -> str:
    return re.sub(r"\(\?P<\w+>", "(?:", pattern)


def _rule(row: dict[str, Any], fill: Placeholders, where: str) -> Rule:
    if not isinstance(row.get("name"), str) or not isinstance(row.get("pattern"), str):
        raise ProfileError(f"{where}: a rule needs the keys name and pattern.", hint="Add both.")
    return Rule(
        name=row["name"],
        pattern=fill.compile(row["pattern"], row["name"]),
        kind=row.get("kind", ""),
        scope=row.get("scope", "whole"),
        series=row.get("series"),
        reason=row.get("reason", ""),
        reading=row.get("reading", ""),
        source=row.get("source", ""),
        immediately=bool(row.get("immediately")),
        inherits=bool(row.get("inherits")),
        suffers=bool(row.get("suffers")),
        stems=tuple(row.get("stems", ())),
        follows=fill.compile(row["follows"], row["name"]) if "follows" in row else None,
        within=tuple(row.get("within", ())),
        apart=tuple(row.get("apart", ())),
        examples=tuple(e if isinstance(e, dict) else {"text": e} for e in row.get("examples", ())),
        counter=tuple(row.get("counter", ())),
    )


def _rank(row: dict[str, Any], where: str) -> Rank:
    missing = [key for key in ("prevails", "over", "quote", "source") if not isinstance(row.get(key), str) or not row[key].strip()]
    if missing:
        raise ProfileError(f"The profile {where} holds a precedence without {', '.join(missing)}.", hint="Name both series, the words that grant it, and the paper in which they stand.")
    return Rank(row["prevails"], row["over"], row["quote"], row["source"])


def _grant(table: dict[str, Any], key: str, where: str) -> Grant | None:
    row = table.get(key)
    if row is None:
        return None
    missing = [name for name in ("quote", "source") if not isinstance(row.get(name), str) or not row[name].strip()]
    if missing:
        raise ProfileError(f"The profile {where} has a table {key} without {', '.join(missing)}.", hint="Quote the agency's own words that grant it, and name the paper in which they stand.")
    return Grant(row["quote"], row["source"], tuple(row.get("by", ("rescinds",))), row.get("since"), row.get("until"))


def _review(table: dict[str, Any], where: str) -> Review | None:
    row = table.get("review")
    if row is None:
        return None
    missing = [name for name in ("every", "quote", "source") if not isinstance(row.get(name), str) or not row[name].strip()]
    made = None if missing else Review(row["every"], row["quote"], row["source"])
    if made is None or not made.months:
        raise ProfileError(
            f"The profile {where} has a table review " + (f"without {', '.join(missing)}." if missing else f'whose time is none: every = "{row["every"]}".'),
            hint='Write every = "3 years" or "18 months", quote the agency\'s own words that say so, and name the paper in which they stand.',
        )
    return made


def _class_life(row: dict[str, Any], where: str) -> ClassLife:
    missing = [key for key in ("name", "series", "quote", "source") if not isinstance(row.get(key), str) or not row[key].strip()]
    if missing:
        raise ProfileError(f"The profile {where} holds a class_life without {', '.join(missing)}.", hint="Name the series, the agency's own words that say how long its papers live, and the paper in which they stand.")
    if bool(row.get("time")) == (row.get("year_end") is not None) or row.get("counted_from", "issue") not in ("issue", "effect"):
        raise ProfileError(f"The profile {where} does not say in {row['name']} how long that is.", hint='Give either time = "for two years" or year_end = 1, and counted_from = "issue" or "effect".')
    return ClassLife(**{key: row[key] for key in ("name", "series", "quote", "source", "time", "year_end", "counted_from", "since", "until") if key in row})


def _old_numbers(table: dict[str, Any], fill: Placeholders) -> OldNumbers | None:
    row = table.get("old_numbers")
    if row is None:
        return None
    missing = [key for key in ("pattern", "since", "pattern_between", "settled") if key not in row]
    if missing:
        raise ProfileError(f"The profile {fill.where} has a table old_numbers without {', '.join(missing)}.", hint="Give all four keys, the days as 2012-01-01.")
    return OldNumbers(fill.compile(row["pattern"], "old_numbers"), row["since"], fill.compile(row["pattern_between"], "old_numbers"), row["settled"])


def _by_role(own: dict[str, list[str]], base: dict[str, list[str]]) -> dict[str, list[str]]:
    """For each role the words of both, one's own first."""
    return {role: own.get(role, []) + base.get(role, []) for role in own | base}


def _labels(table: dict[str, list[str]], own: list[str], fill: Placeholders, key: str = "labels") -> tuple[tuple[str, Pattern], ...]:
    """An agency's own labels first, then the longest: what an agency calls by a label is not what others do."""
    pairs = [(role, name) for role, names in table.items() for name in names]
    pairs.sort(key=lambda pair: (pair[1] not in own, -len(pair[1])))
    return tuple((role, fill.compile(rf"(?:{name})", f"{key}.{role}", re.IGNORECASE)) for role, name in pairs)
