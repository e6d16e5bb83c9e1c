"""How a rule stands, in the words of every screen: its ground, since when, what is to be said of it beside; its periods, and what opened them."""

from __future__ import annotations

from datetime import date, timedelta

from lineage.model import Period, Ruling, Span, Told
from lineage.model.dates import long_date
from lineage.rendering.wording import short

STATUS = {"in-force": "in force", "not-in-force": "not in force", "not-provable": "not established"}


def extras(ruling: Ruling) -> list[str]:
    """What a list has to say of a rule beside its title."""
    extra = []
    if ruling.period.item is None and ruling.status == "in-force":
        extra.append("wording not held")
    elif not ruling.complete:
        extra.append("changes not applied")
    elif ruling.period.changes:
        extra.append("consolidated")
    if ruling.operative is False:
        extra.append("suspended")
    if "index.listed-only" in ruling.codes:
        extra.append("only by a list")
    if ruling.period.decisions:
        extra.append("by a person's decision")
    return extra


def ruled(span: Span) -> str:
    """The days on which a text ruled; never an exclusive end."""
    end = span.interval.end
    until = f" through {long_date(end - timedelta(days=1))}" if end and span.stated_end else ", presumed to continue" if end is None else f"; from {long_date(end)} {'another published text' if span.followed else 'not established'}"
    return f"in force from {when(span)}{until}"


def ground(ruling: Ruling) -> str:
    """On what it rests that the rule is in force, or how it stands where it is not."""
    if ruling.status != "in-force":
        return STATUS[ruling.status]
    if ruling.ground == "presumed" and ruling.last_proof_on:
        return f"presumed after {long_date(ruling.last_proof_on)}"
    if ruling.ground == "observed" and ruling.observed_on:
        return f"observed, last on {long_date(ruling.observed_on)}"
    return ruling.ground or ""


def since(ruling: Ruling) -> str:
    """Since when the rule is in force; where it is not, until when it was."""
    if ruling.status == "not-in-force":
        opened = ruling.period.opened_by
        if opened is None or ruling.period.interval.start is None:
            return "not yet in effect"
        if opened.label.startswith("expired"):
            return f"{opened.label}; not in force from {long_date(ruling.period.interval.start)}"
        return f"{opened.label}; last day in force {long_date(ruling.period.interval.start - timedelta(days=1))}"
    return long_date(ruling.in_force_since) if ruling.in_force_since else ""


def span(first: date | None, last: date | None) -> str:
    """Years, for a reader."""
    if first is None or last is None:
        return "undated"
    return str(first.year) if first.year == last.year else f"{first.year} to {last.year}"


def when(period: Period | Span) -> str:
    """The beginning of a period."""
    if period.interval.start is None:
        return f"before {long_date(period.interval.end)}" if period.interval.end else "at any time"
    return long_date(period.interval.start)


def standing(period: Period) -> str:
    """How the rule stands in a period."""
    if period.status != "in-force":
        return STATUS[period.status]
    words = "in force" if period.stated_end else "in force, presumed"
    return words + (", suspended" if period.operative is False else "")


def cause(period: Period, answer: Told) -> str:
    """What opened a period."""
    opened = period.opened_by
    if opened is None:
        return "not yet in effect" if period.status == "not-in-force" else "start not held" if answer.work.held else "cited, not held"
    by = answer.names.get(opened.by or "", "") or opened.by_mention
    by = "" if opened.standing == "index" and (opened.by is None or opened.kind == "begins") else by
    if opened.kind == "doubt" and opened.basis and opened.label == "the amending order ended":
        return opened.basis
    if opened.standing == "index" and opened.kind not in ("doubt", "begins"):
        return f"{opened.label}{f' by {by}' if by else ''}, a list of orders says"
    return f"{opened.label} by {by}" if by and opened.by != answer.work.id else f"{opened.label}" + (f' "{short(opened.basis)}"' if opened.basis else "")


def words_of(period: Period, answer: Told) -> str:
    """Which words ruled in a period."""
    if period.status != "in-force":
        return "no default revival" if "relations.amender-ended" in period.findings else ""
    if period.item is None:
        return "wording not held"
    name = answer.item_names.get(period.item, period.item[:12])
    if not period.complete:
        return f"changes not applied; base {name}"
    return f"{name} with {'1 change' if len(period.changes) == 1 else f'{len(period.changes)} changes'}, consolidated" if period.changes else name
