"""Who issued the papers, what their kinds are called, and how they name each other."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise

from lineage.drafting.papers import Paper
from lineage.model.dates import find_dates
from lineage.profiles import Profile

_BODY = r"(?:Police Department|Police Dept\.?|Police|Sheriff[’']?s? (?:Office|Department)|Department of Public Safety|Public Safety Department|Marshal[’']?s Office|State Police|Constabulary)"
_AGENCY = re.compile(rf"(?:(?:City|Village|Town|Township|County|Borough) of )?(?:[A-Z][\w.’'-]+ ){{1,4}}{_BODY}\b|(?:City|Village|Town|Township|Borough) of [A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){{0,2}}")
_LEADING = re.compile(r"^(?:The|This|That|Of|And|By|With|For|To|In|All|Published|Permission|Our|Your|Each|Any|If|When|Under|From|Welcome)\s+", re.IGNORECASE)
_SERIES = re.compile(r"(?:[A-Z][a-z]+ ){0,3}(?:Order|Directive|Bulletin|Policy|Procedure|Memorandum|Notice|Regulation|Instruction|Guideline)$")
_SHORT = re.compile(r"\b(?P<short>[A-Z]{2,4}|(?:[A-Z]\.){2,4})(?:\s?#\s?|\s?No\.?\s|[\s-])(?P<number>(?:[A-Z]{1,3}-?)?\d{1,4}(?:[-.]\d{1,4}){1,3}[A-Z]?)(?![\w.-]*\w)")
_HEADED = re.compile(r"(?P<words>[A-Z][A-Za-z]+(?: (?:[A-Z][A-Za-z]+|and|of)){0,3})\s+(?:(?:No\.?|Number|#)\s*)?(?P<number>[A-Z]{0,4}-?\d{1,4}(?:[-./]\d{1,4})*[A-Z]?)$")
CODES = {
    "Alabama": "al", "Alaska": "ak", "Arizona": "az", "Arkansas": "ar", "California": "ca", "Colorado": "co", "Connecticut": "ct", "Delaware": "de",
    "Florida": "fl", "Georgia": "ga", "Hawaii": "hi", "Idaho": "id", "Illinois": "il", "Indiana": "in", "Iowa": "ia", "Kansas": "ks", "Kentucky": "ky",
    "Louisiana": "la", "Maine": "me", "Maryland": "md", "Massachusetts": "ma", "Michigan": "mi", "Minnesota": "mn", "Mississippi": "ms", "Missouri": "mo",
    "Montana": "mt", "Nebraska": "ne", "Nevada": "nv", "New Hampshire": "nh", "New Jersey": "nj", "New Mexico": "nm", "New York": "ny",
    "North Carolina": "nc", "North Dakota": "nd", "Ohio": "oh", "Oklahoma": "ok", "Oregon": "or", "Pennsylvania": "pa", "Rhode Island": "ri",
    "South Carolina": "sc", "South Dakota": "sd", "Tennessee": "tn", "Texas": "tx", "Utah": "ut", "Vermont": "vt", "Virginia": "va", "Washington": "wa",
    "West Virginia": "wv", "Wisconsin": "wi", "Wyoming": "wy",
}  # fmt: skip
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*"
_STATE = re.compile(rf"\b(?:{'|'.join(sorted(CODES, key=len, reverse=True))})\b")


def agencies(papers: list[Paper]) -> Counter[str]:
    """Names of agencies at the top or the edges of papers, with the number of papers that bear each."""
    return _counted(papers, lambda paper: (_named(m[0]) for line in (*paper.top(), *paper.edges()) for m in _AGENCY.finditer(_cased(line.text))))


def states(papers: list[Paper]) -> Counter[str]:
    """The states that papers name, anywhere."""
    return _counted(papers, lambda paper: (m[0] for line in paper.lines() for m in _STATE.finditer(line.text)))


def series(papers: list[Paper]) -> Counter[str]:
    """Kinds of papers: lines of a heading that are nothing but such a name."""
    return _counted(papers, lambda paper: (words for line in paper.top() if _SERIES.fullmatch(words := _cased(line.text.strip()))))


def short_names(papers: list[Paper], profile: Profile) -> dict[str, list[tuple[str, str]]]:
    """Short names before numbers ("GO 19-04") that ``generic`` does not read: each with the words around it and the number, the most frequent first."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for paper in papers:
        for line in paper.lines():
            for match in _SHORT.finditer(line.text):
                known = (m for rule in (*profile.reference, *profile.statute) for m in rule.pattern.finditer(line.text))
                if not any(m.start() < match.end() and match.start() < m.end() for m in known):
                    found[match["short"]].append((line.text[max(match.start() - 20, 0) : match.end()].strip(), match["number"]))
    return dict(sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0])))


def headed(papers: list[Paper]) -> dict[str, list[tuple[str, str]]]:
    """Rows of headings that are a name and a number ("Employee Resource E03-01"): by the name, the row and the number of each paper; only names on several papers
    with several numbers."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for paper in papers:
        rows: dict[int, list[str]] = defaultdict(list)
        for line in paper.top():
            rows[line.row].append(line.text)
        parts = {part for row in rows.values() for part in (*row, *(" ".join(pair) for pair in pairwise(row)))}
        seen = {(_cased(m["words"]), part, m["number"]) for part in parts if (m := _HEADED.fullmatch(part)) and not any(find_dates(part))}
        for words, row, number in sorted(seen):
            if not re.search(r"(?i)page|tel|fax|phone|box|street|room|rescind|supersed|cancel|revis|" + "|".join(CODES), words) and not re.fullmatch(_MONTH, words):
                found[words].append((row, number))
    return {words: own for words, own in found.items() if len(own) > 1 and len({number for _, number in own}) > 1}


def initials(name: str) -> str:
    """The first letters of a name's words.

    >>> initials("Anytown Police Department"), initials("General Order")
    ('APD', 'GO')
    """
    return "".join(word[0] for word in name.split() if word[0].isupper())


def _counted(papers: list[Paper], named: object) -> Counter[str]:
    return Counter(name for paper in papers for name in set(named(paper)) if name)  # type: ignore[operator]


def _cased(text: str) -> str:
    """Words in capitals as a name is written."""
    words = " ".join(text.replace("’", "'").split())
    return re.sub(r"\b(Of|And|The|For)\b", lambda m: m[0].lower(), words.title()).replace("'S", "'s") if words.isupper() else words


def _named(words: str) -> str:
    while (shorter := _LEADING.sub("", words)) != words:
        words = shorter
    return words if len(words.split()) > 1 and not re.fullmatch(_BODY, words) else ""


def sentences(papers: list[Paper]) -> Iterator[tuple[str, int, str]]:
    """Sentences that speak of the end or the change of a rule, and in which no relation was found: paper, page, words."""
    verb = re.compile(r"(?i)\b(?:rescind|supersed|cancel|replac|revok|repeal|amend)\w*")
    for paper in papers:
        taken = [(e.page, e.start, e.end) for r in paper.reading.relations if r.kind != "cites" for e in r.evidence]
        for clause in paper.reading.outline.clauses:
            places = [(p.page, p.start, p.end) for p in clause.text.pieces()]
            if any(page == at and start < end_at and start_at < end for page, start, end in places for at, start_at, end_at in taken):
                continue
            for said in re.split(r"(?<=[.;:])\s+(?=[A-Z])", clause.text.string):
                match = verb.search(said)
                if match and re.search(r"(?i)\b(?:order|directive|polic(?:y|ies)|section|bulletin|procedure|memorand|manual|supersed)|\d+[.-]\d+", said):
                    yield paper.name, clause.page, " ".join(said.split())
