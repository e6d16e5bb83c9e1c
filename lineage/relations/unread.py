"""Words that speak of an end, a change or a suspension beside the name of a rule, in a form that no rule of the profile reads: the act is kept as doubtful, so that a person is asked and the rule is not told as standing, or as unchanged."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from lineage.model import Clause, Day, Effect, End, Outline, Relation, RelationKind, Text
from lineage.model.dates import find_dates
from lineage.relations.joining import places
from lineage.relations.living import NEGATED, act, own_name
from lineage.relations.targets import Target

_ENDED = r"rescind\w*|supersed\w*|superced\w*|repeal\w*|revo[kc]\w*|cancel\w*|withdr[ae]w\w*|void(?:s|ed|ing)?|null(?:if\w+)?|annul\w*|abolish\w*|abrogat\w*|replac(?:e|es|ed|ing)|disregard\w*"
_STANDS = r"remains?|continues?|is|are|be|been|being|was|were|stands?|becomes?|considered|deemed|declared|has|have|shall|will|should|ceases?|sunsets?|expires?"
_GONE = rf"{_ENDED}|suspended|obsolete|outdated|retired|discontinued|terminated|eliminated|deleted|expired|inactive|(?:moved|relocated|transferred)\s+to|of\s+no\s+(?:further\s+)?(?:force|effect)|no\s+longer\s+(?:be\s+)?(?:in\s+(?:full\s+)?(?:effect|force|use)|effective|valid|applicable|active|current|apply|applies)|ceases?\s+to\s+(?:be|have)|sunsets?"
# Right before the rule: "Rescind Order 7", "superseding the former Order 7".
_BEFORE = re.compile(rf"\b(?P<word>{_ENDED}|delet(?:e|es|ing)|eliminat(?:e|es|ing))\s+(?:(?:the|former|previous|prior|existing|old|current|entire|all|of|and|replace|departmental|department|our|its)\s+){{0,4}}$", re.IGNORECASE)
# Behind it: "Order 7 stands rescinded".
_BEHIND = re.compile(rf"(?P<gap>[^.;:]{{0,60}}?)\b(?:{_STANDS})\b(?P<between>[^.;:]{{0,25}}?)\b(?P<word>{_GONE})\b|(?P<word2>(?:\s+(?:shall|will))?\s+(?:remains?|continues?|stays?)\s+in\s+(?:full\s+)?(?:force|effect)[^.;]{{0,20}}?\s(?:until|till|through|thru)\b|\s+no\s+longer\s+appl\w+|\s+(?:(?:shall|will)\s+)?(?:sunsets?|expires?|lapses?)|\s+ceases?\s+to\s+(?:be|have)|\s+to\s+be\s+(?:{_ENDED}))\b|\s*[(\[–-]\s*(?:now\s+)?(?P<word3>rescinded|superseded|supersed[^\s]*|repealed|revoked|cancell?ed|withdrawn|void|obsolete|deleted|expired)\b", re.IGNORECASE)
_CHANGED = r"updat\w+|chang\w+|modif\w+|revis\w+|amend\w*|alter\w*|correct\w*|supplement\w*|adjust\w*|expand\w*|clarif\w+|restat\w+|rewrit\w+|rewrote|waiv\w+|relax\w*"
# "This order updates Order 7", "changes to Order 7"; and "Order 7 has been updated".
_CHANGED_BEFORE = re.compile(r"\b(?:[Tt]his|[Tt]he\s+(?:present|attached|following))\s+[^.;:]{0,60}?\b(?:updates|changes|modifies|revises|amends|alters|corrects|adjusts|expands|clarifies|restates|waives|adds\s+to)\s+(?:an?\s+errors?\s+in\s+)?(?:the\s+)?$|\b(?:updating|amending|revising|modifying|correcting|changes?\s+(?:are|is|have\s+been)\s+(?:hereby\s+)?made\s+(?:to|in)|(?:is|are)\s+(?:an?|the)\s+(?:amendment|revision|update|correction|change|modification|addition)s?\s+(?:of|to|in)|^\W{0,3}(?:amendment|revision|update|correction|change|modification|addition)s?\s+(?:of|to|in))\s+(?:the\s+)?$", re.IGNORECASE)
_CHANGED_BEHIND = re.compile(rf"(?P<gap>[^.;:]{{0,60}}?)\b(?:is|are|was|were|be|been|has|have|shall|will)\b(?P<between>[^.;:]{{0,25}}?)\b(?P<word>{_CHANGED})\b", re.IGNORECASE)
_HELD_BEHIND = re.compile(r"(?P<gap>[^.;:]{0,60}?)\b(?:is|are|be|been|was|were|has|have|shall|will)\b(?P<between>[^.;:]{0,25}?)\b(?P<word>on\s+hold|in\s+abeyance|suspend\w*|not\s+(?:currently\s+)?in\s+(?:effect|force)|stayed|paused)\b", re.IGNORECASE)
# What had come about before: its day is not said.
_TOLD = re.compile(r"\bno\s+longer\s+(?!be\b)|\b(?:obsolete|outdated|expired|retired|inactive|was|were|has|have|had)\b|[(\[–-]\s*(?:now\s+)?\w+ed\b", re.IGNORECASE)
# The rule is not what ends, or nothing does.
_BORNE_ON = re.compile(r"\b(?:under|by|per|pursuant\s+to|with|of|in|for|from|see|to|on|at|within|after|before|than|as)\s+(?:the\s+)?$", re.IGNORECASE)
_NOT = re.compile(r"\b(?:not|nor|no\s+(?:part|portion|provision|section)|never|neither|nothing|without|un(?:til|less)|if|when|whenever|where|once|may|can|could|might|would)\b", re.IGNORECASE)
_PASSED_ON = re.compile(r"\b(?:who|which|that|by|under|of|in|for|with)\s", re.IGNORECASE)


def unread_ends(outline: Outline, clause: Clause, sentence: Text, targets: Sequence[Target], read: Sequence[tuple[int, int]], effect: Effect | None) -> Iterator[Relation]:
    """A doubtful end of each rule beside whose name such words stand, but for those within ``read``, of which what is said was read."""
    words = sentence.string
    for target, (start, end) in zip(targets, places(words, targets), strict=True):
        if start < 0 or not target.end.number or _is_own(target, outline) or any(s < end and start < e for s, e in read):
            continue
        found = _before(words, start) or _behind(words, start, end)
        if found is None:
            yield from _other(outline, clause, sentence, target, (start, end), effect)
            continue
        kind: RelationKind = "supersedes" if re.match(r"super|repl", found[2], re.IGNORECASE) else "suspends" if found[2].lower() == "suspended" else "rescinds"
        quote = sentence[found[0] : found[1]].strip()
        relation = act(outline, kind, target.end, quote, "relation.unread", _from(sentence, targets, quote, effect))
        yield replace(relation, affecting=End(own_name(outline), own=True, eid=clause.eid), scope="unknown", certainty="doubtful", condition=quote.string[:160])


def _other(outline: Outline, clause: Clause, sentence: Text, target: Target, span: tuple[int, int], effect: Effect | None) -> Iterator[Relation]:
    """A doubtful change or suspension of one rule."""
    words, (start, end) = sentence.string, span
    borne, before = _BORNE_ON.search(words[:start]), _CHANGED_BEFORE.search(words, max(0, start - 120), start)
    held, changed = (None if borne else pattern.match(words, end) for pattern in (_HELD_BEHIND, _CHANGED_BEHIND))
    behind = next((m for m in (held, changed) if m and not _NOT.search(m["gap"] + m["between"]) and not _PASSED_ON.search(m["gap"])), None)
    if (before is None and behind is None) or NEGATED.search(words[: before.start() if before else start]) or _NOT.search(words[: before.start() if before else start]):
        return
    first, last = (before.start(), end) if before else (start, behind.end() if behind else end)
    quote = sentence[first:last].strip()
    kind: RelationKind = "suspends" if behind is not None and behind is held and not before else "amends"
    relation = act(outline, kind, target.end, quote, "relation.unread", effect)
    yield replace(relation, affecting=End(own_name(outline), own=True, eid=clause.eid), scope="part" if kind == "amends" else "whole", certainty="doubtful", condition=quote.string[:160])


def _from(sentence: Text, targets: Sequence[Target], quote: Text, effect: Effect | None) -> Effect | None:
    """From when it may have ended: from the one day that the sentence gives beside its rules, by the day of a paper that tells of it as past, else from that day on."""
    words = sentence.string
    for target in targets:
        words = words.replace(target.text.string, " ")
    days = list(find_dates(words))
    first = effect.day.first if effect else None
    if len(days) == 1 and days[0].day.on is not None and (first is None or days[0].day.on >= first):
        return Effect(days[0].day, days[0].raw)
    if effect is not None and _TOLD.search(quote.string):
        return Effect(Day(latest=effect.day.last), f"told of, {effect.basis}")
    return effect


def _before(words: str, start: int) -> tuple[int, int, str] | None:
    match = _BEFORE.search(words, max(0, start - 80), start)
    if match is None or _NOT.search(words[: match.start()]) or NEGATED.search(words[: match.start()]):
        return None
    end = re.compile(r"[.;]|$").search(words, start)
    return match.start(), min(end.start() if end else len(words), start + 120), match["word"]


def _behind(words: str, start: int, end: int) -> tuple[int, int, str] | None:
    match = _BEHIND.match(words, end)
    if match is None or (not match["word3"] and _BORNE_ON.search(words[:start])) or NEGATED.search(words[:start]) or _NOT.search(words[:start]):
        return None
    said = (match["word"] or match["word2"] or match["word3"]).strip()
    if _NOT.search((match["gap"] or "") + (match["between"] or "").replace("no longer", "")) or _PASSED_ON.search(match["gap"] or ""):
        return None
    return start, match.end(), said


def _is_own(target: Target, outline: Outline) -> bool:
    return bool(outline.heading.number) and (target.end.number or "").lower() == (outline.heading.number or "").lower()
