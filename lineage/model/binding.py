"""Whom a paper binds, as it says itself: units, ranks, classes of members, places; and which series prevails, as an agency's rule says."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from lineage.model.finding import Evidence

BindingKind = Literal["all", "class", "rank", "unit", "place"]
BINDING_KINDS: tuple[BindingKind, ...] = BindingKind.__args__  # type: ignore[attr-defined]

Applies = Literal["applies", "does-not-apply", "not-stated"]


class Binding(Struct, frozen=True):
    """One statement of a paper on whom it binds (``binds``) or expressly does not. ``words`` are the name as written, ``who`` the profile's word for it (nothing for
    the name of a unit or a place).

    ``only``: the paper binds no one else. ``scope`` is ``part`` where only a part of the paper speaks of itself. ``limit`` holds words that narrow the
    name ("who carry a Taser"). ``within`` and ``apart`` are the wider classes and those that never overlap, as the profile has them.
    """

    kind: BindingKind
    words: str
    evidence: tuple[Evidence, ...]
    who: str = ""
    binds: bool = True
    only: bool = False
    pilot: bool = False
    scope: Literal["whole", "part"] = "whole"
    limit: str = ""
    within: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()


class Precedence(Struct, frozen=True):
    """That papers of one series prevail over those of another, with the words that grant it and where they stand."""

    prevails: str
    over: str
    quote: str
    source: str


class Bound(Struct, frozen=True):
    """Whether a rule binds the unit or the rank that is asked about, and the statements on which that rests (or which bear on it). ``why`` is a full sentence."""

    facet: Literal["unit", "rank"]
    asked: str
    answer: Applies
    why: str
    bindings: tuple[Binding, ...] = ()
