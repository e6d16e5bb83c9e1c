"""Text without any line break (a copy out of a viewer): cut where a reader would see that something new begins."""

from __future__ import annotations

import re

from msgspec.structs import replace

from lineage.blocks.furniture import Marked
from lineage.model import Block, Line, Text
from lineage.profiles import Profile

LONG_LINE = 1500  # characters; no printed line is so long
SENTENCE_END = re.compile(r"(?<![A-Z])(?<!\b[A-Z]\.)(?<!Sec\.)(?<!No\.)(?<!Sgt\.)(?<!Lt\.)(?<=[.!?])[\"”)]?\s+(?=[A-Z\"“•])")
_CAPITALS = r"[A-Z][A-Z'’&/]*[A-Z](?:-[A-Z]+)*"
HEADING = re.compile(rf"(?:^|(?<=[.;:!?\"”])\s*)(?P<words>{_CAPITALS}(?:\s+(?:-\s*|AND\s+)?{_CAPITALS})+)(?=\s+(?:[A-Z][a-z]|A\s+[a-z]))")
_DEFINED = r"(?P<term>[A-Z][\w'/]*(?:\s+[A-Z][\w'/]*){0,3})\s?[-–—]\s?(?=[A-Z][a-z]*\s)"
DEFINITION = re.compile(rf"(?:^|(?<=[.!?\"”])\s+){_DEFINED}")
DEFINITION_FIRST = re.compile(rf"\s*{_DEFINED}")
PAGE = re.compile(r"\bPage\s?(\d{1,3})(?!\w)")


def is_unbroken(lines: list[Line]) -> bool:
    """Whether the text is one stretch (or a few) without line breaks."""
    return any(len(line.text) > LONG_LINE and line.box_pt is None and line.cell is None and not line.hint for line in lines) and len(lines) <= max(3, sum(len(x.text) for x in lines) // LONG_LINE)


def unroll(lines: list[Line], profile: Profile) -> tuple[list[Block], list[Marked], int]:
    """Blocks, what was set aside, and the number of pages counted from the running heads."""
    marked: list[Marked] = []
    parts: list[Text] = []
    head = Text()
    page = 1
    for line in lines:
        rule = next((r for r in profile.furniture if r.pattern.match(line.text.strip())), None)
        if rule is not None:
            marked.append(Marked(Text.of(line), rule.kind, rule.reason, f"furniture.{rule.name}"))  # type: ignore[arg-type]
            continue
        start = 0 if head else _head_end(line.text, profile)
        if start:
            head = Text.of(_part(line, 0, start, 1))
        kept, aside, page = _pages(line, start, page, profile)
        parts.extend(kept)
        marked.extend(aside)
    body = _tail(Text.join(parts), marked, profile)
    blocks = [Block(head, hint="preface")] if head else []
    return blocks + cut(body), marked, page


def cut(body: Text) -> list[Block]:
    """A stretch of text cut at headings, bullets and definitions; the sentence that leads into bullets stands alone."""
    text = body.string
    starts: dict[int, str] = {}
    terms = list(DEFINITION.finditer(text))
    for match in HEADING.finditer(text):
        starts[match.start("words")] = "heading"
        starts.setdefault(match.end("words") + 1, "")
        if first := DEFINITION_FIRST.match(text, match.end("words")):
            terms.append(first)
    for match in re.finditer("•", text):
        starts[match.start()] = "item"
    # One dash after a capital may be anything; definitions come in company.
    starts |= {match.start("term"): "definition" for match in terms} if len(terms) > 1 else {}
    at = sorted({0, *starts})
    blocks: list[Block] = []
    for start, end in zip(at, [*at[1:], len(text)], strict=True):
        hint, piece = starts.get(start, ""), body[start:end].strip()
        if not piece:
            continue
        if hint == "item":
            blocks.append(Block(piece[1:].strip(), hint="item", marker=piece[:1]))
        elif hint:
            blocks.append(Block(piece, hint=hint))
        else:
            leads = starts.get(end) == "item" and piece.string.endswith(":")
            blocks.extend(Block(part) for part in _lead_in(piece, leads))
    return blocks


def _lead_in(piece: Text, leads: bool) -> list[Text]:
    breaks = [m.end() for m in SENTENCE_END.finditer(piece.string)]
    if not leads or not breaks:
        # "...authorization. The Internet shall not be used ...:" is two; a single sentence is the lead-in itself.
        return [piece]
    return [piece[: breaks[-1]].strip(), piece[breaks[-1] :].strip()]


def _head_end(text: str, profile: Profile) -> int:
    ends = [m.end() for rule in profile.head if (m := rule.pattern.search(text[:3000]))]
    return max(ends, default=0)


def _part(line: Line, start: int, end: int, page: int) -> Line:
    words = line.text[start:end]
    start += len(words) - len(words.lstrip())
    return replace(line, text=words.strip(), start=line.start + start, page=page)


def _pages(line: Line, start: int, page: int, profile: Profile) -> tuple[list[Text], list[Marked], int]:
    """The stretch from ``start`` without stamps and running heads, page by page."""
    spans = _stamps(line.text, start, profile) + _heads(line.text, start, profile)
    kept: list[Text] = []
    marked: list[Marked] = []
    at = start
    for begin, end, kind, rule in sorted(spans):
        if line.text[at:begin].strip():
            kept.append(Text.of(_part(line, at, begin, page)))
        if kind == "head":
            page += 1
        reason = "a stamp's words inside the text" if kind == "stamp" else "the same words before each page number"
        marked.append(Marked(Text.of(_part(line, begin, end, page)), kind, reason, rule))  # type: ignore[arg-type]
        at = end
    if line.text[at:].strip():
        kept.append(Text.of(_part(line, at, len(line.text), page)))
    return kept, marked, page


def _stamps(text: str, start: int, profile: Profile) -> list[tuple[int, int, str, str]]:
    return [(m.start(), m.end(), "stamp", f"stamp.{rule.name}") for rule in profile.stamp for m in rule.pattern.finditer(text, start) if any(m.groupdict().values())]


def _heads(text: str, start: int, profile: Profile) -> list[tuple[int, int, str, str]]:
    """Running heads: the words that all the page numbers 2, 3, 4 ... have before them."""
    numbers, wanted = [], 2
    for match in PAGE.finditer(text, start):
        if int(match.group(1)) == wanted:
            numbers.append(match)
            wanted += 1
    if not numbers:
        return []
    stamps = [end for _, end, _, _ in _stamps(text, start, profile)]
    before = [text[max([start, *(e for e in stamps if e <= m.start())]) : m.start()] for m in numbers]
    common = _shared_end(before) if len(before) > 1 else ""
    return [(m.start() - len(common), m.end(), "head", "blocks.repeated") for m in numbers]


def _shared_end(texts: list[str]) -> str:
    """The whole words with which all the texts end."""
    length = 0
    for letters in zip(*(reversed(t) for t in texts), strict=False):
        if len(set(letters)) > 1:
            break
        length += 1
    shared = texts[0][len(texts[0]) - length :]
    if any(len(t) > length and t[-length - 1].isalnum() for t in texts) and shared[:1].isalnum():
        shared = shared[shared.find(" ") + 1 :] if " " in shared else ""  # the first word is only its end
    return shared.lstrip()


def _tail(body: Text, marked: list[Marked], profile: Profile) -> Text:
    """The body without the signature and the marks after the last sentence."""
    ends = [m.end() for m in re.finditer(r"[.!?]\s+", body.string)]
    for end in reversed(ends[-4:]):
        words = body.string[end:].split(" ")
        split = _rules_for(words, profile)
        if not split:
            continue
        at = end
        for rule, count in split:
            length = len(" ".join(words[:count]))
            marked.append(Marked(body[at : at + length].strip(), rule.kind, rule.reason, f"furniture.{rule.name}"))
            at, words = at + length + 1, words[count:]
        return body[:end].strip()
    return body


def _rules_for(words: list[str], profile: Profile) -> list:  # type: ignore[type-arg]
    if not words or len(words) > 24:
        return []
    for count in range(len(words), 0, -1):
        rule = next((r for r in profile.furniture if r.pattern.match(" ".join(words[:count]))), None)
        if rule is None:
            continue
        rest = _rules_for(words[count:], profile) if words[count:] else []
        if rest or not words[count:]:
            return [(rule, count), *rest]
    return []
