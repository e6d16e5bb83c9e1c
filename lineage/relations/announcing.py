"""What a paper says of its changes beside instructing them: "this order modifies Section 5.12", and then how."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from lineage.model import Finding, Relation, bare

TEXTUAL = ("substitutes", "inserts", "deletes", "renumbers", "amends", "rescinds", "supersedes", "corrects")
CHANGING = ("substitutes", "inserts", "deletes", "renumbers", "amends", "corrects")
ANNOUNCING = ("amends", "corrects")


def announces(relations: Sequence[Relation]) -> bool:
    """Whether a paper says, beside its instructions, that it changes rules."""
    return any(r.kind in CHANGING and not r.affected.own and r.evidence[0].rule != "relation.unread" for r in relations)


def absorbed(relations: Sequence[Relation], instructed_: Sequence[Relation], unread: bool) -> list[Relation]:
    """The relations without what only announces the instructions: "this order modifies Section 5.12", and then how. Its words are evidence of the first of them.

    What is announced stays where an instruction of the paper could not be read, for it may be of that rule.
    """
    exact = [r for r in instructed_ if r.edit is not None or r.kind == "deletes"]
    first: dict[str, int] = {}
    acts = list(instructed_)
    for at, r in enumerate(acts):
        if r in exact and r.affected.number:
            first.setdefault(bare(r.affected.number), at)
    read = [r for r in instructed_ if r.certainty != "doubtful"]
    spans = [(e.page, e.start, e.end) for r in read for e in r.evidence]
    numbers = {bare(r.affected.number) for r in read if r.affected.number}
    kept: list[Relation] = []
    new = {eid for r in instructed_ if r.edit for eid in r.edit.clauses}
    for r in relations:
        if r.source == "sentence" and r.kind != "cites" and (r.affecting.eid in new or any(_within_words(r, one) for one in instructed_)):
            continue  # it stands in the words that are put in or taken out: the order itself does not say it
        same = any(e.page == page and e.start < end and start < e.end for e in r.evidence for page, start, end in spans)
        number = bare(r.affected.number) if r.affected.number else ""
        if same and number in numbers and r.source == "sentence" and r.kind in (*TEXTUAL, "cites") and (r.scope != "whole" or r.kind in ("amends", "cites", "renumbers")):
            continue
        if r.kind in ANNOUNCING and r.edit is None and number in first and r.affected.version_on is None and not unread and r.source in ("sentence", "field") and r.certainty == "certain":
            at = first[number]
            places = {(e.page, e.start, e.end) for e in acts[at].evidence}
            acts[at] = replace(acts[at], evidence=(*acts[at].evidence, *(e for e in r.evidence if (e.page, e.start, e.end) not in places)))
            continue
        kept.append(r)
    return [*kept, *(act for act in acts if not _doubted(act, kept) and not _is_the_end(act, kept))]


def _is_the_end(act: Relation, kept: Sequence[Relation]) -> bool:
    """Whether an instruction takes out the whole of a rule that the same words end, or is no more than a doubt about them."""
    return act.edit is None and (act.kind == "deletes" or act.evidence[0].rule == "instruction.open") and is_ended(act, kept)


def settled(doubt: Finding, instructed_: Sequence[Relation], kept: Sequence[Relation]) -> bool:
    """Whether a doubt about a sentence is none, since the sentence ends every rule of which it was thought to change words."""
    if doubt.code != "instructions.unread":
        return False
    places = {(e.page, e.start, e.end) for e in doubt.evidence}
    thought = [r for r in instructed_ if r.evidence[0].rule == "instruction.open" and any((e.page, e.start, e.end) in places for e in r.evidence)]
    return bool(thought) and all(is_ended(r, kept) for r in thought)


def is_ended(act: Relation, kept: Sequence[Relation]) -> bool:
    """Whether words that an act rests on end its rule, whole and certainly."""
    if not act.affected.number:
        return False
    ends = [r for r in kept if r.kind in ("rescinds", "supersedes") and r.scope == "whole" and r.certainty == "certain" and r.affected.number and bare(r.affected.number) == bare(act.affected.number)]
    return any(e.page == one.page and e.start < one.end and one.start < e.end for r in ends for e in r.evidence for one in act.evidence)


def _doubted(act: Relation, kept: Sequence[Relation]) -> bool:
    """Whether an instruction that could not be read is kept in doubt as another act upon the same rule already: one question is enough for one sentence."""
    if act.evidence[0].rule != "instruction.open":
        return False
    number, places = bare(act.affected.number or ""), [(e.page, e.start, e.end) for e in act.evidence]
    doubtful = [r for r in kept if r.certainty == "doubtful" and r.kind != "cites" and r.affected.number and bare(r.affected.number) == number]
    return any(e.page == page and e.start < end and start < e.end for r in doubtful for e in r.evidence for page, start, end in places)


def _within_words(relation: Relation, instruction: Relation) -> bool:
    """Whether what a relation was read from stands in words that an instruction quotes."""
    edit, one = instruction.edit, relation.evidence[0]
    over = any(e.page == one.page and e.start <= one.start and one.end <= e.end for e in instruction.evidence)
    return over and edit is not None and any(one.quote in said for said in (edit.find, edit.replace, edit.text) if said)
