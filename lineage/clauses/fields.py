"""Labelled values: a label and a colon, a label cell and the cell beside or under it, labels in a row over their values."""

from __future__ import annotations

import re

from msgspec import Struct
from msgspec.structs import replace

from lineage.model import Block, Text
from lineage.profiles import Profile, fits, label_role, split_labels

ACTS = re.compile(r"\s*(?:(?P<rescinds>rescinds?|cancels?|replaces?)|(?P<amends>amends?|revises?)|(?P<supersedes>supersedes?))\s+", re.IGNORECASE)
TOP_BLOCKS = 40  # the heading of a paper is within its first blocks


class Labelled(Struct, frozen=True):
    """A value with its role and label. ``block`` is the number of the last block that it uses."""

    role: str
    label: str
    value: Text
    block: int


def labelled(blocks: tuple[Block, ...], profile: Profile) -> list[Labelled]:
    """Every labelled value at the top of the paper, in order."""
    found: list[Labelled] = []
    used: set[int] = set()
    for n, block in enumerate(blocks[:TOP_BLOCKS]):
        if n in used or block.hint == "preface":
            continue
        if block.marker and not block.cells:
            # A numbered clause: the heading is over, if it had begun.
            if found:
                break
            continue
        fresh = _from_cells(blocks, n, profile, used) if block.cells else _from_text(blocks, n, profile, used)
        if not fresh and found and len(block.text) > 250 and not block.cells:
            break
        found.extend(fresh)
    return [_acted(one) if one.role == "action" else one for one in found]


def _acted(value: Labelled) -> Labelled:
    """What an Action field does, by its first word: "Rescinds General Order 2016-12" is a Rescinds field; one that rescinds and amends nothing is no such field."""
    match = ACTS.match(value.value.string)
    if match is None:
        return replace(value, role="other")
    role = next(role for role in ("rescinds", "amends", "supersedes") if match.group(role))
    return replace(value, role=role, value=value.value[match.end() :])


def _from_cells(blocks: tuple[Block, ...], n: int, profile: Profile, used: set[int]) -> list[Labelled]:
    cells = blocks[n].cells
    if blocks[n].hint == "field":
        # Read by its place on the page: what is ticked names the series.
        return [Labelled(label_role(cells[0].string, profile) or "series", cells[0].string, cells[1], n)]
    roles = [label_role(c.string, profile) for c in cells]
    found: list[Labelled] = []
    below = blocks[n + 1] if n + 1 < len(blocks) else None
    # Labels alone on a row, their values on the next: matched by where they stand.
    if sum(r is not None for r in roles) == len(cells) and below is not None and not any(label_role(c.string, profile) for c in (below.cells or (below.text,))):
        for cell, role in zip(cells, roles, strict=True):
            value = _under(cell, below)
            if value is not None:
                found.append(Labelled(str(role), cell.string, value, n + 1))
                used.add(n + 1)
        return found
    # With colons the row is read as one text: a cell may hold a value and the next label.
    found = [Labelled(role, label, value, n) for role, label, value in split_labels(blocks[n].text, profile) if _holds(role, value, profile)]
    taken = {piece.start for f in found for piece in f.value.pieces()} if found else set()
    for at, (cell, role) in enumerate(zip(cells, roles, strict=True)):
        follower = cells[at + 1] if at + 1 < len(cells) else None
        if role is None or cell.string.rstrip().endswith(":") or follower is None or roles[at + 1] is not None:
            continue
        if not any(piece.start in taken for piece in follower.pieces()):
            found.append(Labelled(role, cell.string, follower, n))
    return found


def _from_text(blocks: tuple[Block, ...], n: int, profile: Profile, used: set[int]) -> list[Labelled]:
    text = blocks[n].text
    found = [Labelled(role, label, value, n) for role, label, value in split_labels(text, profile) if _holds(role, value, profile)]
    if found:
        return found
    role = label_role(text.string, profile)
    follower = blocks[n + 1] if n + 1 < len(blocks) else None
    if role is None or follower is None or follower.cells or follower.marker or label_role(follower.text.string, profile) or len(follower.text) > 120:
        return []
    if not fits(role, follower.text.string, profile, sure=text.string.rstrip().endswith(":")):
        return []
    used.add(n + 1)
    return [Labelled(role, text.string, follower.text, n + 1)]


def _holds(role: str, value: Text, profile: Profile) -> bool:
    """Whether there is a value, and where it must be a number or a title, whether it can be one: "POLICY: It is the policy ..." opens a clause."""
    return bool(value) and (role not in ("number", "title") or fits(role, value.string, profile))


def _under(cell: Text, below: Block) -> Text | None:
    """The cell of the row below that stands under this one, by overlap of their edges (or the only one)."""
    parts = below.cells or (below.text,)
    box = next((line.box_pt for line in cell.lines()), None)
    if box is None:
        return None
    best: tuple[float, Text] | None = None
    for part in parts:
        other = next((line.box_pt for line in part.lines()), None)
        if other is None:
            continue
        distance = abs(other[0] - box[0])
        if distance < 60 and (best is None or distance < best[0]):
            best = (distance, part)
    return best[1] if best else None
