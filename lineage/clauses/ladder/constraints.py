"""What a well-made outline keeps to. Each rule is a name, a weight and the reason for it; the search adds up what a reading of the markers breaks.

A weight of 1 is a doubt that a careful reader would shrug off, 2 one that makes him look twice, 3 and more a reading that he takes only for want of another.
Lengths are in points; a left edge of 0 on both sides is none (plain text, or a source without places).
"""

from __future__ import annotations

from functools import lru_cache

from msgspec import Struct

NEAR_PT = 7.0  # edges nearer than this are one: letters are not equally wide, and a scan shakes
FAR_PT = 36.0  # half an inch, a usual step of an outline


class Constraint(Struct, frozen=True):
    """A rule by name, what breaking it weighs, and why it is one."""

    name: str
    weight: float
    why: str


BEGINS = Constraint("a new list is opened only where one begins", 0.5, "to go on with what is open is the simpler reading")
BEGINS_LATE = Constraint("a list begins at its beginning", 3.0, "a list whose first marker is its third has lost two, or belongs to another")
GOES_ON = Constraint("a sequence goes on", 1.5, "after 2 comes 3; one marker may be lost on a scan")
GOES_FAR = Constraint("a sequence goes on without holes", 1.0, "each further marker that is missing, up to three")
GOES_BACK = Constraint("a sequence does not go back", 3.0, "a smaller or the same number in one list is misread or misprinted")
AGAIN = Constraint("a list begins again only after words that lead into it", 2.0, "1, 2, 3 and again 1 in one place are two lists; a lead-in between them says so")
AGAIN_LED = Constraint("a second list in one place", 0.6, "it is rarer than a deeper one, and led into it is common")
LED_FROM_OUTSIDE = Constraint("a list stands where the words stand that lead into it", 1.0, "a lead-in left of an item ends that item")
ONE_LADDER = Constraint("one ladder under one parent", 1.3, "letters and figures side by side under one parent are rare; a list printed further left is another one")
UNDER_HEADING = Constraint("a list under a heading stands under it", 2.0, "a heading is ended by the next one, not by a list")
LADDER_WITHIN = Constraint("a ladder does not stand within itself", 1.8, "outlines change the kind of marker from depth to depth")
LADDER_DEEPER = Constraint("a ladder stands within itself only further right", 0.3, "some papers number every depth alike, and then the edge tells")
EDGE = Constraint("markers of one list stand at one left edge", 2.0, "in full at half an inch, nothing within the jitter of a scan")
DEEPER = Constraint("what is deeper stands further right", 0.6, "many papers print all depths at one edge, so it weighs little")
OUTER = Constraint("what stands further left is not deeper", 1.5, "no printed outline goes left to go deeper; twice as much at half an inch")
INNER = Constraint("what stands further right is not further out", 1.0, "a list that stands right of an open item belongs to it")
HABIT = Constraint("a ladder keeps its parent throughout a paper", 0.7, "where figures stand under letters, they do so in the whole paper")
HEADING_WITHIN = Constraint("a heading without a number ends the list before it", 1.2, "on a printed page it stands above the numbered ones")
SECTION_FRESH = Constraint("a number with points heads a section only where one is due", 1.0, "a decimal in running words has the same shape")
SECTION_WITHIN = Constraint("a section stands at the top", 1.0, "a section number within a lettered list is mostly a citation")
SECTIONS_WITHIN = Constraint("sections of one paper stand at one depth", 2.5, "where one is open at the top, the next one is not within its lists")
SECTION_BACK = Constraint("sections come in order", 1.0, "holes are usual where papers quote sections, going back is not")
WORDS = Constraint("a marker at the start of a line is one", 2.5, "few sentences are broken right before a number")
WORDS_ALONE = Constraint("a paragraph does not open with a number in running words", 2.5, "the line before it has ended, so nothing runs on")
WORDS_REFERRED = Constraint("a reference is followed by its number", -2.3, '"Manual §" at the end of a line wants "7.1.2.8" at the start of the next')
WORDS_OPEN = Constraint("a list's words or a comma may run on", -0.3, '"and" and a comma end lines within a sentence, and items of lists as well')
WORDS_ENDED = Constraint("an ended sentence does not run on", 3.0, "after a full stop or a colon something new begins")
WORDS_NAME = Constraint("a capital between two names is an initial", -1.5, '"Chief Mary" / "A. Smith" is one name')
WORDS_ZERO = Constraint("no section begins with a nought", -2.0, '"0.2" alone is a figure of a table')
WORDS_HANG = Constraint("a line that runs on stands at the edge of its paragraph", 1.0, "and a marker at the edge of its list")
WORDS_SMALL = Constraint("a section does not begin with a small letter", -0.7, '"8.5 hour tour" goes on, "8.5 Tours" begins')


def edge(left: float, former: float) -> float:
    """What :data:`EDGE` weighs between two markers of one list."""
    apart = abs(left - former)
    return 0.0 if apart <= NEAR_PT else min(1.0, (apart - NEAR_PT) / (FAR_PT - NEAR_PT) + 0.2) * EDGE.weight


def sequence(value: int, former: int) -> float:
    """What :data:`GOES_ON`, :data:`GOES_FAR` and :data:`GOES_BACK` weigh between two markers of one list."""
    step = value - former
    if step == 1:
        return 0.0
    if step < 1:
        return GOES_BACK.weight
    return GOES_ON.weight + GOES_FAR.weight * min(step - 2, 3)


@lru_cache(maxsize=512)
def beginning(value: int) -> float:
    """What :data:`BEGINS` and :data:`BEGINS_LATE` weigh for the first marker of a list."""
    return BEGINS.weight if value <= 1 else BEGINS_LATE.weight + 0.1 * min(value, 10)


def under(left: float, parent: float) -> float:
    """What :data:`DEEPER` and :data:`OUTER` weigh for a marker under an open one."""
    if left <= 0 and parent <= 0:
        return 0.0
    if left >= parent - NEAR_PT:
        return 0.0 if left > parent + NEAR_PT else DEEPER.weight
    return OUTER.weight * (1.0 + min((parent - left) / FAR_PT, 1.0))
