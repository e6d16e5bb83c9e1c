"""Whether a rule binds a unit or a rank: only what its own words say, and nothing is left out of an answer because they say nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Literal

from msgspec import Struct
from msgspec.structs import replace

from lineage.model import Binding, Bound, Ruling
from lineage.profiles import Profile

if TYPE_CHECKING:
    from lineage.store.reading import Reading

NAMES_PLACE = ("unit", "place")
NUMBERED = frozenset(("unit", "district", "precinct", "platoon", "zone", "sector"))


class Whom(Struct, frozen=True):
    """Whom a question is about; None where it does not ask."""

    unit: str | None = None
    rank: str | None = None

    def __bool__(self) -> bool:
        return self.unit is not None or self.rank is not None


ANYONE = Whom()


class _Asked(Struct, frozen=True):
    """The name that is asked about: the profile's words for it, the wider words, and those that it can never be."""

    facet: Literal["unit", "rank"]
    words: str
    who: frozenset[str]
    wider: frozenset[str]
    apart: frozenset[str]
    rank: bool


def bound(ruling: Ruling, said: Sequence[Binding], whom: Whom, profile: Profile) -> Ruling:
    """The ruling with what the words of the text that rules say of this unit and this rank."""
    asked = [(facet, words) for facet, words in (("unit", whom.unit), ("rank", whom.rank)) if words is not None]
    return replace(ruling, bound=tuple(_answer(ruling, said, _asked(facet, words, profile)) for facet, words in asked))  # type: ignore[arg-type]


def bound_each(store: Reading, rulings: Iterable[Ruling], whom: Whom, profile_of: Callable[[str], Profile]) -> list[Ruling]:
    """The same of every rule of a list; none is left out."""
    listed = list(rulings)
    items = {r.period.item for r in listed if r.period.item and r.status == "in-force"}
    said = store.bindings(items)
    return [bound(r, said.get(r.period.item or "", ()) if r.status == "in-force" else (), whom, profile_of(r.work.agency)) for r in listed]


def _asked(facet: Literal["unit", "rank"], words: str, profile: Profile) -> _Asked:
    bare = re.sub(r"^(?:all|any|every|the|an?)\s+", "", " ".join(words.split()), flags=re.IGNORECASE)
    # The longest name that is the whole of the words; what is asked may be in capitals or not.
    fitting = [r for r in profile.whom if r.kind not in NAMES_PLACE and r.name != "others" and (m := re.fullmatch(r.pattern.bounded, bare, re.IGNORECASE)) and m.group()]
    if facet == "unit":
        fitting = [r for r in fitting if r.kind == "all"]
    named = {r.name: r for r in profile.whom}
    who = frozenset(r.name for r in fitting)
    wider = {one for r in fitting for one in r.within}
    for _ in named:
        wider |= {above for one in wider if one in named for above in named[one].within}
    apart = {one for name in {*who, *wider} if name in named for one in named[name].apart}
    return _Asked(facet, bare, who, frozenset(wider), frozenset(apart), any(r.kind == "rank" for r in fitting))


def _answer(ruling: Ruling, said: Sequence[Binding], asked: _Asked) -> Bound:
    if ruling.status != "in-force":
        return Bound(asked.facet, asked.words, "not-stated", "It is not established that a text of it was in force on that day, so no words say whom it bound." if ruling.status == "not-provable" else "No text of it was in force on that day.")
    if ruling.period.item is None:
        return Bound(asked.facet, asked.words, "not-stated", "Its wording on that day is not held, so it is not known whom it bound.")
    made = _by_words(said, asked)
    if made.answer != "not-stated" and not ruling.complete:
        return replace(made, answer="not-stated", why=f"{made.why} But that text was changed since, and the changes are not applied, so it is not known whom it bound on that day.")
    return made


def _by_words(said: Sequence[Binding], asked: _Asked) -> Bound:
    """What the statements of one text say. What names the asked one itself goes before what names a wider class; where both sides are named alike, nothing is chosen."""
    whole = [b for b in said if b.scope == "whole" and not b.limit]
    for fits in (_same, _wider):
        inside, outside = [b for b in whole if b.binds and fits(b, asked)], [b for b in whole if not b.binds and fits(b, asked)]
        if inside and outside:
            return Bound(asked.facet, asked.words, "not-stated", f"Its words say both that it binds {_names(inside)} and that it does not bind {_names(outside)}; which holds is not said.", (*inside, *outside))
        if outside:
            return Bound(asked.facet, asked.words, "does-not-apply", f"It leaves out {_names(outside)} expressly.", tuple(outside))
        if inside:
            return Bound(asked.facet, asked.words, "applies", f"It says that it binds {_names(inside)}.", (*inside, *_beside(said, asked, inside)))
    only = [b for b in said if b.only and b.binds and b.scope == "whole"]
    if only and all(_distinct(b, asked) for b in only):
        return Bound(asked.facet, asked.words, "does-not-apply", f"It binds only {_names(only)}.", tuple(only))
    bearing = _beside(said, asked, ())
    near = f" It speaks of {_names(bearing)}, and whether that means {asked.words} is not said." if bearing else ""
    return Bound(asked.facet, asked.words, "not-stated", f"Its words do not say whether it binds {asked.words}.{near}", bearing)


def _beside(said: Sequence[Binding], asked: _Asked, used: Sequence[Binding]) -> tuple[Binding, ...]:
    """Statements that settle nothing and bear on it: of a part only, narrowed by words, or of a narrower class."""
    return tuple(b for b in said if b not in used and (_same(b, asked) or _wider(b, asked) or bool(asked.who & set(b.within)) or b.only or b.pilot or not b.binds))


def _same(one: Binding, asked: _Asked) -> bool:
    return (bool(one.who) and one.who in asked.who) or _plain(one.words) == _plain(asked.words)


def _wider(one: Binding, asked: _Asked) -> bool:
    return one.kind == "all" or one.who in asked.wider


def _distinct(one: Binding, asked: _Asked) -> bool:
    """Whether no one can be of both: classes that the profile holds apart, two ranks, two units of one kind with different names."""
    if asked.facet == "rank":
        return one.who in asked.apart or bool(set(one.apart) & {*asked.who, *asked.wider}) or (asked.rank and one.kind == "rank" and one.who not in asked.who)
    mine, its = _plain(asked.words).split(), _plain(one.words).split()
    alike = len(mine) > 1 and len(its) > 1 and (mine[-1] == its[-1] or (mine[0] == its[0] and mine[0] in NUMBERED))
    return one.kind == "unit" and alike and not _holds(mine, its)


def _holds(mine: list[str], its: list[str]) -> bool:
    """Whether one name stands within the other: "Patrol Division" may be of "North Patrol Division", or the other way round."""
    short, long = sorted((set(mine), set(its)), key=len)
    return short <= long


def _plain(words: str) -> str:
    """A name without case, articles, plural endings, and the persons of a unit.

    >>> _plain("the North Division personnel"), _plain("Sergeants")
    ('north division', 'sergeant')
    """
    low = re.sub(r"^(?:the|all|any|every)\s+", "", re.sub(r"[^\w&/-]+", " ", words.lower()).strip())
    low = re.sub(r"(?<=\w)\s+(?:personnel|members|officers|employees|staff)$", "", low) if re.search(r"\b(?:division|bureau|unit|section|detail|district|station|team|squad|watch)\b", low) else low
    return re.sub(r"(?<=\w{3})s\b", "", low)


def _names(bindings: Iterable[Binding]) -> str:
    return " and ".join(dict.fromkeys(f'"{b.words}{f" {b.limit}" if b.limit else ""}"' for b in bindings))
