"""What a question about a period gets: what happened to the rules held, each with its paper, its words and what is open about it."""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct, field

from lineage.model.answer import ChangedBy, Ground, Held
from lineage.model.finding import Evidence, Finding
from lineage.model.wording import Shift
from lineage.model.work import Work

HappeningKind = Literal["began", "ended", "changed", "suspended", "resumed", "renumbered", "announced", "postponed", "unsettled", "settled"]
HAPPENING_KINDS: tuple[HappeningKind, ...] = HappeningKind.__args__  # type: ignore[attr-defined]


class Author(Struct, frozen=True):
    """The paper that did it: the work it is of and the name a reader gives it, the relation where another paper acts, the item in which it stands. ``standing`` is ``index`` where only a list says so,
    ``sighting`` where it was seen published."""

    work: str | None
    name: str
    relation: str | None = None
    item: str | None = None
    standing: str = "order"


class Redline(Struct, frozen=True):
    """What became of the words. ``brought_by`` names the paper of the later text where it is another than that of the earlier; ``complete`` is false where of either side some change is not applied,
    ``until`` the last day of the earlier words where other days lie between."""

    shifts: tuple[Shift, ...]
    acts: dict[str, ChangedBy] = field(default_factory=dict)
    brought_by: str = ""
    complete: bool = True
    consolidated: bool = False
    until: date | None = None

    def by(self, shift: Shift) -> tuple[str, ...]:
        """Who did it, for a reader."""
        names = tuple(dict.fromkeys(self.acts[act].name for act in shift.by if act in self.acts))
        return names or ((self.brought_by,) if self.brought_by else ())


class Happening(Struct, frozen=True):
    """One thing that happened to one rule on a day. ``work`` is called as on that day, ``name`` is what a reader calls it. ``ground`` is that of its being in force from then on, None where it is not.

    ``redline`` is None where no words changed or those of one side are not held; ``no_redline`` then says why, where a reader would look for one.
    """

    work: Work
    series_name: str
    name: str
    kind: HappeningKind
    on: date
    sentence: str
    by: Author | None = None
    evidence: tuple[Evidence, ...] = ()
    codes: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    ground: Ground | None = None
    redline: Redline | None = None
    no_redline: str = ""


class Happened(Struct, frozen=True):
    """All that happened from ``start`` through ``end``, both days counted, in order of day, series and number, among the rules held. ``recorded_at`` is the last moment of recording that
    an answer as known on an earlier day rests on."""

    start: date
    end: date
    as_known_on: str | None
    held: tuple[Held, ...]
    not_held: int
    happenings: tuple[Happening, ...]
    item_names: dict[str, str]
    recorded_at: str | None = None
