"""Open targets: rules that a paper ends without naming them ("all prior training bulletins on vehicle stops"). Those that it may mean are looked for by their titles.

They stay candidates for a person and never end by it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from msgspec.structs import replace

from lineage.model import INDEX_SERIES, Clause, Effect, End, Expression, Finding, Outline, Relation, Text, Work, evidence_of
from lineage.model.dates import long_date
from lineage.model.work import OF_A_MANUAL, VAGUE_SERIES
from lineage.profiles import Profile
from lineage.relations.acting import day_of_act
from lineage.relations.identity import COMMON_WORDS
from lineage.relations.living import act, negated, own_name
from lineage.relations.merging import PLAIN_ENDS

# What rules are called whatever their series: such a word leaves no series out.
ANY_KIND = frozenset(("order", "directive", "policy", "procedure", "rule", "regulation", "instruction", "guideline", "publication", "document", "writing", "communication"))
# What else is one: an agreement, a law or a form is not, and an earlier version is the paper itself.
OF_A_KIND = frozenset(("section", "bulletin", "notice", "memorandum", "memo", "memoranda", "manual", "sop", "teletype", "message", "letter", "chapter", "circular"))
# Words that tell nothing of what a rule is about.
ABOUT_NOTHING = COMMON_WORDS | ANY_KIND | {"case", "subject", "topic", "matter", "this", "that", "these", "those", "all", "any", "its", "their", "our", "from", "section", "bulletin", "memo", "memorandum", "notice", "manual", "general", "special", "training"}
_WORDS = re.compile(r"[a-z0-9]+")
_UNNAMED = re.compile(r"\b(?:all|any|every)\b|$", re.IGNORECASE)
_PARTS = re.compile(r"\s*(?:,|;|/|\band\b|\bor\b|&)\s*")


def open_targets(outline: Outline, said: Iterable[tuple[Clause, list[Text]]], profile: Profile, effect: Effect | None) -> tuple[list[Relation], list[Finding]]:
    """What a paper ends without naming it: a doubtful act where it says what those rules are about, and a note in any case."""
    acts: list[Relation] = []
    notes: list[Finding] = []
    for clause, parts in said:
        for sentence in parts:
            for rule in profile.open if profile.might("open_targets", sentence.string) else ():
                match = rule.pattern.search(sentence.string) if rule.kind in PLAIN_ENDS else None
                if match is None or negated(sentence.string, match):
                    continue
                quote = sentence[match.start() : match.end()].strip()
                notes.append(_note(evidence_of(quote, outline.item, f"open.{rule.name}"), quote.string))
                target = _target(match, outline, profile)
                if target is not None:
                    day = day_of_act(sentence.string, match.start(), match.end(), profile, effect)
                    one = act(outline, rule.kind, target, quote, f"open.{rule.name}", day)  # type: ignore[arg-type]
                    acts.append(replace(one, affecting=End(own_name(outline), own=True, eid=clause.eid), scope="unknown", certainty="doubtful"))
                break
    return acts, notes


def _note(evidence: tuple[object, ...], words: str) -> Finding:
    message = f'"{words}" ends rules without naming them. Nothing is ended by it here; a person must say which rules are meant.'
    return Finding("relations.open-target", "note", message, evidence)  # type: ignore[arg-type]


def _target(match: re.Match[str], outline: Outline, profile: Profile) -> End | None:
    """The rules that are meant, by their kinds and by what they are about; None where nothing says what they are about, or only that they are in conflict."""
    groups = match.groupdict()
    among = (groups.get("among") or groups.get("among2") or "").strip(" ,")
    if not among or any(rule.kind == "no-subject" and rule.pattern.search(among) for rule in profile.open):
        return None
    for rule in profile.open:
        found = rule.pattern.search(among) if rule.kind in ("own-subject", "subject") else None
        if found is None:
            continue
        subject = outline.heading.title if rule.kind == "own-subject" else found["subject"].strip(" ,")
        kinds = among[: found.start()].strip(" ,")
        if telling(subject) and (not kinds or any(kind[-1] in ANY_KIND | OF_A_KIND for kind in _kinds(kinds))):
            words = match.group()[_UNNAMED.search(match.group()).start() :]  # type: ignore[union-attr]  # the pattern holds one of them
            return End(" ".join(words.split()), subject=subject, among=kinds)
    return None


def telling(words: str) -> frozenset[str]:
    """The words that tell what something is about, each without the ending of its plural.

    >>> sorted(telling("Vehicle Stops")), sorted(telling("missing person cases")), sorted(telling("all policies"))
    (['stop', 'vehicle'], ['missing', 'person'], [])
    """
    return frozenset(w for w in map(_single, _WORDS.findall(words.lower())) if len(w) > 2 and w not in ABOUT_NOTHING)


def _single(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if re.search(r"(?:ch|sh|x|ss|zz)es$", word):
        return word[:-2]
    return word[:-1] if re.search(r"[^sui]s$", word) and len(word) > 3 else word


def may_mean(one: Relation, work: Work, texts: Sequence[Expression]) -> bool:
    """Whether an open target may mean a work: it is held, of a kind that is named, had begun before the act's day, and one of its titles is about the subject.

    A work of which a later paper says that it replaces the text that stood on that day is not meant.
    """
    end, day = one.affected, one.effect.day.first if one.effect else None
    if not work.held or end.subject is None or work.series == INDEX_SERIES or work.id == one.affecting.work or not _of_kind(work.series, end.among or ""):
        return False
    if day is not None and (not any(x.starts.first is None or x.starts.first < day for x in texts) or _went_on(texts, day)):
        return False
    about = telling(end.subject)
    return any(_is_about(telling(title), about) for title in {work.title, *(x.title for x in texts)})


def _is_about(title: frozenset[str], subject: frozenset[str]) -> bool:
    """Whether a title covers a subject, or is the greater part of it."""
    return bool(title) and (subject <= title or (title <= subject and len(title) > 1))


def _of_kind(series: str, among: str) -> bool:
    """Whether the words for the rules that are meant fit a series; words that are none of a kind leave none out."""
    named = _kinds(among)
    if not named or series in VAGUE_SERIES or any(kind[-1] in ANY_KIND and (len(kind) == 1 or kind[-1] != "order") for kind in named):
        return True
    return any(_fits(series, kind) for kind in named)


def _kinds(among: str) -> list[list[str]]:
    """The kinds of rules that these words name, each as its words without the ending of a plural."""
    kinds = ([_single(w) for w in _WORDS.findall(part.lower())] for part in _PARTS.split(among))
    return [kind for kind in kinds if kind]


def _fits(series: str, kind: list[str]) -> bool:
    words = series.split("-")
    if kind[-1] == "section" or kind[-1] == "manual":
        return series in OF_A_MANUAL or "section" in words
    if kind[-1] not in words and not (kind[-1] == "memoranda" and "memorandum" in words):
        return False
    qualified = [w for w in kind[:-1] if w in ("special", "general", "training", "interim", "administrative", "department", "temporary", "unit")]
    return not qualified or any(w in words for w in qualified)


def _went_on(texts: Sequence[Expression], day: date) -> bool:
    """Whether a later text says that it replaces the one that stood before the day."""
    before = [x for x in texts if x.starts.first and x.starts.first < day]
    standing = max(before, key=lambda x: x.starts.first or date.min, default=None)
    if standing is None:
        return False
    days = {d.isoformat() for d in (standing.starts.on, standing.issued.on) if d}
    return any(x.starts.first and x.starts.first > day and days & set(x.names_prior) for x in texts)


def open_doubts(acts: Iterable[Relation], work: Work, names: dict[str, str]) -> Iterator[Finding]:
    """What open targets leave open of a work that they may mean, and, of the work that names them so, which those are."""
    for one in acts:
        if one.affected.subject is None or not one.candidates:
            continue
        by = names.get(one.affecting.work or "", one.affecting.mention)
        if work.id in one.candidates:
            first = one.effect.day.first if one.effect else None
            since = f" from {long_date(first)}" if first else ""
            message = (
                f'{by} {one.kind} rules{since} without naming them: "{one.affected.mention}". By its title {names.get(work.id, work.name)} may be one of them, so from then on it is not '
                "established whether it was still in force. A list of what was ended, a sighting after that day, or a person could settle it."
            )
            yield Finding("relations.open-target", "doubt", message, one.evidence, work=work.id)
        elif work.id == one.affecting.work:
            meant = "; ".join(sorted(names.get(c, c) for c in one.candidates))
            message = f'"{one.affected.mention}" names no rule. By the titles held it may mean: {meant}. None of them ends by it, and none is established from its day on, until a person says which are meant.'
            yield Finding("relations.open-target", "doubt", message, one.evidence, work=work.id)
