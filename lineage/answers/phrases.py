"""The pieces that sentences are made of: names, quotes, and how an event is told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from lineage.model import ChangedBy, Event, Finding, Relation, Ruling, Work
from lineage.model.dates import long_date

WITH_ITS_PARENT = "ended with the rule that it belongs to"
BROUGHT_BACK = "brought back"
BY_RULE = "expired by a general rule of the agency"
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


class Context(Struct, frozen=True):
    """What a sentence draws on beside the ruling: the events of the work's life, the acts upon it, the names of works, the copy that rules, and who changed its words."""

    events: Sequence[Event]
    acts: Sequence[Relation]
    names: dict[str, str]
    held: frozenset[str]
    pages: dict[str, int]
    dated: date | None = None
    findings: Sequence[Finding] = ()
    changed_by: Sequence[ChangedBy] = ()


def called(work: Work, series_name: str, dated: date | None = None) -> str:
    """What a person calls the work: by its number, else by series, title and date."""
    if work.number:
        title = f', "{work.title}",' if work.title else ""
        return f"{series_name} {work.number}{title}".strip()
    day = f" dated {long_date(dated)}" if dated else ""
    return f'{series_name} "{work.title}"{day}'.strip()


def ended_how(event: Event, context: Context) -> str:
    """How an event ended a rule, with the words that prove it."""
    if event.standing == "index":
        return f'a list of orders, and no order held, says that it was {event.label}{known_by(event)}: "{quoted_words(event)}"'
    if event.stamp_only:
        return f'{stamped_pages(event, context)} stamped "{quoted_words(event)}"'
    by = event.by_mention or "another order"
    if event.label == WITH_ITS_PARENT:
        return with_its_parent(event)
    return f'{by} {event.label} it: "{quoted_words(event)}"'


def says_of_itself(event: Event) -> str:
    """What ends a rule without another paper: its own words, or a general rule of the agency."""
    if event.label == BY_RULE:
        worked_out, _, said = event.basis.partition("; by a general rule of the agency: ")
        return f"by a general rule of the agency, {said}, it lapsed then ({worked_out})"
    return f'it says of itself: "{quoted_words(event)}"'


def with_its_parent(event: Event) -> str:
    """How a rule fell with the one that it belongs to, and by what."""
    above, _, granted = event.basis.partition("; ")
    by = f" by {event.by_mention}" if event.by_mention and not event.by_mention.startswith("(") and not above.endswith("expired") else ""
    return f'{above}{by}: "{quoted_words(event)}"; by a general rule of the agency, {granted}, what belongs to it ended with it'


def known_by(event: Event) -> str:
    """By whom, where a list names it."""
    return f" by {event.by_mention}" if event.by_mention and not event.by_mention.startswith("(") else ""


def stamped_pages(event: Event, context: Context) -> str:
    """Which pages of the copy are stamped."""
    pages = sorted({e.page for e in event.evidence})
    total = context.pages.get(event.item or "", 0)
    if total and len(pages) == total:
        return "the one page of the copy held is" if total == 1 else f"all {in_words(total)} pages of the copy held are"
    return f"page {pages[0]} of the copy held is" if len(pages) == 1 else f"{in_words(len(pages))} pages of the copy held are"


def in_past(event: Event) -> str:
    """What an event did, in the past tense."""
    if event.label.startswith("expired"):
        return "had " + event.label
    if event.label == WITH_ITS_PARENT:
        return event.label
    began = {"took effect": "took effect", "in effect at the latest": "was in effect", BROUGHT_BACK: "was brought back", "was current": "was current"}
    return {"begins": began.get(event.label, "stood"), "ends": f"was {event.label}", "changes": "was changed" if event.standing == "index" else "was amended", "suspended": "was suspended", "resumed": "was resumed", "renumbered": f"was {event.label}"}.get(event.kind, event.label)


def by_whom(event: Event, context: Context) -> str:
    """By which other work."""
    name = context.names.get(event.by or "", "") or event.by_mention
    return f" by {name}" if name and event.by != event.work and not name.startswith("(") else ""


def by_name(event: Event) -> str:
    """By what it calls itself."""
    return f" by {event.by_mention}" if event.by_mention else ""


def in_brackets(event: Event) -> str:
    """The words that prove an event, in brackets."""
    return f' ("{quoted_words(event)}")' if event.evidence else ""


def quoted_words(event: Event) -> str:
    """The words that prove an event, or its basis."""
    words = " ".join(event.evidence[0].quote.split()) if event.evidence else event.basis
    return words if len(words) <= 160 else words[:157] + "..."


def in_words(count: int) -> str:
    """A number in words, up to ten."""
    return NUMBERS[count] if count < len(NUMBERS) else str(count)


def renumberings(ruling: Ruling, context: Context) -> list[str]:
    """Which other numbers the work bears before and after, with the words that say so."""
    told = [e for e in context.events if e.kind == "renumbered" and e.day.on is not None]
    found = []
    for before, after in zip(ruling.work.numbers, ruling.work.numbers[1:], strict=False):
        event = next((e for e in told if e.relation == after.by), None)
        if event is not None and after.since is not None:
            found.append(f'From {long_date(after.since)} it bears the number {after.number}, and before that day {before.number}: {event.by_mention} says, "{quoted_words(event)}".')
    return found


def article(work: Work) -> str:
    """The article that a work without a number has."""
    return "" if work.number else "the "
