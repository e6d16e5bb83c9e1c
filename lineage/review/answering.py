"""A person's answer as a decision: with the name, the reason, the account and the fingerprint of what was seen."""

from __future__ import annotations

from msgspec.structs import replace

from lineage.errors import UsageError
from lineage.model.decision import Correction, Decision, Question, Verdict, same_person


def decided(question: Question, verdict: Verdict, *, by: str, because: str, at: str, account: str = "", correction: Correction | None = None, needs_second: bool = False, batch: str = "") -> Decision:
    """The decision that answers a question. ``at`` is the UTC moment.

    Raises UsageError where name or reason is missing, where ``accept`` leaves open which of several is meant, or where a correction says nothing that fits the subject.
    """
    signed(by, because)
    if verdict not in {o.verdict for o in question.options} and verdict not in ("reject", "correct"):
        raise UsageError(f"Question {question.id} cannot be answered by {verdict}.", hint="Its answers are: " + "; ".join(f"{o.verdict} ({o.words})" for o in question.options), code="review.verdict")
    if verdict == "correct":
        _fits(question, correction)
    elif verdict == "reject" and question.subject != "relation":
        raise UsageError("Only an act can be rejected; of days, say how the rule stood on them.", hint="lineage decide ID correct --status not-in-force", code="review.verdict")
    ref = question.ref
    if question.subject == "stretch" and correction is not None and correction.start is not None:
        ref = f"{question.ref}+{correction.start.isoformat()}"
    return Decision(
        question.subject, ref, verdict, by.strip(), because.strip(), at, question.seen, account, question.code, question.works, question.places,
        correction if verdict == "correct" else None, needs_second, "", batch,
    )  # fmt: skip


def agreed(first: Decision, *, by: str, because: str, at: str, account: str = "") -> Decision:
    """The word of a second person for a decision. Raises UsageError where it is the same person, or the decision needs none."""
    signed(by, because)
    if not first.needs_second:
        raise UsageError(f"Decision {first.id} counts already; it needs no second person.", hint="Nothing is to be done.", code="review.second")
    if same_person(first.by, by):
        raise UsageError(f"{by} made decision {first.id}, and a second person has to agree with it.", hint="Ask another person to decide.", code="review.second")
    return replace(first, verdict="second", by=by.strip(), because=because.strip(), decided_at=at, account=account, correction=None, needs_second=False, seconds=first.id)


def withdrawn(first: Decision, *, by: str, because: str, at: str, account: str = "") -> Decision:
    """The withdrawal of a decision: its question is open again; the decision itself stays on record."""
    signed(by, because)
    return replace(first, verdict="withdraw", by=by.strip(), because=because.strip(), decided_at=at, account=account, correction=None, needs_second=False, seconds="", batch="")


def signed(by: str, because: str) -> None:
    """Raises UsageError where name or reason is missing."""
    if not by.strip() or not because.strip():
        raise UsageError("A decision has no name or no reason, so nobody could answer for it later.", hint='Give both: --by "Sgt. A. Example" --because "..."', code="review.unsigned")


def _fits(question: Question, right: Correction | None) -> None:
    """Whether a correction says what its subject needs."""
    need = {"relation": "a target, a day or an edit", "date": "the right day", "identity": "whether the papers are texts of one rule", "stretch": "how the rule stood, and from when", "reading": "nothing"}
    given = right or Correction()
    says = {
        "relation": bool(given.target or given.day or given.edit), "date": given.day is not None and given.day.on is not None, "identity": given.one_work is not None,
        "stretch": given.status in ("in-force", "not-in-force") and (given.end is None or given.start is None or given.start < given.end), "reading": True,
    }  # fmt: skip
    if not says[question.subject]:
        raise UsageError(f"The correction of question {question.id} has to say {need[question.subject]}.", hint="See lineage decide --help.", code="review.correction")
    several = [o for o in question.options if o.correction and o.correction.target]
    if question.subject == "relation" and several and not given.target:
        raise UsageError(f"Question {question.id} is about which of {len(several)} rules is meant, and the correction names none.", hint="Give it as --target.", code="review.correction")

