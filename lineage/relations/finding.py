"""``find``: what one paper says that it does to others, and what marks on it say was done to it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec.structs import replace

from lineage.model import (
    Certainty,
    Clause,
    Day,
    Effect,
    End,
    Finding,
    Outline,
    Relation,
    RelationKind,
    Text,
    evidence_of,
)
from lineage.profiles import Profile, Rule
from lineage.relations.acting import day_of_act
from lineage.relations.announcing import absorbed, announces, settled
from lineage.relations.becoming import becoming
from lineage.relations.classes import class_ends
from lineage.relations.ended import ended_fields
from lineage.relations.former import former_field, former_numbers
from lineage.relations.instructing import instructed
from lineage.relations.joining import beside, places
from lineage.relations.leading import Lead, lead_of
from lineage.relations.living import act, field_ends, life_acts, own_name
from lineage.relations.merging import PLAIN_ENDS, doubts, merged, of_itself
from lineage.relations.opening import open_targets
from lineage.relations.ranges import open_ranges
from lineage.relations.saying import Saying, listed, of_a_part, opened, saying
from lineage.relations.stamps import stamped_acts
from lineage.relations.targets import Target, alternatives, in_field, in_sentence
from lineage.relations.unread import unread_ends

FIELD_KINDS: dict[str, RelationKind] = {"rescinds": "rescinds", "supersedes": "supersedes", "amends": "amends"}
WHOLE_NUMBER = re.compile(r"[A-Za-z].*\d|\d.*[.\-/]\d|\d{3}")  # "1" or "20-" names no rule
FIGURE = re.compile(r"\d")
SENTENCE = re.compile(r"\.(?<!\bSec\.)(?<!\bNo\.)(?<!\b[A-Z]\.)(?=\s+[A-Z\"“•])|;\s|\n")  # the stop first: looking back at every character takes long
NAMES = re.compile(r"[Oo]rder\b|[Ii]tem\b")
LONGEST = 4_000  # characters of a sentence that are looked at; keeps every pattern bounded
Said = list[tuple[Clause, list[Text]]]


def find(outline: Outline, profile: Profile) -> tuple[list[Relation], list[Finding]]:
    """Every relation written on the paper, none resolved, and what is doubtful about them.

    The same act said twice (in the heading and in a sentence) is one relation with both pieces of evidence.
    """
    effect = effect_of(outline, profile)
    said = [(clause, list(sentences(clause))) for clause in outline.clauses]
    timed = list(_cut_off(outline))
    relations = [*_fields(outline, profile, effect), *former_field(outline, profile, effect), *ended_fields(outline, profile, effect), *field_ends(outline, profile, effect, timed), *_sentences(outline, said, profile, effect, timed), *stamped_acts(outline, profile)]
    changes, unread = instructed(outline, said, profile, effect, announced=announces(relations))
    relations = absorbed(relations, changes, bool(unread))
    timed += [doubt for doubt in unread if not settled(doubt, changes, relations)]
    relations += class_ends(outline, profile, effect, relations, timed)
    unnamed, notes = open_targets(outline, said, profile, effect)
    findings = [*timed, *notes, *_unread_fields(outline, relations, profile)]
    acts = [of_itself(r, outline) for r in merged([*relations, *unnamed])]
    findings.extend(doubts(acts))
    texts = [value for role, value in outline.heading.fields if role in FIELD_KINDS]
    findings.extend(open_ranges(outline, [*texts, *(part for _, parts in said for part in parts)], acts))
    return acts, findings


def effect_of(outline: Outline, profile: Profile) -> Effect | None:
    """The day from which the paper's own acts work: its effective words, else its effective field, else its issue where the agency holds that issue is effect."""
    heading = outline.heading
    effective = sorted(heading.dates_of("effective"), key=lambda d: not d.evidence[0].rule.startswith("life."))
    if effective:
        days = {replace(d.day, hour=None) for d in effective}
        if len(days) == 1 and effective[0].day != Day():
            hours = {d.day.hour for d in effective if d.day.hour}
            return Effect(replace(effective[0].day, hour=hours.pop() if len(hours) == 1 else None), effective[0].raw)
        firsts = [d.day.first for d in effective if d.day.first]
        if any(d.day == Day() for d in effective):
            # A day that cannot be read: not before the issue, and nothing more is known.
            return Effect(Day(earliest=next((d.day.first for d in heading.dates_of("issued")), None)), " / ".join(d.raw for d in effective))
        lasts = [d.day.last for d in effective if d.day.last]
        return Effect(Day(earliest=min(firsts, default=None), latest=max(lasts, default=None)), " / ".join(d.raw for d in effective))
    issued = heading.dates_of("issued")
    if issued:
        if profile.issue_is_effect:
            return Effect(issued[0].day, f"{issued[0].raw}, the issue date")
        # The paper's own beginning is open then, and so is that of what it does.
        return Effect(Day(earliest=issued[0].day.first), f"{issued[0].raw}, no effective date is stated: not before the issue date")
    return None


def _fields(outline: Outline, profile: Profile, effect: Effect | None) -> Iterator[Relation]:
    for role, value in outline.heading.fields:
        kind = FIELD_KINDS.get(role)
        if kind is None:
            continue
        if profile.names_nothing(value.string):
            yield act(outline, "creates", End(value.string, own=True), value, "field.creates", effect, source="field")
            continue
        for target in in_field(value, profile):
            if not target.end.own and not WHOLE_NUMBER.search(target.end.number or ""):
                continue
            how = listed(value.string, target.text.string, target.end.title)
            certainty: Certainty = "doubtful" if target.doubtful or how.how == "open" else "certain"
            relation = act(outline, kind, target.end, target.text, f"field.{role}", effect, source="field")
            yield replace(relation, certainty=certainty, condition=how.words, scope="part" if how.how == "part" else relation.scope)


def _unread_fields(outline: Outline, relations: list[Relation], profile: Profile) -> Iterator[Finding]:
    """A Rescinds, Supersedes or Amends field with words of which no target could be read, in whole or in part: it may end or change a rule, so it is said."""
    read = [(e.page, e.start, e.end) for r in relations if r.source == "field" for e in r.evidence]
    for role, value in outline.heading.fields:
        places = value.pieces()
        if role not in FIELD_KINDS or not places:
            continue
        whole = not any(p.page == page and p.start <= start < p.end for p in places for page, start, _ in read)
        left = [] if whole else [part for part in _left_over(value, read) if FIGURE.search(part.string)]
        for words in [value] if whole else left:
            message = f'The field that says what this paper {FIELD_KINDS[role]} reads "{words.string[:120]}"{"" if whole else " beside what was read"}, and no rule could be read from it. What it ends or changes is not known; a person must read it.'
            yield Finding("relations.field-unread", "doubt", message, evidence_of(words, outline.item, f"field.{role}"))


def _left_over(value: Text, read: list[tuple[int, int, int]]) -> Iterator[Text]:
    """The stretches of a field that are in no target read from it."""
    begin: int | None = None
    for at in range(len(value) + 1):
        piece = next(iter(value[at : at + 1].pieces()), None) if at < len(value) else None
        free = piece is not None and not any(page == piece.page and start <= piece.start < end for page, start, end in read)
        if free and begin is None:
            begin = at
        elif (piece is not None and not free) or at == len(value):
            if begin is not None:
                yield value[begin:at].strip()
            begin = None


def _sentences(outline: Outline, said: Said, profile: Profile, effect: Effect | None, doubtful: list[Finding]) -> Iterator[Relation]:
    named: End | None = None  # the rule named last: what an instruction without a target of its own is about
    lead: Lead | None = None
    for clause, parts in said:
        if lead is not None and not lead.holds(clause):
            lead = None
        for sentence in parts:
            taken: list[tuple[int, int]] = []
            yield from life_acts(outline, clause, sentence, profile, effect, doubtful)
            if lead is None and not _may_name(sentence.string) and ":" not in sentence.string:
                continue
            begun = lead_of(outline, clause, sentence, profile, effect) if ":" in sentence.string else None
            if begun is not None:
                lead, sentence = begun, begun.rest
            yield from former_numbers(outline, clause, sentence, profile, effect, taken)
            targets = in_sentence(sentence, profile)
            rules = [r for r in profile.relation if targets or r.inherits] if targets or profile.might("inherits", sentence.string) else []
            read: list[tuple[int, int]] = []
            yield from _acts(outline, clause, sentence, rules, profile, effect, named, taken, targets, read)
            items = list(lead.items(outline, clause, sentence, profile, taken, doubtful)) if lead is not None else []
            yield from items
            unread = list(unread_ends(outline, clause, sentence, targets, [*taken, *read], effect)) if not items else []
            yield from unread
            if not items:
                yield from _citations(outline, clause, sentence, profile, targets, taken)
            named = next((t.end for t in reversed(targets) if t.end.number), named)


def _may_name(words: str) -> bool:
    """Whether a rule, or a part of one, may be named: its name has a number, or calls it an order."""
    return FIGURE.search(words) is not None or (("rder" in words or "tem" in words) and NAMES.search(words) is not None)


def _acts(outline: Outline, clause: Clause, sentence: Text, rules: list[Rule], profile: Profile, effect: Effect | None, named: End | None, taken: list[tuple[int, int]], named_here: Sequence[Target], read: list[tuple[int, int]]) -> Iterator[Relation]:
    """What the verbs of a sentence do to the rules that it names (``named_here``). Where they do nothing, since the words deny it or only think of it, the place is added to ``read``."""
    spans = places(sentence.string, named_here)
    own, small = End(own_name(outline), own=True, eid=clause.eid), sentence.string.lower()
    for rule in rules:
        if not rule.may_stand_in(small) or "(?P<self>" in rule.pattern.pattern:
            continue
        for match in rule.pattern.finditer(sentence.string):
            span = match.span("target")
            if any(s < span[1] and span[0] < e for s, e in taken):
                continue
            if rule.inherits and named is None:
                continue
            quote = sentence[match.start() : match.end()]
            words = sentence[span[0] : span[1]]
            within = [] if rule.inherits else in_sentence(words, profile)
            targets = [replace(named, mention=f"{words.string} of {named.number}")] if rule.inherits and named else [t.end for t in within]
            how = saying(sentence.string, match, rule.kind, several=len(targets) > 1, own=outline.heading.number)  # type: ignore[arg-type]
            if how.how == "unsaid":
                read += [match.span()]
                continue
            if not rule.inherits:
                row = [n for n in beside(sentence.string, spans, span) if not any(s < spans[n][1] and spans[n][0] < e for s, e in taken)]
                targets += [named_here[n].end for n in row]
                taken += [spans[n] for n in row]
            if how.how != "open" and alternatives(words.string, within):
                how = Saying("open", words.string[:160])
            taken += [span, match.span("into")] if match.groupdict().get("into") else [span]
            day = effect if rule.kind in ("confirms", "supplements") else day_of_act(sentence.string, match.start(), match.end(), profile, effect, rule.kind)
            for target in targets:
                relation = act(outline, rule.kind, target, quote, f"relation.{rule.name}", day)  # type: ignore[arg-type]
                in_part = how.how == "part" or (how.how == "open" and rule.kind in PLAIN_ENDS and of_a_part(sentence.string, match, passive=match.start() == span[0]))
                relation = replace(relation, scope="part" if in_part else rule.scope, affecting=own, condition=how.words)
                yield from becoming(opened(relation, how, effect) if how.how == "open" else relation, match, sentence, profile)


def _cut_off(outline: Outline) -> Iterator[Finding]:
    """A sentence that is longer than is looked at, where what is left over names a rule."""
    for clause in outline.clauses:
        for text in (clause.heading, clause.text):
            if len(text) <= LONGEST:
                continue
            edges = [0, *(match.end() for match in SENTENCE.finditer(text.string)), len(text)]
            for start, end in pairwise(edges):
                if end - start > LONGEST and _may_name(text.string[start + LONGEST : end]):
                    message = f"A sentence has {end - start:,} characters, and only the first {LONGEST:,} are looked at. What it does to rules named behind them, or by words behind them, is not known; a person must read it."
                    yield Finding("relations.sentence-long", "doubt", message, evidence_of(text[start + LONGEST - 200 : start + LONGEST], outline.item, "sentence"))


def sentences(clause: Clause) -> Iterator[Text]:
    """The sentences of a clause, its heading first, each with its origins."""
    for text, start, end in spans(clause):
        yield text.within(start, end)


def spans(clause: Clause) -> Iterator[tuple[Text, int, int]]:
    """The same as stretches of the heading and of the text, with the blanks at their ends: most need only be looked at, and to have their origins takes longer."""
    for text in (clause.heading, clause.text):
        at = 0
        for match in SENTENCE.finditer(text.string):
            yield text, at, min(match.end(), at + LONGEST)
            at = match.end()
        if at < len(text.string):
            yield text, at, min(len(text.string), at + LONGEST)


def _citations(outline: Outline, clause: Clause, sentence: Text, profile: Profile, targets: list[Target], taken: list[tuple[int, int]]) -> Iterator[Relation]:
    own = End(own_name(outline), own=True, eid=clause.eid)
    statutes: list[tuple[int, int]] = []
    for rule in profile.statute if FIGURE.search(sentence.string) else ():
        for match in rule.pattern.finditer(sentence.string):
            statutes.append(match.span())
            words = sentence[match.start() : match.end()]
            relation = act(outline, "cites", End(words.string, external=True), words, f"statute.{rule.name}", None)
            yield replace(relation, affecting=own, scope="part")
    for target in targets:
        start = _offset(sentence, target.text)
        span = (start, start + len(target.text))
        if any(s < span[1] and span[0] < e for s, e in (*taken, *statutes)) or _is_self(target, outline):
            continue
        yield replace(act(outline, "cites", target.end, target.text, "reference", None), affecting=own)


def _offset(sentence: Text, part: Text) -> int:
    # ``in_sentence`` slices the sentence itself, so the first place with the same origin is it.
    wanted = part.runs[0] if part.runs else None
    at = sentence.string.find(part.string)
    while at >= 0 and wanted is not None:
        if sentence[at : at + len(part)].runs[:1] and sentence[at : at + len(part)].runs[0][1:] == wanted[1:]:
            return at
        at = sentence.string.find(part.string, at + 1)
    return max(at, 0)


def _is_self(target: Target, outline: Outline) -> bool:
    return bool(target.end.number and outline.heading.number and target.end.number.lower() == outline.heading.number.lower())

