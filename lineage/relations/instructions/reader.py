"""One sentence, its quotes set aside: which of the forms of the grammar it has, and what that instructs. It is read whole, or ``Unclear`` is raised."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from lineage.model import Edit, Instruction
from lineage.relations.instructions.making import OF_A_RULE, QUOTES, Maker, Path, Said, within
from lineage.relations.instructions.paths import Parts, Unclear, parts

_NEGATED = re.compile(r"\b(?:not|never|no\s+longer|cannot|neither|nor|nothing|none|no\s+(?:part|portion|provision|word)s?)\b", re.IGNORECASE)
# A clause that a comma closes before the instruction, on which it hangs.
_HANGS = re.compile(r"^\s*(?:if|when|whenever|unless|until|upon|in\s+the\s+event|should|where|once|pending|subject\s+to|provided)\b[^,:]{1,200},\s*", re.IGNORECASE)
_TOLD = re.compile(r"\b(?:amended|revised|modified|changed|corrected|replaced)\b", re.IGNORECASE)
# The words of a rule end in a quote, with or without a date: its title.
_ENDS_QUOTED = re.compile(r"(?<!of )(?<!term )(?<!word )⟦\d+⟧\W*(?:(?:dated|issued|of)\s+[\w\s,/-]{4,24})?\W*$", re.IGNORECASE)
_TAKEN_OUT = re.compile(r"\b(?:deleted|removed|omitted|eliminated|str[iu]ck\w*)\b", re.IGNORECASE)
_TO_COME = re.compile(r"\b(?:will|(?:is|are)\s+(?:scheduled\s+|due\s+|proposed\s+|expected\s+)?to)\s+be\b", re.IGNORECASE)


class Reader(Maker):
    """The reader of one sentence. ``around`` is what stands above it."""

    def denied(self, words: str) -> bool:
        """Whether the words deny what they say; new text behind a colon may say "not"."""
        return _NEGATED.search(self.outside(words.split(":", 1)[0])) is not None

    def of_whole_rules(self, found: Sequence[Instruction]) -> bool:
        """Whether all that is instructed ends rules as a whole."""
        return all(one.kind == "rescinds" or (one.kind == "deletes" and one.edit is None and len(one.path) == 1 and OF_A_RULE.match(one.path[0])) for one in found)

    def ends_in_quotes(self, found: Sequence[Instruction]) -> bool:
        """Whether the last words quoted hold the stop of the sentence: whether it is one of the words to be found or put, nothing tells. Where both end so, or a whole sentence is meant, it is theirs."""
        last = re.search(r"⟦(\d+)⟧\s*$", self.words)
        said = self.masked.quotes[int(last[1])] if last else ""
        if last is None or not said.endswith((".", ",")) or len(said) < 2 or re.search(r"\bsentence\s*[,:]?\s*$", self.words[: last.start()], re.IGNORECASE):
            return False
        return any(one.edit is not None and self._may_be_its_own(one.edit, said) for one in found)

    def _may_be_its_own(self, edit: Edit, said: str) -> bool:
        find, new = edit.find, edit.replace or ""
        if find is None:
            return new == said and not re.match(r"[\"“]?[A-Z]\S*\s", said)
        if find == said:
            return True
        return new.endswith(said) and not (new == said and find.endswith(said[-1]) and len(find) > 1)

    def read(self) -> list[Instruction]:
        words = self.words
        early = self.g.effective.match(words)
        if early:
            self.when, words = early["when"], words[early.end() :]
        if len(words) < 8 or words.rstrip().endswith("?"):
            return []
        head = words.split(":", 1)[0]
        if (hung := _HANGS.match(words)) or _TO_COME.search(head):
            self.hangs = True
            words = words[hung.end() :] if hung else _TO_COME.sub("is", head, count=1) + words[len(head) :]
        if by := self.g.by.match(words):
            words = words[by.end() :]
        own = self.g.own.match(words)
        if own and not QUOTES.search(words):
            return self._of_itself(words[own.end() :])
        words = words[own.end() :] if own else words
        tail = self.g.tail.search(words)
        if tail and not early and "⟦" not in tail.group():
            self.when, words = tail["when"], words[: tail.start()] + "."
        if self.denied(words):
            return []
        if first := self.g.named_first.match(words):
            return self._first(first["target"], words[first.end() :])
        return self._sentence(words) or self._begun(words)

    def _sentence(self, words: str) -> list[Instruction]:
        inner = self.g.within.match(words)
        return self._within(inner["how"], words[inner.end() :]) if inner else self._clause(words)

    def _clause(self, words: str) -> list[Instruction]:
        return self._both(words) or self._passive(words) or self._active(words)

    def _both(self, words: str) -> list[Instruction]:
        """Two sentences in one: "Item 4 is deleted and item 5 is renumbered as item 4". Nothing where either is none; raises Unclear where the second may lie in the rule that the first names, or the days of both differ."""
        if QUOTES.search(words) or ":" in words:
            return []
        for joint in list(self.g.both.finditer(words))[:6]:
            try:
                first, second = self._passive(words[: joint.start()]), self._passive(words[joint.end() :])
            except Unclear:
                continue
            if first and second:
                if any(one.path[0].startswith("§") or len(one.path) > 1 for one in (*first, *second)) or re.search(r"\beffective\b", words[: joint.start()], re.IGNORECASE):
                    raise Unclear(self.said(words))
                return [*first, *second]
        return []

    def _within(self, how: str, words: str) -> list[Instruction]:
        """ "In Section 8, strike ...", "At the end of item 3, add ...", "Throughout Section 8, replace ...". What stands before the comma ends at the first behind which the rest can be read."""
        unclear: Unclear | None = None
        for comma in list(self.g.begun.finditer(words[:400]))[:6]:
            try:
                found = self._inside_of(how, words[: comma.start()], words[comma.end() :])
            except Unclear as why:
                unclear = unclear or why
                continue
            if found:
                return found
        if unclear is not None:
            raise unclear
        return []

    def _inside_of(self, how: str, target: str, rest: str) -> list[Instruction]:
        if end := self.g.at_an_end.fullmatch(target):
            verb = self.g.insert.match(rest)
            if how.lower() != "at" or verb is None:
                raise Unclear(self.said(target))
            new = rest[verb.end() :].strip()
            return self._active(f"{rest[: verb.end()]} at the {end['where']} of {end['unit']}{'' if new.startswith(':') else ','} {new}")
        around = self._target(target)
        found = self._clause(rest)
        if around is None or not found:
            return []
        if how.lower() == "throughout":
            found = [replace(one, edit=replace(one.edit, count=None)) if one.edit and one.edit.find and one.edit.count == 1 and not one.edit.occurrence else one for one in found]
        return [self._placed(one, path, around.of) for path in around.paths for one in found]

    def _first(self, target: str, rest: str) -> list[Instruction]:
        """ "Item 4: delete ..."."""
        try:
            around = self._target(target)
        except Unclear:
            return []
        return [self._placed(one, path, around.of) for path in around.paths for one in self._active(rest)] if around else []

    def _of_itself(self, words: str) -> list[Instruction]:
        """ "This order deletes Section 5.12(b)": what an order says that it does may be told in general, and is then read by the rules for whole rules."""
        try:
            return [one for one in self._active(words) if not (len(one.path) == 1 and OF_A_RULE.match(one.path[0]) and one.kind != "substitutes")]
        except Unclear:
            return []

    def _begun(self, words: str) -> list[Instruction]:
        """Nothing, where the words are none of an instruction; raises Unclear where they begin as one upon a part that can be told."""
        if self.g.other.match(words):
            raise Unclear(self.said(words))
        spoken = self.g.speaks.match(words)
        if spoken is not None and (self._names_part(spoken["target"]) or any(p.search(spoken["target"]) for p in (self.g.begins_quoted, self.g.portion, self.g.lies_in))):
            raise Unclear(self.said(words))
        return []

    # "X is amended ..."

    def _passive(self, words: str) -> list[Instruction]:
        g = self.g
        if self.denied(words):
            return []
        if not g.may_be_passive(words):
            return self._amended(words) or self._restated_at(words) or self._repealed(words)
        if m := g.exchanged_passive.fullmatch(words) or g.struck_passive.fullmatch(words):
            return self._exchanged("exchanged" if m["new"] else "struck", m.groupdict())
        if m := g.changed_from.fullmatch(words):
            return self._exchanged("exchanged", m.groupdict())
        if m := g.put_passive.fullmatch(words) or g.words_passive.fullmatch(words):
            return self._put(m.groupdict())
        if m := g.unit_passive.fullmatch(words):
            return self._unit(m.groupdict())
        if m := g.renumbered_passive.fullmatch(words):
            return self._renumbered(m["from"], m["to"])
        if m := g.replaced_unit.fullmatch(words):
            return self._restated(m["from"], m["new"] or m["text"] or m["text2"] or "")
        if m := g.retitled.fullmatch(words):
            return self._retitled(m["from"], m["new"])
        if (m := g.added_passive.fullmatch(words)) and (found := self._added(m["target"], m["to"], m["text"] or "")):
            return found
        return self._amended(words) or self._restated_at(words) or self._repealed(words)

    def _amended(self, words: str) -> list[Instruction]:
        m = None if self.g.begins.match(words) else self.g.amended.match(words)
        if m is None or _TOLD.search(m["target"]):
            return []  # somebody changed it: that is told, and not instructed
        target = self._target(m["target"])
        self.when = m["when"] or self.when
        return self._actions(words[m.end() :], target, m["inner"]) if target else []

    def _restated_at(self, words: str) -> list[Instruction]:
        """ "X is amended to read: ..."; what stands behind "is amended as follows:" may be an instruction itself."""
        m = self.g.to_read.fullmatch(words)
        if m is None:
            return []
        if m["read"] or m["shall"]:
            return self._restated(m["target"], m["text"])
        target = self._target(m["target"])
        if target and (self.g.may_be(m["text"]) or self.known.unit.match(m["text"].strip())) and not self._is_its_text(m["text"], target):
            found = [] if self.denied(m["text"]) or self.nested else self._nested(m["text"].strip())
            if not found:
                raise Unclear(self.said(words))  # new text, or an instruction that is none
            return [self._placed(one, path, target.of) for path in target.paths for one in found]
        return self._restated(m["target"], m["text"], "as-follows")

    def _nested(self, words: str) -> list[Instruction]:
        self.nested = True
        return self._sentence(words)

    def _is_its_text(self, text: str, target: Parts) -> bool:
        """Whether words are in quotes, or begin with the number of the part that they are to be the text of."""
        number = re.escape(target.paths[0][-1].strip("§().")) if target.paths[0] else r"(?!)"
        return QUOTES.match(text.strip()) is not None or re.match(rf"\s*\W?{number}\W", text) is not None

    def _repealed(self, words: str) -> list[Instruction]:
        m = self.g.repealed.fullmatch(words)
        if m is None:
            return []
        titled = _ENDS_QUOTED.search(m["target"]) and self.known.rule.match(m["target"])
        if titled and not _TAKEN_OUT.search(words[m.end("target") :]):
            return []  # a whole rule with its title: others read it
        if titled:
            raise Unclear(self.said(words))  # words, or the title of a rule
        target = self._target(m["target"])
        if m["when"]:
            self.when = m["when"].strip(" ,")
        return [self._one("deletes" if path else "rescinds", path or (m["target"].strip(),), "deleted", None, target.of) for path in target.paths] if target else []

    # "strike ..., insert ..."

    def _active(self, words: str) -> list[Instruction]:
        if amend := self.g.amend.match(words):
            target = self._target(amend["target"])
            return self._actions(words[amend.end() :], target) if target else []
        leads = self.g.leads.match(words) and self.g.upon.search(words) and any(pattern.match(words) for _, pattern in self.g.forms)
        return self._actions(words, Parts(((),))) if leads or self.g.begins.match(words) else []

    def _actions(self, words: str, target: Parts, inner: str | None = None) -> list[Instruction]:
        found: list[Instruction] = []
        last: Path = ()
        rest, kept = self._kept(words.strip())
        around = whole = self._inside(inner)
        while rest.strip(" .;,"):
            if joint := self.g.joint.match(rest):
                if joint["inner"]:
                    around = self._inside(joint["inner"])
                elif joint["label"]:
                    around = whole
                rest = rest[joint.end() :]
            some, rest = self._next(rest)
            if found and found[-1].rule == "struck" and not last and some[0].rule.startswith("put-") and some[0].path:
                raise Unclear(self.said(words))  # the place behind the second may be that of the first
            last = some[-1].path
            found += [self._placed(one, within(path, part), target.of) for path in target.paths for part in around for one in some]
        if kept and not all(one.edit and one.edit.find is not None for one in found):
            raise Unclear(self.said(words))
        return [replace(one, edit=replace(one.edit, excepted=kept)) if kept and one.edit else one for one in found]

    def _kept(self, words: str) -> tuple[str, tuple[Path, ...]]:
        """The words without what they leave out, and the paths of that."""
        left = self.g.excepted.search(words)
        if left is None:
            return words, ()
        return (words[: left.start()] + words[left.end() :]).strip(), parts(left["kept"], self.masked, self.known).paths

    def _next(self, rest: str) -> tuple[list[Instruction], str]:
        """The first action of the words, and what is left of them."""
        for rule, pattern in self.g.forms:
            match = pattern.match(rest)
            try:
                some = self._action(rule, match.groupdict()) if match else []
            except Unclear:
                continue
            if some and match:
                return some, rest[match.end() :]
        raise Unclear(self.said(rest))

    def _placed(self, one: Instruction, path: Path, of: str | None) -> Instruction:
        return replace(one, path=within(path, one.path), of=one.of or of)

    def _action(self, rule: str, said: Said) -> list[Instruction]:
        if rule in ("exchanged", "replaced", "substituted", "struck"):
            return self._exchanged(rule, said)
        if rule in ("put-beside", "put-at"):
            return self._put(said)
        if rule == "unit-added":
            return self._unit(said)
        if rule == "renumbered":
            return self._renumbered(said.get("from") or "", said["to"] or "")
        if rule == "restated":
            return self._restated(said["from"] or "", said.get("new") or said.get("text") or said.get("text2") or "")
        target = self._target(f"{said['from']} of {said['around']}" if said.get("around") else said["from"] or "")
        return [self._one("deletes", path, rule, None, target.of) for path in target.paths if path] if target else []
