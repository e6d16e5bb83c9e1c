"""The sentence in which an answer is read aloud (semantics, section 5): first how it stood, then by what, then what is not known."""

from __future__ import annotations

from lineage.answers.daytime import change_of_day, moment
from lineage.answers.phrases import (
    BROUGHT_BACK,
    WITH_ITS_PARENT,
    Context,
    article,
    by_name,
    by_whom,
    called,
    ended_how,
    known_by,
    quoted_words,
    renumberings,
    says_of_itself,
    with_its_parent,
)
from lineage.answers.turning import HOUR_OPEN
from lineage.answers.unsettled import not_established
from lineage.model import INDEX_SERIES, STOOD, Event, Ruling
from lineage.model.dates import long_date

__all__ = ["Context", "called", "say"]


def say(ruling: Ruling, context: Context) -> str:
    """The answer as a person would read it aloud."""
    if ruling.work.series == INDEX_SERIES:
        return f'{called(ruling.work, "The list")} is a list of orders. It is no rule, so it is in force on no day; what it says of the orders stands with each of them.'
    if ruling.status == "in-force":
        body = _in_force(ruling, context)
    elif ruling.status == "not-in-force":
        body = _not_in_force(ruling, context)
    else:
        body = not_established(ruling, context)
    body = " ".join([body, *renumberings(ruling, context)])
    return f"{body} {change_of_day(ruling)}".strip() if ruling.change_day else body


def _in_force(ruling: Ruling, context: Context) -> str:
    name = called(ruling.work, ruling.series_name, context.dated)
    suspended = " but suspended" if ruling.operative is False else ""
    wording = "; its wording on that day is not held" if ruling.period.item is None else ""
    if HOUR_OPEN in ruling.codes and not ruling.complete:
        wording = "; its wording at that time is not established"
    parts = [f"{_opening(ruling)}, {article(ruling.work)}{name} was in force{suspended}{wording}."]
    if ruling.period.item is not None and not ruling.complete and HOUR_OPEN not in ruling.codes:
        how = "a list of orders says that it was changed since" if "index.version-not-held" in ruling.codes else "the text held was changed by an order whose changes are not applied here"
        some = any(not c.refused for c in context.changed_by) if context.changed_by else False
        how = "some of the changes made to the text held could not be applied" if some else how
        parts.append(f"Its wording on that day is not established: {how}.")
        if "dates.same-day" in ruling.codes:
            parts.append("More than one paper changed it on one day, and no hour says in which order.")
    elif ruling.complete and ruling.period.changes:
        parts.append(_put_together(context))
    if ruling.operative is None:
        parts.append("Whether it was suspended on that day is not established.")
    start = _start(ruling)
    end = _stated_end(ruling, context) if ruling.ground == "stated" else ""
    if ruling.operative is False and ruling.period.opened_by:
        only = ", as only a list of orders says" if ruling.period.opened_by.standing == "index" else ""
        parts.append(f"It was suspended from {long_date(ruling.period.interval.start)}{by_whom(ruling.period.opened_by, context)}{only}." if ruling.period.interval.start else "")
    if end:
        parts.append(f"{start}; {end}.")
    else:
        parts.append(f"{start}; no document held ends it{_until_doubt(ruling)}.")
        if ruling.ground == "observed" or (ruling.observed_on and ruling.observed_on == ruling.last_proof_on):
            parts.append(_observed(ruling))
        elif ruling.last_proof_on:
            sworn = next((e for e in context.events if e.label == "attested" and e.day.on == ruling.last_proof_on), None)
            shown = f"That it was in force on {long_date(ruling.last_proof_on)} rests on a person's word: {sworn.basis}" if sworn else f"The latest document held that shows it in force is of {long_date(ruling.last_proof_on)}"
            parts.append(f"{shown}; after that date its continuing is presumed.")
    if "expressions.several-texts" in ruling.codes:
        parts.append("More than one text is held with these dates; which of them stood on that day is not established.")
    if "sightings.not-seen" in ruling.codes:
        parts.append("A complete listing of what was published then does not show this text, so whether it stood already, or still, is open.")
    if "identity.like-title" in ruling.codes:
        parts.append("Another number bears its title by then; whether this rule was renumbered is open.")
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
        return f"It was amended on {long_date(begun)}{by_name(opened)}"
    if opened.label == "a version not held":
        return f'A later paper of its own names a version of {long_date(begun)} ("{quoted_words(opened)}"), which is not held'
    if opened.kind == "renumbered":
        return f"It is known from {long_date(begun)}, when a held document gives it another number"
    if opened.kind in ("suspended", "resumed") or not opened.basis:
        return f"This text is in force from {long_date(begun)}"
    if opened.label == "was current":
        return f'It stood on or before {long_date(begun)}: the paper says of itself that it was current at "{opened.basis}"'
    if opened.label.startswith("stood"):
        return f'It stood on or before {long_date(begun)}: the copy held is of the edition of "{opened.basis}"'
    if opened.label == "in effect at the latest":
        return f'It was in effect on {long_date(begun)} at the latest ("{opened.basis.split(" (")[0]}")'
    if opened.label == BROUGHT_BACK:
        return f'It was brought back on {long_date(begun)}, when what had ended it was itself ended ("{quoted_words(opened)}"), by a general rule of the agency: {opened.basis}'
    if opened.label.startswith("named as"):
        return f"It is known from {long_date(begun)}, when a held document names it as what took another rule's place"
    raw = opened.basis.split(" (")[0]
    return f'By its own words, "{raw}", {"this text is that of the revision of" if opened.label == "revised" else "it took effect on"} {long_date(begun)}'


def _listed_start(ruling: Ruling, opened: Event) -> str:
    """The beginning as a list gives it, where no paper held does."""
    day = long_date(ruling.valid_from or ruling.on)
    if opened.label == "in effect at the latest":
        return f'Its own paper gives an earlier day, and a list of orders {day} ("{quoted_words(opened)}"), so it was in effect on that day at the latest'
    if opened.kind in ("suspended", "resumed"):
        return f"This text is in force from {day}"
    return f'Only a list of orders says that it {"was changed" if opened.kind == "changes" else "took effect"} on {day} ("{quoted_words(opened)}")'


def _stated_end(ruling: Ruling, context: Context) -> str:
    if ruling.last_day is None:
        return ""
    closing = next((e for e in context.events if e.day.on == ruling.valid_to and e.kind in ("ends", "begins", "changes")), None)
    hourly = next((e for e in context.events if e.kind == "ends" and e.day.on == ruling.last_day and e.day.hour), None)
    last = f"its last full day in force was {long_date(ruling.last_day)}"
    if closing is None and hourly is not None:
        return f'its last day in force was {long_date(ruling.last_day)}, until {hourly.day.hour}, because {says_of_itself(hourly)}'
    if closing is None:
        return last
    if closing.kind == "changes":
        return f"its words stood through {long_date(ruling.last_day)}, because{by_whom(closing, context) or ' an order'} amended it on the next day".replace("because by ", "because ")
    if closing.kind == "begins":
        return f"this text stood through {long_date(ruling.last_day)}, because the next one {'is of' if closing.label == 'revised' else 'took effect on'} {long_date(closing.day.on)}" if closing.day.on else last
    if closing.label.startswith("expired"):
        return f"{last}, because {says_of_itself(closing)}"
    return f"{last}, because {ended_how(closing, context)}"


def _not_in_force(ruling: Ruling, context: Context) -> str:
    name = called(ruling.work, ruling.series_name, context.dated)
    opened = ruling.period.opened_by
    if opened is None:
        first = ruling.period.closed_by
        when = long_date(ruling.period.interval.end) if ruling.period.interval.end else "a later day"
        words = f' By its own words, "{first.basis.split(" (")[0]}", it took effect on {when}.' if first and first.basis else f" It took effect on {when}."
        return f"{_opening(ruling)}, {article(ruling.work)}{name} was not yet in force.{words}"
    parts = [f"{_opening(ruling)}, {article(ruling.work)}{name} was not in force."]
    if opened.stamp_only:
        parts.append(f'The copy held is stamped "{quoted_words(opened)}"; the date on which the stamp was made and its author are not recorded{_not_held(opened, context)}.')
    elif opened.standing == "index" and ruling.period.interval.start:
        parts.append(f'No order held ends it; a list of orders says that it was {opened.label}{known_by(opened)} on {long_date(ruling.period.interval.start)}: "{quoted_words(opened)}".')
    elif opened.label == WITH_ITS_PARENT and ruling.period.interval.start:
        parts.append(f"It belongs by its number to a rule that ended from {long_date(ruling.period.interval.start)}: {with_its_parent(opened)}.")
    elif opened.label.startswith("expired"):
        said = says_of_itself(opened)
        parts.append(f"{said[:1].upper()}{said[1:]}.")
    elif ruling.period.interval.start:
        latest = "" if opened.day.on or opened.day.last is None else " at the latest"
        parts.append(f'{opened.by_mention or "Another order"} {opened.label} it from {long_date(opened.day.on or ruling.period.interval.start)}{latest}: "{quoted_words(opened)}".')
    if "sightings.after-end" in ruling.codes and ruling.period.interval.start:
        parts.append(f"It was still seen published after that; the complete listing of {long_date(ruling.period.interval.start)} shows it no longer.")
    parts.append("This does not say that no other rule applied.")
    return " ".join(parts)


def _put_together(context: Context) -> str:
    """That the words are those of several papers."""
    names = list(dict.fromkeys(c.name for c in context.changed_by))
    by = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else "later papers"
    return f"Its wording on that day is put together from the text held and the changes of {by}; no person has reviewed it."


def _not_held(event: Event, context: Context) -> str:
    if not event.by or event.by in context.held:
        return ""
    return f", and {context.names.get(event.by, event.by_mention)} itself is not held"


def _opening(ruling: Ruling) -> str:
    words = moment(ruling)
    return words[:1].upper() + words[1:]


def _until_doubt(ruling: Ruling) -> str:
    if ruling.valid_to is None:
        return ""
    if ruling.closed_by is not None and ruling.closed_by.label in STOOD:
        return f"; another text, published on or before {long_date(ruling.valid_to)}, rules from that day"
    return f" before {long_date(ruling.valid_to)}, and from that day it is not established"
