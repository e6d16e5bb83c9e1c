"""The desk at which persons answer: open questions of a library, their rulings on them, and what follows from those at once."""

from __future__ import annotations

import getpass
from collections.abc import Collection, Iterable, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from lineage import answers, review
from lineage.errors import AmbiguousError, NotFoundError, UsageError
from lineage.model import Day, Edit, digest
from lineage.model.audit import READING_KINDS, Rate, ReadingKind, Sampled
from lineage.model.decision import Attestation, Correction, Decision, Missing, Option, Question, Verdict, place_of, standing
from lineage.model.time import Status
from lineage.pipeline import habits
from lineage.store import Store


class Answer(Struct, frozen=True):
    """What a person says to a question: a verdict, or the ``key`` of one of its options, and for a correction what is right: ``target`` (a rule, as a person would name it), ``day``, ``edit``, ``one_work``, or ``status``
    from ``start`` to before ``end`` in the words of ``text`` (a file's name or the beginning of its hash)."""

    verdict: Verdict | None = None
    key: str = ""
    target: str = ""
    day: Day | None = None
    edit: Edit | None = None
    one_work: bool | None = None
    status: Status | None = None
    start: date | None = None
    end: date | None = None
    text: str = ""


class Person(Struct, frozen=True):
    """Who decides and why. Name and reason are needed."""

    by: str
    because: str


class Desk:
    """The questions and decisions of one library."""

    def __init__(self, kept: Store) -> None:
        self.store = kept

    def questions(self, work: str | None = None, since: date | None = None) -> list[Question]:
        """What is open, that on which most answers hang first; of one rule where it is named. Raises NotFoundError, AmbiguousError for that name."""
        found = answers.find_work(work, self.store, None, None)[0].id if work else None
        return review.queue(self.store, work=found, since=since)

    def question(self, name: str, questions: Sequence[Question] | None = None) -> Question:
        """The open question with this id, or the one that a finding (by its id) is part of; of two files, named "one+other", whether they are texts of one rule. Raises NotFoundError ``review.unknown``."""
        if "+" in name:
            return self._of_two(*name.split("+", 1))
        every = self.questions() if questions is None else questions
        found = next((q for q in every if q.id == name), None)
        if found is None and name.startswith("f-"):
            place = next((place_of(f) for f in self.store.findings() if f.id == name), None)
            found = next((q for q in every if place in q.places), None)
        if found is None:
            raise NotFoundError(f"There is no open question {name}.", hint="`lineage review` lists those that are open; `lineage decisions` what was decided.", code="review.unknown")
        return found

    def decide(self, name: str, answer: Answer, person: Person, *, every_alike: bool = False, seen: str | None = None) -> list[Decision]:
        """Answer a question, or with ``every_alike`` all that are like it; gives back the decisions, which count at once unless a second person has to agree.

        ``seen`` is the fingerprint of what was shown: where the question has changed since, UsageError ``review.changed``. Raises UsageError as ``review.decided`` does.
        """
        every = self.questions()
        one = self.question(name, every)
        if seen is not None and seen != one.seen:
            raise UsageError(f"What question {one.id} rests on has changed since it was shown.", hint="Look at it again: lineage review.", code="review.changed")
        asked = review.alike(one, every) if every_alike and one.subject != "identity" else [one]
        batch = "b-" + digest(self._now(), *(q.id for q in asked)) if every_alike else ""
        made = [self._decided(q, answer, person, batch) for q in asked]
        self._keep(made)
        return made

    def decision(self, name: str) -> Decision:
        """The decision with this id. Raises NotFoundError ``review.unknown``."""
        found = next((d for d in self.store.decisions() if d.id == name), None)
        if found is None:
            raise NotFoundError(f"There is no decision {name}.", hint="`lineage decisions` lists them.", code="review.unknown")
        return found

    def second(self, name: str, person: Person) -> Decision:
        """A second person agrees with a decision that needs one."""
        return self._keep([review.agreed(self.decision(name), by=person.by, because=person.because, at=self._now(), account=account())])[0]

    def withdraw(self, name: str, person: Person) -> Decision:
        """Take a decision back: its question is open again, and the decision stays on record. Raises UsageError ``review.past`` where it does not count any more."""
        one = self.decision(name)
        if standing(self.store.decisions()).get((one.subject, one.ref)) != one and not one.needs_second:
            raise UsageError(f"Decision {name} does not count any more: a later one stands on the same subject, or it was withdrawn.", hint="`lineage decisions` shows which one counts.", code="review.past")
        return self._keep([review.withdrawn(one, by=person.by, because=person.because, at=self._now(), account=account())])[0]

    def take(self, lines: str, where: str) -> list[Decision]:
        """Take decisions from JSON lines, as `export` writes them; gives back those that the library did not hold. Raises UsageError ``review.line``, and then nothing is taken."""
        return self._keep(review.read_lines(lines, where))

    def export(self) -> str:
        """All decisions as JSON lines, in the order in which they were recorded."""
        return review.write_lines(self.store.decisions())

    def missing(self, since: date | None = None) -> list[Missing]:
        """What to ask the records room for, that which would settle most first."""
        return review.missing(self.store, since=since)

    def attest(self, series: str, on: date, person: Person) -> Attestation:
        """Keep a person's word that of a series every paper up to a day is held.

        Raises NotFoundError where no such series is held, AmbiguousError where several agencies have it; UsageError ``attest.contradicted`` where a rule of the series that is not held was in force on that day by the papers
        held.
        """
        from lineage.pipeline.deciding import attest

        calling = answers.Names(self.store)
        found = [row for row in self.store.series() if calling.in_series(row, series)]
        if len(found) != 1:
            names = tuple(f"{row.agency}/{row.series}" for row in found or self.store.series())
            kind = AmbiguousError if found else NotFoundError
            raise kind(f'"{series}" names {len(found)} series that are held.', hint="Give it as agency/series.", candidates=names)
        agency, own = found[0].agency, found[0].series
        lacking = {w.id: w for w in self.store.works(agency=agency) if w.series == own and not w.held}
        stood = sorted({p.work for p in self.store.periods(work=list(lacking), on=on) if p.status == "in-force"}) if lacking else []
        if stood:
            named = ", ".join(lacking[w].name for w in stood)
            raise UsageError(f"By the papers held {named} was in force on {on.isoformat()} and is not held, so the list is not complete.", hint="Ingest what is missing first: lineage missing.", code="attest.contradicted")
        review.signed(person.by, person.because)
        if on.isoformat() > self._now()[:10]:
            raise UsageError(f"{on.isoformat()} has not come yet, so nobody can say what was issued by then.", hint="Give a day up to today.", code="attest.contradicted")
        held = {w.id for w in self.store.works(agency=agency) if w.series == own}
        items = tuple(sorted(x.item for x in self.store.expressions(held)))
        said = Attestation(agency, own, on, person.by.strip(), person.because.strip(), self._now(), account(), items)
        attest(self.store, said)
        return said

    def audit(self, size: int, seed: int, kinds: Collection[ReadingKind] = READING_KINDS) -> tuple[list[Sampled], list[Rate]]:
        """A random sample of what was read, and what the marks on it say so far: how often the readings of this library are wrong, by kind and in all."""
        every = review.population(self.store, kinds)
        drawn = review.draw(every, size, seed)
        return drawn, review.rates(drawn, {kind: len(own) for kind, own in every.items()}, self.store.decisions())

    def mark(self, one: Sampled, by: str, *, right: bool, note: str = "", batch: str = "") -> Decision:
        """Keep a person's mark on a reading that was drawn; it changes no answer."""
        return self._keep([review.marked(one, right=right, by=by, note=note, at=self._now(), account=account(), batch=batch)])[0]

    def _keep(self, made: Sequence[Decision]) -> list[Decision]:
        from lineage.pipeline.deciding import decide

        return decide(self.store, made)

    def _decided(self, question: Question, answer: Answer, person: Person, batch: str) -> Decision:
        verdict, right = self._said(question, answer)
        profile = habits.of(self.store, question.works[0].partition("/")[0])
        needs = profile.asks_second(question.code)
        return review.decided(question, verdict, by=person.by, because=person.because, at=self._now(), account=account(), correction=right, needs_second=needs, batch=batch)

    def _said(self, question: Question, answer: Answer) -> tuple[Verdict, Correction | None]:
        """The verdict and the correction of an answer; where an option is named, its own with what the answer adds."""
        option = next((o for o in question.options if o.key == answer.key), None) if answer.key else None
        if answer.key and option is None:
            raise UsageError(f"Question {question.id} has no answer {answer.key}.", hint="Its keys are: " + ", ".join(f"{o.key} ({o.words})" for o in question.options), code="review.verdict")
        verdict = option.verdict if option else answer.verdict or "accept"
        if verdict != "correct":
            return verdict, None
        right = (option.correction if option else None) or Correction()
        if answer.target:
            work = answers.find_work(answer.target, self.store, None, None)[0]
            first = next((x.item for x in self.store.undecided().expressions(work.id)), "")
            right = replace(right, target=work.id, target_item=first)
        given = {"day": answer.day, "edit": answer.edit, "one_work": answer.one_work, "status": answer.status, "start": answer.start, "end": answer.end}
        right = replace(right, **{name: value for name, value in given.items() if value is not None})
        if answer.text:
            right = replace(right, item=self._item(answer.text, question.works))
        return verdict, right

    def _of_two(self, one: str, other: str) -> Question:
        """Whether two papers are texts of one rule: asked by a person, whatever the library holds of it."""
        texts = [next(x for x in self.store.expressions() if x.item == self._item(name, None)) for name in (one, other)]
        items = sorted(x.item for x in texts)
        works = tuple(dict.fromkeys(x.work for x in texts))
        joined = "texts of one rule" if len(works) == 1 else "texts of two rules"
        sentence = f'"{texts[0].title}" ({one}) and "{texts[1].title}" ({other}) are held as {joined}.'
        seen = digest(*items, *sorted(f"{x.title} {x.number} {x.starts}" for x in texts))
        same = (Option("1", "they are texts of one rule", "correct", Correction(one_work=True)), Option("2", "they are texts of two rules", "correct", Correction(one_work=False)))
        return Question("identity", "+".join(items), "identity.title-changed", sentence, works, 0, seen, options=same)

    def _item(self, name: str, works: Iterable[str] | None) -> str:
        """The one text of these rules (of all, where none are named) that a file's name or the beginning of a hash names."""
        files = {i.sha256: i.name for i in self.store.items()}
        found = [x.item for x in self.store.expressions(None if works is None else list(works)) if x.item.startswith(name) or files.get(x.item) == name]
        if len(found) != 1:
            raise UsageError(f'"{name}" names {len(found)} texts of the rule, so it is not said which is meant.', hint="Give the file's name, or more of its hash: `lineage history` lists the texts.", code="review.text")
        return found[0]

    def _now(self) -> str:
        return self.store.now()


def account() -> str:
    """The operating system's name for whoever runs this; empty where it has none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return ""

