"""What has grown old: rules whose review is due, and orders that were to live only until something comes about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from lineage.answers.phrases import article
from lineage.model import DateReading, Relation, Ruling, bytes_of
from lineage.model.dates import DATE_PATTERN, find_dates, long_date
from lineage.model.survey import Place, Remark
from lineage.profiles import Review, kept

if TYPE_CHECKING:
    from lineage.answers.alike import Text
    from lineage.answers.surveying import Scene

YEAR = 365
# A paper's own words on when it is to be reviewed. That a member, a case or a log is to be reviewed is none of these.
STATED = re.compile(
    rf"(?i:\bnext\s+(?:scheduled\s+)?review(?:\s+date)?\s*(?:is|:|on|by|due)?\s*|\breview\s+due(?:\s+date)?\s*(?:is|:|on|by)?\s*"
    rf"|\bthis\s+(?:policy|order|directive|section|procedure|rule|bulletin)\s+(?:is\s+(?:due|scheduled)\s+for\s+review|(?:shall|will|must|is\s+to)\s+be\s+(?:reviewed|re-?evaluated))\s+(?:again\s+)?(?:on\s+or\s+before|no\s+later\s+than|before|by|on|in)\s+)(?P<day>{DATE_PATTERN})"
)
ROLES = ("issued", "effective", "revised", "reviewed")


def reviews(scene: Scene, texts: Sequence[Text]) -> Iterator[Remark]:
    """Rules in force whose stated day of review has gone by, or whose agency's own rule on reviews asks for one by now. A day that is not stated is never worked out without such a rule."""
    words = {text.work: text for text in texts}
    fields, rules = _fields(scene), review_rules(scene)
    items = [r.period.item for r in scene.in_force() if r.period.item and (rules[r.work.agency] or r.work.id in fields)]
    dates = scene.store.dates_of(items) if items else {}
    for ruling in scene.in_force():
        stated = fields.get(ruling.work.id) or _in_words(words.get(ruling.work.id))
        rule = rules[ruling.work.agency]
        if stated is not None and stated[0] < scene.on and not _reviewed(stated[0], dates.get(ruling.period.item or "", ())):
            yield _stated(scene, ruling, *stated)
        elif stated is None and rule is not None and ruling.period.item:
            yield from _by_rule(scene, ruling, rule, dates.get(ruling.period.item, ()))


def _reviewed(due: date, readings: Iterable[DateReading]) -> bool:
    """Whether the paper itself says that it was reviewed on that day or after it."""
    return any(d.role == "reviewed" and d.day.on is not None and d.day.on >= due for d in readings)


def _stated(scene: Scene, ruling: Ruling, day: date, place: Place) -> Remark:
    name = f"{article(ruling.work)}{scene.held.name(ruling.work.id)}"
    return Remark("review", f"By its own paper {name} was to be reviewed by {long_date(day)}, and no later text of it is in force.", (ruling.work.id,), (place,), weight=(scene.on - day).days)


def review_rules(scene: Scene) -> dict[str, Review | None]:
    """The rule on reviews of each agency of a rule in force, as the profile kept with its papers has it; None where it has none."""
    agencies = sorted({r.work.agency for r in scene.in_force()})
    return {agency: kept(agency, *scene.store.profile(agency, scene.as_known)).review for agency in agencies}


def _fields(scene: Scene) -> dict[str, tuple[date, Place]]:
    """The days of review that fields of the papers state, by work."""
    from lineage import documents

    found = {}
    purged = scene.store.purges()
    for ruling in scene.in_force():
        item = ruling.period.item if bytes_of(ruling.period.item or "") not in purged else None
        for words, page in documents.stated(scene.store.document(item), "review_due") if item else ():
            day = _last_day(words)
            if item and day:
                found[ruling.work.id] = (day, Place(ruling.work.id, scene.held.name(ruling.work.id), item, scene.file(item), page, "", words))
    return found


def _last_day(words: str) -> date | None:
    """The last day that these words can mean; of a month its last."""
    return next((d.day.last for d in find_dates(words) if d.day.last), None)


def _in_words(text: Text | None) -> tuple[date, Place] | None:
    """The day of review that a clause of the paper states."""
    for clause in text.clauses if text else ():
        match = STATED.search(clause.words)
        day = _last_day(match["day"]) if match else None
        if match and day:
            return day, clause.place(match.group())
    return None


def _by_rule(scene: Scene, ruling: Ruling, rule: Review, readings: Iterable[DateReading]) -> Iterator[Remark]:
    """A review that is due by the agency's own rule, counted from the last day that the paper gives."""
    known = [(d.day.on, d) for d in readings if d.role in ROLES and d.certainty != "doubtful" and d.day.on is not None and d.day.on <= scene.on]
    if not known:
        return
    day, last = max(known, key=lambda pair: pair[0])
    due = rule.due_after(day)
    if due < scene.on:
        name = f"{article(ruling.work)}{scene.held.name(ruling.work.id)}"
        sentence = f'{name[:1].upper()}{name[1:]} was due for review on {long_date(due)}: "{rule.quote}" ({rule.source}); the last day that its paper gives is {long_date(day)} ({last.role}).'
        places = tuple(Place.of(e, ruling.work.id, scene.held.name(ruling.work.id), scene.file(e.item)) for e in last.evidence[:1])
        yield Remark("review", sentence, (ruling.work.id,), places, weight=(scene.on - due).days)


def unasked(scene: Scene) -> Iterator[str]:
    """The agencies of which no rule on reviews is known."""
    for agency, rule in review_rules(scene).items():
        if rule is None:
            name = scene.held.calling.agency(agency)
            yield f"How often its rules are to be reviewed is not known of {name} (the table [review] of its profile says it): only the days of review that papers state are counted."


def interim(scene: Scene) -> Iterator[Remark]:
    """Orders in force for more than a year that by their own words live until something comes about."""
    for act in scene.acts:
        ruling = scene.rulings.get(act.affected.work or "")
        since = ruling.in_force_since if ruling else None
        if act.kind != "expires" or not act.condition or ruling is None or since is None or not scene.rules(ruling.work.id, act.item) or (scene.on - since).days <= YEAR:
            continue
        yield _interim(scene, ruling, act, since)


def _interim(scene: Scene, ruling: Ruling, act: Relation, since: date) -> Remark:
    name = f"{article(ruling.work)}{scene.held.name(ruling.work.id)}"
    years = (scene.on - since).days // YEAR
    sentence = f'{name[:1].upper()}{name[1:]} lives "{act.condition}", and has been in force since {long_date(since)}, for more than {years} {"year" if years == 1 else "years"}.'
    return Remark("interim", sentence, (ruling.work.id,), tuple(Place.of(e, ruling.work.id, scene.held.name(ruling.work.id), scene.file(e.item)) for e in act.evidence[:1]), weight=(scene.on - since).days)
