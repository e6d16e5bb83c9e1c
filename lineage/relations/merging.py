"""One act is one relation: the same act said twice has the evidence of both; and what is doubtful about it."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from lineage.model import Evidence, Finding, Outline, Relation, RelationKind

# Ends that a sentence, a field or a stamp gives in one word.
PLAIN_ENDS: tuple[RelationKind, ...] = ("rescinds", "supersedes")


def merged(relations: list[Relation]) -> list[Relation]:
    """One relation for one act: same kind, same target, same version; the evidence of all. A citation of a rule that is acted on says nothing more."""
    found: dict[tuple[object, ...], Relation] = {}
    for r in relations:
        target = r.affected
        key: tuple[object, ...]
        if target.number:
            key = (r.kind, target.number.lower(), target.version_on, r.affecting.number, r.edit, target.path)
        else:
            last = r.effect.day if r.effect is not None and r.kind == "expires" else None  # two last days are no one act
            mention = "" if r.kind == "expires" and target.own else target.mention.lower()
            key = (r.kind, mention, target.version_on, r.affecting.mention if r.source == "stamp" else "", r.condition, last)
        known = found.get(key)
        scope = r.scope if known is None or (known.scope == "unknown" and r.scope == "part") else known.scope
        found[key] = r if known is None else replace(known, evidence=(*known.evidence, *_new(known.evidence, r.evidence)), scope=scope)
    acted = {r.affected.number.lower() for r in found.values() if r.kind != "cites" and r.affected.number}
    return [r for r in found.values() if r.kind != "cites" or not r.affected.number or r.affected.number.lower() not in acted]


def _new(known: tuple[Evidence, ...], more: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    places = {(e.page, e.start, e.end) for e in known}
    return tuple(e for e in more if (e.page, e.start, e.end) not in places)


def of_itself(relation: Relation, outline: Outline) -> Relation:
    """A paper that acts upon a version of its own number means an earlier version of itself."""
    affected, own = relation.affected, outline.heading.number
    if relation.kind in (*PLAIN_ENDS, "amends") and affected.number and own and affected.number.lower() == own.lower() and affected.version_on and relation.source != "stamp":
        return replace(relation, affected=replace(affected, own=True))
    return relation


def doubts(relations: list[Relation]) -> Iterator[Finding]:
    """What is doubtful about relations by what they say themselves."""
    for r in relations:
        if r.kind == "amends" and r.scope == "unknown":
            yield Finding(
                "relations.scope-unknown",
                "doubt",
                f"The paper amends {r.affected.mention} and does not say which of its words change; what the amended rule then said is not established.",
                r.evidence,
            )
        if r.certainty == "doubtful" and r.kind != "expires" and r.affected.subject is None:
            told = f'The paper tells of an act upon {r.affected.mention} as past, to come, done to one of several or hanging on something else ("{r.condition}"): whether and when it came about is not established'
            message = told if r.condition else f'"{r.affected.mention}" cannot be read without doubt'
            yield Finding("relations.doubtful", "doubt", f"{message}; it ends nothing until a person decides.", r.evidence)
        if r.source == "stamp" and r.kind in PLAIN_ENDS and r.evidence[0].rule != "field.ended":
            yield Finding("dates.stamp-only", "note", "An end rests on a stamp alone; who made it, and when, is not recorded.", r.evidence)
        if r.condition and r.kind == "expires":
            yield Finding("relations.condition-open", "note", f'The paper lives "{r.condition}"; it ends only on proof that this has come about.', r.evidence)
