"""The grammar: what instructions look like, made of the words of a profile. Quotes are set aside before (``quotes``), so every pattern is short and bounded.

    instruction = [effective ","] ( target "is amended" "by" actions | target "is repealed" | old "is replaced with" new | actions )
    actions     = action { ("and" | ";") action }
    action      = strike old and insert new | strike old | insert new after old | insert new at the end | add a new unit | renumber | to read ...
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from lineage.profiles import Pattern, Profile
from lineage.relations.instructions.paths import LIST, MARKER, Words
from lineage.relations.instructions.quotes import QUOTE

DATE_WORDS = r"(?:effective|beginning|as of|on and after|commencing)\s+(?:immediately|upon\s+\w+|(?:on\s+|as\s+of\s+)?(?:(?:January|February|March|April|May|June|July|August|September|October|November|December)\s+\d{1,2}(?:,\s+\d{4})?|\d{1,2}[-/]\d{1,2}[-/]\d{2,4}|\d{1,2}\s+[A-Z]\w+\s+\d{4}))"


class Grammar:
    """The patterns of one profile's words. ``said`` gives each role's words as one alternation."""

    def __init__(self, said: Mapping[str, str]) -> None:
        w = dict(said)
        self.names = Words(w["unit"], w["rule"], w["face"], w["filler"])
        thing = rf"(?:(?:the|a|an|this|these|following|new|same)\s+)*(?:{w['thing']})(?:\s+(?:{w['thing']}|of))?\s*,?:?\s*"
        article = r"(?:(?:the|a|an)\s+)"
        mark = rf"{article}(?:(?:final|concluding|closing|ending|last)\s+)?(?:{w['mark']})(?:\s+mark)?(?!\w)"
        words = rf"(?:(?:{thing})?{QUOTE}|{mark})"
        where = r"(?:(?:at|and)\s+(?:the\s+)?(?:very\s+)?(?:end|beginning|start)(?:\s+(?:thereof|of\s+the\s+(?:sentence|paragraph|subsection|item|section|subparagraph)))?)"
        numbers = r"two|three|four|five|six|seven|eight|nine|ten|\d{1,2}"
        appears = r"(?:\s+(?:that\s+)?(?:it|they|the\s+(?:phrase|word|term|words))?\s*(?:appears?|occurs?|is\s+used|stands?)(?:\s+(?:therein|in\s+it))?)?"
        count = rf"(?:wherever|everywhere|throughout|in\s+(?:each|every|all)\s+(?:place|instance|location)s?|(?:each|every)\s+(?:time|place|instance)|in\s+both\s+places|both\s+(?:times|places)|(?:in\s+)?(?:all\s+)?(?:{numbers})\s+(?:times|places|instances)|the\s+(?:first|second|third|last)\s+(?:time|place|instance)){appears}"
        old = rf"{words}(?:,?\s+(?:{where}|{count}))*,?"
        place = rf"(?:\s*,?\s*(?:{w['instead']}))?"
        strike, insert, replace_ = rf"(?:{w['strike']})", rf"(?:{w['insert']})", rf"(?:{w['replace']})"
        new = rf"(?:(?:in\s+(?:lieu|place)\s+thereof|instead)\s*,?:?\s+)?(?:{thing})?{QUOTE}|(?:in\s+(?:lieu|place)\s+thereof\s+)?{mark}"
        unit = rf"(?:{w['unit']})"
        self.words = Pattern(words, re.IGNORECASE)
        self.count = Pattern(count, re.IGNORECASE)
        self.where = Pattern(where, re.IGNORECASE)
        into = r"(?:\s+(?P<in>(?:in|of|from|to)\s+.{1,200}?))?"
        tail = rf"(?:\s*,?\s+(?P<often>{count}))?(?:\s+(?P<in2>(?:in|of|throughout)\s+[^⟦:;]{{1,200}}?))?"
        side = r"(?:immediately\s+|directly\s+|right\s+)?(?P<side>after|before|following|preceding|behind)"
        follows = r"(?:\s*,?\s*(?:to\s+read|reading|which\s+reads?|as\s+follows|to\s+read\s+as\s+follows|the\s+following))*\s*(?::\s*(?P<text>.*))?"
        forms = [
            ("exchanged", rf"{strike}\s+(?P<old>{old}){into}\s*,?\s+(?:and\s+)?(?:by\s+)?(?:{insert}|{replace_})(?:ing)?\s*,?\s*(?:(?:in\s+its\s+place|in\s+their\s+place)\s*,?\s+)?(?P<new>{new}){place}{tail}"),
            ("replaced", rf"{replace_}\s+(?P<old>{old}){into}\s+(?:with|by)\s+(?P<new>{new}){tail}"),
            ("replaced", rf"(?:{w['change']})\s+(?P<old>{old}){into}\s+(?:to\s+read|to|into)\s+(?P<new>{new}){tail}"),
            ("substituted", rf"(?:{w['swap']})\s+(?P<new>{new})\s+(?:for|in\s+place\s+of|in\s+lieu\s+of)\s+(?P<old>{old}){into}"),
            ("put-beside", rf"{insert}\s+(?P<new>{new})\s+{side}\s+(?P<old>{old}){into}"),
            ("put-beside", rf"{side[:-1]})\s+(?P<old>{old}){into}\s*,?\s+{insert}\s+(?P<new>{new})"),
            ("put-at", rf"{insert}\s+(?P<new>{new})\s+(?P<where>at\s+(?:the\s+)?(?:end|beginning|start))(?:\s+thereof)?{into}"),
            ("struck", rf"{strike}\s+(?P<old>{old}){into}"),
            ("unit-added", rf"{insert}\s+(?:in\s+(?:numerical|alphabetical|the\s+proper)\s+order\s+)?(?:a\s+|the\s+following\s+(?:as\s+)?(?:an?\s+)?)?(?:following\s+)?new\s+(?P<unit>{unit})(?:\s+(?:numbers?|no\.)?\s*(?P<mark>{MARKER}))?(?:\s*,?\s*{side}\s+(?P<at>[^:⟦]{{1,120}}?)|\s*,?\s*(?P<where>at\s+the\s+(?:end|beginning))(?:\s+of\s+(?P<within>[^:⟦]{{1,120}}?))?|\s+to\s+(?P<to>[^:⟦]{{1,120}}?))?{follows}"),
            ("unit-added", rf"{insert}\s+(?:the\s+following\s+)?(?:as\s+)(?:an?\s+)?(?:new\s+)?(?P<unit>{unit})\s+(?:numbers?\s+|no\.\s+)?(?P<mark>{MARKER})(?:\s+(?:of|in|to)\s+(?P<to>[^:⟦]{{1,120}}?))?{follows}"),
            ("unit-added", rf"{insert}\s+(?:the\s+following\s+)?(?P<unit>{unit})\s+(?:numbers?\s+|no\.\s+)?(?P<mark>{MARKER})\s*(?:\s+to\s+(?P<to>[^:⟦]{{1,120}}?))?{follows}"),
            ("renumbered", rf"(?:{w['renumber']})\s+(?P<from>[^:⟦]{{1,160}}?)\s+(?:as|to|to\s+be)\s+(?P<to>(?:(?:the\s+)?(?:new\s+)?{unit}\s+)?(?:{LIST}))(?:\s*,?\s*respectively)?"),
            ("renumbered", rf"(?:{w['renumber']})\s+it\s+as\s+(?P<to>(?:{unit}\s+)?(?:{MARKER}))"),
            ("restated", rf"(?:{replace_})\s+(?P<from>[^:⟦]{{1,160}}?)\s+(?:with|by)\s+(?:the\s+following{follows}|(?P<new>(?:{thing})?{QUOTE}))"),
            ("deleted", rf"{strike}\s+(?P<from>[^:⟦]{{1,160}}?)(?:\s+in\s+(?:its|their)\s+entirety)?"),
        ]  # fmt: skip
        end = r"(?=\s*(?:[.;:](?:\s+|$)|,?\s*(?:[.;]\s*)?$|,?\s+(?:and|then)\s+(?:by\s+)?(?=\w)|;\s*(?:and\s+)?|,\s*(?:and\s+)?(?:by\s+)?(?=\w)))"
        self.forms = tuple((name, Pattern(form + end, re.IGNORECASE | re.DOTALL)) for name, form in forms)
        self.joint = Pattern(r"\s*(?:[;,.]\s*)*(?:(?:and|then)\s+)*(?:by\s+)?(?:then\s+)?", re.IGNORECASE)
        self.within = Pattern(rf"(?:In|At|Within|From|Under)\s+(?P<target>[^:⟦]{{1,200}}?)\s*,\s+(?=(?:the\s+)?(?:{w['thing']}|{w['mark']})\b|⟦|(?:{w['strike']}|{w['insert']}|{w['replace']}|{w['change']}|{w['swap']}|{w['renumber']})\b)", re.IGNORECASE)
        be = r"(?:is|are|shall\s+be|(?:has|have)\s+been)"
        self.lead = Pattern(rf"(?P<target>.{{1,500}}?),?\s+(?:is|are|shall\s+be)\s+(?:hereby\s+|further\s+|also\s+|amended\s+and\s+)*(?:{w['amended']})?(?:\s+as\s+follows|\s+to\s+read\s+as\s+follows)?\s*(?::|,|\bby\b:?)?\s*$", re.IGNORECASE | re.DOTALL)
        self.amended = Pattern(rf"(?P<target>.{{1,500}}?),?\s+(?:(?:is|are|shall\s+be)\s+(?:hereby\s+|further\s+|also\s+)*(?:(?:{w['amended']})\s+)?(?:by\s+|to\s+)?|by\s+)(?=(?:{w['strike']}|{w['insert']}|{w['replace']}|{w['change']}|{w['swap']}|{w['renumber']})\b)", re.IGNORECASE | re.DOTALL)
        self.to_read = Pattern(rf"(?P<target>.{{1,300}}?),?\s+{be}\s+(?:hereby\s+|further\s+)*(?:{w['amended']})(?:\s+in\s+(?:its|their)\s+entirety)?(?:(?P<read>\s*,?\s+(?:to\s+(?:now\s+)?read|to\s+state))(?:\s*,?\s*(?:in\s+(?:its|their)\s+entirety\s*,?\s*)?as\s+follows)?|\s+as\s+follows)\s*:?\s*(?P<text>.*)", re.IGNORECASE | re.DOTALL)
        self.repealed = Pattern(rf"(?P<target>.{{1,700}}?),?\s+{be}\s+(?:hereby\s+)?(?:{w['repealed']})(?:\s+in\s+(?:its|their)\s+entirety)?(?P<when>\s*,?\s*(?:{DATE_WORDS}|as\s+of\s+the\s+date\s+that\s+.{{1,300}}?))?\s*\.?\s*$", re.IGNORECASE | re.DOTALL)
        self.deleted_and_more = Pattern(rf"(?P<target>[^⟦:]{{1,300}}?),?\s+(?:is|are)\s+(?:hereby\s+)?(?:{w['repealed']})\b", re.IGNORECASE)
        self.exchanged_passive = Pattern(rf"(?P<old>{old}){into}\s+{be}\s+(?:hereby\s+)?(?:(?:{w['exchanged']})\s+(?:with|by)|(?:changed|revised|amended|modified|corrected)\s+to(?:\s+read)?)\s*:?\s*(?P<new>{new})(?:\s*,?\s+(?P<often>{count}))?(?P<at>\s+(?:in|of|throughout)\s+[^:⟦]{{1,200}}?)?\s*\.?\s*$", re.IGNORECASE | re.DOTALL)
        self.struck_passive = Pattern(rf"(?P<old>{old}){into}\s+{be}\s+(?:hereby\s+)?(?:{w['repealed']})(?P<from>\s+from\s+.{{1,200}}?)?\s*\.?\s*$", re.IGNORECASE | re.DOTALL)
        self.put_passive = Pattern(rf"(?P<new>{new})\s+{be}\s+(?:hereby\s+)?(?:added|inserted)\s+(?:{side}\s+(?P<old>{old}){into}|(?P<where>at\s+the\s+(?:end|beginning))(?:\s+of\s+(?P<within>.{{1,200}}?))?)\s*\.?\s*$", re.IGNORECASE | re.DOTALL)
        self.unit_passive = Pattern(rf"(?:A|The\s+following)\s+(?:new\s+)?(?P<unit>{unit})(?:\s*,?\s*(?:numbered\s+|number\s+|no\.\s+)?(?P<mark>{MARKER}))?\s*,?\s+{be}\s+(?:hereby\s+)?(?:added|inserted)(?:\s*,?\s*{side}\s+(?P<at>[^:⟦]{{1,160}}?)|\s+(?P<where>at\s+the\s+(?:end|beginning))(?:\s+of\s+(?P<within>[^:⟦]{{1,160}}?))?|\s+(?:to|in)\s+(?P<to>[^:⟦]{{1,160}}?))?{follows}\s*$", re.IGNORECASE | re.DOTALL)
        self.renumbered_passive = Pattern(rf"(?P<from>[^⟦]{{1,200}}?),?\s+{be}\s+(?:hereby\s+)?(?:{w['renumbered']})\s+(?:as\s+|to\s+)?(?P<to>(?:(?:the\s+)?(?:new\s+)?{unit}\s+)?(?:{LIST}))(?:\s*,?\s*respectively)?\s*\.?\s*$", re.IGNORECASE)
        self.effective = Pattern(rf"\s*(?P<when>{DATE_WORDS})\s*,\s*", re.IGNORECASE)
        self.tail = Pattern(rf"\s*,?\s*(?P<when>{DATE_WORDS})\s*\.?\s*$", re.IGNORECASE)
        self.excepted = Pattern(r"\s*,?\s*(?:except|but\s+not|other\s+than)\s+(?:in|for|where\s+it\s+(?:appears|occurs)\s+in)\s+(?P<kept>[^,;:⟦]{1,120}?)\s*(?=[.,;]|$)", re.IGNORECASE)
        self.begins = Pattern(rf"\s*(?:{w['strike']}|{w['insert']}|{w['replace']}|{w['change']}|{w['swap']}|{w['renumber']})\b", re.IGNORECASE)
        passives = "|".join((w["amended"], w["repealed"], w["exchanged"], w["renumbered"], "added", "inserted"))
        self.passive = Pattern(rf"\b(?:is|are|be|been|by)\s+(?:hereby\s+|further\s+|also\s+|amended\s+and\s+)*(?:{passives}|(?:{w['strike']}|{w['insert']}|{w['replace']}))\b", re.IGNORECASE)
        self.starts = Pattern(rf"\s*(?:\(?\w{{1,3}}[.)]\s+)?(?:(?:effective|in|at|within|from|under|after|before|by)\b.{{0,300}}\b)?(?:{w['strike']}|{w['insert']}|{w['replace']}|{w['change']}|{w['swap']}|{w['renumber']})\b.{{0,200}}?[\"“‘'\d(]", re.IGNORECASE)
        self.new_name = Pattern(r"\b(?:(?:the\s+)?(?:newly|new)\s+(?:re)?designated\s+|,?\s*(?:as\s+)?(?:added|amended)\s+by\s+(?:section\s+)?.*$)", re.IGNORECASE)


    def may_be(self, words: str) -> bool:
        """Whether a sentence need be read at all: it begins with a verb of a change, or says in the passive that something is changed."""
        return self.begins.match(words) is not None or self.starts.match(words) is not None or self.passive.search(words) is not None


_KNOWN: dict[str, Grammar] = {}


def grammar_of(profile: Profile) -> Grammar:
    """The grammar of a profile's words, made once."""
    known = _KNOWN.get(profile.sha256)
    if known is None:
        known = _KNOWN[profile.sha256] = Grammar(dict(profile.said))
    return known
