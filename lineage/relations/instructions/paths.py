"""Which part of a rule an instruction names: "Section 5.12(a), item 3", "paragraphs (2), (4) and (6) of § 8", "the lead-in language".

A path is the markers as printed, outermost first. Of several parts there are several paths; ranges are told only where each of their members follows from the two ends.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from msgspec import Struct

from lineage.relations.instructions.quotes import QUOTE, Masked

ONE = r"(?:\(\w{1,5}(?:-\w{1,3})?\)|[IVXLC]{1,6}(?:\.\w{1,3})+(?!\w)|[A-Za-z]{0,4}-?\d[\w]*(?:[.\-/:]\w+)*|[IVXLC]{1,6}\.?(?![A-Za-z])|[A-Za-z]\.?(?![A-Za-z]))"
MARKER = rf"(?:{ONE}(?:\s?\(\w{{1,5}}(?:-\w{{1,3}})?\)(?:\d{{1,3}}|[A-Z](?![a-z]))?)*)"
LIST = rf"{MARKER}(?:(?:\s*,\s*(?:and\s+|or\s+)?|\s+and\s+|\s+or\s+|\s*&\s*|\s+through\s+|\s+to\s+|\s*[-–]\s*){MARKER})*"
ORDINAL = r"first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last|final|1st|2nd|3rd|[4-9]th|10th"
_PIECES = re.compile(r"\(\w{1,5}(?:-\w{1,3})?\)|[^\s(),]+")
# The title that stands behind the number of a rule.
_TITLE = re.compile(r"[\s\-–—:,(\"“]*(?:(?:[A-Z][\w’'/-]*|of|and|the|for|on|to|in|by|with|&|-|–)[\s,]*)+[)\"”]?\W*")
# The same in quotes, between commas: Section 5.12, "Radio Codes", paragraph (b).
_QUOTED_TITLE = re.compile(rf"\s*[,(–-]\s*(?P<title>{QUOTE})\)?(?=\s*,|\s*$)")
_HYPHENED = re.compile(r"(?<![\w.(-])(\d{1,3}|[A-Za-z])\s*-\s*(\d{1,3}|[A-Za-z])(?![\w.)-])")  # "items 3-5"
_ROMAN = {one: n for n, one in enumerate(["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii", "xviii", "xix", "xx"], 1)}
_ENDS = re.compile(r"(.*?)([A-Za-z]+)(\W*)")
_BRACKET = re.compile(r"(?<![\w(.-])(\w{1,3})\)(?=[\s,]|$)")  # "item 4)"
_OWN_NUMBER = re.compile(r"[A-Z]{1,4}-?\d+(?:-\d+)+|\d+(?:\.\d+)+")
_AND = re.compile(r"\s*,?\s+and\s+")
_COMMA = re.compile(r"\s*,\s+(?!and\s)")
_NESTED = re.compile(r"\((\w{1,5})\((\w{1,5})\)\)")  # "(B(i))" is "(B)(i)"


class Unclear(Exception):  # what the words name cannot be told; caught in this package
    """Words that begin as a part of a rule and cannot be read to their end."""


class Parts(Struct, frozen=True):
    """The paths that words name, and the rule or law that they stand in, as written."""

    paths: tuple[tuple[str, ...], ...]
    of: str | None = None


class Words:
    """The names of units, as a profile gives them: ``unit`` has a number, ``rule`` stands for a rule by itself, ``face`` is a part without number, ``counted`` one that is told by its place,
    ``labelled`` a unit called by its kind, ``beyond`` what is no part of a rule but a rule or a law."""

    def __init__(self, said: Mapping[str, str]) -> None:
        units, rules, faces, fillers = said["unit"], said["rule"], said["face"], said["filler"]
        self.labelled = re.compile(said["labelled"], re.IGNORECASE)
        self.beyond = re.compile(rf"\b(?:{said['beyond']})\b", re.IGNORECASE)
        self.whole = re.compile(rf"(?:this|the|said)\s+(?:[\w-]+\s+){{0,4}}?(?:{units}|{rules}|{said['beyond']})(?!\w)", re.IGNORECASE)
        self.unit = re.compile(rf"(?:(?:the|a|an|any|said|such)\s+)?(?:(?:{fillers})\s+)*(?P<unit>{units})(?:\s+(?:numbers?|nos?\.))?(?=[\s(§#]|$)\s*#?\s*", re.IGNORECASE)
        self.rule = re.compile(rf"(?:(?:the|said)\s+)?(?:(?-i:[A-Z]\w+)\s+){{0,2}}?(?P<rule>(?:{rules})(?=[\s(\d]|$)|§+)\s*(?:(?:numbers?|nos?\.|#)\s*)?", re.IGNORECASE)
        self.face = re.compile(rf"(?:the\s+)?(?P<face>(?:{faces}))(?!\w|\s+[\dIVX(])", re.IGNORECASE)
        self.counted = re.compile(rf"(?:the\s+)?(?P<counted>(?:{ORDINAL})\s+(?:{said['counted']}))(?!\w|\s*\(|\s+\d)", re.IGNORECASE)
        self.defined = re.compile(rf"(?:the\s+)?definition\s+of\s+(?:the\s+(?:term|word|phrase)\s+)?(?P<term>{QUOTE}|[\w-]+)", re.IGNORECASE)
        self.list = re.compile(LIST)


_LINK = re.compile(r"\s*(?:,\s*)?(?:(?:of|in|to|from|under|within)\s+|,\s*|;\s*)?")
_INWARD = re.compile(r"\s*,?\s*(?:of|in|to|from|under|within)\s+$")


def parts(words: str, masked: Masked, known: Words) -> Parts:
    """The parts that words name. Raises Unclear where anything of them is left over that is no rule or law."""
    bare = _BRACKET.sub(r"\1", _NESTED.sub(r"(\1)(\2)", words.strip().rstrip(",").strip()).replace("((", "("))
    several = _apart(bare, known)
    chains = [_chain(one, masked, known) for one in several]
    return chains[0].parts if len(chains) == 1 else _together(chains, words)


class _Chain(Struct, frozen=True):
    """What one chain of words names ("item 3 of paragraph B"), in how many steps, and whether one of them is a rule by itself."""

    parts: Parts
    steps: int
    rooted: bool


def _apart(words: str, known: Words) -> list[str]:
    """The words apart at each "and" behind which a unit or a rule is named anew ("paragraph (b) and item 4"), and at each comma behind which one of the kind named first is ("Order 7, Order 8 and Order 9")."""
    names = (known.unit, known.rule, known.counted, known.face)
    at = [m for m in _AND.finditer(words) if m.start() and any(name.match(words, m.end()) for name in names)]
    first = known.rule.match(words)
    if first is not None:
        at += [m for m in _COMMA.finditer(words) if (again := known.rule.match(words, m.end())) and _kind(again) == _kind(first) and (_kind(first) not in ("", "section", "sec") or _OWN_NUMBER.match(words, again.end()))]
        at.sort(key=re.Match.start)
    edges = [(0, 0), *(m.span() for m in at), (len(words), len(words))]
    return [words[before[1] : after[0]] for before, after in pairwise(edges)]


def _kind(rule: re.Match[str]) -> str:
    """What a rule is called, without what kind of it: "order" of "Special Orders"."""
    return rule["rule"].split()[-1].rstrip("s.").lower() if rule["rule"] else ""


def _together(chains: Sequence[_Chain], words: str) -> Parts:
    """Parts named beside each other. What the last stands in is also around those before it that say nothing of it; raises Unclear where that cannot be told."""
    last = chains[-1]
    if all(one.rooted for one in chains):
        return Parts(tuple(path for one in chains for path in one.parts.paths), last.parts.of)
    if any(one.rooted or one.steps != 1 for one in chains[:-1]):
        raise Unclear(words)
    if last.steps == 1 and not last.rooted:
        return Parts(tuple(path for one in chains for path in one.parts.paths), last.parts.of)
    around = {path[:1] for path in last.parts.paths}
    if last.steps != 2 or not last.rooted or len(around) != 1 or any(len(path) != 2 for path in last.parts.paths):
        raise Unclear(words)
    (outer,) = around
    return Parts((*((*outer, *path) for one in chains[:-1] for path in one.parts.paths), *last.parts.paths), last.parts.of)


def _chain(words: str, masked: Masked, known: Words) -> _Chain:
    found: list[tuple[list[tuple[str, ...]], bool]] = []  # what each step names, and whether it stands outside of those before it
    of: str | None = None
    rest, rooted = words, False
    inward = True  # "item 3 of paragraph B": each further one is around the one before; "Section 8, item 3": within it
    while rest:
        step = _step(rest, masked, known)
        if step is None:
            if found and not inward and _TITLE.fullmatch(rest):
                break
            if (found and not inward) or (not found and not known.beyond.search(rest)):
                raise Unclear(rest)
            of = _of(rest, known)
            break
        some, end, rule = step
        rooted = rooted or rule
        found.append((some, inward and bool(found)))
        tail = rest[end:]
        if rule and (titled := _QUOTED_TITLE.match(tail)) and masked.said(titled["title"])[:1].isupper():
            tail = tail[titled.end() :]
        link = _LINK.match(tail)
        joined = link.group() if link else ""
        rest = tail[len(joined) :].strip()
        inward = bool(_INWARD.match(joined)) if joined.strip() else False
    return _Chain(Parts(_joined(found), of), len(found), rooted)


def _of(rest: str, known: Words) -> str:
    if not known.beyond.search(rest) and not known.whole.match(rest):
        raise Unclear(rest)
    return re.split(r",\s+(?:effective|approved|enacted|passed|issued|dated|as\s+)", rest)[0].strip(" ,")


def _step(rest: str, masked: Masked, known: Words) -> tuple[list[tuple[str, ...]], int, bool] | None:
    """What the beginning of the words names, where it ends, and whether it is a rule by itself."""
    for pattern, group in ((known.counted, "counted"), (known.defined, "term"), (known.face, "face")):
        match = pattern.match(rest)
        if match:
            said = match[group]
            if group == "term":
                said = f"definition of {masked.said(said)}"
            return [(re.sub(r"\s+", " ", said),)], match.end(), False
    rule = known.rule.match(rest)
    unit = known.unit.match(rest)
    lead = rule if rule and (not unit or rule.end() >= unit.end()) else unit
    start = lead.end() if lead else 0
    match = known.list.match(rest, start)
    if match is None or (lead is None and not re.match(r"\(|\d|[A-Z]{1,4}[.\-]?\d|[IVX]+\.", rest)):
        return None
    if lead is not None and re.match(r"[a-z]{2}", rest[match.end() : match.end() + 2]):
        return None
    named, kind = match.group(), unit["unit"] if lead is unit and unit is not None else ""
    if kind.lower().endswith("s"):
        named = _HYPHENED.sub(r"\1 through \2", named)
        if re.fullmatch(r"\d+-\d+\w", named):
            raise Unclear(named)  # from one to the other, and what is between them nothing tells
    if lead is rule and "." in named and re.search(r"\s(?:through|to)\s+(?!\()", named):
        raise Unclear(named)  # rules may stand between others: what is between two of them, the paper does not say
    if kind and known.labelled.fullmatch(kind):
        return [(f"{_one(kind)} {one}",) for one in members(named)], match.end(), False
    sign = "§" if lead is rule and rule is not None and re.search(r"sec|§", rule["rule"], re.IGNORECASE) else ""
    return [_path(one, sign) for one in members(named)], match.end(), lead is rule if lead is not None else _OWN_NUMBER.match(named) is not None


def _one(kind: str) -> str:
    """The name of one unit of a kind: "Appendix" of "appendices"."""
    return re.sub(r"s$", "", re.sub(r"enda$", "endum", re.sub(r"ices$", "ix", kind, flags=re.IGNORECASE), flags=re.IGNORECASE), flags=re.IGNORECASE).capitalize()


def _path(marker: str, sign: str) -> tuple[str, ...]:
    pieces = _PIECES.findall(marker)
    pieces = [p.rstrip(".") or p if not re.match(r"^[IVXLC]+\.$|^[A-Z]\.$", p) else p.rstrip(".") for p in pieces]
    split: list[str] = []
    for piece in pieces:
        # "II.(D)5": what stands right behind a bracket is a marker of its own.
        split += [piece]
    return (sign + split[0], *split[1:])


def members(words: str) -> list[str]:
    """The single markers of a list; a range in full."""
    found: list[str] = []
    joins = re.compile(r"(?P<range>\s+(?:through|to)\s+|(?<=\d)\s*[–]\s*(?=\d)|(?<=\))\s*[-–]\s*(?=\())|\s*,\s*(?:and\s+|or\s+)?|\s+and\s+|\s+or\s+|\s*&\s*")
    at, ranged = 0, False
    for match in [*joins.finditer(words), None]:
        part = words[at : match.start() if match else len(words)].strip()
        if ranged:
            found += _between(found[-1], _prefixed(found, part))
        elif part:
            found.append(_prefixed(found, part))
        ranged = match is not None and match["range"] is not None
        at = match.end() if match else len(words)
    return found


def _prefixed(found: list[str], part: str) -> str:
    """The rest of a list whose first member says what it stands in: "Section 25-374 (b), (c), and (d)"."""
    if found and part.startswith("(") and not found[0].startswith("("):
        depth = part.count("(")
        pieces = _PIECES.findall(found[0])
        return "".join(pieces[: max(len(pieces) - depth, 1)]) + part
    return part


def _between(first: str, last: str) -> list[str]:
    """What follows the first to the last; raises Unclear where that cannot be told from the two."""
    ends = [_ENDS.fullmatch(one) for one in (first, last)]
    if all(ends) and ends[0] and ends[1] and ends[0][1] == ends[1][1] and (among := _romans(ends[0][2], ends[1][2])):
        return [f"{ends[0][1]}{one}{ends[1][3]}" for one in among]
    a, b = (re.search(r"(\d+|[A-Za-z])(\W*)$", one) for one in (first, last))
    if a is None or b is None or first[: a.start()].lower() != last[: b.start()].lower():
        raise Unclear(f"{first} through {last}")
    if a[1].isdigit() and b[1].isdigit() and 0 < int(b[1]) - int(a[1]) < 100:
        return [f"{first[: a.start()]}{n}{b[2]}" for n in range(int(a[1]) + 1, int(b[1]) + 1)]
    if a[1].isalpha() and b[1].isalpha() and a[1].isupper() == b[1].isupper() and 0 < ord(b[1]) - ord(a[1]) < 26:
        return [f"{first[: a.start()]}{chr(n)}{b[2]}" for n in range(ord(a[1]) + 1, ord(b[1]) + 1)]
    raise Unclear(f"{first} through {last}")


def _romans(first: str, last: str) -> list[str]:
    """Roman numbers behind the first to the last. Raises Unclear where letters may be meant ("i through v"); nothing where they are none."""
    a, b = _ROMAN.get(first.lower()), _ROMAN.get(last.lower())
    if a is None or b is None or first.isupper() != last.isupper():
        return []
    if a >= b or len(first) == len(last) == 1:
        raise Unclear(f"{first} through {last}")
    among = [one for one, n in _ROMAN.items() if a < n <= b]
    return [one.upper() for one in among] if first.isupper() else among


def _joined(found: list[tuple[list[tuple[str, ...]], bool]]) -> tuple[tuple[str, ...], ...]:
    """The steps as whole paths: what is named behind "of" stands around, what is named behind a comma stands within."""
    paths: list[tuple[tuple[str, ...], int]] = [((), 0)]  # each with where its newest part ends
    for some, around in found:
        paths = [
            ((*one, *path), len(one)) if around else ((*path[:end], *one, *path[end:]), end + len(one))
            for path, end in paths for one in some
        ]  # fmt: skip
    return tuple((path[0], *(one.lstrip("§") for one in path[1:])) if path else path for path, _ in paths)
