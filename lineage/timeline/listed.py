"""What an index says of a rule, beside what the orders say: it settles what no order says and never overrides one.

Where the two give different days, the days between are not established, days outside stay as they are (semantics, section 4), and a finding says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from msgspec import Struct
from msgspec.structs import replace

from lineage.model import ENDING, Event, Expression, Finding, Period, Relation
from lineage.model.dates import long_date
from lineage.timeline.acts import MAY_BEGIN, PAST, day_of, event_of
from lineage.timeline.life import Life, Mark
from lineage.timeline.marks import marks_of, place, version_items
from lineage.timeline.numbers import agrees
from lineage.timeline.sweep import sweep

ONLY, AT_ODDS, NEWER = ("index.listed-only",), ("index.contradicts",), ("index.version-not-held",)
SAYS = ", as a list of orders says"
LIVING = ("begin", "change", "confirm", "suspend", "resume")


def with_lists(life: Life) -> tuple[list[Mark], list[Finding]]:
    """The marks in order of their days, those of indexes among them, and the doubts that time raises."""
    listed = [a for a in life.acts if a.standing == "index"]
    brought = any(a.standing == "index" for a in life.done)
    orders = replace(life, acts=tuple(a for a in life.acts if a.standing == "order"), done=tuple(a for a in life.done if a.standing == "order"))
    marks, findings = marks_of(orders)
    if not (listed or brought):
        return marks, findings
    beside = _Beside(life, marks, sweep(orders, marks)[1], findings)
    more = [*beside.begun(listed), *beside.changed(listed), *beside.stopped(listed)]
    both = sorted([*marks, *more], key=place)
    beside = replace(beside, marks=both, periods=sweep(orders, both)[1])
    beside.stood(listed)
    more += [*beside.ended(listed), *beside.unclear(listed), *beside.renumbered(listed)]
    return sorted([*marks, *more], key=place), findings


class _Beside(Struct, frozen=True):
    """What the orders say of a rule: their marks and the periods that these make; and the findings, which grow."""

    life: Life
    marks: list[Mark]
    periods: list[Period]
    findings: list[Finding]

    def begun(self, listed: list[Relation]) -> Iterator[Mark]:
        """From when the list says that the rule is in effect."""
        acts = [a for a in listed if a.kind == "commences" and a.certainty != "doubtful"]
        for act in sorted(acts, key=_by_day):
            day = day_of(act)
            starts = [x for x in self.life.expressions if x.starts.first or x.starts.last]
            if day is None:
                if not starts and not self._days("begin") and act.effect and act.effect.day.first:
                    yield Mark("doubt", act.effect.day.first, event_of(self.life, act, "doubt", MAY_BEGIN + SAYS, None), findings=("dates.partial", *ONLY))
            elif day not in self._days("begin") and day not in self._own_dates():
                yield from self._begins(act, day, starts)
            self._issue(act)
        yield from self._brought([a for a in acts if day_of(a)])

    def _brought(self, begun: list[Relation]) -> Iterator[Mark]:
        """A rule that the list puts in place of another, and of which nothing else tells the beginning."""
        acts = [a for a in self.life.done if a.standing == "index" and a.kind in ENDING and a.certainty != "doubtful" and day_of(a)]
        if not acts or begun or self.life.expressions or self._days("begin"):
            return
        act = min(acts, key=_by_day)
        event = event_of(self.life, act, "begins", "named as what " + PAST[act.kind] + " another rule" + SAYS, act.affected.work)
        yield Mark("begin", day_of(act) or date.max, event, None, complete=False, findings=ONLY)
        self._only(act, f"it took the place of {act.affected.mention}")

    def _begins(self, act: Relation, day: date, starts: list[Expression]) -> Iterator[Mark]:
        event = event_of(self.life, act, "begins", "took effect" + SAYS, None)
        ended = max((e for e in self._ends() if e <= day), default=None)
        if ended is not None and self._status(day) == "not-in-force":
            self._at_odds(act, f"it took effect on {long_date(day)}", f"an order ends it on {long_date(ended)}; whether it began again is not established", None)
            yield Mark("contradicted", day, replace(event, kind="doubt", label="may have begun again" + SAYS), findings=AT_ODDS)
            return
        within = next((x for x in starts if x.starts.on is None and (x.starts.first or date.min) <= day <= (x.starts.last or date.max)), None)
        firsts = sorted(x.starts.first for x in starts if x.starts.first) or self._days("begin")
        if within is not None or not firsts:
            item = within.item if within else self.life.expressions[0].item if len(self.life.expressions) == 1 and not starts else None
            yield Mark("begin", day, event, item, complete=item is not None, findings=ONLY)
            self._only(act, f"it took effect on {long_date(day)}")
            return
        issued, known = act.affected.dated, {x.issued.on for x in self.life.expressions if x.issued.on}
        other = issued is not None and issued not in known and (bool(known) or not min(firsts) <= issued <= max(firsts))
        if other and day > min(firsts):
            yield self._newer(act, day, f"in effect from {long_date(day)}")
        elif other or not starts:
            yield Mark("begin", day, event, None, complete=False, findings=ONLY)
            self._only(act, f"it was in effect from {long_date(day)}, before any paper of it that is held")
        else:
            yield from self._two_starts(act, event, day, max((f for f in firsts if f < day), default=firsts[0]))

    def _two_starts(self, act: Relation, event: Event, day: date, own: date) -> Iterator[Mark]:
        """The list and the paper give two days for one beginning: the days between are not established."""
        self._at_odds(act, f"it took effect on {long_date(day)}", f"its own paper says {long_date(own)}", (day, own))
        doubt = replace(event, kind="doubt", label=MAY_BEGIN + (SAYS if day < own else " only then" + SAYS))
        if day < own:
            yield Mark("doubt", day, doubt, findings=AT_ODDS)
            return
        yield Mark("contradicted", own, doubt, findings=AT_ODDS)
        item = next((m.item for m in self.marks if m.kind == "begin" and m.on == own), None)
        yield Mark("begin", day, replace(event, label="in effect at the latest"), item)

    def _issue(self, act: Relation) -> None:
        """The issue that the list gives, where the paper of that very beginning says another."""
        day, issued = day_of(act), act.affected.dated
        same = [x for x in self.life.expressions if x.starts.on == day and x.issued.on]
        if issued and same and all(x.issued.on != issued for x in same) and same[0].issued.on:
            self._at_odds(act, f"it was issued on {long_date(issued)}", f"its own paper says {long_date(same[0].issued.on)}", None)

    # Changes and suspensions.

    def changed(self, listed: list[Relation]) -> Iterator[Mark]:
        """Revisions and amendments of which only the list tells: the rule goes on, its words are not established."""
        for act in listed:
            day = day_of(act)
            if act.kind != "amends" or day is None or act.certainty == "doubtful":
                continue
            known = day in self._own_dates() or any(m.on == day for m in self.marks if m.kind in ("begin", "change"))
            told = any(m.kind == "change" and m.event.by and m.event.by == act.affecting.work for m in self.marks)
            if known or told:
                continue
            if self._status(day) == "not-in-force" and self._ends() and min(self._ends()) <= day:
                self._at_odds(act, f"it was changed on {long_date(day)}", f"it had ended on {long_date(max(e for e in self._ends() if e <= day))}", None)
            elif self._status(day) == "in-force":
                yield self._newer(act, day, f"changed on {long_date(day)}")

    def stopped(self, listed: list[Relation]) -> Iterator[Mark]:
        """Suspensions and resumptions of which only the list tells."""
        for act in listed:
            day = day_of(act)
            if act.kind not in ("suspends", "resumes") or day is None or act.certainty == "doubtful":
                continue
            own = self._days("suspend" if act.kind == "suspends" else "resume")
            if day in own:
                continue
            event = event_of(self.life, act, "suspended" if act.kind == "suspends" else "resumed", PAST[act.kind], act.affecting.work)
            if own:
                self._at_odds(act, f"it was {PAST[act.kind]} on {long_date(day)}", f"an order says {long_date(own[0])}", (day, own[0]))
                yield Mark("unclear-efficacy", day, event, findings=AT_ODDS)
                continue
            yield Mark("suspend" if act.kind == "suspends" else "resume", day, event)
            self._only(act, f"it was {PAST[act.kind]} on {long_date(day)}")

    def _newer(self, act: Relation, day: date, said: str) -> Mark:
        name = self._name()
        message = f'A list of orders says that {name} was {said} ("{_quote(act)}"), and no text of that day is held: from then on its wording is not established. The paper of that day could settle it.'
        self.findings.append(Finding("index.version-not-held", "doubt", message, act.evidence, work=self.life.work.id))
        return Mark("change", day, event_of(self.life, act, "changes", "changed" + SAYS, act.affecting.work), None, complete=False, findings=NEWER)

    def ended(self, listed: list[Relation]) -> Iterator[Mark]:
        """Ends of which the list tells: alone, in agreement with the orders, or at odds with them."""
        free: list[tuple[date, Relation, frozenset[str] | None]] = []
        for act in sorted((a for a in listed if self._ends_it(a) and a.certainty != "doubtful"), key=_by_day):
            day = day_of(act)
            if day is None or day in self._ends():
                continue
            only = version_items(self.life, act, self.findings)
            if only is not None and not only:
                continue
            marks = self._against_orders(act, day)
            if marks is None:
                free.append((day, act, only))
            else:
                yield from marks
        yield from self._alone(free)
        yield from self._undated([a for a in listed if self._ends_it(a) and a.certainty != "doubtful" and day_of(a) is None])

    def _against_orders(self, act: Relation, day: date) -> list[Mark] | None:
        """The marks of an end that the orders speak against; None where no order says anything else."""
        said, ends = f"it was {PAST[act.kind]} on {long_date(day)}", self._ends()
        after = [m.on for m in self.marks if m.kind in LIVING and m.on > day and m.event.standing == "order"]
        later, before = next((e for e in ends if e > day), None), max((e for e in ends if e < day), default=None)
        status = self._status(day)
        if status == "not-provable" and not self._still_stood(day):
            return None
        if status != "not-in-force" and (later or after):
            held = f"an order ends it on {long_date(later)}" if later and not any(a < later for a in after) else f"a paper held shows it in force on {long_date(min(after))}"
            self._at_odds(act, said, held, (day, later or min(after)))
            return [Mark("contradicted", day, event_of(self.life, act, "doubt", f"may have been {PAST[act.kind]}{SAYS}", act.affecting.work), findings=AT_ODDS)]
        if status == "not-in-force":
            if before is None:
                self._at_odds(act, said, "that is before its own paper took effect", None)
                return []
            self._at_odds(act, said, f"an order ends it on {long_date(before)}", (before, day))
            doubt = event_of(self.life, act, "doubt", f"may have gone on until {long_date(day)}{SAYS}", None)
            end = event_of(self.life, act, "ends", PAST[act.kind], act.affecting.work)
            return [Mark("contradicted", before, doubt, findings=AT_ODDS), Mark("end", day, end, findings=ONLY)]
        return None

    def _still_stood(self, day: date) -> bool:
        """Whether the next thing that an order tells after the day is one that only a rule in force can meet: no new beginning."""
        told = [m for m in self.marks if m.on > day and m.event.standing == "order" and m.kind in (*LIVING, "end")]
        return bool(told) and all(m.kind != "begin" for m in told if m.on == told[0].on)

    def _alone(self, free: list[tuple[date, Relation, frozenset[str] | None]]) -> Iterator[Mark]:
        """Ends that no order speaks of: one day is the end; of several, the days between the first and the last are not established."""
        if not free:
            return
        first, last = free[0][0], free[-1][0]
        day, act, only = free[-1]
        if first != last:
            self._at_odds(act, f"it ended on {long_date(last)}", f"another row says {long_date(first)}", (first, last))
            earlier = free[0][1]
            yield Mark("contradicted", first, event_of(self.life, earlier, "doubt", f"may have been {PAST[earlier.kind]}{SAYS}", earlier.affecting.work), findings=AT_ODDS)
        yield Mark("end", day, event_of(self.life, act, "ends", PAST[act.kind], act.affecting.work), only=only, findings=ONLY)
        self._only(act, f"it was {PAST[act.kind]} on {long_date(day)}")

    def _undated(self, acts: list[Relation]) -> Iterator[Mark]:
        """Ended by the list on a day that it does not give: not established after the last day on which an order shows it in force."""
        if not acts or self._ends() or any(m.kind == "end" for m in self.marks):
            return
        act = min(acts, key=lambda a: a.id)
        shown = max((m.on for m in self.marks if m.kind in LIVING), default=None)
        bound = act.effect.day.first if act.effect else None
        first = max((d for d in (shown + timedelta(days=1) if shown else None, bound) if d), default=None)
        name = self._name()
        message = f'A list of orders says that {name} was {PAST[act.kind]} ("{_quote(act)}") and gives no day that can be read, and no order held ends it. The paper that ended it could settle from when.'
        self.findings.append(Finding("dates.end-unknown", "blocker", message, act.evidence, work=self.life.work.id))
        if first is not None:
            yield Mark("doubt", first, event_of(self.life, act, "doubt", f"may have been {PAST[act.kind]}{SAYS}", act.affecting.work), findings=("dates.end-unknown",))

    def unclear(self, listed: list[Relation]) -> Iterator[Mark]:
        """Ends that may be those of another bearer of the number."""
        for act in listed:
            first = act.effect.day.first if act.effect else None
            if act.kind not in ENDING or act.certainty != "doubtful" or first is None or self.life.work.id not in act.candidates or self._status(first) != "in-force":
                continue
            code = AT_ODDS if len(act.candidates) == 1 else ("relations.holder-unclear",)
            yield Mark("doubt", first, event_of(self.life, act, "doubt", f"may have been {PAST[act.kind]}{SAYS}", act.affecting.work), findings=code)

    def stood(self, listed: list[Relation]) -> None:
        """That the list calls it standing on the day of which the list is, where an order had ended it by then; the order's words stand."""
        for act in listed:
            day = day_of(act)
            ended = max((e for e in self._ends() if day and e <= day), default=None)
            if act.kind == "confirms" and act.certainty != "doubtful" and day and ended and self._status(day) == "not-in-force":
                self._at_odds(act, f"it stood on {long_date(day)}", f"an order ends it on {long_date(ended)}", None)

    def renumbered(self, listed: list[Relation]) -> Iterator[Mark]:
        """A rule that goes on under another number: under this one it is not established."""
        for act in listed:
            if not act.renames or act.certainty == "doubtful" or agrees(self.life, act.affecting.number):
                continue
            day, name = day_of(act), self._name()
            on = f" on {long_date(day)}" if day else ""
            to = f" and bears {act.affecting.mention} since" if act.affecting.number else "; which number it bore before, or bears since, is not said"
            message = f'A list of orders says that {name} was re-numbered{on}{to} ("{_quote(act)}"). The rule may go on under another number.'
            self.findings.append(Finding("index.renumbered", "doubt" if act.affecting.number else "note", message, act.evidence, work=self.life.work.id))
            if act.affecting.number and day is not None and not any(m.on >= day for m in self.marks if m.kind in LIVING):
                yield Mark("doubt", day, event_of(self.life, act, "doubt", "may have borne another number" + SAYS, act.affecting.work), findings=("index.renumbered",))

    # What the orders say.

    def _ends_it(self, act: Relation) -> bool:
        return act.kind in ENDING and act.scope != "part" and act.affecting.work != act.affected.work and act.affected.work == self.life.work.id

    def _own_dates(self) -> set[date]:
        """The days that its papers give of their own issue, effect and revision."""
        roles = ("issued", "effective", "approved", "revised")
        read = {d.day.on for x in self.life.expressions for d in self.life.dates.get(x.item, ()) if d.role in roles}
        return {d for x in self.life.expressions for d in (x.starts.on, x.issued.on) if d} | {d for d in read if d}

    def _days(self, kind: str) -> list[date]:
        return sorted({m.on for m in self.marks if m.kind == kind})

    def _ends(self) -> list[date]:
        """The days on which an order ends the rule."""
        return sorted({p.interval.start for p in self.periods if p.status == "not-in-force" and p.interval.start and p.opened_by and p.opened_by.standing == "order"})

    def _status(self, day: date) -> str:
        return next((p.status for p in self.periods if p.interval.covers(day)), "not-provable")

    def _name(self) -> str:
        return self.life.names.get(self.life.work.id, self.life.work.name)

    def _only(self, act: Relation, said: str) -> None:
        message = f'That {said} rests on a list of orders alone ("{_quote(act)}"); no order held says so.'
        self.findings.append(Finding("index.listed-only", "note", message, act.evidence, work=self.life.work.id))

    def _at_odds(self, act: Relation, listed: str, held: str, span: tuple[date, date] | None) -> None:
        """The finding that the list and the orders do not agree, and what hangs on it."""
        until = f" From {long_date(min(span))} to {long_date(max(span) - timedelta(days=1))} it is not established." if span else ""
        message = f'A list of orders says of {self._name()} that {listed} ("{_quote(act)}"), and {held}.{until} The paper itself, or a person who finds which is mistaken, could settle it.'
        self.findings.append(Finding("index.contradicts", "doubt", message, act.evidence, work=self.life.work.id))


def _by_day(act: Relation) -> tuple[date, str]:
    return (day_of(act) or date.max, act.id)


def _quote(act: Relation) -> str:
    return " ".join(act.evidence[0].quote.split())[:160]
