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
NTH_WORDS = r"first|second|third|fourth|fifth|last|final"
_VERBS = ("strike", "insert", "replace", "change", "swap", "renumber")


class Grammar:
    """The patterns of one profile's words. ``said`` gives each role's words as one alternation."""

    def __init__(self, said: Mapping[str, str]) -> None:
        w = dict(said)
        self.names = Words(w)
        thing = rf"(?:(?:the|a|an|this|these|following|new|same)\s+)*(?:{w['thing']})(?:\s+(?:{w['thing']}|of|to))?\s*,?:?\s*"
        mark = rf"(?:the|a|an)\s+(?:(?:final|concluding|closing|ending|last)\s+)?(?:{w['mark']})(?:\s+mark)?(?!\w)"
        by = r"(?:immediately\s+|directly\s+|right\s+)?(?:after|before|following|preceding)"
        which = rf"(?:the\s+|all\s+of\s+the\s+)?(?:(?:{NTH_WORDS}|each|every|all|both|two)\s+)?(?:(?:{w['instance']})\s+(?:of|to)\s+)?"
        words = rf"(?:{which}(?:{thing})?{QUOTE}|{mark}\s+{by}\s+(?:{thing})?{QUOTE}|{mark})"
        where = r"(?:(?:at|and)\s+(?:the\s+)?(?:very\s+)?(?:end|beginning|start)(?:\s+(?:thereof|of\s+the\s+(?:sentence|paragraph|subsection|item|section|subparagraph)))?)"
        numbers = r"two|three|four|five|six|seven|eight|nine|ten|\d{1,2}"
        appears = r"(?:\s+(?:that\s+)?(?:it|they|the\s+(?:phrase|word|term|words))?\s*(?:appears?|occurs?|is\s+used|stands?)(?:\s+(?:therein|in\s+it))?)?"
        count = rf"(?:wherever|everywhere|throughout|in\s+(?:each|every|all)\s+(?:place|instance|location)s?|(?:each|every)\s+(?:time|place|instance)|in\s+both\s+places|both\s+(?:times|places)|(?:in\s+)?(?:all\s+)?(?:{numbers})\s+(?:times|places|instances)|the\s+(?:first|second|third|last)\s+(?:time|place|instance)){appears}"
        old = rf"{words}(?:,?\s+(?:{where}|{count}))*,?"
        several = rf"(?:{thing})?{QUOTE}(?:\s*,\s*(?:{thing})?{QUOTE}){{0,20}}\s*,?\s+and\s+(?:{thing})?{QUOTE}"
        place = rf"(?:\s*,?\s*(?:{w['instead']}))?"
        strike, insert, replace_ = rf"(?:{w['strike']})", rf"(?:{w['insert']})", rf"(?:{w['replace']})"
        verbs = "|".join(w[role] for role in _VERBS)
        new = rf"(?:(?:in\s+(?:lieu|place)\s+thereof|instead)\s*,?:?\s+)?(?:{thing})?{QUOTE}|(?:in\s+(?:lieu|place)\s+thereof\s+)?{mark}"
        unit = rf"(?:{w['unit']})"
        self.begins_quoted = Pattern(rf"^{words}", re.IGNORECASE)
        self.count = Pattern(count, re.IGNORECASE)
        self.mark_beside = Pattern(rf"(?P<mark>{mark})\s+{by}\s+(?:{thing})?{QUOTE}", re.IGNORECASE)
        self.many = Pattern(rf"\b(?:each|every|all)\b|^(?!.*\bthe\b).*\b(?:{w['instance']})(?<=s)\s+(?:of|to)\b", re.IGNORECASE)
        self.counted = Pattern(rf"\b(?:{NTH_WORDS})\s+(?:{w['counted']})\b", re.IGNORECASE)
        inside = r"[^⟦:;]{1,200}?(?:definition\s+of\s+(?:the\s+(?:term|word)\s+)?⟦\d+⟧[^⟦:;]{0,120}?)?"
        into = rf"(?:\s+(?P<in>(?:in|of|from|to|throughout)\s+{inside})(?:,?\s+(?P<often1>{count}))?)?"
        tail = rf"(?:\s*,?\s+(?P<often>{count}))?(?:\s+(?P<in2>(?:in|of|from|throughout)\s+{inside}))?"
        side = r"(?:immediately\s+|directly\s+|right\s+)?(?P<side>after|before|following|preceding|behind)"
        reading = r"(?:\s*,?\s*(?:to\s+read|reading|which\s+reads?|as\s+follows|to\s+read\s+as\s+follows|the\s+following))*"
        follows = rf"{reading}\s*(?::\s*(?P<text>.*))?"
        a_new = r"(?:a\s+|the\s+following\s+(?:as\s+)?(?:an?\s+)?|the\s+)?(?:following\s+)?new\s+"
        added = rf"(?P<unit>{unit})(?:\s+(?:numbers?|no\.)?\s*(?P<mark>{MARKER}))?"
        some_words = r"(?:the\s+following|a)\s+(?:new\s+)?(?:sentence|words?|phrase|language)"
        defined = r"definition\s+of\s+(?:the\s+(?:term|word)\s+)?⟦\d+⟧[^:⟦]{0,120}?"
        spot = rf"(?P<at>[^:⟦]{{1,120}}?(?:{defined})?)"
        somewhere = rf"(?:\s*,?\s*{side}\s+{spot}|\s*,?\s*(?P<where>at\s+the\s+(?:end|beginning))(?:\s+of\s+(?P<within>[^:⟦]{{1,120}}?))?|\s+(?:to|in)\s+(?!read\b|its\b)(?P<to>[^:⟦]{{1,120}}?))?"
        at_end = r"(?P<where>at\s+(?:the\s+)?(?:end|beginning|start))(?:\s+thereof)?(?:\s+(?:of|in|to)\s+(?P<within>[^:⟦,]{1,160}?))?"
        it_with = r"(?:\s+(?:it|them)\s+(?:with|by))?"
        anew = rf"(?:\s+the\s+following{follows}|\s+(?P<new>(?:{thing})?{QUOTE})|\s*:\s*(?P<text2>.+))"
        forms = [
            ("exchanged", rf"{strike}\s+(?P<old>{old}){into}\s*,?\s+(?:and\s+)?(?:by\s+)?(?:{insert}|{replace_}{it_with})(?:ing)?\s*,?\s*(?:(?:in\s+its\s+place|in\s+their\s+place)\s*,?\s+)?(?P<new>{new}){place}{tail}"),
            ("replaced", rf"{replace_}\s+(?P<old>{old}){into}\s+(?:with|by)\s+(?P<new>{new}){tail}"),
            ("replaced", rf"(?:{w['change']})\s+(?P<old>{old}){into}\s+(?:to\s+read|to|into)\s+(?P<new>{new}){tail}"),
            ("substituted", rf"(?:{w['swap']})\s+(?P<new>{new})\s+(?:for|in\s+place\s+of|in\s+lieu\s+of)\s+(?P<old>{old}){into}"),
            ("put-beside", rf"{insert}\s+(?P<new>{new})\s+{side}\s+(?P<old>{old}){into}"),
            ("put-beside", rf"{side}\s+(?P<old>{old}){into}\s*,?\s+{insert}\s+(?P<new>{new})"),
            ("put-at", rf"{insert}\s+(?P<new>{new})\s+{at_end}"),
            ("put-at", rf"{insert}\s+{at_end}\s*,?\s+(?:{some_words}{reading}\s*:?\s*)?(?P<new>{new})"),
            ("put-at", rf"{insert}\s+{some_words}\s+{at_end}{reading}\s*:?\s*(?P<new>{QUOTE})"),
            ("struck", rf"{strike}\s+(?P<all>{several}){into}(?:,?\s+(?P<often>{count}))?"),
            ("struck", rf"{strike}\s+(?P<old>{old}){into}"),
            ("exchanged", rf"(?:wherever|everywhere|(?:each|every)\s+time)\s+(?P<old>{words})\s+(?P<often>appears?|occurs?|is\s+used)(?:\s+(?P<in>(?:in|throughout)\s+[^⟦:;]{{1,200}}?))?\s*,\s+(?:{replace_}\s+it\s+(?:with|by)|(?:{w['change']})\s+it\s+to(?:\s+read)?)\s+(?P<new>{new})"),
            ("unit-added", rf"{insert}\s+(?:in\s+(?:numerical|alphabetical|the\s+proper)\s+order\s+)?{a_new}{added}{somewhere}{follows}"),
            ("unit-added", rf"{insert}\s+{side}\s+{spot}\s*:\s*(?P<text>.+)"),
            ("unit-added", rf"{insert}\s+(?:the\s+following\s+{at_end}{follows}|{at_end.replace('?P<where>', '?P<where2>').replace('?P<within>', '?P<within2>')}\s*(?:,?\s+the\s+following{follows.replace('?P<text>', '?P<text3>')}|:\s*(?P<text2>.+)))"),
            ("unit-added", rf"{side}\s+{spot}\s*,?\s+{insert}\s+(?:{a_new}|the\s+following\s+){added}{follows}"),
            ("unit-added", rf"{insert}\s+{at_end}\s*,?\s+(?:{a_new}|the\s+following\s+){added}{follows}"),
            ("unit-added", rf"{insert}\s+the\s+following\s+(?P<unit>{unit}){somewhere}{follows}"),
            ("unit-added", rf"{insert}\s+(?:the\s+following\s+)?(?:as\s+)(?:an?\s+)?(?:new\s+)?(?P<unit>{unit})\s+(?:numbers?\s+|no\.\s+)?(?P<mark>{MARKER})(?:\s+(?:of|in|to)\s+(?!read\b)(?P<to>[^:⟦]{{1,120}}?))?{follows}"),
            ("unit-added", rf"{insert}\s+(?:the\s+following\s+)?(?P<unit>{unit})\s+(?:numbers?\s+|no\.\s+)?(?P<mark>{MARKER})\s*(?:\s+to\s+(?!read\b)(?P<to>[^:⟦]{{1,120}}?))?{follows}"),
            ("renumbered", rf"(?:{w['renumber']})\s+(?P<from>[^:⟦]{{1,160}}?)\s+(?:as|to|to\s+be)\s+(?P<to>(?:(?:the\s+)?(?:new\s+)?{unit}\s+)?(?:{LIST}))(?:\s*,?\s*respectively)?"),
            ("renumbered", rf"(?:{w['renumber']})\s+it\s+as\s+(?P<to>(?:{unit}\s+)?(?:{MARKER}))"),
            ("restated", rf"(?:{strike}\s+and\s+)?{replace_}\s+(?P<from>[^:⟦]{{1,160}}?)(?:\s+in\s+(?:its|their)\s+entirety)?\s+(?:with|by){anew}"),
            ("restated", rf"{strike}\s+(?P<from>[^:⟦]{{1,160}}?)\s*,?\s+and\s+(?:{replace_}(?:\s+(?:it|them))?\s+(?:with|by)|{insert}(?:\s+in\s+its\s+place)?){anew}"),
            ("exchanged", rf"(?:{w['change']})\s+(?P<place>[^:⟦]{{1,160}}?)\s+from\s+(?P<old>(?:{thing})?{QUOTE})\s+to\s+(?P<new>{new})"),
            ("restated", rf"(?:{w['change']})\s+(?P<from>[^:⟦]{{1,160}}?)\s+to\s+read{follows}(?P<new>{QUOTE})?"),
            ("deleted", rf"{strike}\s+from\s+(?P<around>[^:⟦]{{1,120}}?)\s*:\s*(?P<from>[^:⟦]{{1,160}}?)"),
            ("deleted", rf"{strike}\s+(?P<from>[^:⟦]{{1,160}}?)(?:\s+in\s+(?:its|their)\s+entirety)?"),
        ]  # fmt: skip
        label = r"(?:\(?[A-Za-z0-9]{1,3}[.)]\s+)?"
        inner = r"(?:in|at|within|from)\s+(?P<inner>[^⟦:;,]{1,120}?)\s*,?\s+"
        ahead = rf"{label}(?:by\s+)?(?:then\s+)?(?:(?:in|at|within|from)\s+[^⟦:;,]{{1,120}}?\s*,?\s+)?(?:by\s+)?(?:(?:{verbs})\b|{by}\s+(?:{thing})?{QUOTE})"
        end = rf"(?=\s*(?:[.;](?:\s|$)|:\s*|,?\s*$|,?\s+(?:and|then)\s+{ahead}|,\s*(?:and\s+)?{ahead}|;))"
        self.forms = tuple((name, Pattern(form + end, re.IGNORECASE | re.DOTALL)) for name, form in forms)
        self.joint = Pattern(rf"\s*(?:[;,.]\s*)*(?:(?:and|then)\s+)*(?P<label>{label})(?:by\s+)?(?:then\s+)?(?:{inner}(?:by\s+)?(?=(?:{verbs})\b))?", re.IGNORECASE)
        # What may stand behind "In Section 8,": words, a part, a new part, or a verb.
        begun = rf"(?:(?:the|an?|all|each|every)\s+(?:new\s+|following\s+)?)?(?:{w['thing']}|{w['mark']}|{unit}|{w['instance']}|{NTH_WORDS})\b|⟦|(?:{verbs})\b|{by}\s|wherever\s"
        self.within = Pattern(rf"(?P<how>In|At|Within|From|Under|Throughout)\s+(?=[^:]{{1,300}}?,\s+(?:{begun}))", re.IGNORECASE)
        self.begun = Pattern(rf"\s*,\s+(?={begun})", re.IGNORECASE)
        self.at_an_end = Pattern(r"(?:the\s+)?(?:very\s+)?(?P<where>end|beginning|start)\s+of\s+(?P<unit>.+)", re.IGNORECASE | re.DOTALL)
        self.insert = Pattern(rf"\s*{insert}\b", re.IGNORECASE)
        how = "hereby|further|also|temporarily|partially|partly|permanently|immediately"
        be = r"(?:is|are|shall\s+be|(?:has|have)\s+been)"
        self.lead = Pattern(rf"(?P<target>.{{1,500}}?),?\s+(?:is|are|shall\s+be)\s+(?:hereby\s+|further\s+|also\s+|amended\s+and\s+)*(?:{w['amended']})?(?:\s+as\s+follows|\s+(?P<read>to\s+read)\s+as\s+follows)?\s*(?::|,|\bby\b:?)?\s*$", re.IGNORECASE | re.DOTALL)
        self.lead_in = Pattern(rf"\s*(?:In|Within|Under|At)\s+(?P<in>[^:⟦]{{1,200}}?)\s*[,:]?\s*$|(?:[^⟦:]{{0,60}}?\b)(?:changes|amendments|revisions|modifications|corrections)\s+(?:{be}\s+(?:hereby\s+)?made\s+)?(?:to|in|of)\s+(?P<to>[^:⟦]{{1,200}}?)\s*(?:{be}\s+(?:hereby\s+)?made\s*)?[:.]?\s*$|(?:{w['change']})\s+(?P<of>[^:⟦]{{1,200}}?)\s+as\s+follows\s*:?\s*$", re.IGNORECASE)
        self.amended = Pattern(rf"(?P<target>.{{1,500}}?),?\s+(?:(?:is|are|shall\s+be)\s+(?:hereby\s+|further\s+|also\s+)*(?:(?:{w['amended']})\s*,?\s+)?(?:(?P<when>{DATE_WORDS})\s*,?\s+)?(?:{inner})?(?:by\s+|to\s+)?|by\s+)(?={label}(?:{verbs})\b)", re.IGNORECASE | re.DOTALL)
        self.amend = Pattern(rf"(?:{w['change']})\s+(?P<target>[^:⟦]{{1,300}}?)\s*,?\s+(?:by|as\s+follows\s*:)\s+(?={label}(?:{verbs})\b)", re.IGNORECASE)
        self.to_read = Pattern(rf"(?P<target>.{{1,300}}?),?\s+(?:{be}\s+(?:hereby\s+|further\s+)*(?:{w['amended']})(?:\s+in\s+(?:its|their)\s+entirety)?(?:(?P<read>\s*,?\s+(?:to\s+(?:now\s+)?read|to\s+state))(?:\s*,?\s*(?:in\s+(?:its|their)\s+entirety\s*,?\s*)?as\s+follows)?|\s+as\s+follows)|shall\s+(?:now\s+)?(?P<shall>read)(?:\s+as\s+follows)?(?=\s*(?::|$)))\s*:?\s*(?P<text>.*)", re.IGNORECASE | re.DOTALL)
        self.replaced_unit = Pattern(rf"(?P<from>[^:⟦]{{1,300}}?),?\s+{be}\s+(?:hereby\s+)?(?:(?:(?:{w['repealed']})(?:\s+in\s+(?:its|their)\s+entirety)?\s+and\s+)?(?:{w['exchanged']})(?:\s+in\s+(?:its|their)\s+entirety)?\s+(?:with|by)|(?:{w['amended']})\s+to){anew}\s*\.?\s*$", re.IGNORECASE | re.DOTALL)
        self.repealed = Pattern(rf"(?P<target>.{{1,700}}?),?\s+{be}\s+(?:hereby\s+)?(?:{w['repealed']})(?:\s+in\s+(?:its|their)\s+entirety)?(?P<when>\s*,?\s*(?:{DATE_WORDS}|as\s+of\s+the\s+date\s+that\s+.{{1,300}}?))?\s*\.?\s*$", re.IGNORECASE | re.DOTALL)
        self.speaks = Pattern(rf"(?P<target>.{{1,300}}?),?\s+(?:becomes?\s+(?:the\s+)?(?:new\s+)?{unit}\s|{be}\s+(?:(?:{how})\s+)*(?:(?:{w['amended']})\s+(?:by|in|to|from)\b|(?:{w['repealed']}|{w['other']}|{w['exchanged']}|{w['renumbered']}|{w['retitled']}|added|inserted)\b))", re.IGNORECASE | re.DOTALL)
        self.exchanged_passive = Pattern(rf"(?P<old>{old}){into}\s+{be}\s+(?:hereby\s+)?(?:(?:{w['exchanged']})\s+(?:with|by)|(?:changed|revised|amended|modified|corrected)\s+to(?:\s+read)?)\s*:?\s*(?P<new>{new})(?:\s*,?\s+(?P<often>{count}))?(?P<in2>\s+(?:in|of|throughout)\s+[^:⟦]{{1,200}}?)?\s*\.?\s*$", re.IGNORECASE | re.DOTALL)
        self.changed_from = Pattern(rf"(?P<place>[^:⟦]{{1,160}}?)\s+{be}\s+(?:hereby\s+)?(?:{w['amended']})\s+from\s+(?P<old>(?:{thing})?{QUOTE})\s+to\s+(?P<new>{new})\s*\.?\s*$", re.IGNORECASE)
        self.what_in = Pattern(rf"(?:the\s+)?(?:{w['thing']})(?:\s+of\s+\w+)?\s+(?:in|of|from)\s+(?=(?:the\s+)?(?:{unit}|{w['rule']}|{w['counted']}|{NTH_WORDS}|§))", re.IGNORECASE)
        self.struck_passive = Pattern(rf"(?:(?P<all>{several})|(?P<old>{old})){into}\s+{be}\s+(?:hereby\s+)?(?:{w['repealed']})(?:\s*,?\s+(?P<often>{count}))?(?P<in2>\s+(?:from|in|throughout)\s+[^:⟦]{{1,200}}?)?(?:,?\s+and\s+(?P<new>{new})\s+{be}\s+(?:inserted|added|{w['exchanged']}){place})?\s*\.?\s*$", re.IGNORECASE | re.DOTALL)
        self.put_passive = Pattern(rf"(?P<new>{new})\s+{be}\s+(?:hereby\s+)?(?:added|inserted)\s+(?:{side}\s+(?P<old>{old}){into}|{at_end})\s*\.?\s*$", re.IGNORECASE | re.DOTALL)
        self.words_passive = Pattern(rf"{some_words}\s+{be}\s+(?:hereby\s+)?(?:added|inserted)\s+{at_end}{reading}\s*:?\s*(?P<new>{QUOTE})\s*\.?\s*$", re.IGNORECASE | re.DOTALL)
        self.unit_passive = Pattern(rf"(?:(?:An?|The\s+following)\s+(?:new\s+)?(?P<unit>{unit})(?:\s*,?\s*(?:numbered\s+|number\s+|no\.\s+)?(?P<mark>{MARKER}))?\s*,?\s+{be}\s+(?:hereby\s+)?(?:added|inserted){somewhere}|The\s+following\s+{be}\s+(?:hereby\s+)?(?:added|inserted)\s+as\s+(?:an?\s+)?(?:new\s+)?{unit}\s+(?P<mark2>{MARKER})(?:\s+(?:of|in|to)\s+(?!read\b)(?P<to2>[^:⟦]{{1,160}}?))?){follows}\s*$", re.IGNORECASE | re.DOTALL)
        self.renumbered_passive = Pattern(rf"(?P<from>[^⟦]{{1,200}}?),?\s+(?:{be}\s+(?:hereby\s+)?(?:{w['renumbered']})\s+(?:as\s+|to\s+)?|becomes?\s+(?=(?:the\s+)?(?:new\s+)?{unit}\s))(?P<to>(?:(?:the\s+)?(?:new\s+)?{unit}\s+)?(?:{LIST}))(?:\s*,?\s*respectively)?\s*\.?\s*$", re.IGNORECASE)
        self.added_passive = Pattern(rf"(?P<target>[^:⟦]{{1,300}}?),?\s+{be}\s+(?:hereby\s+)?(?:added|inserted)(?:\s+to\s+(?!read\b)(?P<to>[^:⟦]{{1,160}}?))?{follows}\s*$", re.IGNORECASE | re.DOTALL)
        self.retitled = Pattern(rf"(?P<from>[^:⟦]{{1,300}}?),?\s+{be}\s+(?:hereby\s+)?(?:{w['retitled']})\s+(?:as\s+)?(?P<new>{QUOTE})\s*\.?\s*$", re.IGNORECASE)
        self.portion = Pattern(rf"\b(?:{w['portion']})\s+(?:\w+\s+){{0,6}}?(?:of|in)\s+(?:the\s+)?(?:\w+\s+)?(?:(?:{w['rule']})\s|§)", re.IGNORECASE)
        self.both = Pattern(rf"\s*(?:,?\s+and\s+|;\s+(?:and\s+)?)(?=(?:the\s+)?(?:(?:{unit}|{w['rule']}|{NTH_WORDS})\s|§))", re.IGNORECASE)
        self.own = Pattern(rf"\s*(?:this\s+(?:\w+\s+){{0,2}}?(?:{w['rule']}|{w['beyond']})\s+(?:hereby\s+)?|please\s+|(?:\w+\s+){{1,5}}?hereby\s+)(?=(?:{verbs})\b)", re.IGNORECASE)
        self.lies_in = Pattern(rf"⟦\d+⟧[^⟦]{{0,40}}\b(?:in|of|from|to)\s+(?:the\s+)?(?:(?:{unit}|{w['rule']})\s+{MARKER}|§)", re.IGNORECASE)
        self.narrows = Pattern(rf"\b(?:{w['unit']}|{w['counted']}|{w['face']}|{w['portion']}|only|except|not|if|unless|when|until)\b", re.IGNORECASE)
        self.by = Pattern(rf"\s*by:?\s+(?=(?:{verbs})\b)", re.IGNORECASE)
        self.effective = Pattern(rf"\s*(?P<when>{DATE_WORDS})\s*,\s*", re.IGNORECASE)
        self.tail = Pattern(rf"\s*,?\s*(?P<when>{DATE_WORDS})\s*\.?\s*$", re.IGNORECASE)
        self.excepted = Pattern(r"\s*,?\s*(?:except|but\s+not|other\s+than)\s+(?:in|for|where\s+it\s+(?:appears|occurs)\s+in)\s+(?P<kept>[^,;:⟦]{1,120}?)\s*(?=[.,;]|$)", re.IGNORECASE)
        self.begins = Pattern(rf"\s*(?:{verbs})\b(?!\s+(?:is|are|was|were|has|have|had|will|shall|may)\b)", re.IGNORECASE)
        self.other = Pattern(rf"\s*(?:{w['other']})\s+(?:the\s+)?(?:{unit}\s+{MARKER}|(?:{thing})?[⟦\"“])", re.IGNORECASE)
        self.leads = Pattern(rf"\s*(?:{by}|wherever|everywhere|(?:each|every)\s+time)\s", re.IGNORECASE)
        self.named_first = Pattern(rf"\s*(?P<target>(?:{label}(?:{unit}|{w['rule']}|§)\s)[^:⟦.;]{{1,80}}?)\s*:\s+(?=(?:{verbs})\b)", re.IGNORECASE)
        passives = "|".join((w["amended"], w["repealed"], w["exchanged"], w["renumbered"], w["retitled"], w["other"], "added", "inserted"))
        # "is", "are", "be", "been" or "by", sooner found by its first letter.
        self.passive = _small(rf"[abi](?<!\w\w)(?:s|re|e|een|y)\s+(?:(?:{how}|amended\s+and)\s+)*(?:{passives}|(?:{w['strike']}|{w['insert']}|{w['replace']}))\b")
        self.otherwise = Pattern(rf"\b(?:shall\s+(?:now\s+)?read(?=\s+as\s+follows|\s*:)|becomes?\s+(?:the\s+)?(?:new\s+)?{unit}(?=\s+\W?\w{{1,4}}\b)|hereby\s+(?:{verbs})\b)", re.IGNORECASE)
        self.starts = _small(rf"\s*(?:\(?\w{{1,3}}[.)]\s+)?(?:(?:effective|beginning|commencing|as\s+of|on|in|at|within|from|under|after|before|following|by|this|please|throughout|wherever|everywhere|each|every|if|when|unless|until|upon|once|pending)\b.{{0,300}}\b)?(?:{verbs})\b")
        # What an instruction upon words or a part must have somewhere: else none of its forms, which are long, need be tried.
        self.upon = Pattern(rf"⟦|§|\d\.\d|\b(?:{w['unit']}|{w['rule']}|{w['thing']}|{w['mark']}|{w['counted']}|{w['portion']}|heading|title)\b", re.IGNORECASE)
        self.tells_where = Pattern(rf"[\"“‘'\d(:§]|\b(?:{w['counted']}|{w['mark']}|heading|title|{w['instance']})\b", re.IGNORECASE)
        self.new_name = Pattern(r"\b(?:(?:the\s+)?(?:newly|new)\s+(?:re)?designated\s+|,?\s*(?:as\s+)?(?:added|amended)\s+by\s+(?:section\s+)?.*$)", re.IGNORECASE)
        self.changes = Pattern(rf"\b(?:{w['amended']}|{w['change']}|changes|amendments|revisions|{w['repealed']})\b", re.IGNORECASE)

    def may_be_passive(self, words: str) -> bool:
        """Whether words can be an instruction in the passive: they say that something is changed, and name a part, words or a rule."""
        return (self.passive.search(words.lower()) or self.otherwise.search(words)) is not None and self.upon.search(words) is not None

    def may_be(self, words: str) -> bool:
        """Whether a sentence need be read at all: it begins with a verb of a change, or says in the passive that something is changed."""
        small = words.lower()
        if self.begins.match(words) or self.other.match(words) or self.passive.search(small) or (self.starts.match(small) and self.tells_where.search(words)):
            return True
        return bool((":" in words and self.named_first.match(words)) or (("becom" in small or " read" in small or "hereby" in small) and self.otherwise.search(words)))


def _small(pattern: str) -> Pattern:
    """A pattern for words in small letters; quicker where it has no capitals itself."""
    return Pattern(pattern, re.IGNORECASE if re.search(r"(?<!\\)[A-Z]", pattern) else 0)


_KNOWN: dict[str, Grammar] = {}


def grammar_of(profile: Profile) -> Grammar:
    """The grammar of a profile's words, made once."""
    known = _KNOWN.get(profile.sha256)
    if known is None:
        known = _KNOWN[profile.sha256] = Grammar(dict(profile.said))
    return known
