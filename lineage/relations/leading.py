"""Lists of rules behind words that say what is done to each: "The following orders are rescinded:", then the orders, in the same sentence or as items below it.

What holds of the words of an act holds of the lead of a list too: that it is denied, hangs on something, is upon a part, or has a day of its own (``saying``, ``acting``).
An item may narrow what is done to it ("Order 7, Section III only"); that is said of this item alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from lineage.model import Certainty, Clause, Effect, End, Finding, Outline, Relation, Text, evidence_of
from lineage.profiles import Profile, Rule
from lineage.relations.acting import day_of_act
from lineage.relations.living import act, negated, own_name
from lineage.relations.saying import Saying, listed, opened, saying
from lineage.relations.targets import Target, in_sentence

LONGEST_LEAD = 300  # characters
_COLON = re.compile(r":(?=\s|$)")
# Words of an end before a list that no rule of the profile reads.
_ENDS = re.compile(r"\b(?:rescind(?:s|ed|ing)?|rescissions?|supersed(?:es|ed|ing)|repeal(?:s|ed|ing)?|(?:cancel(?:s|l?ed|l?ing|l?ations?)|revok(?:es|ed|ing)|revocations?|replac(?:es|ed))(?=[^,]*$))\b", re.IGNORECASE)
_OF_RULES = re.compile(r"\b(?:following|below|orders?|directives?|sections?|polic(?:y|ies)|bulletins?|memos?|memorand(?:um|a)|procedures?|notices?)\b", re.IGNORECASE)
_NO_ACT = re.compile(r"\b(?:not|nor|no|never|neither|none|if|when|whenever|unless|until|once|may|can|could|might)\b[^,;]*$", re.IGNORECASE)
# Before the name of a rule: what the list names is not the rule, but something of it, or a part.
_SOMETHING_OF = re.compile(r"(?P<what>[\w-]+(?:\s+[\w().-]+)?)\s+(?:of|in|under|by|per|for|to|from|within|with)\s+(?:the\s+)?$", re.IGNORECASE)
_A_PART_OF = re.compile(r"\b(?:paragraphs?|sub(?:section|paragraph)s?|sections?|items?|parts?|portions?|provisions?|pages?|sentences?|lines?|appendi(?:x|ces)|attachments?|addend(?:um|a))\b", re.IGNORECASE)


class Lead(Struct):
    """What a list does to its items: the act's rule, how and from when it is said, and where the list goes on. ``inline`` leads are of their own clause alone."""

    rule: Rule | None  # None where its words speak of an end and are not read
    clause: Clause
    words: Text
    rest: Text
    how: Saying
    day: Effect | None
    inline: bool
    told: bool = False  # that it is not read
    beside: bool = False  # the clause is numbered on from the lead: it is an item only where it begins with a rule's name
    over: bool = False  # a clause beside was none
    closed: bool = False  # a full stop was met, and what follows it in the clause is no item

    def holds(self, clause: Clause) -> bool:
        """Whether a later clause may be an item of the list."""
        if clause is self.clause:
            return True
        self.closed = self.over
        self.beside = bool(self.clause.marker) and clause.parent == self.clause.parent
        return not self.inline and bool((clause.marker and clause.parent == self.clause.parent) or clause.parent == self.clause.eid)

    def items(self, outline: Outline, clause: Clause, sentence: Text, profile: Profile, taken: list[tuple[int, int]], doubts: list[Finding]) -> Iterator[Relation]:
        """What is done to the rules that a stretch of the list names, but for those within ``taken``, of which its own words say what is done to them. Where that is not read, a doubt is added to ``doubts``, once."""
        if self.closed:
            return
        self.closed = sentence.string.rstrip().endswith(".")
        at = 0
        named = in_sentence(sentence, profile)
        if self.beside and (not named or not sentence.string.startswith(named[0].text.string)):
            self.over = self.over or bool(sentence.string)
            return
        for target in named:
            start = sentence.string.find(target.text.string, at)
            at = start + len(target.text)
            if any(s < at and start < e for s, e in taken):
                continue
            if self.rule is not None:
                yield self._done_to(self.rule, outline, clause, sentence, target, start)
            elif not self.told:
                self.told = True
                message = f'The words "{self.words.string[-160:].strip()}" stand before a list of rules and speak of an end, and what they do to those rules could not be read. A person must say whether they end.'
                doubts.append(Finding("relations.list-unread", "doubt", message, (*evidence_of(self.words, outline.item, "list"), *evidence_of(target.text, outline.item, "list"))))

    def _done_to(self, rule: Rule, outline: Outline, clause: Clause, sentence: Text, target: Target, start: int) -> Relation:
        own = listed(sentence.string, target.text.string, target.end.title)
        if (of := _SOMETHING_OF.search(sentence.string, 0, start)) is not None and own.how == "done":
            own = Saying("part") if _A_PART_OF.search(of["what"]) else Saying("open", sentence.string[of.start() : start + len(target.text)][:160])
        relation = act(outline, rule.kind, target.end, target.text, f"list.{rule.name}", self.day)  # type: ignore[arg-type]
        relation = replace(relation, affecting=End(own_name(outline), own=True, eid=clause.eid), scope="part" if "part" in (self.how.how, own.how) else rule.scope)
        relation = replace(relation, evidence=(*relation.evidence, *evidence_of(self.words, outline.item, f"list.{rule.name}")), condition=self.how.words or own.words)
        if self.how.how == "open":
            return opened(relation, self.how, self.day)
        certainty: Certainty = "doubtful" if own.how == "open" or target.doubtful else "certain"
        return replace(relation, certainty=certainty)


def lead_of(outline: Outline, clause: Clause, sentence: Text, profile: Profile, effect: Effect | None) -> Lead | None:
    """The lead of a list that a sentence is or begins with."""
    unread: Lead | None = None
    for colon in _COLON.finditer(sentence.string, 0, LONGEST_LEAD):
        head, rest = sentence[: colon.start()], sentence[colon.end() :].strip()
        for rule in profile.list:
            match = rule.pattern.search(head.string)
            if match is None or "target" not in match.groupdict():
                continue
            if negated(head.string, match):
                return None
            how = saying(head.string, match, rule.kind, own=outline.heading.number)  # type: ignore[arg-type]
            if how.how == "unsaid":
                return None
            day = effect if rule.kind == "confirms" else day_of_act(head.string, match.start(), match.end(), profile, effect, rule.kind)
            return Lead(rule, clause, sentence[: colon.end()], rest, how, day, bool(rest.string))
        if unread is None and (said := _ENDS.search(head.string)) and not _NO_ACT.search(head.string[: said.start()]) and (said.group()[0] in "rsRS" or _OF_RULES.search(head.string)):
            unread = Lead(None, clause, sentence[: colon.end()], rest, Saying("open"), None, bool(rest.string))
    return unread
