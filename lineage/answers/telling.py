"""What one change in a life is called, and the sentence that tells it. No sentence names an exclusive end: of what ended, the last full day is told."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TypeVar

from msgspec import Struct

from lineage.answers.phrases import WITH_ITS_PARENT, article, in_past
from lineage.answers.unsettled import UNSURE
from lineage.model import Event, Expression, Finding, Period, Work
from lineage.model.dates import long_date
from lineage.model.happening import HappeningKind

OfWork = TypeVar("OfWork", Period, Expression, Finding)
# What an act does, whatever was established before it.
DONE: dict[str, HappeningKind] = {"changes": "changed", "suspended": "suspended", "resumed": "resumed", "renumbered": "renumbered"}
ONLY_A_LIST = ", as only a list of orders says"
ONLY_A_STAMP = ", as only a stamp on the copy held says"


class Told(Struct, frozen=True):
    """What a sentence draws on: the work as it is called that day, the answers before and after, the event between them, the other paper by which it came (empty: its own), the codes that are new."""

    work: Work
    name: str
    before: Period
    after: Period
    event: Event | None
    by: str
    codes: tuple[str, ...]


def kinds(before: Period, after: Period) -> tuple[HappeningKind, ...]:
    """What happened between two neighbouring periods of a life; nothing where only what is said about them differs."""
    if before.status == after.status:
        return tuple(_going_on(before, after)) if after.status == "in-force" else ()
    if after.status == "not-provable":
        return ("unsettled",)
    opened = after.opened_by
    if after.status == "not-in-force":
        return ("ended",) if before.status == "in-force" or (opened is not None and opened.kind == "ends") else ("settled",)
    if before.status == "not-in-force":
        return ("began",)
    if opened is not None and opened != before.opened_by and opened.kind in DONE:
        return (DONE[opened.kind],)
    new = opened is not None and opened.kind == "begins" and opened.label == "took effect"
    return ("began",) if new and (before.opened_by is None or before.opened_by.label.startswith("may have taken effect")) else ("settled",)


def _going_on(before: Period, after: Period) -> list[HappeningKind]:
    """What happened to a rule that was in force and still is."""
    found: list[HappeningKind] = []
    if after.number != before.number and after.number is not None:
        found.append("renumbered")
    if after.operative is not before.operative:
        found.append("unsettled" if after.operative is None else "resumed" if after.operative else "suspended")
    words = (before.item, before.changes, before.complete) != (after.item, after.changes, after.complete)
    return [*found, "changed"] if words and (after.item is not None or after.opened_by != before.opened_by) else found


def event_between(before: Period, after: Period, kind: HappeningKind) -> Event | None:
    """The event that led from the one to the other: the one that opens the later, or, where nothing opens it anew, the one that closes the earlier."""
    closed, opened, start = before.closed_by, after.opened_by, after.interval.start
    if closed is not None and ((kind in DONE.values() and DONE.get(closed.kind) == kind) or opened == before.opened_by):
        return closed
    if kind == "settled" and opened is not None and opened.day.last is not None and start is not None and opened.day.last < start:
        return closed or opened  # what is seen again is so from the day on which it is seen, and not from that of its paper
    return opened or closed


def sentence(kind: HappeningKind, day: date, told: Told) -> str:
    """What happened, in one sentence."""
    return {"ended": _ended, "changed": _changed, "unsettled": _unsettled, "settled": _settled}.get(kind, _done)(day, told) + "."


def _done(day: date, told: Told) -> str:
    """What began, was suspended, resumed or renumbered."""
    past = in_past(told.event) if told.event else "took effect"
    wording = "; its wording is not held" if told.after.item is None else ""
    return f"On {long_date(day)}, {_the(told)} {past}{_by(told)}{_standing(told)}{wording}"


def _ended(day: date, told: Told) -> str:
    event = told.event
    last = f"its last full day in force was {long_date(day - timedelta(days=1))}" if told.before.status == "in-force" else "whether it was in force before is not established"
    if event is None:
        return f"On {long_date(day)}, {_the(told)} was in force no longer; {last}"
    if event.day.on == day - timedelta(days=1) and event.day.hour and told.before.status == "in-force":
        last = f"its last day in force was {long_date(event.day.on)}, until {event.day.hour}"
    how = event.label if event.label.startswith(("expired", WITH_ITS_PARENT)) else f"was {event.label}"
    return f"On {long_date(day)}, {_the(told)} {'had ' if how.startswith('expired') else ''}{how}{_by(told)}{_standing(told)}; {last}"


def _changed(day: date, told: Told) -> str:
    event = told.event
    tail = ""
    if told.after.item is None:
        tail = "; its wording is not held"
    elif not told.after.complete:
        tail = "; its wording since then is not established, as not every change can be applied"
    if event is not None and event.kind == "begins":
        if event.label == "a version not held":
            return f"On {long_date(day)}, {_the(told)} had a new version, which a later paper names and which is not held"
        verb = {"took effect": "took effect", "revised": "was issued as its revision"}.get(event.label, "stood")
        return f"On {long_date(day)}, a new text of {_the(told)} {verb}{_standing(told)}{tail}"
    if event is not None and event.kind == "observed":
        return f"On {long_date(day)}, {_the(told)} was {event.label if event.label.startswith('seen') else 'seen published, and ' + event.label}{tail}"
    return f"On {long_date(day)}, {_the(told)} was amended{_by(told)}{_standing(told)}{tail}"


def _unsettled(day: date, told: Told) -> str:
    whether = "is suspended" if told.after.status == "in-force" else "is in force"
    why = [UNSURE[c].rstrip(".") for c in told.codes if UNSURE.get(c)][:1]
    event = told.event
    if not why and event is not None:
        why = [_open(event, told)]
    return f"From {long_date(day)} it is not established whether {_the(told)} {whether}" + (f": {why[0][:1].lower()}{why[0][1:]}" if why else "")


def _open(event: Event, told: Told) -> str:
    """What left it open."""
    if event.label.startswith("may"):
        return f"it {event.label}{_by(told)}"
    if event.label.startswith(("its ", "the ")):
        return event.label + (f" ({told.by})" if told.by else "")
    return f"the documents held say only that it {in_past(event) if event.kind != 'doubt' else 'was ' + event.label}{_by(told)}"


def _settled(day: date, told: Told) -> str:
    state = "in force" if told.after.status == "in-force" else "not in force"
    how = f": {_shown(told.event, told)}" if told.event is not None else ""
    return f"From {long_date(day)} {_the(told)} is established as {state}{how}{_standing(told)}"


def _shown(event: Event, told: Told) -> str:
    """What shows that it stands, where that was open before."""
    if event.kind in ("observed", "confirmed") and not event.label.startswith(("reviewed", "said")):
        return "it was seen published"
    if event.kind != "begins":
        return f"it {in_past(event)}{_by(told)}"
    if event.label.startswith("stood"):
        return "the copy held stood by then, and since when is not held"
    known = {"a version not held": "a later paper names a version of that day, which is not held", "revised": "the text held is its revision of that day", "in effect at the latest": "it was in effect on that day at the latest", "was current": "the paper says of itself that it was current"}
    return known.get(event.label, f"a text of it {in_past(event)}")


def _the(told: Told) -> str:
    return f"{article(told.work)}{told.name}"


def _by(told: Told) -> str:
    return f" by {told.by}" if told.by else ""


def _standing(told: Told) -> str:
    event = told.event
    if event is None:
        return ""
    return ONLY_A_STAMP if event.stamp_only else ONLY_A_LIST if event.standing == "index" else ""
