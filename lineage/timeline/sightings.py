"""What was seen published, beside what the papers say: proof that a rule went on, and doubt where a complete listing does not show it.

A sighting is proof of its day; absence is a sighting too, and no end (semantics, sections 1 and 4).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from lineage.model import Day, Event, Expression, Finding, Period
from lineage.model.dates import long_date
from lineage.timeline.life import Life, Mark
from lineage.timeline.marks import place
from lineage.timeline.sweep import sweep
from lineage.timeline.texts import DAY, SEVERAL, days_of, stretches, text_of

NOT_HELD = "expressions.version-not-held"
GONE, NOT_SEEN, AFTER_END = "sightings.gone", "sightings.not-seen", "sightings.after-end"
# Doubts about whom an act means. One who is seen after the act was not meant, or not ended by it.
CLEARED = frozenset(("identity.number-reused", "relations.holder-unclear", "relations.contradicted", "relations.misread", "relations.open-target", "relations.parent-ended"))


def with_sightings(life: Life, marks: list[Mark], findings: list[Finding]) -> tuple[list[Mark], list[Finding]]:
    """The marks and findings, with those of sightings among them and without the doubts that sightings clear."""
    if not (life.seen or life.looks):
        return marks, findings
    kept = [m for m in marks if not _cleared(life, m, marks)]
    found = [f for f in findings if not any(_tells_of(f, m) for m in marks if m not in kept)]
    found += [_passed_over(life, m) for m in marks if m not in kept and m.kind == "begin"]
    versions = _versions(life, kept)
    seen = _Seen(life, versions, found)
    kept = sorted((n for m in kept for n in seen.after_end(m, kept)), key=place)
    seen = replace(seen, periods=sweep(life, kept)[1])
    more = [*seen.gone(), *(m for v in versions for m in seen.unshown(v)), *(m for v in versions for m in seen.edited(v))]
    kept = [seen.begun(m) for m in kept]
    more += seen.told({m.on for m in more})
    return sorted([*kept, *more], key=place), found


def observed(life: Life, periods: list[Period]) -> list[Period]:
    """The periods in force, each with the last day on which its text was seen, and with what sightings prove of it."""
    by_item = {x.item: days_of(life, [y for y in life.expressions if y.starts == x.starts]) for x in life.expressions} if life.seen else {}
    return [_observed(period, by_item.get(period.item or "", [])) if period.complete else period for period in periods]


def _observed(period: Period, days: list[date]) -> Period:
    within = [day for day in days if period.interval.covers(day)]
    if not days:
        return period
    return replace(period, observed_on=days[-1], last_proof_on=max(filter(None, (period.last_proof_on, *within[-1:])), default=None))


class _Version(Struct, frozen=True):
    """A text, or several with the same dates, from the day on which it begins; ``until`` is that of the next. ``days`` are those on which it was seen."""

    begin: Mark
    same: tuple[Expression, ...]
    days: tuple[date, ...]
    until: date | None

    @property
    def items(self) -> frozenset[str]:
        """The papers that bear it."""
        return frozenset(x.item for x in self.same)


def _versions(life: Life, marks: list[Mark]) -> list[_Version]:
    begins = [m for m in marks if m.kind == "begin" and m.item is not None]
    by_item = {x.item: x for x in life.expressions}
    found = []
    for mark in begins:
        same = tuple(x for x in life.expressions if x.starts == by_item[mark.item or ""].starts)
        until = min((m.on for m in marks if m.kind == "begin" and m.on > mark.on and m.findings != (NOT_HELD,) and m.item not in {x.item for x in same}), default=None)
        found.append(_Version(mark, same, tuple(days_of(life, same)), until))
    return found


def _cleared(life: Life, mark: Mark, marks: list[Mark]) -> bool:
    """Whether a text that had begun by the day of the doubt was seen after it; of a version that is only named, whether the one before it was."""
    versions = _versions(life, marks)
    if mark.kind == "begin" and mark.findings == (NOT_HELD,):
        return any(day > mark.on for v in versions if v.begin.on < mark.on and (v.until is None or mark.on < v.until) for day in v.days)
    if mark.kind != "doubt" or not mark.findings or not set(mark.findings) <= CLEARED:
        return False
    return any(day > mark.on for v in versions if v.begin.on <= mark.on for day in v.days)


def _tells_of(finding: Finding, mark: Mark) -> bool:
    return finding.code in mark.findings and finding.evidence == mark.event.evidence and long_date(mark.on) in finding.message


def _passed_over(life: Life, mark: Mark) -> Finding:
    message = (
        f"A later paper replaces a version of {long_date(mark.on)}, which is not held, and the text before it was still seen published after that day: "
        "the date is mistaken, or that version was put off or never published. The text seen is taken to have stood."
    )
    return Finding("sightings.version-passed-over", "note", message, mark.event.evidence, work=life.work.id)


class _Seen(Struct, frozen=True):
    """What was seen of a work, and the periods that all else makes; the findings grow."""

    life: Life
    versions: list[_Version]
    findings: list[Finding]
    periods: list[Period] = ()  # type: ignore[assignment]

    def after_end(self, mark: Mark, marks: list[Mark]) -> Iterator[Mark]:
        """An end after which the rule was still seen: not established from the end until a listing shows it no longer."""
        after = self._shown_after(mark, marks) if mark.kind == "end" else []
        if not after:
            yield mark
            return
        again = self._begins_after(mark, marks)
        over = next((x.on for x in self.life.looks if x.sure and x.on > after[-1] and (again is None or x.on < again)), None)
        by = f" by {mark.event.by_mention}" if mark.event.by_mention else ""
        then = f"the complete listing of {long_date(over)} shows it no longer" if over else "no later complete listing is held"
        self._find(
            AFTER_END,
            f"{self._name()} was {mark.event.label}{by} on {long_date(mark.on)}, and it was still seen published on {long_date(after[-1])}; {then}. Whether it had ended in between is not established: "
            "the site may have been behind, or another rule may have been meant.",
            mark,
        )
        event = replace(mark.event, kind="doubt", label=f"may have been {mark.event.label}, and was still seen published")
        yield Mark("doubt", mark.on, event, findings=(AFTER_END,))
        if over is not None:
            yield replace(mark, on=over, findings=(*mark.findings, AFTER_END))

    def _shown_after(self, mark: Mark, marks: list[Mark]) -> list[date]:
        """The days after an end on which what it ends was seen; a paper that itself says that it ended is no witness that it went on."""
        again = self._begins_after(mark, marks)
        papers = [x for v in self.versions if v.begin.on < mark.on for x in v.same if x.item != mark.event.item and (mark.only is None or x.item in mark.only)]
        return [day for day in days_of(self.life, papers) if day > mark.on and (again is None or day < again)]

    def _begins_after(self, mark: Mark, marks: list[Mark]) -> date | None:
        return min((m.on for m in marks if m.kind == "begin" and m.on >= mark.on), default=None)

    def gone(self) -> Iterator[Mark]:
        """Seen before, and absent from a later complete listing: not established until it is seen again."""
        shown = days_of(self.life, self.life.expressions)
        told: set[date] = set()
        for look in self.life.looks:
            last = max((day for day in shown if day < look.on), default=None)
            if last is None or last in told or look.on in shown or self._at(look.on).status == "not-in-force":
                continue
            told.add(last)
            again = min((day for day in shown if day > look.on), default=None)
            until = f", until it was seen again on {long_date(again)}" if again else ""
            self._find(
                GONE,
                f"{self._name()} was last seen published on {long_date(last)}. The complete listing of {long_date(look.on)} does not show it, and nothing held ends it: "
                f"from {long_date(last + DAY)} it is not established whether it stood{until}. The paper that ended it, or the log of orders, could settle it.",
            )
            yield Mark("doubt", last + DAY, self._event("observed", last + DAY, "no longer seen published", f"absent from the complete listing of {long_date(look.on)}"), findings=(GONE,))
            if again is not None:
                version = next((v for v in self.versions if self._at(again).item in v.items), None)
                codes = () if version is None or again in version.days else (NOT_SEEN,)
                yield Mark("seen", again, self._event("observed", again, "seen published again"), findings=codes)

    def unshown(self, version: _Version) -> Iterator[Mark]:
        """Days on which complete listings show the rule with another text, or show this one only later than its own date."""
        shown = days_of(self.life, self.life.expressions)
        first = self._first(version)
        for day in self._absent(version):
            last = max((d for d in version.days if d < day), default=None)
            again = min((d for d in version.days if d > day), default=None)
            if last is None or last < version.begin.on or day not in shown:
                continue  # it begins unseen, or the work is gone: told elsewhere
            self._find(NOT_SEEN, f"The complete listing of {long_date(day)} shows {self._name()} with another text than that of {long_date(version.begin.on)}, which by its own date stood then.")
            yield Mark("unseen", last + DAY, self._event("observed", last + DAY, "seen with another text"), only=version.items, findings=(NOT_SEEN,))
            if again is not None:
                yield Mark("seen", again, self._event("observed", again, "seen published again"), only=version.items)
        if self._begins_unseen(version) and first is not None:
            yield Mark("seen", first, self._event("observed", first, "first seen published", item=version.begin.item), only=version.items)

    def begun(self, mark: Mark) -> Mark:
        """A beginning, with the text that was seen, and a doubt where a complete listing does not show it though by its own date it stood."""
        version = next((v for v in self.versions if v.begin is mark), None)
        if version is None:
            return mark
        codes = list(mark.findings)
        item = mark.item
        if SEVERAL in codes and (steps := stretches(self.life, version.same, mark.on)):
            item = text_of(self.life, version.same, steps[0][1])
            codes = [c for c in codes if c != SEVERAL or steps[0][1] is None]
        if self._begins_unseen(version):
            self._tell_unseen(version)
            codes.append(NOT_SEEN)
        return replace(mark, item=item, findings=tuple(codes))

    def edited(self, version: _Version) -> Iterator[Mark]:
        """The days on which one text of a version gives way to another."""
        if SEVERAL not in version.begin.findings:
            return
        for day, words in stretches(self.life, version.same, version.begin.on)[1:]:
            item = text_of(self.life, version.same, words) if words is not None else None
            label = "its words were changed without a new date" if words is None else "seen with other words and no new date"
            yield Mark("edited", day, self._event("observed", day, label, item=item), item, only=version.items, findings=() if words is not None else (SEVERAL,))

    def told(self, known: set[date]) -> Iterator[Mark]:
        """The first and the last day on which each text was seen, where nothing else tells of that day."""
        for words in sorted({x.words for x in self.life.expressions}):
            same = [x for x in self.life.expressions if x.words == words]
            days = days_of(self.life, same)
            for day in sorted({days[0], days[-1]} - known) if days else ():
                label = "seen published" if len(days) == 1 else "first seen published" if day == days[0] else "last seen published"
                basis = f"seen on {len(days)} days" if day == days[-1] and len(days) > 1 else ""
                yield Mark("observed", day, self._event("observed", day, label, basis, text_of(self.life, same, words)))

    # What is asked of the facts.

    def _absent(self, version: _Version) -> list[date]:
        """The days of complete listings on which by its own date this text rules, and which do not show it."""
        looks = (x.on for x in self.life.looks if x.on >= version.begin.on and (version.until is None or x.on < version.until))
        return [on for on in looks if on not in version.days and self._at(on).item in version.items]

    def _first(self, version: _Version) -> date | None:
        return next((day for day in version.days if day >= version.begin.on), None)

    def _begins_unseen(self, version: _Version) -> bool:
        """Whether a complete listing between its beginning and its first sighting does not show it, or the last one before it had taken it back."""
        first, absent = self._first(version), self._absent(version)
        if absent and (first is None or absent[0] < first):
            return True
        before = max((d for d in version.days if d < version.begin.on), default=None)
        last = max((x.on for x in self.life.looks if x.on < version.begin.on), default=None)
        return before is not None and last is not None and before < last

    def _tell_unseen(self, version: _Version) -> None:
        first, absent = self._first(version), self._absent(version)
        listing = absent[0] if absent else max(x.on for x in self.life.looks if x.on < version.begin.on)
        later = f"It was first seen on {long_date(first)}." if first else "It was not seen later either."
        self._find(
            NOT_SEEN,
            f"By its own date the text of {long_date(version.begin.on)} of {self._name()} stood from that day, and the complete listing of {long_date(listing)} does not show it. {later} "
            "Whether it stood before it was seen is open: it may have been put off, or the site may have been behind.",
        )

    def _at(self, day: date) -> Period:
        return next(p for p in self.periods if p.interval.covers(day))

    def _name(self) -> str:
        return self.life.names.get(self.life.work.id, self.life.work.name)

    def _find(self, code: str, message: str, mark: Mark | None = None) -> None:
        self.findings.append(Finding(code, "doubt", message, mark.event.evidence if mark else (), work=self.life.work.id))

    def _event(self, kind: str, day: date, label: str, basis: str = "", item: str | None = None) -> Event:
        return Event(kind, Day(on=day), self.life.work.id, label, basis, item=item)
