"""The words of a rule in a period: those of one paper, or of a base with the changes of others applied to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from msgspec.structs import replace

from lineage import consolidation
from lineage.model import (
    UNSETTLED,
    Change,
    ChangedBy,
    Clause,
    Day,
    Document,
    Finding,
    Period,
    Refusal,
    Relation,
    Text,
    Unit,
    Wording,
    Words,
    Work,
)
from lineage.model.dates import long_date

if TYPE_CHECKING:
    from lineage.store import ClauseRow
    from lineage.store.reading import Reading

# Codes of an answer whose words are not settled, which go where every change is applied.
UNAPPLIED = ("text.not-consolidated", "dates.same-day")


def unit_of(clause: ClauseRow) -> Unit:
    """A clause that is held as a unit of a text."""
    cells = tuple(tuple(Words.of(cell) for cell in row) for row in clause.cells)
    return Unit(clause.eid, clause.kind, clause.depth, clause.marker, Words.of(clause.heading), Words.of(clause.text), cells, clause.term, source=clause.eid, eid=clause.eid, parent=clause.parent)


def consolidated(held: Reading, work: Work, period: Period, acts: Iterable[Relation]) -> Wording | None:
    """The words of a period with its changes applied as far as they fit; None where nothing changed the words of its paper. ``acts`` are the relations of the work, and those that change the orders
    by which it was changed."""
    return wordings(held, work, (period,), acts).get(0)


def acts_of(held: Reading, period: Period, acts: Sequence[Relation], as_known: str | None = None) -> list[Relation]:
    """The relations of a work, and those of the orders by which it was changed where a period names them."""
    lacking = set(period.changes) - {a.id for a in acts} - {UNSETTLED}
    actors = {a.affecting.work for a in acts if a.id in period.changes and a.affecting.work} if lacking else set()
    return [*acts, *(a for a in (held.relations(works=actors, as_known=as_known) if actors else ()) if a.id in lacking)]


def wordings(held: Reading, work: Work, periods: Sequence[Period], acts: Iterable[Relation]) -> dict[int, Wording]:
    """The same for each period of a life, by its place. The changes of periods of one base are applied once, one after another."""
    known = {act.id: act for act in acts}
    found: dict[int, Wording] = {}
    papers: dict[str, dict[str, Unit]] = {}
    for at in reversed(range(len(periods))):
        if at not in found and periods[at].changes and periods[at].status == "in-force":
            found |= _of_one_base(held, work, periods, at, known, papers)
    return found


def _of_one_base(held: Reading, work: Work, periods: Sequence[Period], last: int, known: Mapping[str, Relation], papers: dict[str, dict[str, Unit]]) -> dict[int, Wording]:
    """The wordings of the period at ``last`` and of those before it whose changes are the first of its own."""
    whole = periods[last]
    base = tuple(map(unit_of, held.clauses(whole.item))) if whole.item else None
    changes = [change_of(held, work, known[name], papers) for name in whole.changes if name in known]
    steps: dict[frozenset[str], Wording] = {}
    done: set[str] = set()
    made = dict(consolidation.states(base, changes, numbers_of(work)))
    for day in sorted(made):
        done |= {c.id for c in changes if c.on == day}
        steps[frozenset(done)] = made[day]
    found: dict[int, Wording] = {}
    for at in range(last, -1, -1):
        period = periods[at]
        if period.item != whole.item or period.changes != whole.changes[: len(period.changes)]:
            break
        mine = frozenset(n for n in period.changes if n in known)
        if period.status == "in-force" and period.changes:
            wording = steps.get(mine) or consolidation.apply(base, [c for c in changes if c.id in mine], numbers_of(work))
            found[at] = _unsettled(period, wording, known)
    return found


def _unsettled(period: Period, wording: Wording, known: Mapping[str, Relation]) -> Wording:
    """The wording with a refusal for each of its changes that is not known, or stands for words not established."""
    lost = tuple(Refusal(name, "consolidation.depends", "what the words were before it is not established") for name in period.changes if name == UNSETTLED or name not in known)
    return Wording(wording.units, wording.applied, (*lost, *wording.refused), wording.struck) if lost else wording


def numbers_of(work: Work) -> tuple[str, ...]:
    """The numbers by which a path may name the work."""
    return tuple(dict.fromkeys(filter(None, (work.number, *(b.number for b in work.numbers)))))


def change_of(held: Reading, work: Work, act: Relation, papers: dict[str, dict[str, Unit]]) -> Change:
    """The change that an act makes to the words of a work, with the clauses of its paper that hold new text; ``papers`` keeps those looked up by now, by item."""
    wanted = act.edit.clauses if act.edit else ()
    if wanted and act.item not in papers:
        papers[act.item] = {row.eid: unit_of(row) for row in held.clauses(act.item)}
    clauses = tuple(papers[act.item][eid] for eid in wanted if eid in papers[act.item]) if wanted else ()
    return Change(act, act.id, _day(act), clauses, _doubt(work, act))


def _day(act: Relation) -> date:
    day = act.effect.day if act.effect else None
    return (day.on or day.first or date.max) if day else date.max


def _doubt(work: Work, act: Relation) -> str:
    """Why an act must not be applied, whatever its words."""
    if act.affected.work != work.id:
        return "it changes the order by which the rule was amended, and does not say whether the rule changes with it"
    if act.certainty == "doubtful" or act.candidates:
        return "it cannot be read without doubt"
    if act.source == "stamp":
        return "a stamp tells of it, and not its words"
    if act.effect is None or act.effect.day.on is None:
        return "the day from which it works is not settled"
    if act.condition:
        return f"it hangs on a condition (“{act.condition}”)"
    return ""


def told(work: Work, name: str, wording: Wording, acts: Mapping[str, Relation], names: Mapping[str, str]) -> tuple[Finding, ...]:
    """The changes that are not applied, each as an open question with its reason."""
    found = []
    for refusal in wording.refused:
        act = acts.get(refusal.relation)
        by = names.get(act.affecting.work or "", act.affecting.mention) if act else ""
        by = "A stamp" if act is not None and act.source == "stamp" else by or "A change"
        day = _day(act) if act else date.max
        since = f" from {long_date(day)}" if act and day != date.max else ""
        part = f" ({' '.join(act.affected.path)})" if act and act.affected.path else ""
        message = f"{by} changes {name}{part}{since}, and its change is not applied to the words held: {refusal.message}. The wording from that day is not established. The amended text, or a person, could settle it."
        found.append(Finding("text.not-consolidated", "doubt", message, act.evidence if act else (), work=work.id))
    return tuple(found)


def not_applied(wording: Wording | None, acts: Iterable[Relation]) -> tuple[Relation, ...]:
    """The relations whose changes a wording lacks."""
    known = {a.id: a for a in acts}
    return tuple(known[r.relation] for r in wording.refused if r.relation in known) if wording else ()


def changed_by(wording: Wording | None, acts: Iterable[Relation], names: Mapping[str, str]) -> tuple[ChangedBy, ...]:
    """Every act that a wording was made with, or lacks, in the order of their days."""
    if wording is None:
        return ()
    known, refused = {a.id: a for a in acts}, {r.relation: r for r in wording.refused}
    named = [known[name] for name in dict.fromkeys((*wording.applied, *refused)) if name in known]
    named.sort(key=lambda a: (_day(a), a.id))
    return tuple(_changed_by(act, names.get(act.affecting.work or "", act.affecting.mention), refused.get(act.id)) for act in named)


def _changed_by(act: Relation, name: str, refusal: Refusal | None) -> ChangedBy:
    day = act.effect.day.on if act.effect else None
    return ChangedBy(act, name, day, refusal.message, refusal.code) if refusal else ChangedBy(act, name, day)


def settled(period: Period, wording: Wording | None) -> Period:
    """The period as its words are: complete, and without the doubt of the changes, where all are applied."""
    if wording is None or not wording.complete or not period.changes:
        return period
    return replace(period, complete=True, findings=tuple(c for c in period.findings if c not in UNAPPLIED))


def as_document(base: Document, wording: Wording, starts: date | None, work: Work, name: str, acts: Sequence[Relation], names: Mapping[str, str]) -> Document:
    """The text that was put together as a document: clauses that no act changed keep their places in the paper held; every act stands with the clause that it touched, and what is not applied as an
    open question."""
    held = {c.eid: c for c in base.outline.clauses}
    clauses = tuple(_clause(unit, held.get(unit.source)) for unit in wording.units)
    touched: dict[str, str] = {}
    for unit in wording.units:
        for one in unit.acts:
            touched.setdefault(one, unit.eid)
    done = {*wording.applied, *(r.relation for r in wording.refused)}
    changing = tuple(replace(a, affecting=replace(a.affecting, own=False), affected=replace(a.affected, eid=touched.get(a.id))) for a in acts if a.id in done)
    others = tuple(r for r in base.relations if r.id not in done)
    findings = told(work, name, wording, {a.id: a for a in acts}, names)
    return replace(base, outline=replace(base.outline, clauses=clauses), relations=(*others, *changing), findings=(*base.findings, *findings), starts=Day(starts), base=base.starts, complete=wording.complete)


def _clause(unit: Unit, held: Clause | None) -> Clause:
    """A unit as a clause; one that stands as in the paper held keeps where its words stand."""
    wid = unit.wid if unit.wid != unit.eid else ""
    same = held is not None and not unit.acts and (held.text.string, held.heading.string, held.marker.string) == (unit.text.string, unit.heading.string, unit.marker)
    if held is not None and same:
        return replace(held, eid=unit.eid, parent=unit.parent, depth=unit.depth, wid=wid)
    rows = tuple(tuple(_nowhere(cell.string) for cell in row) for row in unit.rows)
    return Clause(unit.eid, unit.kind, unit.depth, _nowhere(unit.text.string), _nowhere(unit.heading.string), _nowhere(unit.marker), unit.parent, unit.term, rows, wid, unit.put_by)


def _nowhere(string: str) -> Text:
    """Words that stand on no page as they are here."""
    return Text(string, ((0, None, 0),)) if string else Text()


def lines(units: Sequence[Unit]) -> list[str]:
    """One line a unit, as a text is printed."""
    return ["  " * unit.depth + " ".join(part for part in (unit.marker, unit.heading.string, unit.text.string) if part) for unit in units]
