"""``bindings``: whom a paper binds, as its To line and its sentences say; a sentence that only speaks of officers is none of these."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from lineage.model import Binding, Clause, Evidence, Outline, Text, evidence_of
from lineage.profiles import Profile, Rule
from lineage.relations.finding import spans
from lineage.relations.living import NEGATED

BEFORE = re.compile(r"(?:\s|,|;|/|&|\(|(?i:and|or|both|the|all|any|every|each|as\s+well\s+as|to|for|on|upon|in|at|of)\b)*")
BETWEEN = re.compile(r"\s*(?:,|;|/|&|\band\b|\bor\b|\bas\s+well\s+as\b)", re.IGNORECASE)
TO_PARTS = re.compile(r"\s*[;,\n|]\s*|\s+(?:and|&)\s+(?=all\b)", re.IGNORECASE)


def bindings(outline: Outline, profile: Profile) -> tuple[Binding, ...]:
    """Every statement of the paper on whom it binds, or expressly does not, with its quote: the To line first, then its sentences in their order; each once."""
    found = [*_addressed(outline, profile), *_said(outline, profile)]
    return tuple(dict.fromkeys(found))


def _addressed(outline: Outline, profile: Profile) -> Iterator[Binding]:
    """The To line, where each of its names is a class or a unit; a person or a list of distribution binds no one."""
    for role, value in outline.heading.fields:
        if role != "to" or not value:
            continue
        evidence = evidence_of(value, outline.item, "field.to")
        for start, end in _parts(value.string):
            part = value.within(start, end)
            names, tail = named(part.string, profile)
            if names and not tail.strip(" .,;"):
                yield from (replace(one, evidence=evidence) for one in names)


def _parts(words: str) -> Iterator[tuple[int, int]]:
    at = 0
    for match in TO_PARTS.finditer(words):
        yield at, match.start()
        at = match.end()
    yield at, len(words)


def _said(outline: Outline, profile: Profile) -> Iterator[Binding]:
    leading: tuple[Rule, Clause, Text, bool] | None = None
    for clause in outline.clauses:
        if leading is not None and clause.parent == leading[1].eid:
            yield from _item(outline, clause, leading, profile)
            continue
        leading = None
        for text, start, end in spans(clause):
            if not profile.might("says_whom", text.string[start:end].strip()):
                continue
            sentence = text.within(start, end)
            for rule in profile.binds:
                match = rule.pattern.search(sentence.string) if rule.kind in ("applies", "excludes", "pilot") and rule.may_stand_in(sentence.string.lower()) else None
                if match is None or _turned(sentence.string, match, rule):
                    continue
                group = next(name for name in ("whom", "whom2") if match.groupdict().get(name))
                only = any(match.groupdict().get(name) for name in ("only", "only2"))
                whom = match.group(group)
                if not whom.strip().rstrip(":").strip() or whom.rstrip().endswith(":") or sentence.string.endswith(":"):
                    leading = rule, clause, sentence, only
                yield from _stated(outline, rule, whom, sentence[match.start() : match.end()].strip(), only, profile)
                break


def _turned(words: str, match: re.Match[str], rule: Rule) -> bool:
    """Whether the words before turn the sentence round, or make it a possibility. "Nothing in this order" turns itself."""
    return NEGATED.search(words[: match.start()]) is not None


def _item(outline: Outline, clause: Clause, leading: tuple[Rule, Clause, Text, bool], profile: Profile) -> Iterator[Binding]:
    """An item of the list that a sentence of this kind leads into: its quote is that of both."""
    rule, _, lead, only = leading
    words = clause.text or clause.heading
    names, tail = named(words.string, profile)
    limit = _limit(tail, profile)
    evidence = (*evidence_of(lead, outline.item, f"binds.{rule.name}"), *evidence_of(words, outline.item, f"binds.{rule.name}"))
    for one in names:
        yield _as(rule, replace(one, limit=one.limit or limit), only, evidence)


def _stated(outline: Outline, rule: Rule, whom: str, quote: Text, only: bool, profile: Profile) -> Iterator[Binding]:
    evidence = evidence_of(quote, outline.item, f"binds.{rule.name}")
    bound, left_out = _excepted(whom, profile)
    names, tail = named(bound, profile)
    limit = _limit(tail, profile)
    for one in names:
        yield _as(rule, replace(one, limit=one.limit or limit), only, evidence)
    if not names or not left_out:
        return
    names, tail = named(left_out, profile)
    limit = _limit(tail, profile)
    for one in names:
        made = _as(rule, replace(one, limit=one.limit or limit), False, evidence)
        yield replace(made, binds=not made.binds)


def _as(rule: Rule, one: Binding, only: bool, evidence: tuple[Evidence, ...]) -> Binding:
    binds = rule.kind != "excludes"
    return replace(one, binds=binds, only=only and binds, pilot=rule.kind == "pilot", scope="part" if rule.scope == "part" else "whole", evidence=evidence)


def _excepted(whom: str, profile: Profile) -> tuple[str, str]:
    """What is bound, and what is left out of it."""
    for rule in profile.binds:
        match = rule.pattern.search(whom) if rule.kind == "except" else None
        if match is not None:
            return whom[: match.start()], whom[match.end() :]
    return whom, ""


def _limit(tail: str, profile: Profile) -> str:
    """The words behind a name that narrow it; nothing where they do not."""
    if any(rule.kind == "widens" and rule.pattern.search(tail) for rule in profile.binds):
        return ""
    return " ".join(tail.split()).strip(" ,.;:()")


def named(words: str, profile: Profile) -> tuple[list[Binding], str]:
    """The names at the beginning of these words, one after another, and the words behind the last. "Sworn members assigned to the K-9 Unit" names the unit, limited to
    sworn members; "members of the K-9 Unit" the unit."""
    found: list[Binding] = []
    at = 0
    while True:
        begin = BEFORE.match(words, at)
        start = begin.end() if begin else at
        one, end = _name_at(words, start, profile)
        if one is None:
            return found, words[at:]
        unit = _assigned(words[end:], profile)
        if unit is not None and one.kind not in ("unit", "place"):
            units, rest = unit
            found += [replace(u, limit="" if one.kind == "all" else one.words) for u in units]
            return found, rest
        found.append(one)
        at = end
        if BETWEEN.match(words, at) is None:
            return found, words[at:]


def _name_at(words: str, start: int, profile: Profile) -> tuple[Binding | None, int]:
    """The longest name that begins here; of two that are as long the one that stands first in the profile."""
    best: tuple[int, Rule, re.Match[str]] | None = None
    for rule in profile.whom:
        match = rule.pattern.match(words, start)
        if match is not None and match.end() > start and (best is None or match.end() > best[0]):
            best = match.end(), rule, match
    if best is None:
        return None, start
    end, rule, match = best
    own = rule.kind in ("unit", "place") or rule.name == "others"
    name = match.groupdict().get("unit") or match.group()
    return Binding(rule.kind, " ".join(name.split()), (), "" if own else rule.name, within=rule.within, apart=rule.apart), end  # type: ignore[arg-type]


def _assigned(tail: str, profile: Profile) -> tuple[list[Binding], str] | None:
    """The units to which those named before are assigned, and what follows."""
    for rule in profile.binds:
        match = rule.pattern.search(tail) if rule.kind == "assigned" else None
        if match is None:
            continue
        found: list[Binding] = []
        at = match.end()
        while True:
            begin = BEFORE.match(tail, at)
            one, end = _name_at(tail, begin.end() if begin else at, profile)
            if one is None or one.kind not in ("unit", "place"):
                break
            found.append(one)
            at = end
            if BETWEEN.match(tail, at) is None:
                break
        if found:
            return found, tail[at:]
    return None
