"""Blocks become clauses: the heading fields with every date in its role, and the outline."""

from __future__ import annotations

from lineage.clauses.heading import read_heading
from lineage.clauses.ladder import outline_of
from lineage.model import Body, Outline
from lineage.profiles import Profile

__all__ = ["outline"]


def outline(body: Body, profile: Profile) -> Outline:
    """Heading, clauses, furniture and findings of one item.

    What stands above the first clause and is no field becomes letterhead. A date without the shape of a possible day is kept raw, with a finding.
    """
    heading, rest, letterhead, findings = read_heading(body, profile)
    clauses, doubts = outline_of(rest, body.item)
    return Outline(body.item, heading, clauses, (*body.furniture, *letterhead), (*body.findings, *findings, *doubts), body.pages, body.first_page)
