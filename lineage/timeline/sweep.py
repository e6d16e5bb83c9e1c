"""Marks in order of their days, swept into periods."""

from __future__ import annotations

from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from lineage.model import STOOD, UNSETTLED, Event, Interval, Period, Status
from lineage.timeline.life import Life, Mark
from lineage.timeline.sameday import in_hours

# What an order says of the rule in force settles these.
SETTLED_BY_PROOF = (("works.start-not-held",), ("index.contradicts",))
# What sightings say, and what a later sighting takes back.
GONE, NOT_SEEN, SEVERAL = "sightings.gone", "sightings.not-seen", "expressions.several-texts"


class _State(Struct):
    """How the work stands between two marks."""

    status: Status
    item: str | None = None
    complete: bool = True
    operative: bool | None = True
    since: date | None = None
    opened_by: Event | None = None
    findings: tuple[str, ...] = ()
    proof: date | None = None
    confirmed: date | None = None
    # How it stood before it was no longer seen.
    former: tuple[Event | None, bool, tuple[str, ...]] = (None, True, ())
    number: str | None = None
    # What stays in doubt whatever text begins.
    lasting: tuple[str, ...] = ()
    # The acts that changed the words since the item.
    changes: tuple[str, ...] = ()


def sweep(life: Life, marks: list[Mark]) -> tuple[list[Event], list[Period]]:
    """The events in order, and the periods from the beginning of time to its end, half-open and without overlap."""
    state = _State(_before(life, marks), number=life.work.numbers[0].number if life.work.numbers else None)
    if state.status == "not-provable":
        state.findings = ("works.start-not-held",)
    periods: list[Period] = []
    start: date | None = None
    events: list[Event] = []
    days = sorted({m.on for m in marks})
    for day in days:
        former = replace(state)
        todays = _by_hour([m for m in marks if m.on == day], day)
        closing: Event | None = None
        for mark in todays:
            if _apply(state, mark, day, todays):
                closing = closing or mark.event
                events.append(mark.event)
        if replace(state, confirmed=None) == replace(former, confirmed=None):
            continue
        periods.append(_period(life, former, Interval(start, day), closing, stated=_is_stated(former, state, closing)))
        state.confirmed = state.confirmed if state.confirmed == day else None
        start = day
    periods.append(_period(life, state, Interval(start, None), None, stated=False))
    return events, periods


def _by_hour(todays: list[Mark], day: date) -> list[Mark]:
    """The marks of a day in the order of their hours, where every one of them has one that is stated; else as they stand."""
    return sorted(todays, key=lambda m: m.event.day.hour or "") if in_hours(todays, day) else todays


def _before(life: Life, marks: list[Mark]) -> Status:
    """Before everything known: not in force where the first thing known is that its own paper took effect, else not established."""
    telling = [m for m in marks if m.kind in ("begin", "change", "end", "doubt", "suspend", "contradicted")]
    first = next(iter(telling), None)
    if first is not None:
        todays = _by_hour([m for m in telling if m.on == first.on], first.on)
        unordered = any("dates.same-day" in m.findings for m in todays)  # it begins that day, and what ends it that day is later or may be
        first = next((m for m in todays if m.kind == "begin"), first) if unordered else todays[0]
    if first is not None and first.kind == "doubt" and first.event.label.startswith("may have taken effect"):
        return "not-in-force"  # its own paper says from when at the earliest
    if first is None or first.kind != "begin":
        return "not-provable"
    given = life.work.numbers[1].since if life.work.numbers else None
    if given is not None and given <= first.on:
        return "not-provable"  # it bore another number before its first text that is held
    return "not-in-force" if first.event.label == "took effect" else "not-provable"


def _apply(state: _State, mark: Mark, day: date, todays: list[Mark]) -> bool:
    """Change the state by a mark; whether it said anything."""
    if mark.kind == "begin":
        return _begin(state, mark, day)
    if mark.kind == "end":
        return _end(state, mark, todays)
    if mark.kind == "doubt":
        return _doubt(state, mark)
    if mark.kind == "contradicted":
        state.status, state.opened_by, state.complete, state.findings = "not-provable", mark.event, False, mark.findings
        return True
    if mark.kind == "change":
        if state.status == "not-in-force" and state.since is not None:
            # An act upon a rule that had ended: it changes nothing, and says that something is amiss.
            state.status, state.findings, state.opened_by = "not-provable", ("relations.acts-on-ended",), mark.event
            return True
        return _change(state, mark, day, todays)
    if mark.kind == "confirm":
        return _confirm(state, mark, day)
    if mark.kind in ("seen", "unseen", "edited", "observed"):
        return _sighting(state, mark, day)
    if mark.kind == "renumbered":
        return _renumbered(state, mark, day)
    if mark.kind == "namesake":
        state.lasting = tuple(dict.fromkeys((*state.lasting, *mark.findings))) if state.status == "in-force" else state.lasting
        return state.status == "in-force"
    return _efficacy(state, mark, day)


def _change(state: _State, mark: Mark, day: date, todays: list[Mark]) -> bool:
    """Other words, and the rule goes on. What was not established before it stays so of the words; a change that is itself in doubt settles nothing."""
    if state.status != "in-force" and "relations.doubtful" in mark.findings:
        return False
    if state.status != "in-force":
        state.since, state.changes, state.findings = day, (*state.changes, *([UNSETTLED] if state.item else [])), ()
    elif any(m.kind == "begin" and m.item is not None for m in todays) and not in_hours(todays, day) and not state.changes:
        state.changes = (UNSETTLED,)  # whether the text that begins that day holds the change already, no paper says
    state.findings = tuple(dict.fromkeys((*state.findings, *mark.findings)))
    state.status, state.complete, state.opened_by, state.proof = "in-force", False, mark.event, day
    state.changes = (*state.changes, mark.event.relation or UNSETTLED)
    return True


def _renumbered(state: _State, mark: Mark, day: date) -> bool:
    """Another number: the rule and its words go on. What is renumbered is in force; one that had ended is no rule to renumber, and something is amiss."""
    state.number = mark.number or state.number
    if state.status == "not-in-force" and mark.number is not None:
        if state.since is not None:
            state.status, state.findings, state.opened_by = "not-provable", ("relations.acts-on-ended",), mark.event
        return True
    if mark.number is None:
        state.lasting = tuple(dict.fromkeys((*state.lasting, *mark.findings)))
        return True
    if state.status == "not-provable" and state.findings in SETTLED_BY_PROOF:
        state.status, state.since, state.findings, state.complete, state.opened_by = "in-force", day, (), False, mark.event
    state.proof = day if state.status == "in-force" else state.proof
    return True


def _confirm(state: _State, mark: Mark, day: date) -> bool:
    """A proof of the day; what is not established in another way is not settled by it, and what has ended does not begin again."""
    if state.status == "in-force":
        state.confirmed = day
        return True
    if state.status == "not-provable" and state.findings in SETTLED_BY_PROOF:
        state.status, state.since, state.findings, state.complete, state.confirmed = "in-force", day, (), False, day
        state.opened_by = mark.event
        return True
    if state.status == "not-in-force" and state.since is not None and mark.event.label == "said to remain in effect" and mark.event.standing == "order":
        # What had ended does not begin again by it, and one of the two papers is mistaken.
        state.status, state.findings, state.opened_by = "not-provable", ("relations.acts-on-ended",), mark.event
        return True
    return False


def _begin(state: _State, mark: Mark, day: date) -> bool:
    if state.status == "in-force" and mark.item is None and state.item is not None and mark.complete:
        return False
    state.since = state.since if state.status == "in-force" else day
    # Whether a new text lifts the suspension of the former, no paper says by itself.
    state.operative = True if state.status != "in-force" or state.operative else None
    state.status, state.item, state.complete, state.changes = "in-force", mark.item, mark.complete, ()
    state.opened_by, state.findings, state.proof = mark.event, mark.findings, day
    return True


def _end(state: _State, mark: Mark, todays: list[Mark]) -> bool:
    if mark.only is not None and state.item not in mark.only and (state.status != "not-provable" or state.item is not None):
        # The version that it ends does not rule (any more), or is not the one of which something is doubtful.
        return False
    if state.status == "not-in-force" and state.since is None and any(m.kind == "begin" for m in todays):
        return False
    known = state.status == "not-provable" and mark.event.stamp_only is False
    if state.status == "not-in-force" and not known:
        return False
    state.status, state.item, state.complete, state.operative, state.changes = "not-in-force", None, True, True, ()
    state.opened_by, state.findings, state.proof, state.since = mark.event, mark.findings, mark.on, mark.on
    return True


def _doubt(state: _State, mark: Mark) -> bool:
    if state.status == "not-in-force" and not mark.event.label.startswith(("may have taken effect", "may have stood")):
        return False
    if state.status == "not-provable" and set(mark.findings) <= set(state.findings):
        return False
    if state.status == "in-force":
        state.former = (state.opened_by, state.complete, state.findings)
    state.status, state.opened_by, state.complete = "not-provable", mark.event, False
    state.findings = tuple(dict.fromkeys((*state.findings, *mark.findings))) if state.findings != ("works.start-not-held",) else mark.findings
    return True


def _sighting(state: _State, mark: Mark, day: date) -> bool:
    """What was seen: of a rule that was only no longer seen, that it stands; of one in force, which text stood, or that the text was not shown."""
    if mark.kind == "observed":
        return True
    mine = mark.only is None or state.item in mark.only
    if mark.kind == "seen" and state.status == "not-provable" and state.findings == (GONE,):
        opened, complete, findings = state.former
        state.status, state.since, state.opened_by, state.complete = "in-force", day, opened or mark.event, complete
        state.findings = tuple(dict.fromkeys((*(c for c in findings if c != NOT_SEEN), *mark.findings)))
        return True
    if state.status != "in-force" or not mine:
        return False
    before = (state.item, state.findings)
    if mark.kind == "edited":
        state.item = mark.item or state.item
    gone = {"seen": NOT_SEEN, "edited": SEVERAL}.get(mark.kind)
    state.findings = tuple(dict.fromkeys((*(c for c in state.findings if c != gone), *mark.findings)))
    return (state.item, state.findings) != before


def _efficacy(state: _State, mark: Mark, day: date) -> bool:
    if mark.kind == "suspend":
        if state.status == "not-in-force":
            return False
        if state.status == "not-provable" and state.findings in SETTLED_BY_PROOF:
            # What is suspended was in force.
            state.status, state.since, state.findings, state.complete = "in-force", day, (), False
        state.operative, state.proof = False, day
        state.opened_by = mark.event
        return True
    unclear = "relations.suspension-unclear" in mark.findings
    if state.operative is True and not (unclear and state.status == "in-force" and mark.event.label == "may have been suspended"):
        return False
    state.operative = None if unclear else True if mark.kind == "resume" else None if state.operative is False else state.operative
    state.proof = day
    state.opened_by = mark.event
    if mark.kind == "unclear-efficacy":
        state.findings = tuple(dict.fromkeys((*state.findings, *mark.findings)))
    return True


def _is_stated(former: _State, state: _State, closing: Event | None) -> bool:
    """Whether the period's end is stated by an act, and not merely the beginning of a doubt, or a text that says that it stood by that day and ends nothing."""
    act = closing is not None and closing.kind not in ("observed", "renumbered") and not (closing.kind == "begins" and closing.label in STOOD)
    return former.status == "in-force" and state.status != "not-provable" and act


def _period(life: Life, state: _State, interval: Interval, closing: Event | None, *, stated: bool) -> Period:
    in_force = state.status == "in-force"
    return Period(
        work=life.work.id,
        interval=interval,
        status=state.status,
        item=state.item if in_force else None,
        complete=state.complete if in_force else True,
        operative=state.operative if in_force else (None if state.status == "not-provable" else True),
        stated_end=stated,
        since=state.since if in_force else None,
        last_proof_on=max(filter(None, (state.proof, state.confirmed)), default=None) if in_force else None,
        opened_by=state.opened_by,
        closed_by=closing,
        findings=state.findings if state.status == "not-in-force" else tuple(dict.fromkeys((*state.findings, *state.lasting))),
        number=state.number,
        changes=state.changes if in_force else (),
    )
