"""The day that a sentence gives to an act of its own ("is rescinded effective July 22, 2021"), which may be another than that of the paper."""

from __future__ import annotations

import re

from lineage.model import Day, Effect
from lineage.profiles import Profile, read_time, settled_hour, two_midnights

_AFTER = re.compile(r"\s*[,(]?\s*(?:in\s+(?:its|their)\s+entirety\s*,?\s*)?(?:(?P<lead>effective\b)\s*:?\s*|(?=(?:as\s+of|on|beginning|from\s+and\s+after)\s))", re.IGNORECASE)
_BEFORE = re.compile(r"\s*(?:\W|\w{1,3}\W)?\s*(?:(?P<lead>effective\b)\s*:?\s*|(?=(?:as\s+of|on|beginning|from\s+and\s+after)\s))", re.IGNORECASE)

TIMED = ("rescinds", "supersedes", "suspends", "resumes")
_ORDINAL = r"(?:first|second|third|fourth|last|1st|2nd|3rd|4th|end|start|close|beginning|day|date)"
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
# Words that begin a time, behind an act.
_TIME = re.compile(
    rf"\s*,?\s*(?:and\s+)?(?:no\s+(?:earlier|sooner|later)\s+than|not\s+(?:before|earlier|later|sooner)|(?:\(?\w+\)?\s+){{1,3}}(?:days?|weeks?|months?|hours?|years?)\s+(?:after|from|before|following)"
    rf"|(?:on|at|from|before|after|by|starting|commencing|beginning)\s+(?:the\s+)?(?:{_ORDINAL}\b|{_MONTH}\b|\d)|(?:next|this\s+coming)\s+\w+)",
    re.IGNORECASE,
)


def day_of_act(words: str, start: int, end: int, profile: Profile, effect: Effect | None, kind: str = "") -> Effect | None:
    """The day of the act whose words these offsets bound: that of time words right behind it, or at the head of its sentence; else that of the paper.

    A time that is said behind "effective", or right behind an end or a suspension (``kind``), and cannot be read leaves the day open: not before that of the paper.
    """
    for pattern, at, until in ((_AFTER, end, len(words)), (_BEFORE, 0, start)):
        lead = pattern.match(words, at)
        told = read_time(words, lead.end(), "begins", profile) if lead else None
        if lead is None or (told is None and not lead["lead"]) or (told is not None and (told.end > until or (at == 0 and len(words[told.end : start].strip()) > 40))):
            continue
        if told is None:
            if at == 0 or not words[lead.end() :].strip(" ."):
                continue
            return _open(effect, words[lead.start() : lead.end() + 60].strip())
        if told.reading == "issue":
            return effect
        if told.reading in ("day-open", "midnight") and told.day.first is not None and told.day.hour in (None, "midnight"):
            return Effect(two_midnights(told.day), told.words)
        if told.reading in ("first-moment", "day-open") and told.day != Day():
            return Effect(settled_hour(told.day), told.words)
        return _open(effect, told.words)
    tail = _TIME.match(words, end) if kind in TIMED else None
    return _open(effect, words[end : end + 60].strip(" ,")) if tail is not None else effect


def _open(effect: Effect | None, words: str) -> Effect:
    return Effect(Day(earliest=effect.day.first if effect is not None else None), f"{words} (not read)")
