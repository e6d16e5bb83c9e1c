"""What an act says of a day, and the words in which readers are told of it."""

from __future__ import annotations

from datetime import date

from lineage.model import ENDING, Day, Event, Relation
from lineage.timeline.life import Life

CHANGING = ("amends", "substitutes", "inserts", "deletes", "renumbers", "corrects")
BRINGING = (*ENDING, "creates")
MAY_BEGIN = "may have taken effect"
PAST = {"rescinds": "rescinded", "supersedes": "superseded", "incorporates": "incorporated", "splits": "divided", "merges": "combined", "corrects": "corrected", "amends": "amended", "suspends": "suspended", "resumes": "resumed"}


def event_of(life: Life, act: Relation, kind: str, label: str, by: str | None) -> Event:
    """The event that an act makes in the life of a work."""
    day = act.effect.day if act.effect else Day()
    mention = life.names.get(by or "", "") or act.affecting.mention
    return Event(kind, day, life.work.id, label, act.effect.basis if act.effect else "", act.id, act.item, by, mention, act.source == "stamp", act.evidence, standing=act.standing)


def day_of(act: Relation) -> date | None:
    """The settled day from which an act works."""
    return act.effect.day.on if act.effect else None
