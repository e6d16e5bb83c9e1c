"""The open questions, most telling first: each with how many answers hang on it.

A question is put about what was read (an act, a date) where that is what is doubtful, since one ruling on it then settles every rule that it bears on; else about the open stretch of days itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct, field

from lineage.model import DateReading, Expression, Finding, Period, Relation, Work
from lineage.model.decision import Decision, Question, SubjectKind, open_stretch, place_of, ref_of, seen_of_stretch, standing
from lineage.review.options import of_date, of_relation, of_stretch
from lineage.review.span import days_in, span_of
from lineage.review.wording import sentence_of
from lineage.store.deciding import first_texts, seen_of, seen_of_dates

if TYPE_CHECKING:
    from lineage.store.reading import Reading

# A stretch before the first thing known of a rule is settled by a paper, not by a ruling: `missing` names it.
WANTING = ("works.start-not-held", "works.only-cited")
OF_DATES = ("effective", "issued")


class _Open(Struct):
    """What is open about one subject: the periods that hang on it, and the findings that say so."""

    subject: SubjectKind
    ref: str
    periods: list[Period] = field(default_factory=list)
    findings: dict[str, Finding] = field(default_factory=dict)


class _Held(Struct, frozen=True):
    """What the library holds, as far as questions are made from it. ``acts`` are as they were read, by id; ``doubtful`` those whose doubt a person has not settled."""

    works: dict[str, Work]
    texts: dict[str, list[Expression]]
    findings: dict[str, list[Finding]]
    acts: dict[str, Relation]
    dates: dict[str, list[DateReading]]
    files: dict[str, str]
    said: dict[str, list[Finding]]


def queue(held: Reading, *, as_known: str | None = None, work: str | None = None, since: date | None = None) -> list[Question]:
    """The questions that are open, those on which most answers hang first; of one ``work`` alone where it is named. Answers are counted from ``since`` (by default the last ten years that the library speaks of). The same facts give the same order."""
    known = _known(held, as_known)
    span = span_of(held, known.works.values(), as_known, since)
    found: dict[tuple[SubjectKind, str], _Open] = {}
    for period in held.periods(work=work, as_known=as_known):
        if not open_stretch(period) or period.work not in known.works or (set(period.findings) <= set(WANTING) and period.interval.start is None):
            continue
        for subject, ref, finding in _subjects(period, known):
            one = found.setdefault((subject, ref), _Open(subject, ref))
            one.periods.append(period)
            one.findings |= {finding.id: finding} if finding else {}
    decisions = held.decisions(as_known)
    counted = {(subject, ref.partition("+")[0]): one for (subject, ref), one in standing(decisions).items()}
    last = {(d.subject, d.ref.partition("+")[0]): d for d in decisions if d.verdict not in ("second", "withdraw")}
    firsts = first_texts(held.undecided(), [known.acts[o.ref] for o in found.values() if o.subject == "relation"], as_known)
    questions = [_question(one, known, firsts, sum(days_in(p.interval, span) for p in one.periods), counted.get(key), last.get(key)) for key, one in found.items()]
    return sorted(questions, key=lambda q: (-q.answers, q.works, q.id))


def _known(held: Reading, as_known: str | None) -> _Held:
    texts: dict[str, list[Expression]] = defaultdict(list)
    for text in held.expressions(as_known=as_known):
        texts[text.work].append(text)
    findings: dict[str, list[Finding]] = defaultdict(list)
    said: dict[str, list[Finding]] = defaultdict(list)
    for finding in held.findings(as_known=as_known):
        if finding.severity == "note":
            continue
        if finding.work:
            findings[finding.work].append(finding)
        for e in finding.evidence[:1]:
            said[f"{e.item}:{e.page}:{e.start}"].append(finding)
    raw = held.undecided()
    acts = {r.id: r for r in raw.relations(as_known=as_known) if r.kind != "cites"}
    items = {x.item for own in texts.values() for x in own if x.starts.on is None}
    return _Held({w.id: w for w in held.works(as_known=as_known)}, texts, findings, acts, raw.dates_of(items), {i.sha256: i.name for i in held.items(as_known)}, said)


def _subjects(period: Period, known: _Held) -> Iterator[tuple[SubjectKind, str, Finding | None]]:
    """What a person is asked about a period, with the finding that says it."""
    mine = [f for f in known.findings.get(period.work, ()) if f.code in period.findings]
    acts = {(r.evidence[0].item, r.evidence[0].page, r.evidence[0].start): r for r in _acts(period, known)}
    asked = False
    for finding in mine:
        act = next((acts[e.item, e.page, e.start] for e in finding.evidence if (e.item, e.page, e.start) in acts), None)
        if act is not None and (_unclear(act) or finding.code == "text.not-consolidated"):
            yield "relation", act.id, finding
            asked = True
    if not asked and (role := _role(period, known)) is not None:
        yield "date", role, next((f for f in known.said.get(_place(role, known), ()) if f.code.startswith("dates.")), next(iter(mine), None))
        asked = True
    opened = known.acts.get(period.opened_by.relation or "") if period.opened_by else None
    if not asked and opened is not None and _unclear(opened) and period.status == "not-provable":
        yield "relation", opened.id, next(iter(mine), None)
        asked = True
    if not asked:
        yield "stretch", ref_of(period, known.texts.get(period.work, ())), next(iter(mine), None)


def _acts(period: Period, known: _Held) -> list[Relation]:
    named = {*period.changes, *(e.relation for e in (period.opened_by, period.closed_by) if e is not None and e.relation)}
    return [known.acts[n] for n in named if n in known.acts]


def _unclear(act: Relation) -> bool:
    return act.certainty == "doubtful" or bool(act.candidates)


def _role(period: Period, known: _Held) -> str | None:
    """The date of a paper, as item and role, on which an open period hangs: that from which its text would rule, and which cannot be read."""
    if not any(code.startswith("dates.") for code in period.findings):
        return None
    for text in known.texts.get(period.work, ()):
        start, end = period.interval.start, period.interval.end
        if text.item not in known.dates or (text.starts.first and end and text.starts.first >= end) or (text.starts.last and start and text.starts.last < start):
            continue
        for role in OF_DATES:
            if any(d.role == role and d.day.on is None for d in known.dates[text.item]):
                return f"{text.item}#{role}"
    return None


def _place(role: str, known: _Held) -> str:
    """Where that date stands on its paper."""
    item, _, name = role.partition("#")
    first = next((d.evidence[0] for d in known.dates[item] if d.role == name and d.evidence), None)
    return f"{first.item}:{first.page}:{first.start}" if first else ""


def _question(one: _Open, known: _Held, firsts: dict[str, str], answers: int, counted: Decision | None, last: Decision | None) -> Question:
    period = one.periods[0]
    works = tuple(dict.fromkeys(p.work for p in one.periods))
    texts = known.texts.get(period.work, ())
    findings = list(one.findings.values())
    code = findings[0].code if findings else next(iter(period.findings), "text.not-consolidated")
    evidence = findings[0].evidence if findings else period.opened_by.evidence if period.opened_by else ()
    pattern = evidence[0].rule if evidence else ""
    if one.subject == "relation":
        act = known.acts[one.ref]
        seen, options, evidence, pattern = seen_of(act, firsts), of_relation(act, known.works, firsts, of_words=_of_words(act, one)), act.evidence, act.evidence[0].rule
        told = _told(act, known)
        findings = sorted({f.id: f for f in (*findings, *told)}.values(), key=lambda f: (not f.code.startswith("relations."), f.id))
        code = findings[0].code if findings else code
        works = tuple(dict.fromkeys((*works, *(w for w in act.candidates if w in known.works))))
    elif one.subject == "date":
        item, _, role = one.ref.partition("#")
        readings = [d for d in known.dates[item] if d.role == role]
        seen, options, evidence = seen_of_dates(readings), of_date(readings), readings[0].evidence
    else:
        seen, options = seen_of_stretch(period, texts), of_stretch(one.periods, texts, known.files)
    work = known.works[period.work]
    stale = last.id if last is not None and counted is not None and last.seen != seen else ""
    waiting = last.id if last is not None and counted is None and last.needs_second and last.seen == seen else ""
    return Question(
        one.subject, one.ref, code, sentence_of(one.subject, work, period, findings), works, answers, seen, evidence, options, pattern, f"{work.agency}/{work.series}",
        _places(findings), stale, waiting,
    )  # fmt: skip


def _of_words(act: Relation, one: _Open) -> bool:
    """Whether all that is open is which words an act changes."""
    return not _unclear(act) and all(p.status == "in-force" for p in one.periods)


def _told(act: Relation, known: _Held) -> list[Finding]:
    """What the readings say of an act; where several acts stand in the same words, only what names its rule."""
    first = act.evidence[0]
    found = [f for f in known.said[f"{first.item}:{first.page}:{first.start}"] if f.code.startswith(("relations.", "instructions.", "text."))]
    beside = [a for a in known.acts.values() if a.item == act.item and _unclear(a) and a.evidence[0].start == first.start and a.affected.mention != act.affected.mention]
    return [f for f in found if f"upon {act.affected.mention}" in f.message] if beside else found


def _places(findings: Sequence[Finding]) -> tuple[str, ...]:
    return tuple(sorted({place_of(f) for f in findings}))


def answers_of(questions: Iterable[Question]) -> int:
    """How many answers hang on any of these questions."""
    return sum(q.answers for q in questions)
