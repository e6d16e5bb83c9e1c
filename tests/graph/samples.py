"""Works, periods and relations made by hand."""

from __future__ import annotations

from datetime import date

from lineage.model import Day, Effect, End, Event, Evidence, Interval, Period, Relation, RelationKind, Work

TODAY = date(2026, 8, 3)
ITEM = "3fa2b9c1" + "0" * 56


def work(number: str, title: str = "", *, series: str = "manual-section", held: bool = True) -> Work:
    return Work(f"lbpd/{series}/{number}/1", "lbpd", series, number, title or f"Rule {number}", held=held)


def end(target: Work | str, **given: object) -> End:
    if isinstance(target, str):
        return End(target, **given)  # type: ignore[arg-type]
    return End(target.name, work=target.id, number=target.number, **given)  # type: ignore[arg-type]


def act(
    kind: RelationKind, affecting: Work | str, affected: Work | str | End, on: date | Day | None = None, *, at: int = 0, quote: str = "is hereby", **given: object
) -> Relation:
    """A relation whose quote stands at offset ``at``, which makes its id."""
    day = Day(on) if isinstance(on, date) else on
    return Relation(
        ITEM,
        kind,
        end(affecting),
        affected if isinstance(affected, End) else end(affected),
        (Evidence(ITEM, 1, None, quote, at, at + len(quote), "test"),),
        effect=Effect(day, "as stated") if day else None,
        **given,  # type: ignore[arg-type]
    )


def in_force(subject: Work, start: date | None, until: date | None = None, **given: object) -> Period:
    return Period(subject.id, Interval(start, until), "in-force", **given)  # type: ignore[arg-type]


def not_known(subject: Work, start: date | None, until: date | None = None) -> Period:
    return Period(subject.id, Interval(start, until), "not-provable")


def founding() -> tuple[list[Work], list[Period], list[Relation]]:
    """The order Social Media, what it amended, and what rescinded it."""
    began, ended = date(2019, 5, 17), date(2021, 7, 22)
    order = Work("lbpd/special-order/social-media/1", "lbpd", "special-order", None, "Social Media")
    amended, successor = work("3.48", "Internet Usage", held=False), work("3.51", held=False)
    suspended = work("6.1.1", "Media Relations", held=False)
    took_effect = Event("begins", Day(began), order.id, "took effect", basis="“Effective immediately”")
    periods = [
        in_force(order, began, ended, stated_end=True, item=ITEM, opened_by=took_effect),
        not_known(amended, None, began),
        in_force(amended, began, ended),
        not_known(amended, ended),
        in_force(successor, ended),
        in_force(suspended, began, operative=False),
    ]
    relations = [
        act("amends", order, amended, began, at=1, quote="Section 3.48 is amended"),
        act("suspends", order, suspended, began, at=2),
        act("rescinds", successor, order, ended, at=3, quote="RESCINDED by 3.51 on 7-22-21", source="stamp"),
        act("expires", order, order, at=4, condition="until a manual section has been drafted"),
        act("cites", order, "the penal code", began, at=5),
    ]
    return [order, amended, successor, suspended], periods, relations
