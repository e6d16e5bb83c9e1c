"""Instructions on a paper: sentences that change words of a rule, the rule that each means, and the clauses that hold its new text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from lineage.model import Clause, Day, Effect, End, Finding, Instruction, Outline, Relation, Text, bare, evidence_of
from lineage.model.eid import bare_marker
from lineage.profiles import Profile
from lineage.relations.acting import day_of_act
from lineage.relations.announcing import TEXTUAL
from lineage.relations.instructions import instruct
from lineage.relations.instructions.grammar import grammar_of
from lineage.relations.living import act, own_name
from lineage.relations.targets import in_sentence

_NUMBERED = re.compile(r"^\s*(?:(?:manual\s+)?sections?|§+)?\s*(?P<number>\d+(?:\.\d+)+|[A-Z]{1,3}-?\d+(?:[-.]\d+)+)\b", re.IGNORECASE)
_CHANGES = re.compile(r"\b(?:is|are|shall\s+be)\s+(?:hereby\s+|further\s+)*(?:amended|revised|modified|changed|corrected)\b", re.IGNORECASE)
_AT_ISSUE = re.compile(r"immediately|upon\s+(?:issu|publi|sign|receipt|adopt)", re.IGNORECASE)
_NAMES_PART = re.compile(r"[\"“‘§\d]|'\w|\([A-Za-z]{1,4}\)|\b[A-Z]\b|\b[IVX]+\b|sentence|heading|definition|title|paragraph")
_A_LAW = re.compile(r"\b(?:Codes?|Acts?|Laws?|Ordinances?|Statutes?|Constitution|Compact|Regulations?|Agreement|Contract|MOU)\b", re.IGNORECASE)
_QUOTED = re.compile(r"[\"“][^\"”]+[\"”]|\b(?:item|paragraph|section|sentence|bullet|step)\b", re.IGNORECASE)
_UNIT = re.compile(r"^(?:the\s+)?(?:manual\s+)?(?:sections?|§+|policy|order|directive)\s*", re.IGNORECASE)
Said = Sequence[tuple[Clause, Sequence[Text]]]


class _Place(Struct, frozen=True):
    """A sentence of a paper: its clause's place in the outline, the clause, and what stands above it, outermost first."""

    at: int
    clause: Clause
    sentence: Text
    last: bool
    above: tuple[Text, ...]
    named: End | None = None


def instructed(outline: Outline, said: Said, profile: Profile, effect: Effect | None, *, announced: bool = False) -> tuple[list[Relation], list[Finding]]:
    """Every change of words that the paper instructs, and what of its instructions could not be read, or is said of no rule. Where the paper changes rules (``announced``), less is taken for what members do at work."""
    found: list[Relation] = []
    findings: list[Finding] = []
    ended: set[str] = set()  # clauses of which the rest is new text
    taken: set[str] = set()  # clauses that are new text, and no words of the order itself
    for place in _places(said, profile):
        if place.clause.eid in taken or place.clause.eid in ended:
            continue
        changing = announced or bool(found)
        if not _may_mean_a_rule(place, profile, changing):
            continue
        reading = instruct(place.sentence.string, [t.string for t in place.above], profile)
        if not reading.instructions and not (reading.findings and (changing or _concerns_rules(place, profile))):
            continue
        place = replace(place, named=_named(said, place, profile))
        of_work = _is_said_of_work(place, reading.instructions, profile)
        found += _open(outline, place, profile, effect) if reading.findings or (of_work and changing) else ()
        findings += [replace(f, evidence=evidence_of(place.sentence, outline.item, f.code)) for f in reading.findings]
        if of_work:
            findings += [_unplaced(outline, place)] if changing else []
            continue
        for one in reading.instructions:
            several = sum(other.follows and other.kind == "substitutes" for other in reading.instructions) > 1
            relation = _relation(outline, place, one, profile, effect, several=several)
            if relation is None:
                findings += [_unplaced(outline, place)] if _is_of_no_rule(place, one, profile) else []
                continue
            found.append(relation)
            ended |= {place.clause.eid} if one.unquoted else set()
            taken |= set(relation.edit.clauses) if relation.edit else set()
    return found, findings


def _is_said_of_work(place: _Place, found: Sequence[Instruction], profile: Profile) -> bool:
    """Whether a sentence in the imperative tells members what to do, and not which words change: nothing above it speaks of a change, and it names no rule."""
    if not found or not grammar_of(profile).begins.match(place.sentence.string):
        return False
    return not _concerns_rules(place, profile)


def _unplaced(outline: Outline, place: _Place) -> Finding:
    words = place.sentence.string.strip()
    message = f"This sentence changes words, but neither it nor what stands above it says of which rule: “{words[:160]}”. It is applied to none; a person must say which rule it means."
    return Finding("instructions.unplaced", "doubt", message, evidence_of(place.sentence, outline.item, "instructions.unplaced"))


def _is_of_no_rule(place: _Place, one: Instruction, profile: Profile) -> bool:
    """Whether an instruction is lost because no rule is named for it: it is of no law, and of no whole rule, which others read."""
    if one.kind not in TEXTUAL or (one.of is not None and _A_LAW.search(one.of)):
        return False
    affected, _ = _affected(place, one, profile)
    return affected is None and not (one.rule == "as-follows" and one.follows) and (bool(one.path) or one.edit is not None) and one.kind != "rescinds"


def _may_mean_a_rule(place: _Place, profile: Profile, changing: bool) -> bool:
    """A first look: what names neither a rule, nor a part by its number, nor quoted words, changes none."""
    words = place.sentence.string
    if _NAMES_PART.search(words) is None:
        return False
    return grammar_of(profile).begins.match(words) is None or _concerns_rules(place, profile) or (changing and _QUOTED.search(words) is not None)


def _concerns_rules(place: _Place, profile: Profile) -> bool:
    """Whether what stands above the sentence says that a rule is changed, or the sentence names a rule."""
    return any(_CHANGES.search(text.string) for text in place.above) or any(t.end.number for t in in_sentence(place.sentence, profile))


def _places(said: Said, profile: Profile) -> Iterator[_Place]:
    """The sentences that may instruct, each with what stands above it."""
    may_be = grammar_of(profile).may_be
    stack: list[tuple[int, Clause, Text | None]] = []
    for at, (clause, parts) in enumerate(said):
        while stack and (stack[-1][0] > clause.depth or (stack[-1][0] == clause.depth and not _leads(stack[-1][1], clause))):
            stack.pop()
        for number, sentence in enumerate(parts):
            if may_be(sentence.string):
                above = tuple(words for _, _, words in stack if words is not None)
                yield _Place(at, clause, sentence, number == len(parts) - 1, above)
        stack.append((clause.depth, clause, parts[-1] if parts else None))


def _named(said: Said, place: _Place, profile: Profile) -> End | None:
    """The rule named last before a sentence: by a sentence that speaks of a change, or by the number that a heading bears. What is only cited is not what is changed."""
    changes = grammar_of(profile).changes
    for at in range(place.at, -1, -1):
        clause, parts = said[at]
        before = parts if at < place.at else parts[: next(n for n, part in enumerate(parts) if part is place.sentence)]
        for part in reversed(before):
            targets = in_sentence(part, profile) if changes.search(part.string) else []
            if named := next((t.end for t in reversed(targets) if t.end.number), None):
                return named
        if clause.kind == "heading" and (named := _numbered(clause, profile)):
            return named
    return None


def _leads(before: Clause, clause: Clause) -> bool:
    """Whether a clause of the same depth stands above another: a lead-in above the numbered clauses behind it."""
    return before.kind != "heading" and before.text.string.rstrip().endswith(":") and not before.marker and bool(clause.marker)


def _numbered(clause: Clause, profile: Profile) -> End | None:
    """The rule whose number a heading bears."""
    words = " ".join(t.string for t in (clause.marker, clause.heading, clause.text) if t)
    match = _NUMBERED.match(words)
    series = profile.series_of_number(match["number"]) if match else None
    return End(match["number"], number=match["number"], series=series.id if series else None) if match else None


def _relation(outline: Outline, place: _Place, one: Instruction, profile: Profile, effect: Effect | None, *, several: bool = False) -> Relation | None:
    if one.kind not in TEXTUAL:
        return None
    affected, path = _affected(place, one, profile)
    whole = not path and (one.edit is None or (one.edit.find is None and one.edit.text is None and one.edit.replace is None and not one.follows))
    if affected is None or bare(affected.number or "") == bare(outline.heading.number or "-") or (whole and one.kind in ("rescinds", "supersedes", "deletes", "inserts", "renumbers")):
        return None  # an act upon a whole rule is read by the rules for those
    quote = place.sentence[one.start : one.end]
    if not quote.string.strip():
        return None
    edit = one.edit
    if one.follows and edit is not None and edit.text is None:
        taken = _of_its_number(outline.clauses, place.at, path) if several else new_text(outline.clauses, place.at, path, edit.marker, affected.number)
        new = _as_far_as(taken, profile) if place.last else ()
        if one.rule == "as-follows" and (not path or any(_speaks_again(c, profile) for c in new[:1])):
            return None  # what follows are instructions, or what changes is not said: a lead-in, read by the rules for those
        edit = replace(edit, clauses=tuple(c.eid for c in new), text="\n".join(_words(c) for c in new) or None)
    if one.unquoted and edit is not None and edit.text is not None:
        edit = replace(edit, text=_to_the_end(outline.clauses, place, edit.text, profile))
    kind = "deletes" if one.kind == "rescinds" else "substitutes" if one.kind == "supersedes" else one.kind
    day = _day_of(place.sentence.string, one, profile, effect)
    made = act(outline, kind, affected, quote, f"instruction.{one.rule}", day)
    return replace(made, scope="part", edit=edit, affecting=End(own_name(outline), own=True, eid=place.clause.eid), affected=replace(affected, path=path))


def _day_of(words: str, one: Instruction, profile: Profile, effect: Effect | None) -> Effect | None:
    """The day that the sentence gives to its instruction, else that of the paper. A time that is said and cannot be read leaves the day open: not before that of the paper."""
    if not one.effective:
        return effect
    at = words.lower().find(one.effective.lower().strip(" ,"))
    first, last = (at + len(one.effective) + 2, len(words)) if at < 10 else (0, at)
    told = day_of_act(words, first, last, profile, effect)
    if told != effect or _AT_ISSUE.search(one.effective):
        return told
    return Effect(Day(earliest=effect.day.first if effect is not None else None), f"{one.effective.strip(' ,')} (not read)")


def _to_the_end(clauses: Sequence[Clause], place: _Place, text: str, profile: Profile) -> str | None:
    """New text without marks around it as far as its clause goes; None where what follows the clause may be of it too."""
    own, whole = place.clause, place.clause.text.string
    begin = whole.find(text[:40])
    after = clauses[place.at + 1] if place.at + 1 < len(clauses) else None
    goes_on = after is not None and after.kind != "heading" and (after.depth > own.depth or (after.depth == own.depth and not own.marker and not after.marker))
    if begin < 0 or (goes_on and after is not None and not _speaks_again(after, profile)):
        return None
    return whole[begin:].strip()


def _speaks_again(clause: Clause, profile: Profile) -> bool:
    """Whether in a clause the order speaks itself: of what remains, or in its next instruction."""
    words = clause.text.string
    if any(rule.kind == "confirms" and rule.pattern.search(words) for rule in profile.relation):
        return True
    reading = instruct(words, [], profile) if grammar_of(profile).may_be(words) else None
    return reading is not None and bool(reading.instructions or reading.findings)


def _as_far_as(new: Sequence[Clause], profile: Profile) -> Sequence[Clause]:
    """New text as far as the order speaks again: what it says of the rest, or its next instruction, is none of it."""
    for at, clause in enumerate(new[1:], 1):
        if _speaks_again(clause, profile):
            return new[:at]
    return new


def _open(outline: Outline, place: _Place, profile: Profile, effect: Effect | None) -> Iterator[Relation]:
    """A change that cannot be read, hangs on something else, is to come or is said of no rule: the words of every rule that it names, or else of the rule that the paper changed last, are in doubt from that day, and nothing is applied."""
    texts = [[t.end for t in in_sentence(text, profile) if t.end.number] for text in (place.sentence, *reversed(place.above))]
    for end in next((named for named in texts if named), [place.named] if place.named else []):
        if bare(end.number or "") != bare(outline.heading.number or "-"):
            made = act(outline, "amends", end, place.sentence, "instruction.open", effect)
            yield replace(made, scope="part", certainty="doubtful", condition=place.sentence.string.strip()[:160], affecting=End(own_name(outline), own=True, eid=place.clause.eid))


def _words(clause: Clause) -> str:
    return " ".join(t.string for t in (clause.marker, clause.heading, clause.text) if t)


def _affected(place: _Place, one: Instruction, profile: Profile) -> tuple[End | None, tuple[str, ...]]:
    """The rule that an instruction means, and the path within it: the rule is the first of the path where that is a rule's number, else what the sentence, what stands above it or the heading names."""
    if one.of is not None and _A_LAW.search(one.of):
        return None, ()
    texts = (place.sentence, *reversed(place.above))
    targets = [t.end for text in texts for t in in_sentence(text, profile)]
    first = bare(_UNIT.sub("", one.path[0])) if one.path else ""
    for end in (*targets, *([place.named] if place.named else [])):
        if end.number and first and bare(end.number) == first:
            return end, one.path[1:]
    if one.of is not None:
        wanted = bare(one.of)
        for end in targets:
            if end.number and (bare(end.number) in wanted or (end.mention and bare(end.mention) in wanted)):
                return end, one.path
        return None, ()  # it names something that is no rule of the agency
    inside = place.sentence.string[one.start : one.end]
    own = [t.end for t in in_sentence(place.sentence, profile) if t.text.string in inside and t.end.number and (one.edit is None or t.text.string not in (one.edit.text or "") + (one.edit.replace or "") + (one.edit.find or ""))]
    if own:
        return own[0], one.path
    above = [t.end for text in reversed(place.above) for t in in_sentence(text, profile) if t.end.number]
    return (above[0] if above else place.named), one.path


def _of_its_number(clauses: Sequence[Clause], at: int, path: Sequence[str]) -> list[Clause]:
    """Of the new text of several parts ("items 4 and 5 are amended to read as follows:") that of one: the one clause behind the instruction, below it or beside it, that bears its number. Empty where that cannot be told."""
    number, depth = bare_marker(path[-1].split(" ")[-1]) if path else "", clauses[at].depth
    after = clauses[at + 1 :]
    end = next((n for n, clause in enumerate(after) if clause.depth < depth or clause.kind == "heading"), len(after))
    level = after[0].depth if end else depth
    found = [at + 1 + n for n, clause in enumerate(after[:end]) if clause.depth == level and number and bare_marker(clause.marker.string) == number]
    return _unit(clauses, found[0], at + 1 + end) if len(found) == 1 else []


def new_text(clauses: Sequence[Clause], at: int, path: Sequence[str], marker: str | None, rule: str | None) -> list[Clause]:
    """The clauses behind an instruction that hold its new text: those below it; where none is, those beside it as far as they are of its number. Empty where that cannot be told.

    New text that begins with the number of its target is that clause and what stands below it; so is the new text of a whole rule that begins with the number of the rule.
    """
    if not path and rule and at + 1 < len(clauses) and (named := _NUMBERED.match(_words(clauses[at + 1]))) and bare(named["number"]) == bare(rule):
        return _unit(clauses, at + 1, len(clauses))
    own = clauses[at]
    after = at + 1
    below = after
    while below < len(clauses) and clauses[below].depth > own.depth:
        below += 1
    number = bare_marker(_UNIT.sub("", (marker or (path[-1] if path else ""))).split(" ")[-1]) if (marker or path) else ""
    if below > after:
        first = clauses[after]
        return _unit(clauses, after, below) if number and bare_marker(first.marker.string) == number else list(clauses[after:below])
    if after < len(clauses) and clauses[after].depth == own.depth and clauses[after].kind != "heading":
        first = clauses[after]
        if number and bare_marker(first.marker.string) == number:
            return _unit(clauses, after, len(clauses))
        if own.text.string.rstrip().endswith(":") and not first.marker and len(path) > 0:
            return _unit(clauses, after, len(clauses))
    return []


def _unit(clauses: Sequence[Clause], at: int, until: int) -> list[Clause]:
    end = at + 1
    while end < until and clauses[end].depth > clauses[at].depth:
        end += 1
    return list(clauses[at:end])
