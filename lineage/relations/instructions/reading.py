"""``instruct``: what one sentence instructs, read whole or not at all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import product

from msgspec import Struct
from msgspec.structs import replace

from lineage.model import Finding, Instruction
from lineage.profiles import Profile
from lineage.relations.instructions.grammar import Grammar, grammar_of
from lineage.relations.instructions.making import cited_out, within
from lineage.relations.instructions.paths import Parts, Unclear, parts
from lineage.relations.instructions.quotes import Masked, mask
from lineage.relations.instructions.reader import Reader
from lineage.relations.saying import conditional

LONGEST = 20_000  # characters of a sentence that are looked at: new text may be long
_LABEL = re.compile(r"^\s*\(?[A-Za-z0-9]{1,3}[.)]\s+(?=[A-Z“\"])")
_NUMBERED = re.compile(r"(?:§|\b(?:sections?|sec\.|paragraphs?|items?|order|policy))\s*(?:no\.?\s*)?\(?\w*\d", re.IGNORECASE)
_SECTION_S = re.compile(r"(?:section|policy)\s+(?:heading|title|caption)", re.IGNORECASE)
_ABOVE_ALL = re.compile(r"\b(?:Act|Law|Code|Title|Chapter|Manual)\b")


class Reading(Struct, frozen=True):
    """What a sentence instructs, in its order, and what of it could not be read."""

    instructions: tuple[Instruction, ...] = ()
    findings: tuple[Finding, ...] = ()


def instruct(sentence: str, context: Sequence[str], profile: Profile) -> Reading:
    """Every change of words that a sentence instructs. ``context`` is what stands above it, outermost first ("Section 8 is amended as follows:"); it says where the sentence's own target lies.

    A sentence that is no instruction gives nothing; one that begins as an instruction and cannot be read to its end gives the finding ``instructions.unread`` and nothing else.
    Never raises.
    """
    if len(sentence) > LONGEST:
        return _finding("instructions.unread", "The sentence is too long to be read", sentence) if grammar_of(profile).may_be(sentence[:LONGEST]) else Reading()
    g = grammar_of(profile)
    if not g.may_be(sentence):
        return Reading()
    masked = mask(_LABEL.sub("", sentence, count=1))
    if masked is None:
        return _finding("instructions.unread", "The quotes of the sentence cannot be told apart", sentence)
    reader = Reader(masked, g, context)
    try:
        found = reader.read()
        if not found:
            return Reading()
        if reader.ends_in_quotes(found):
            return _finding("instructions.unread", "The stop at the end of the sentence stands within the quotes, and may be of the sentence or of the words", reader.said(masked.words))
        if reader.hangs or conditional(reader.plainly):
            return Reading() if reader.of_whole_rules(found) else _conditional(reader)  # of whole rules others read it
        bases = _bases(context, g)
    except Unclear as unclear:
        if reader.hangs or conditional(reader.plainly):
            return _conditional(reader)
        return _finding("instructions.unread", "The sentence begins as an instruction to change words and cannot be read to its end", reader.said(str(unclear)))
    whole = [replace(one, path=within(base.paths[0], one.path), of=one.of or base.of, start=0, end=len(sentence)) for one, base in product(found, bases)]
    if any(_SECTION_S.fullmatch(one.path[-1]) and len(one.path) > 2 for one in whole if one.path):
        return _finding("instructions.unread", "The heading of a section is named below a part of that section", sentence)
    return Reading(tuple(whole))


def _conditional(reader: Reader) -> Reading:
    return _finding("instructions.conditional", "The sentence would change words, and says that this hangs on something else", reader.plainly)


def _finding(code: str, said: str, words: str) -> Reading:
    message = f"{said}: “{words.strip()[:160]}”. What it changes is not known; a person must read it."
    return Reading(findings=(Finding(code, "doubt", message),))


def _bases(context: Sequence[str], g: Grammar) -> list[Parts]:
    """Where the sentence stands: the parts that its context names, inside each other. Raises Unclear where a line of it speaks of a change to a part and cannot be read."""
    made: list[Parts] = [Parts(((),))]
    for one in context:
        masked = mask(one)
        target = _led(cited_out(masked.words, g), g) if masked else None
        named = _named(target, masked, g) if masked and target else None
        if named is not None:
            made = [Parts((within(base.paths[0], path),), named.of or base.of) for base in made for path in named.paths]
    return made


def _led(words: str, g: Grammar) -> str | None:
    """What a line above an instruction says that the changes are in. Raises Unclear where what stands below it is new text, or it speaks of a change to a numbered part in another way."""
    if lead := g.lead.fullmatch(words):
        if lead["read"]:
            raise Unclear(words)
        return lead["target"]
    if inside := g.lead_in.fullmatch(words):
        return next(part for part in inside.groups() if part)
    if g.changes.search(words) and _NUMBERED.search(words) and words.rstrip().endswith(":"):
        raise Unclear(words)
    return None


def _named(target: str, masked: Masked, g: Grammar) -> Parts | None:
    try:
        return parts(g.new_name.compiled.sub("", target), masked, g.names)
    except Unclear:
        if _ABOVE_ALL.search(target):
            return None
        raise
