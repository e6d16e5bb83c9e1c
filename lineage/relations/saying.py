"""How an act is said: as done, as done to a part, as denied or only thought of, or as past, to come, or hanging on something else."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from msgspec.structs import replace

from lineage.model import Day, Effect, Relation, RelationKind
from lineage.model.dates import find_dates
from lineage.relations.living import turned
from lineage.relations.merging import PLAIN_ENDS

How = Literal["done", "part", "unsaid", "open"]


class Saying(NamedTuple):
    """``open`` is an act of which the words do not say that it has come about by this paper; ``words`` are those that make it so."""

    how: How
    words: str = ""


_IF = r"if|to\s+the\s+extent|in\s*so\s*far|unless|until|till|when|whenever|once|whether|wherever|where|as\s+soon\s+as|as\s+long\s+as|in\s+the\s+event|in\s+case|provided|pending|subject\s+to|contingent|conditioned|upon|on\s+(?:approval|adoption|ratification|completion)"
# A clause that a comma closes before the act, or that follows it, and begins as a condition does.
_CLOSED = re.compile(rf"(?:^|[,;])\W*(?:and\s+|only\s+)?(?P<words>(?:{_IF})\b[^,;]*)(?=,)", re.IGNORECASE)
_FOLLOWS = re.compile(rf"\s*,?\s*(?:and\s+)?(?:only\s+)?(?P<words>(?:{_IF})\b[^,;.]*)", re.IGNORECASE)
_LAST_CLAUSE = re.compile(rf"(?:,|\s)\s*(?:and\s+|only\s+)?(?P<words>(?:{_IF})\b[^,;.:]*)[.:]?\s*$", re.IGNORECASE)
# Within the clause of the act itself, these make it a thought and no act.
_THOUGHT = re.compile(r"\b(?:if|unless|until|till|when|whenever|(?<!\bat )once|whether|as\s+soon\s+as|propos\w+|recommend\w*|suggest\w*|request(?:s|ed)?|consider\w*|contemplat\w*|assum\w*|drafts?)\b[^,;:]*$", re.IGNORECASE)
# What the paper's own coming out fulfils is no condition of its acts; that two papers do not agree only says which prevails.
_FULFILLED = re.compile(r"(?:when|once|upon|until|till)\s+(?:the\s+|its\s+|this\s+order\s+is\s+)?(?:effective|issue|issued|issuance|sign\w+|publication|publish\w+|receipt|further\s+notice)\b", re.IGNORECASE)
# A suspension lasts until a day; an end that hangs on one is not yet one.
LASTING: tuple[RelationKind, ...] = ("suspends", "resumes", "postpones", "extends")
_SPAN = re.compile(r"\s*,?\s*(?P<words>(?:for\s+(?:a\s+period\s+of\s+)?\w+(?:\s*\(\w+\))?\s+(?:days?|weeks?|months?|hours?|years?)|through\s+\w+|(?:until|till|pending)\s+(?!further)\w+)[^;.]{0,80})", re.IGNORECASE)
_LASTS = re.compile(r"until|till|pending|when|once", re.IGNORECASE)
_PREVAILS = re.compile(r"conflict|inconsisten|discrepan|differs?\b|disagree|contradict", re.IGNORECASE)
_PAST_OR_TO_COME = re.compile(r"\b(?:was|were|has\s+been|have\s+been|had\s+been|will\s+be|shall\s+be|(?:is|are)\s+(?:scheduled\s+|due\s+|about\s+)?to\s+be)\b", re.IGNORECASE)
_PAST = re.compile(r"\b(?:was|were|(?:has|have|had)\s+been)\b", re.IGNORECASE)
_PART_BEFORE = re.compile(r"\b(?:paragraphs?|sub(?:section|paragraph)s?|items?|parts?|portions?|provision|pages?|sentences?|lines?|appendi(?:x|ces)|attachments?|addend(?:um|a))\b[^,;.]{0,40}\b(?:of|in|to|from)\s+(?:the\s+)?$", re.IGNORECASE)
# Of a sentence in the passive: what is ended is not the rule but something that the rule only bears on ("privileges under Section 3.10 are revoked"), or a part of it.
_BORNE_ON = re.compile(r"\b(?:under|by|per|pursuant\s+to|accordance\s+with|according\s+to|as\s+in|required\s+in|listed\s+in)\s+(?:the\s+)?$", re.IGNORECASE)
# Behind these the rule may be what is ended, or not: "together with Order 7, Order 8 is rescinded", "the fee for Order 7 is cancelled".
_UNCLEAR = re.compile(r"\b(?:with|for|at|through|within|on|after|since)\s+(?:the\s+)?$", re.IGNORECASE)
_OF_IT = re.compile(r"(?P<what>\b[\w-]+(?:\s+[\w-]+)?)\s+(?:of|in|to|from)\s+(?:the\s+)?$", re.IGNORECASE)
_WHOLE_OF_IT = re.compile(r"\b(?:provisions|requirements|terms|contents|whole|all|entirety|dates?|implementation|operation|enforcement|effect|version|edition|text|addition|pursuant|regard|reference|respect|relation|due|prior|according)$", re.IGNORECASE)
_OF_A_LAW = re.compile(r"[^.;]{0,20}?\bof\s+(?:the\s+)?(?:[A-Z][\w.]*\s+){0,4}(?:Codes?|Statutes?|Acts?|Constitution|Ordinances?|Regulations?)\b")
_ITEM_BEHIND = re.compile(r"^[\s,(–-]*(?:\(\w{1,4}\)|(?:sections?|articles?|chapters?|§+)\s*(?:[IVXLC]{1,6}|[A-Z]|\d{1,2})(?![\w.-]*\w)|(?:paragraphs?|sub(?:section|paragraph)s?|items?|parts?|appendi(?:x|ces)|attachments?|addend(?:um|a)|pages?)\b)", re.IGNORECASE)
# Of a sentence in the active: a person does it to something.
_A_PERSON = re.compile(r"\b(?:supervisors?|members?|officers?|sergeants?|lieutenants?|captains?|employees?|personnel|dispatchers?|detectives?|clerks?|courts?|judges?|who|he|she|they)\s+(?:\w+ly\s+)?$", re.IGNORECASE)
_ANOTHER = re.compile(r"(?:[Ss]ections?|[Oo]rders?|[Pp]olicy|[Dd]irective|[Bb]ulletin|[Pp]rocedure|§)\s*(?:[Nn](?:o|umber)\.?\s*)?(?P<number>[\w.-]*\d[\w.-]*)\s*(?:\([^)]{0,40}\)\s*)?(?:hereby\s+)?$")
_BY_ANOTHER = re.compile(r"\s*,?\s*by\s+(?!this\b|the\s+(?:adoption|issuance|publication)\s+of\s+this)(?P<words>[^,;.]{1,60})", re.IGNORECASE)
_PART_WITHIN = re.compile(r"\b(?:partially|partly|in\s+part)\b", re.IGNORECASE)
_PART_AFTER = re.compile(r"\s*,?\s*(?:but\s+)?(?:only\s+)?(?:as\s+to\b|as\s+it\s+(?:applies|relates|pertains)|as\s+they\s+(?:apply|relate|pertain)|in\s+so\s+far|insofar|to\s+the\s+extent|in\s+part\b|partially|partly|except\b|excepting|with\s+the\s+exception|other\s+than|only\b)", re.IGNORECASE)

# What is told by others is no act of this paper; that its readers are told of it is how some papers act.
_TOLD = re.compile(r"\bthat\s+(?:the\s+)?$", re.IGNORECASE)
_TELLING = re.compile(r"\bthis\s+(?:order|memo\w*|notice|bulletin|directive)\b|\b(?:are|is|be)\s+(?:hereby\s+)?(?:advised|notified|informed|reminded|ordered|noted|directed)\b|\b(?:please\s+)?note\s+that\s+(?:the\s+)?$", re.IGNORECASE)
_DENIED = re.compile(r"\b(?:not|nor|no|never|neither|cannot|\w+n['\u2019]t)\b", re.IGNORECASE)
_NO_PART = re.compile(r"\bno\s+(?:part|portion|provision|section|paragraph)s?\s+of\s+(?:the\s+)?$", re.IGNORECASE)
_LEFT_OUT = re.compile(r"\b(?:except(?:ing)?(?:\s+for)?|other\s+than|apart\s+from|excluding|not\s+including|save(?:\s+for)?|but(?:\s+for)?|with\s+the\s+exception\s+of)\s+(?:the\s+)?$", re.IGNORECASE)
_LEAVES_OUT = re.compile(r"^\W*(?:except(?:ing)?\b|other\s+than\b|apart\s+from\b|excluding\b|with\s+the\s+exception\b)", re.IGNORECASE)
_FOR_A_TIME = re.compile(r"\b(?:temporarily|provisionally|conditionally|previously|formerly|already|recently)\b", re.IGNORECASE)
_ONCE_DONE = re.compile(r"(?:rescinded|superseded|cancell?ed|revoked|repealed|replaced)\b", re.IGNORECASE)
# A tail that may narrow an end: to some, to a place, to a time.
_NARROWED = re.compile(r"\s*,?\s*(?:but\s+)?(?:only\s+)?(?:for|at|in|within|with|during|as)\s+(?!(?:its|their)\s+entirety|full\b|whole\b|(?:the\s+)?(?:following\s+)?reasons?\b|immediate\s+effect|(?:the\s+)?(?:issu|publi|implement|adopt|releas)\w+\s+of\s+(?:this|the\s+new)|of\b|follows\b|a\s+result|(?:indicated|listed|shown|noted|described)\b|part\b|this\s+time|once\b|accordance\b|it\s+(?:applies|relates|pertains)|they\b|to\b|so\s+far|favor\s+of)(?P<words>[^,;.]{1,80})", re.IGNORECASE)


def conditional(words: str) -> bool:
    """Whether an act is said to hang on something: a clause closed by a comma before it, or one that ends the sentence.

    >>> conditional("Pending approval, Section 3.10 is amended"), conditional("Section 3.10 is amended upon issuance"), conditional("Section 3.10 is amended, if the Chief agrees.")
    (True, False, True)
    """
    closed = [m for m in _CLOSED.finditer(words) if not _FULFILLED.match(m["words"])]
    last = _LAST_CLAUSE.search(words)
    return bool(closed) or (last is not None and not _FULFILLED.match(last["words"]))


def saying(words: str, match: re.Match[str], kind: RelationKind, *, several: bool = False, own: str | None = None) -> Saying:
    """How the act that matches in a sentence is said there; ``match`` has the group ``target``, ``several`` where that names more than one rule; ``own`` is the
    number of the paper itself.

    >>> def of(words): return saying(words, re.search(r"(?P<target>Order \\d+) is rescinded", words), "rescinds").how
    >>> of("Order 7 is rescinded."), of("If Order 7 is rescinded, return the key."), of("Pending approval, Order 7 is rescinded."), of("Order 7 is rescinded as to reserves.")
    ('done', 'unsaid', 'open', 'part')
    """
    before, after = words[: match.start()], words[match.end() :]
    clauses = [found for found in _CLOSED.finditer(before) if not _FULFILLED.match(found["words"])]
    if any(_PREVAILS.search(found["words"]) for found in clauses):
        return Saying("unsaid")
    near = before[before.rfind(",") + 1 :] if _CLOSED.search(before) else before
    if turned(near, match.group()) or _THOUGHT.search(near):
        return Saying("unsaid")
    if _NO_PART.search(words[: match.start("target")]) or _LEFT_OUT.search(words[: match.start("target")]):
        return Saying("unsaid")
    passive = match.start() == match.start("target")
    behind = words[match.end("target") : match.end()]
    if passive and kind in (*PLAIN_ENDS, "suspends") and (of := _own_subject(behind)) != "the rule":
        return Saying("open", words[match.start() : match.end()][:160].strip()) if of == "unclear" else Saying("unsaid")
    if _OF_A_LAW.match(behind if passive else after) or (_BORNE_ON.search(before) if passive else _A_PERSON.search(before)):
        return Saying("unsaid")
    if _TOLD.search(before) and _DENIED.search(before):
        return Saying("unsaid")
    if _TOLD.search(before) and not _TELLING.search(before):
        return Saying("open", words[: match.end()][-160:].strip())
    if _in_quotes(before) or (kind in PLAIN_ENDS and (_FOR_A_TIME.search(match.group()) or (not passive and _ONCE_DONE.match(match.group())))):
        return Saying("open", words[: match.end()][-160:].strip())
    told = _PAST_OR_TO_COME.search(words, match.end("target"), match.end()) if kind in PLAIN_ENDS else None
    follows = _FOLLOWS.match(after)
    if follows and (_FULFILLED.match(follows["words"]) or (kind in LASTING and _LASTS.match(follows["words"]))):
        follows = None
    if passive and kind in PLAIN_ENDS and _UNCLEAR.search(before):
        return Saying("open", words[: match.end()][-160:].strip())
    if not passive and (subject := _ANOTHER.search(before)) and subject["number"].lower() != (own or "").lower():
        return Saying("open", words[subject.start() : match.end()][:160])
    hangs = follows or next(iter(clauses), None) or (_BY_ANOTHER.match(after) if passive and kind in PLAIN_ENDS else None)
    if hangs is not None or told is not None:
        return Saying("open", (words[match.start() :] if told is not None or hangs is None else hangs["words"]).strip(" .,")[:160])
    if kind in PLAIN_ENDS and not _PART_AFTER.match(after) and (narrowed := _NARROWED.match(after)):
        return Saying("open", narrowed.group().strip(" .,")[:160])
    if several and (_PART_AFTER.match(after) or _LEAVES_OUT.match(before)):
        return Saying("open", words[match.start() :].strip(" .,")[:160])  # of which of them a part is left out is not read
    if kind == "suspends" and (span := _SPAN.match(after)):
        return Saying("done", span["words"].strip(" ,"))
    return Saying("part" if of_a_part(words, match, passive=passive) else "done")


def _own_subject(behind: str) -> Literal["the rule", "another", "unclear"]:
    """Of what the words behind a rule's name, up to the participle, say that it ends: of the rule, or of something else ("Order 7 governs when a call is cancelled", "Order 7 cards are cancelled")."""
    bare = _IN_BRACKETS.sub(" ", _RELATIVE.sub(" ", behind))
    gap = _BE.split(bare, maxsplit=1)[0]
    gap = _IN_CAPITALS.sub(" ", gap)
    if found := _ITS_VERB.search(gap):
        # "Order 7 that governs bicycles is rescinded": a clause of its own stands between, and of which of them it is said a person tells.
        return "unclear" if _CLAUSE.match(gap) else "another" if not gap[: found.start()].strip(" ,") else "unclear"
    first = re.match(r"\s+([a-z][\w-]*)", gap)
    return "unclear" if first is not None and first[1] not in _GOES_ON else "the rule"


def _in_quotes(before: str) -> bool:
    """Whether a quotation is open behind these words: what stands in it is what another said, or what words shall read."""
    return before.rfind("\u201c") > before.rfind("\u201d") or len(re.findall(r"(?<!\d)\"", before)) % 2 == 1


_RELATIVE = re.compile(r",\s*(?:which|that|who)\b[^,]*,")
_IN_BRACKETS = re.compile(r"\([^()]{0,120}\)|[\"\u201c][^\"\u201d]{0,120}[\"\u201d]")
_IN_CAPITALS = re.compile(r"\b[A-Z][\w\u2019'/.-]*(?:[\s,&\u2013-]+(?:(?:of|and|the|for|on|to|in|with|a|an|by|or)\s+)*[A-Z0-9][\w\u2019'/.-]*)*")
_BE = re.compile(r"\s+(?:is|are|was|were|has|have|had|will|shall)\b")
# What follows the name of a rule and makes it the subject of another verb, or begins another clause.
_ITS_VERB = re.compile(r"\b(?:when|whenever|if|while|who|whom|that|where|because|until|till|unless|how|whether|requires?|governs?|appl(?:y|ies)|says?|provides?|states?|sets?|directs?|describes?|lists?|must|may|should|can|remains?|does|do|did)\b", re.IGNORECASE)
_CLAUSE = re.compile(r"[\s,]*(?:when|whenever|if|while|who|whom|that|which|where|because|until|till|unless|how|whether)\b", re.IGNORECASE)
_GOES_ON = frozenset(("and", "or", "as", "dated", "issued", "of", "in", "on", "the", "titled", "entitled", "concerning", "regarding", "relating", "to", "hereby", "thereby", "now", "also", "both", "effective", "published", "approved", "previously", "formerly", "known", "from", "by", "for", "version", "edition", "with", "through", "thru", "above", "below", "itself", "pertaining", "about", "which", "a", "an", "manual", "section", "sections", "series"))
_ENTRY = re.compile(r"[;\n]")
_IN_QUOTES = re.compile(r"[\"\u201c][^\"\u201d]{0,200}[\"\u201d]")
_PART_OF_ENTRY = re.compile(r"\b(?:in\s+part|partial(?:ly)?|partly|portions?|parts?\s+of|paragraphs?|sub(?:section|paragraph)s?|items?|except(?:ing)?|only|appendi(?:x|ces)|attachments?|addend(?:um|a)|pages?)\b", re.IGNORECASE)
_PART_BEHIND = re.compile(r"[\s,;(–-]*(?:(?:sections?|sec\.|parts?|articles?)\s+|§+\s*)(?:[IVXLC]+|[A-Z]|\d[\w.-]*)(?![a-z])(?:\s+(?:only|and)\b|[\s.,;)]*$)", re.IGNORECASE)
_MARKED = re.compile(r"\s+(?:[nN]os?\.?\s*|#\s*)?(?:\(?\d|\(?[A-Z](?![a-z])|\(\w)")
_OPEN_ENTRY = re.compile(rf"\b(?:{_IF}|see|proposed|expected|to\s+be)\b|\d[\w.-]*,?\s+(?:and/)?or\s+(?:[A-Za-z]+\.?\s+){{0,3}}[\w.-]*\d", re.IGNORECASE)


def listed(field: str, mention: str, title: str | None = None) -> Saying:
    """How a rule that a field of the heading names is ended or changed by it: whole, in part, or not plainly. Where an entry names several, of which the words speak is not said.

    >>> listed("Special Order 20-01, paragraph 2", "20-01").how, listed("20-01 and 20-02", "20-01").how, listed("20-01 (see 20-02)", "20-01").how
    ('part', 'done', 'open')
    """
    entry = next((part for part in _ENTRY.split(field) if mention in part), field)
    words = _IN_QUOTES.sub(" ", entry).replace(title or "\0", " ")
    several = len(re.findall(r"\w*\d+[.-]\d[\w.-]*", words)) > 1
    of_part = any(match.group()[0].islower() or _MARKED.match(words, match.end()) for match in _PART_OF_ENTRY.finditer(words))  # in a title such a word is in capitals, and has no number
    if _OPEN_ENTRY.search(words) or (several and of_part):
        return Saying("open", entry.strip()[:160])
    return Saying("part" if of_part or (not several and _PART_BEHIND.match(words.partition(mention)[2])) else "done")


def of_a_part(words: str, match: re.Match[str], *, passive: bool) -> bool:
    """Whether the act is upon a part of its target."""
    before, behind = words[: match.start("target")], words[match.end("target") : match.end()]
    of_it = _OF_IT.search(before) if passive else None
    if of_it and not _WHOLE_OF_IT.search(of_it["what"]):
        return True
    return bool(_LEAVES_OUT.match(words) or _PART_BEFORE.search(before) or _PART_WITHIN.search(match.group()) or _PART_AFTER.match(words[match.end() :]) or _ITEM_BEHIND.match(behind) or _ITEM_BEHIND.match(words[match.end() :]))


def opened(relation: Relation, how: Saying, effect: Effect | None) -> Relation:
    """The relation as one that may not have come about. What is told as past came about on the one day named behind it, else by the day of the paper that tells it."""
    past = _PAST.search(how.words) or (_ONCE_DONE.search(how.words) if relation.evidence[0].rule.endswith(".rescinded-once") else None)
    if relation.effect == effect and past is not None:
        days = list(find_dates(how.words[past.end() :]))
        if len(days) == 1:
            relation = replace(relation, effect=Effect(days[0].day, days[0].raw))
        elif effect is not None:
            relation = replace(relation, effect=Effect(Day(latest=effect.day.last), f"told of as past, {effect.basis}"))
    return replace(relation, certainty="doubtful", condition=how.words)
