"""The sentence in which an answer is read aloud (semantics, section 5): first how it stood, then by what, then what is not known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from lineage.answers.daytime import change_of_day, moment
from lineage.answers.turning import HOUR_OPEN
from lineage.model import INDEX_SERIES, Event, Finding, Period, Relation, Ruling, Work
from lineage.model.dates import long_date

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
UNSURE = {
    "works.only-cited": "It is cited and not held; a citation does not say whether a rule was in force.",
    "works.not-published": "Nothing proves that any of its papers held was out by then.",
    "works.start-not-held": "No document held says from when it was in force.",
    "dates.approval-open": "It is in effect on approval by another, and no document held shows that approval.",
    "dates.day-open": "Its own words do not say whether that day itself is within.",
    "dates.midnight": "Its own words name midnight and do not say which end of the day is meant.",
    "dates.no-width": "Its own words name a time without saying how wide it is; a person must set it.",
    "dates.time-unread": "Its own words say when, in a way that cannot be read.",
    "dates.retroactive": "",
    "dates.partial": "The day on which it took effect is only known within bounds.",
    "dates.end-unknown": "It was ended on a day that cannot be read.",
    "relations.amender-ended": "",
    "relations.holder-unclear": "A later order ends a rule of that number, and more than one bore it; which is meant is not said.",
    "relations.contradicted": "A later order says that it ended a rule of that number, and a still later one that the same text stood on.",
    "relations.doubtful": "An order that may have ended it cannot be read without doubt.",
    "relations.acts-on-ended": "An order changes it after it had ended.",
    "index.contradicts": "A list of orders and the orders themselves do not agree on it.",
    "index.renumbered": "A list of orders says that it bears another number since.",
    "sightings.gone": "It was seen published before, a later complete listing does not show it, and nothing held ends it.",
    "sightings.after-end": "A paper held ends it, and it was still seen published after that.",
    "identity.number-reused": "Its number was given to another rule, and no document held says what became of it.",
}


@dataclass(frozen=True, slots=True)
class Context:
    """What a sentence draws on beside the ruling: the events of the work's life, the acts upon it, the names of works, and the copy that rules."""

    events: Sequence[Event]
    acts: Sequence[Relation]
    names: dict[str, str]
    held: frozenset[str]
    pages: dict[str, int]
    dated: date | None = None
    findings: Sequence[Finding] = ()


def say(ruling: Ruling, context: Context) -> str:
    """The answer as a person would read it aloud."""
    if ruling.work.series == INDEX_SERIES:
        return f'{called(ruling.work, "The list")} is a list of orders. It is no rule, so it is in force on no day; what it says of the orders stands with each of them.'
    if ruling.status == "in-force":
        body = _in_force(ruling, context)
    elif ruling.status == "not-in-force":
        body = _not_in_force(ruling, context)
    else:
        body = _not_established(ruling, context)
    return f"{body} {change_of_day(ruling)}".strip() if ruling.change_day else body


def called(work: Work, series_name: str, dated: date | None = None) -> str:
    """What a person calls the work: by its number, else by series, title and date."""
    if work.number:
        title = f', "{work.title}",' if work.title else ""
        return f"{series_name} {work.number}{title}".strip()
    day = f" dated {long_date(dated)}" if dated else ""
    return f'{series_name} "{work.title}"{day}'.strip()


def _in_force(ruling: Ruling, context: Context) -> str:
    name = called(ruling.work, ruling.series_name, context.dated)
    suspended = " but suspended" if ruling.operative is False else ""
    wording = "; its wording on that day is not held" if ruling.period.item is None else ""
    if HOUR_OPEN in ruling.codes and not ruling.complete:
        wording = "; its wording at that time is not established"
    parts = [f"{_opening(ruling)}, {_the(ruling.work)}{name} was in force{suspended}{wording}."]
    if ruling.period.item is not None and not ruling.complete and HOUR_OPEN not in ruling.codes:
        how = "a list of orders says that it was changed since" if "index.version-not-held" in ruling.codes else "the text held was changed by an order whose changes are not applied here"
        parts.append(f"Its wording on that day is not established: {how}.")
    if ruling.operative is None:
        parts.append("Whether it was suspended on that day is not established.")
    start = _start(ruling)
    end = _stated_end(ruling, context) if ruling.ground == "stated" else ""
    if ruling.operative is False and ruling.period.opened_by:
        only = ", as only a list of orders says" if ruling.period.opened_by.standing == "index" else ""
        parts.append(f"It was suspended from {long_date(ruling.period.interval.start)}{_by(ruling.period.opened_by, context)}{only}." if ruling.period.interval.start else "")
    if end:
        parts.append(f"{start}; {end}.")
    else:
        parts.append(f"{start}; no document held ends it{_until_doubt(ruling)}.")
        if ruling.ground == "observed" or (ruling.observed_on and ruling.observed_on == ruling.last_proof_on):
            parts.append(_observed(ruling))
        elif ruling.last_proof_on:
            parts.append(f"The latest document held that shows it in force is of {long_date(ruling.last_proof_on)}; after that date its continuing is presumed.")
    if "expressions.several-texts" in ruling.codes:
        parts.append("More than one text is held with these dates; which of them stood on that day is not established.")
    if "sightings.not-seen" in ruling.codes:
        parts.append("A complete listing of what was published then does not show this text, so whether it stood already, or still, is open.")
    if "expressions.version-not-held" in ruling.codes:
        parts.append("The version of that time is named by a later one and not held.")
    return " ".join(p for p in parts if p)


def _observed(ruling: Ruling) -> str:
    """What sightings show of a text in force; nothing is said to go on without the word "presumed"."""
    seen = f"A copy of this text was last seen published on {long_date(ruling.observed_on)}" if ruling.observed_on else ""
    return f"{seen}, which shows that it stood until then." if ruling.ground == "observed" else f"{seen}; after that date its continuing is presumed."


def _start(ruling: Ruling) -> str:
    opened = ruling.period.opened_by
    begun = ruling.valid_from
    if begun is None or opened is None:
        return "Since when is not held"
    if opened.standing == "index":
        return _listed_start(ruling, opened)
    if opened.kind == "changes":
        return f"It was amended on {long_date(begun)}{_by_name(opened)}"
    if opened.kind in ("suspended", "resumed") or not opened.basis:
        return f"This text is in force from {long_date(begun)}"
    if opened.label.startswith("stood"):
        return f'It stood on or before {long_date(begun)}: the copy held is of the edition of "{opened.basis}"'
    if opened.label == "in effect at the latest":
        return f'It was in effect on {long_date(begun)} at the latest ("{opened.basis}")'
    if opened.label.startswith("named as"):
        return f"It is known from {long_date(begun)}, when a held document names it as what took another rule's place"
    raw = opened.basis.split(" (")[0]
    return f'By its own words, "{raw}", {"this text is that of the revision of" if opened.label == "revised" else "it took effect on"} {long_date(begun)}'


def _listed_start(ruling: Ruling, opened: Event) -> str:
    """The beginning as a list gives it, where no paper held does."""
    day = long_date(ruling.valid_from or ruling.on)
    if opened.label == "in effect at the latest":
        return f'Its own paper gives an earlier day, and a list of orders {day} ("{_quote(opened)}"), so it was in effect on that day at the latest'
    if opened.kind in ("suspended", "resumed"):
        return f"This text is in force from {day}"
    return f'Only a list of orders says that it {"was changed" if opened.kind == "changes" else "took effect"} on {day} ("{_quote(opened)}")'


def _stated_end(ruling: Ruling, context: Context) -> str:
    if ruling.last_day is None:
        return ""
    closing = next((e for e in context.events if e.day.on == ruling.valid_to and e.kind in ("ends", "begins", "changes")), None)
    last = f"its last full day in force was {long_date(ruling.last_day)}"
    if closing is None:
        return last
    if closing.kind == "changes":
        return f"its words stood through {long_date(ruling.last_day)}, because{_by(closing, context) or ' an order'} amended it on the next day".replace("because by ", "because ")
    if closing.kind == "begins":
        return f"this text stood through {long_date(ruling.last_day)}, because the next one {'is of' if closing.label == 'revised' else 'took effect on'} {long_date(closing.day.on)}" if closing.day.on else last
    if closing.label.startswith("expired"):
        return f'{last}, because it says of itself: "{_quote(closing)}"'
    return f"{last}, because {_ended_how(closing, context)}"


def _ended_how(event: Event, context: Context) -> str:
    if event.standing == "index":
        return f'a list of orders, and no order held, says that it was {event.label}{_known_by(event)}: "{_quote(event)}"'
    if event.stamp_only:
        return f'{_stamped_pages(event, context)} stamped "{_quote(event)}"'
    by = event.by_mention or "another order"
    return f'{by} {event.label} it: "{_quote(event)}"'


def _known_by(event: Event) -> str:
    return f" by {event.by_mention}" if event.by_mention and not event.by_mention.startswith("(") else ""


def _stamped_pages(event: Event, context: Context) -> str:
    pages = sorted({e.page for e in event.evidence})
    total = context.pages.get(event.item or "", 0)
    if total and len(pages) == total:
        return "the one page of the copy held is" if total == 1 else f"all {_number(total)} pages of the copy held are"
    return f"page {pages[0]} of the copy held is" if len(pages) == 1 else f"{_number(len(pages))} pages of the copy held are"


def _not_in_force(ruling: Ruling, context: Context) -> str:
    name = called(ruling.work, ruling.series_name, context.dated)
    opened = ruling.period.opened_by
    if opened is None:
        first = ruling.period.closed_by
        when = long_date(ruling.period.interval.end) if ruling.period.interval.end else "a later day"
        words = f' By its own words, "{first.basis.split(" (")[0]}", it took effect on {when}.' if first and first.basis else f" It took effect on {when}."
        return f"{_opening(ruling)}, {_the(ruling.work)}{name} was not yet in force.{words}"
    parts = [f"{_opening(ruling)}, {_the(ruling.work)}{name} was not in force."]
    if opened.stamp_only:
        parts.append(f'The copy held is stamped "{_quote(opened)}"; the date on which the stamp was made and its author are not recorded{_not_held(opened, context)}.')
    elif opened.standing == "index" and ruling.period.interval.start:
        parts.append(f'No order held ends it; a list of orders says that it was {opened.label}{_known_by(opened)} on {long_date(ruling.period.interval.start)}: "{_quote(opened)}".')
    elif opened.label.startswith("expired"):
        parts.append(f'It says of itself: "{_quote(opened)}".')
    elif ruling.period.interval.start:
        parts.append(f'{opened.by_mention or "Another order"} {opened.label} it from {long_date(opened.day.on or ruling.period.interval.start)}: "{_quote(opened)}".')
    if "sightings.after-end" in ruling.codes and ruling.period.interval.start:
        parts.append(f"It was still seen published after that; the complete listing of {long_date(ruling.period.interval.start)} shows it no longer.")
    parts.append("This does not say that no other rule applied.")
    return " ".join(parts)


def _not_held(event: Event, context: Context) -> str:
    if not event.by or event.by in context.held:
        return ""
    return f", and {context.names.get(event.by, event.by_mention)} itself is not held"


def _not_established(ruling: Ruling, context: Context) -> str:
    name = called(ruling.work, ruling.series_name, context.dated if HOUR_OPEN in ruling.codes else None)
    parts = [f"The documents held do not establish whether {_the(ruling.work)}{name} was in force {moment(ruling)}, or what it said."]
    if HOUR_OPEN in ruling.codes and ruling.turned is not None:
        return " ".join([parts[0], *_turned(ruling, ruling.turned, context)])
    opened = ruling.period.opened_by
    if "relations.amender-ended" in ruling.codes and opened is not None:
        parts.append(_amender_ended(ruling, opened, context))
        return " ".join(parts)
    if opened is not None and opened.kind == "observed" and ruling.period.interval.start:
        parts.append(f"They show that it was last seen published on {long_date(ruling.period.interval.start - timedelta(days=1))}.")
    elif opened is not None and opened.day.first and opened.kind == "doubt":
        parts.append(f"They show that on {long_date(opened.day.first)} it {opened.label}{_quoted(opened)}." if opened.label.startswith("may") else f"They show that it was {opened.label}{_quoted(opened)}.")
    said = opened is not None and opened.kind == "doubt"
    parts.extend(UNSURE[c] for c in ruling.codes if UNSURE.get(c) and not (said and c == "dates.end-unknown"))
    following = ruling.period.closed_by
    if following is not None and ruling.period.interval.end is not None:
        parts.append(f"The next that they show is that it {_past(following)} on {long_date(ruling.period.interval.end)}.")
    parts.append(_could_settle(ruling, context))
    return " ".join(parts)


def _turned(ruling: Ruling, turned: Period, context: Context) -> list[str]:
    """What a day brings at an hour that is not stated."""
    opened, day = turned.opened_by, long_date(ruling.on)
    if opened is None:
        return []
    if "relations.amender-ended" in turned.findings:
        return [_amender_ended(ruling, opened, context)]
    if opened.kind == "ends":
        return [f"From {day} it was not, because {_ended_how(opened, context)}."]
    if opened.kind == "doubt":
        return [f"They show that on {day} it {opened.label}{_quoted(opened)}." if opened.label.startswith("may") else f"They show that on {day} it was {opened.label}{_quoted(opened)}."]
    return [f"They show that it {_past(opened)}{_by(opened, context)} on {day}{_quoted(opened)}."]


def _opening(ruling: Ruling) -> str:
    words = moment(ruling)
    return words[:1].upper() + words[1:]


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
    if "works.only-cited" in ruling.codes or "works.start-not-held" in ruling.codes:
        return "The rule's own paper of that time, or an edition or list of that day, could settle it."
    return "The log of orders of that day, or the paper that ended it, could settle it."


def _until_doubt(ruling: Ruling) -> str:
    if ruling.valid_to is None:
        return ""
    return f" before {long_date(ruling.valid_to)}, and from that day it is not established"


def _past(event: Event) -> str:
    return {"begins": "took effect" if event.label == "took effect" else "stood", "ends": f"was {event.label}", "changes": "was changed" if event.standing == "index" else "was amended", "suspended": "was suspended", "resumed": "was resumed"}.get(event.kind, event.label)


def _by(event: Event, context: Context) -> str:
    name = context.names.get(event.by or "", "") or event.by_mention
    return f" by {name}" if name and event.by != event.work and not name.startswith("(") else ""


def _by_name(event: Event) -> str:
    return f" by {event.by_mention}" if event.by_mention else ""


def _quoted(event: Event) -> str:
    return f' ("{_quote(event)}")' if event.evidence else ""


def _quote(event: Event) -> str:
    words = " ".join(event.evidence[0].quote.split()) if event.evidence else event.basis
    return words if len(words) <= 160 else words[:157] + "..."


def _number(count: int) -> str:
    return NUMBERS[count] if count < len(NUMBERS) else str(count)


def _the(work: Work) -> str:
    return "" if work.number else "the "

