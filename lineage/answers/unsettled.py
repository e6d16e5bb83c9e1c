"""What is said where nothing is established: what the papers show, what they leave open, and what could settle it."""

from __future__ import annotations

from datetime import timedelta

from lineage.answers.daytime import moment
from lineage.answers.phrases import (
    Context,
    article,
    by_whom,
    called,
    ended_how,
    in_brackets,
    in_past,
)
from lineage.answers.turning import HOUR_OPEN
from lineage.model import Event, Period, Ruling
from lineage.model.dates import long_date

UNSURE = {
    "works.only-cited": "It is cited and not held; a citation does not say whether a rule was in force.",
    "works.not-published": "Nothing proves that any of its papers held was out by then.",
    "works.start-not-held": "No document held says from when it was in force.",
    "dates.approval-open": "It is in effect on approval by another, and no document held shows that approval.",
    "dates.day-open": "The words that bound it do not say whether that day itself is within.",
    "dates.midnight": "Its own words name midnight and do not say which end of the day is meant.",
    "dates.no-width": "Its own words name a time without saying how wide it is; a person must set it.",
    "dates.same-day": "No document held says at what hour of that day either came.",
    "dates.time-unread": "Its own words say when, in a way that cannot be read.",
    "dates.retroactive": "",
    "dates.partial": "The day on which it took effect is only known within bounds.",
    "dates.end-unknown": "It was ended on a day that cannot be read.",
    "relations.amender-ended": "",
    "relations.holder-unclear": "A later order ends a rule of that name, and more than one may be meant; which of them is not said.",
    "relations.contradicted": "A later order says that it ended a rule of that number, and a still later one that the same text stood on.",
    "relations.open-target": "A later paper ends rules on a subject without naming them, and by its title this may be one.",
    "relations.parent-ended": "The rule to which it belongs by its number was ended without a word of it, and no rule of the agency is known that says whether it ended too.",
    "relations.revival-undone": "By a general rule of the agency it had come back when what ended it was ended, and that act was ended in its turn.",
    "relations.doubtful": "An order that may have ended it cannot be read without doubt.",
    "relations.acts-on-ended": "An order changes it after it had ended.",
    "index.contradicts": "A list of orders and the orders themselves do not agree on it.",
    "index.renumbered": "A list of orders says that it bears another number since.",
    "sightings.gone": "It was seen published before, a later complete listing does not show it, and nothing held ends it.",
    "sightings.after-end": "A paper held ends it, and it was still seen published after that.",
    "identity.renumbering-unclear": "A paper says that a rule of that number bears another number since, and which rule is meant cannot be proven.",
    "identity.number-reused": "Its number was given to another rule, and no document held says what became of it.",
}


TIME_WORDS = frozenset(("dates.approval-open", "dates.day-open", "dates.midnight", "dates.no-width", "dates.time-unread"))


def not_established(ruling: Ruling, context: Context) -> str:
    """That it is not established, what is shown, and what could settle it."""
    name = called(ruling.work, ruling.series_name, context.dated if HOUR_OPEN in ruling.codes else None)
    parts = [f"The documents held do not establish whether {article(ruling.work)}{name} was in force {moment(ruling)}, or what it said."]
    if HOUR_OPEN in ruling.codes and ruling.turned is not None:
        return " ".join([parts[0], *_turned(ruling, ruling.turned, context)])
    opened = ruling.period.opened_by
    if "relations.amender-ended" in ruling.codes and opened is not None:
        parts.append(_amender_ended(ruling, opened, context))
        return " ".join(parts)
    if opened is not None and opened.kind == "observed" and ruling.period.interval.start:
        parts.append(f"They show that it was last seen published on {long_date(ruling.period.interval.start - timedelta(days=1))}.")
    elif opened is not None and opened.day.first and opened.kind == "doubt":
        parts.append(f"They show that on {long_date(opened.day.first)} it {opened.label}{in_brackets(opened)}." if opened.label.startswith("may") else f"They show that it was {opened.label}{in_brackets(opened)}.")
    said = opened is not None and opened.kind == "doubt"
    known = said and (opened.label.startswith("may have expired") or not TIME_WORDS.isdisjoint(ruling.codes)) if opened else False
    parts.extend(UNSURE[c] for c in ruling.codes if UNSURE.get(c) and not (said and c == "dates.end-unknown") and not (known and c == "dates.partial"))
    if "dates.retroactive" in ruling.codes and opened is not None:
        return " ".join([*parts, _two_answers(ruling, opened)])
    following = ruling.period.closed_by
    if following is not None and ruling.period.interval.end is not None:
        parts.append(f"The next that they show is that it {in_past(following)} on {long_date(ruling.period.interval.end)}.")
    parts.append(_could_settle(ruling, context))
    return " ".join(parts)


def _two_answers(ruling: Ruling, opened: Event) -> str:
    """A day before the issue of a retroactive paper: as published by then, and as now deemed; never the second alone."""
    issued = ruling.turned if ruling.turned and ruling.turned.opened_by == opened else ruling.period
    out = f" on {long_date(issued.interval.end)}" if issued.interval.end else " later"
    since = f" from {long_date(opened.day.on)}" if opened.day.on else ""
    return (
        f'As published by then it was not in force, for it was issued{out}; as now deemed by its own words, "{opened.basis.split(" (")[0]}", it was in force{since}. '
        "Which of the two counts is a question of law."
    )


def _turned(ruling: Ruling, turned: Period, context: Context) -> list[str]:
    """What a day brings at an hour that is not stated."""
    opened, day = turned.opened_by, long_date(ruling.on)
    if opened is None:
        return []
    if "relations.amender-ended" in turned.findings:
        return [_amender_ended(ruling, opened, context)]
    if opened.kind == "ends":
        return [f"From {day} it was not, because {ended_how(opened, context)}."]
    if opened.kind == "doubt":
        both = [_two_answers(ruling, opened)] if "dates.retroactive" in turned.findings else []
        return [f"They show that on {day} it {opened.label}{in_brackets(opened)}.", *both] if opened.label.startswith("may") else [f"They show that on {day} it was {opened.label}{in_brackets(opened)}."]
    return [f"They show that it {in_past(opened)}{by_whom(opened, context)} on {day}{in_brackets(opened)}."]


def _amender_ended(ruling: Ruling, opened: Event, context: Context) -> str:
    amended = next((e for e in reversed(list(context.events)) if e.kind == "changes" and e.day.on and opened.day.on and e.day.on <= opened.day.on), None)
    on = f" on {long_date(amended.day.on)}" if amended and amended.day.on else ""
    ended = long_date(opened.day.on) if opened.day.on else "a later day"
    short = ruling.work.number or ruling.work.title
    how = opened.basis.rsplit(", was ", 1)[-1].split(";")[0] if ", was " in opened.basis else "ended"
    by = context.names.get(opened.by or "", opened.by_mention)
    settle = f"{by[:1].upper()}{by[1:]} as adopted, or an edition" if by else "An edition"
    return (
        f"They show that an order amended it{on}, and that this order was {how} on {ended}; they do not say whether {short} then returned to its earlier words, ended, "
        f"or was renumbered. {settle} of the {_collection(ruling)} covering that day, could settle it."
    )


def _collection(ruling: Ruling) -> str:
    return "Manual" if "section" in ruling.work.series else f"{ruling.series_name}s"


def _could_settle(ruling: Ruling, context: Context) -> str:
    if "works.not-published" in ruling.codes:
        return "A sighting of its paper by that day, or a record of when it was sent out, could settle it."
    if "dates.approval-open" in ruling.codes:
        return "The minutes of that approval could settle it."
    if "works.only-cited" in ruling.codes or "works.start-not-held" in ruling.codes:
        return "The rule's own paper of that time, or an edition or list of that day, could settle it."
    return "The log of orders of that day, or the paper that ended it, could settle it."
