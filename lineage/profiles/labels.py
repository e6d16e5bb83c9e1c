"""Labels of a heading: where they stand in a line, and whether the words beside one can be its value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from lineage.model import Text
from lineage.model.dates import find_dates
from lineage.profiles.profile import Profile

DATES = frozenset(("issued", "effective", "revised", "reviewed", "approved", "edition"))
VALUED = DATES | {"number"}  # the roles of labels that may stand before their value without a colon
TELLS_NOTHING = frozenset(("other", "to", "review_due"))  # roles of labels that tell nothing of the rule itself
TARGETS = frozenset(("rescinds", "supersedes", "amends"))
BEFORE_NUMBER = re.compile(r"[\s#.–-]*(?:[A-Za-z]+[\s#.–-]+){0,3}")  # "General Order " before the number itself
BARS = " |•·"  # what stands between fields on one line
BETWEEN = BARS + ";,"
AN_ACT = re.compile(r"(?:rescind|cancel|replace|amend|revise|supersede|create|new\b|none\b)", re.IGNORECASE)
LONGEST = {"number": 60, "title": 240, "series": 80}


@cache
def _with_colon(label: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![A-Za-z/])(?:{label})\s?:", re.IGNORECASE)


@cache
def _with_blank(label: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{label})(?=\s)", re.IGNORECASE)


def labels_in(words: str, profile: Profile) -> list[tuple[int, int, str]]:
    """``(start, end, role)`` of each label with a colon, in order; offsets half-open, the colon within. The longest label wins where two overlap."""
    if ":" not in words or profile.a_label.search(words) is None:
        return []
    spots: list[tuple[int, int, int, str]] = []
    for order, (role, pattern) in enumerate(profile.labels):
        for match in _with_colon(pattern.bounded).finditer(words):
            spots.append((match.start() - match.end(), order, match.start(), role))
    found: list[tuple[int, int, str]] = []
    for length, _, start, role in sorted(spots):
        if not any(begun < start - length and start < end for begun, end, _ in found):
            found.append((start, start - length, role))
    return sorted(found)


def split_labels(text: Text, profile: Profile) -> Iterator[tuple[str, str, Text]]:
    """``(role, label, value)`` for each label with a colon in the text, the value up to the next label."""
    spots = labels_in(text.string, profile)
    for n, (start, end, role) in enumerate(spots):
        until = value_end(text.string, spots, n)
        yield role, text.string[start:end], text[end:until].strip()


def value_end(words: str, spots: list[tuple[int, int, str]], n: int) -> int:
    """Where the value of the label number ``n`` ends: before the next label or the end, and before a bar or a dot that stands there."""
    begin = spots[n][1]
    if n + 1 == len(spots):
        return begin + len(words[begin:].rstrip(BARS))
    return begin + len(words[begin : spots[n + 1][0]].rstrip(BETWEEN))


def label_role(words: str, profile: Profile) -> str | None:
    """The role of words that are a label and nothing else."""
    words = words.strip().rstrip(":").strip()
    if profile.a_label.match(words) is None:
        return None
    return next((role for role, pattern in profile.labels if pattern.fullmatch(words)), None)


def opening_label(words: str, profile: Profile) -> tuple[int, str] | None:
    """The end and the role of a label without a colon that opens the words, where all the rest is a value of its kind: a date, a number."""
    if profile.opens_value.match(words) is None:
        return None
    for role, pattern in profile.labels:
        if role not in VALUED:
            continue
        match = _with_blank(pattern.bounded).match(words)
        rest = words[match.end() :].strip(BETWEEN) if match else ""
        if match and rest and (_is_date(rest, profile) if role in DATES else _is_number(rest, profile)):
            return match.end(), role
    return None


def fits(role: str, value: str, profile: Profile, *, sure: bool = True) -> bool:
    """Whether words can be the value of a label of this role. An empty value fits none; where it is not ``sure`` that there is a label ("POLICY" alone may head a
    clause), a number must be a number and nothing else."""
    value = value.strip()
    if role == "number" and not sure:
        return _is_number(value, profile)
    if not value or len(value) > LONGEST.get(role, 2000):
        return False
    if role in DATES:
        return any(find_dates(value, profile.numeric_dates)) or (bool(re.search(r"\d", value)) and len(value) < 60) or profile.names_nothing(value)
    if role == "action":
        return AN_ACT.match(value) is not None
    if role == "number":
        match = profile.number.search(value)
        return match is not None and bool(re.search(r"\d", match.group())) and BEFORE_NUMBER.fullmatch(value[: match.start()]) is not None
    return True


def fits_alone(role: str, value: str, profile: Profile) -> bool:
    """Whether words are one day and nothing else, for a label of a day."""
    return role in DATES and _is_date(value.strip(), profile)


def _is_date(words: str, profile: Profile) -> bool:
    found = list(find_dates(words, profile.numeric_dates))
    return len(found) == 1 and words.strip(" .,;") == found[0].raw.strip(" .,;")


def _is_number(words: str, profile: Profile) -> bool:
    return profile.number.fullmatch(words) is not None and bool(re.search(r"\d", words))
