"""What an act makes of its target, where it says so: the new day of a bound that it moves, the rule into which the target goes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from lineage.model import Edit, Relation, Text
from lineage.model.dates import read_date
from lineage.profiles import Profile
from lineage.relations.targets import in_sentence


def becoming(relation: Relation, match: re.Match[str], sentence: Text, profile: Profile) -> Iterator[Relation]:
    """The relation as the groups ``moved`` and ``into`` of its rule complete it.

    A moved bound is an edit of the day: ``replace`` is the new day (ISO) where it can be read, ``text`` its words. What the target goes into is the affecting end, as a rule
    that is put in place of another is: one relation for each that is named.
    """
    groups = match.groupdict()
    if groups.get("moved"):
        found = read_date(groups["moved"])
        day = found.day.on.isoformat() if found and found.day.on else None
        yield replace(relation, edit=Edit(replace=day, text=groups["moved"]))
    elif groups.get("into"):
        begin, end = match.span("into")
        for target in in_sentence(sentence[begin:end], profile):
            yield replace(relation, affecting=replace(target.end, eid=relation.affecting.eid))
    else:
        yield relation
