"""What the heading of a paper says of the paper's own end: "Superseded by: General Order 22-01", "Rescinded: April 4, 2022", "Status: Obsolete".

It was written later, by whoever keeps the papers, and it is not said by whom: it is kept as a doubt that a person settles, and the rule is not told as standing from then on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from lineage.model import Day, Effect, End, Outline, Relation, Text
from lineage.model.dates import find_dates
from lineage.profiles import Profile
from lineage.relations.living import act
from lineage.relations.targets import in_field, in_sentence

_GONE = re.compile(r"\W*(?:rescinded|super[sc]eded|cancell?ed|revoked|repealed|replaced|retired|withdrawn|void|obsolete|inactive|archived|expired|no\s+longer\s+in\s+(?:effect|force))\b", re.IGNORECASE)


def ended_fields(outline: Outline, profile: Profile, effect: Effect | None) -> Iterator[Relation]:
    """The ends that fields of the heading give the paper, all doubtful. A bare "Rescinded: General Order 7" may as well tell what the paper ended, and is kept as that."""
    begun = next((d.day.first for d in outline.heading.dates if d.role in ("effective", "issued", "title") and d.day.first), None)
    for role, value in outline.heading.fields:
        if role not in ("ended", "ended_by", "status") or profile.names_nothing(value.string) or (role == "status" and _GONE.match(value.string) is None):
            continue
        days = [d.day for d in find_dates(value.string, profile.numeric_dates)]
        named = in_sentence(value, profile) or [t for t in in_field(value, profile) if t.end.number]
        if role == "ended" and named and not days:
            for target in named:
                yield _doubtful(act(outline, "rescinds", target.end, value, "field.ended", effect, source="field"), value, "says what was ended")
            continue
        day = days[0] if len(days) == 1 and days[0].first and (begun is None or days[0].first >= begun) else Day()
        own = act(outline, "rescinds", End("(this paper)", own=True), value, "field.ended", Effect(day, "a field of its heading"), source="stamp")
        by = named[0].end if role != "status" and len(named) == 1 else End("(not named)")
        yield _doubtful(replace(own, affecting=by), value, "says that it ended")


def _doubtful(made: Relation, value: Text, what: str) -> Relation:
    return replace(made, certainty="doubtful", condition=f"a field of its heading that {what}: {value.string.strip()[:120]}")
