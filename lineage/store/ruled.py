"""What persons decided and attest, asked of a library, and laid over what was read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from sqlalchemy import bindparam, func, select

from lineage.model import Expression, Relation
from lineage.model.decision import Attestation, Decision, overtaken
from lineage.store import schema
from lineage.store.asking import said
from lineage.store.deciding import Deciding
from lineage.store.driving import Asked
from lineage.store.moments import NOW, canonical

if TYPE_CHECKING:
    from lineage.store.reading import Reading

_LAST_DECISION = select(func.max(schema.decision.c.row)).where(schema.decision.c.recorded_from <= bindparam("moment"))


class Ruled(Asked):
    """The questions about persons' rulings."""

    # The decisions laid over what is read, until another is recorded.
    _decided: tuple[int | None, str | None, Deciding] | None = None

    def decisions(self, as_known: str | None = None) -> list[Decision]:
        """All decisions, in the order in which they were recorded."""
        return said(self, schema.decision, Decision, as_known)

    def attestations(self, as_known: str | None = None) -> list[Attestation]:
        """All attestations that the list of a series was complete, in the order in which they were recorded."""
        return said(self, schema.attestation, Attestation, as_known)

    def attested(self, as_known: str | None = None) -> dict[tuple[str, str], tuple[Attestation, ...]]:
        """The attestations that count, by agency and series: of no series has a text come in that whoever attested it would have had to hold."""
        found: dict[tuple[str, str], tuple[Attestation, ...]] = {}
        said = self.attestations(as_known)
        texts: dict[tuple[str, str], list[Expression]] = defaultdict(list)
        for text in cast("Reading", self).expressions(as_known=as_known) if said else ():
            agency, series = text.work.split("/", 2)[:2]
            texts[agency, series].append(text)
        for one in said:
            if not overtaken(one, texts[one.agency, one.series]):
                found[one.agency, one.series] = (*found.get((one.agency, one.series), ()), one)
        return found

    def undecided(self) -> Reading:
        """The same library as it was read, without what persons decided."""
        from lineage.store.view import Undecided

        return Undecided(cast("Reading", self))

    def ruling_on(self) -> Callable[[Relation], Relation | None] | None:
        """A relation as a person ruled on it, None where it was rejected; None where nobody decided anything."""
        deciding = self._deciding(None)
        return (lambda relation: next(iter(deciding.relations([relation])), None)) if deciding.standing else None

    def _deciding(self, as_known: str | None) -> Deciding:
        moment = canonical(as_known or NOW)
        last = self._rows(_LAST_DECISION, moment=moment)[0][0]
        kept = self._decided  # once: another thread may ask about another moment meanwhile
        if kept is None or kept[:2] != (last, as_known):
            decisions = self.decisions(as_known) if last is not None else []
            kept = self._decided = last, as_known, Deciding(decisions, self.undecided() if decisions else cast("Reading", self), as_known)
        return kept[2]

