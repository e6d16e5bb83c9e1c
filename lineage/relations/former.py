"""What a paper says that it was numbered before: it is the same rule, under the number at its head."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from lineage.model import Clause, Effect, End, Outline, Relation, Text
from lineage.profiles import Profile
from lineage.relations.living import act, negated, own_name
from lineage.relations.targets import in_sentence


def former_numbers(outline: Outline, clause: Clause, sentence: Text, profile: Profile, effect: Effect | None, taken: list[tuple[int, int]]) -> Iterator[Relation]:
    """The former number of the paper itself, where a sentence gives it; where it stands is added to ``taken``."""
    for rule in profile.relation if outline.heading.number else ():
        if rule.kind != "renumbers" or "(?P<self>" not in rule.pattern.pattern or not rule.may_stand_in(sentence.string.lower()):
            continue
        match = rule.pattern.search(sentence.string)
        if match is None or negated(sentence.string, match):
            continue
        begin, end = match.span("target")
        taken.append((begin, end))
        made = _former(outline, sentence[begin:end], sentence[match.start() : match.end()], f"relation.{rule.name}", profile, effect)
        yield replace(made, affecting=replace(made.affecting, eid=clause.eid))


def former_field(outline: Outline, profile: Profile, effect: Effect | None) -> Iterator[Relation]:
    """The former number that a field of the heading gives."""
    for role, value in outline.heading.fields:
        if role == "formerly" and outline.heading.number and not profile.names_nothing(value.string) and profile.number.search(value.string):
            yield replace(_former(outline, value, value, "field.formerly", profile, effect), source="field")


def _former(outline: Outline, words: Text, quote: Text, rule: str, profile: Profile, effect: Effect | None) -> Relation:
    named = in_sentence(words, profile)
    number = profile.number.search(words.string)
    end = named[0].end if named and named[0].end.number else End(words.string, number=number.group() if number else words.string)
    made = act(outline, "renumbers", end, quote, rule, effect)
    return replace(made, affecting=End(own_name(outline), own=True, number=outline.heading.number, series=outline.heading.series))
