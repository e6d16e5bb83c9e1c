"""``instruct``: what one sentence instructs, read whole or not at all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product

from lineage.model import Edit, Finding, Instruction
from lineage.profiles import Profile
from lineage.relations.instructions.editing import exchanged, marked, put_beside
from lineage.relations.instructions.grammar import Grammar, grammar_of
from lineage.relations.instructions.paths import Parts, Unclear, Words, members, parts
from lineage.relations.instructions.quotes import Masked, mask
from lineage.relations.saying import conditional

LONGEST = 20_000  # characters of a sentence that are looked at: new text may be long
_NEGATED = re.compile(r"\b(?:not|never|no\s+longer)\b", re.IGNORECASE)
# A clause that a comma closes before the instruction, on which it hangs.
_HANGS = re.compile(r"^\s*(?:if|when|whenever|unless|until|upon|in\s+the\s+event|should|where|once|pending|subject\s+to|provided)\b[^,:]{1,200},\s*", re.IGNORECASE)
_OF_A_RULE = re.compile(r"§|\w*\d[.-]\d")
_TOLD = re.compile(r"\b(?:amended|revised|modified|changed|corrected|replaced)\b", re.IGNORECASE)
_INSIDE = re.compile(r"\s*(?:in|within|under|at)\s+(?P<target>.{1,200}?)\s*[:,]?\s*", re.IGNORECASE)
_TO_COME = re.compile(r"\b(?:will|(?:is|are)\s+(?:scheduled\s+|due\s+|proposed\s+|expected\s+)?to)\s+be\b", re.IGNORECASE)
_LABEL = re.compile(r"^\s*(?:\(?[A-Za-z0-9]{1,3}[.)]\s+)?")
_CITED = re.compile(r"\((?=[^()]*(?:§|\bCode\b|\bLaw\b|\bStat\.|\bDCR\b|\bBill\b|\s))(?:[^()]|\([^()]*\))*\)")


@dataclass(frozen=True, slots=True)
class Reading:
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
    said = sentence
    masked = mask(_LABEL.sub("", said, count=1) if re.match(r"^\s*\(?[A-Za-z0-9]{1,3}[.)]\s+[A-Z“\"]", said) else said)
    g = grammar_of(profile)
    if masked is None:
        return _finding("instructions.unread", "The quotes of the sentence cannot be told apart", sentence) if g.may_be(said) else Reading()
    reader = _Reader(masked, g, g.names)
    try:
        found = reader.read()
        if not found:
            return Reading()
        if reader.ends_in_quotes(found):
            return _finding("instructions.unread", "The stop at the end of the sentence stands within the quotes, and may be of the sentence or of the words", masked.words)
        if reader.hangs or conditional(reader.plainly):
            if all(one.kind == "rescinds" or (one.kind == "deletes" and one.edit is None and len(one.path) == 1 and _OF_A_RULE.match(one.path[0])) for one in found):
                return Reading()  # of whole rules others read it
            return _finding("instructions.conditional", "The sentence would change words, and says that this hangs on something else", reader.plainly)
        bases = _bases(context, profile)
    except Unclear as unclear:
        return _finding("instructions.unread", "The sentence begins as an instruction to change words and cannot be read to its end", str(unclear))
    whole = [replace(one, path=_within(base.paths[0], one.path), of=one.of or base.of, start=0, end=len(said)) for one, base in product(found, bases)]
    return Reading(tuple(whole))


def _finding(code: str, said: str, words: str) -> Reading:
    message = f"{said}: “{words.strip()[:160]}”. What it changes is not known; a person must read it."
    return Reading(findings=(Finding(code, "doubt", message),))


def _bases(context: Sequence[str], profile: Profile) -> list[Parts]:
    """Where the sentence stands: the parts that its context names, inside each other."""
    made: list[Parts] = [Parts(((),))]
    g = grammar_of(profile)
    words = g.names
    for one in context:
        masked = mask(one)
        above = _cited_out(masked.words) if masked else ""
        lead = g.lead.fullmatch(above) or _INSIDE.fullmatch(above)
        if masked is None or lead is None:
            continue
        try:
            named = parts(g.new_name.compiled.sub("", lead["target"]), masked, words)
        except Unclear:
            if re.search(r"\b(?:Act|Law|Code|Title|Chapter|Manual)\b", lead["target"]):
                continue
            raise
        made = [Parts((_within(base.paths[0], path),), named.of or base.of) for base in made for path in named.paths]
    return made


def _within(base: tuple[str, ...], path: tuple[str, ...]) -> tuple[str, ...]:
    """A path inside another; one that begins with a rule of its own stands by itself."""
    return path if path and path[0].startswith("§") else (*base, *path)


def _cited_out(words: str) -> str:
    """The words without the parallel citations in brackets."""
    for _ in range(4):
        shorter = _CITED.sub(" ", words)
        if shorter == words:
            break
        words = shorter
    return re.sub(r"\s+", " ", words).replace(" ,", ",").strip()


class _Reader:
    """One sentence, its quotes set aside."""

    def __init__(self, masked: Masked, known: Grammar, words: Words) -> None:
        self.masked, self.g, self.known = masked, known, words
        self.words = _cited_out(masked.words)
        self.when: str | None = None
        self.hangs = False  # on something else, or it is to come

    @property
    def plainly(self) -> str:
        """The words of the instruction itself: without what is quoted, how often words stand, and the new text behind a colon."""
        head = self.words.split(":", 1)[0]
        return re.sub(r"\s+", " ", self.g.count.compiled.sub(" ", re.sub(r"⟦\d+⟧", " ", head)))

    def read(self) -> list[Instruction]:
        words = self.words
        early = self.g.effective.match(words)
        if early:
            self.when, words = early["when"], words[early.end() :]
        if len(words) < 8:
            return []
        head = words.split(":", 1)[0]
        if (hung := _HANGS.match(words)) or _TO_COME.search(head):
            self.hangs = True
            words = words[hung.end() :] if hung else _TO_COME.sub("is", head, count=1) + words[len(head) :]
        tail = self.g.tail.search(words)
        if tail and not early and "⟦" not in tail.group():
            self.when, words = tail["when"], words[: tail.start()] + "."
        within = self.g.within.match(words)
        if within is None or _NEGATED.search(self._outside(words)):
            return self._passive(words) or self._active(words)
        around = self._target(within["target"])
        rest = words[within.end() :]
        inner = self._passive(rest) or self._active(rest)
        return [self._placed(one, path, around.of) for path in around.paths for one in inner] if around else inner

    # "X is amended ..."

    def _passive(self, words: str) -> list[Instruction]:
        g = self.g
        if (m := g.exchanged_passive.fullmatch(words)) and not _NEGATED.search(self._outside(words)):
            often = m["often"] or ("throughout" if (m["at"] or "").strip().lower().startswith("throughout") else "")
            edit = exchanged(self, f"{m['old']} {often}", m["new"])
            return [self._one("substitutes", path, "exchanged", edit) for path in self._inside(m["in"] or (m["at"] or "").replace("throughout", "in"))]
        if (m := g.struck_passive.fullmatch(words)) and not _NEGATED.search(self._outside(words)):
            return [self._one("deletes", path, "struck", exchanged(self, m["old"], None)) for path in self._inside(m["in"] or m["from"])]
        if (m := g.put_passive.fullmatch(words)) and not _NEGATED.search(self._outside(words)):
            return self._put(m.groupdict())
        if (m := g.unit_passive.fullmatch(words)) and not _NEGATED.search(self._outside(words)):
            return self._unit(m.groupdict())
        if (m := g.renumbered_passive.fullmatch(words)) and not _NEGATED.search(words):
            return self._renumbered(m["from"], m["to"])
        if (m := g.amended.match(words)) and not _NEGATED.search(m.group()):
            if _TOLD.search(m["target"]):
                return []  # somebody changed it: that is told, and not instructed
            target = self._target(m["target"])
            return self._actions(words[m.end() :], target) if target else []
        if (m := g.to_read.fullmatch(words)) and not _NEGATED.search(m["target"]):
            return self._restated(m["target"], m["text"], "restated" if m["read"] else "as-follows")
        if (m := g.repealed.fullmatch(words)) and not _NEGATED.search(m.group()):
            target = self._target(m["target"])
            if m["when"]:
                self.when = m["when"].strip(" ,")
            return [self._one("deletes" if path else "rescinds", path or (m["target"].strip(),), "deleted", None, target.of) for path in target.paths] if target else []
        if (m := g.deleted_and_more.match(words)) and not _NEGATED.search(m.group()) and self._names_part(m["target"]):
            raise Unclear(self._plain(words))  # a part is taken out, and the sentence says more of it
        return []

    def ends_in_quotes(self, found: Sequence[Instruction]) -> bool:
        """Whether the last words quoted hold the stop of the sentence: whether it is one of the words to be found or put, nothing tells."""
        last = re.search(r"⟦(\d+)⟧\s*$", self.words)
        said = self.masked.quotes[int(last[1])] if last else ""
        return said.endswith((".", ",")) and any(one.edit is not None and one.edit.find is not None and said in (one.edit.find, one.edit.replace) for one in found)

    def _names_part(self, words: str) -> bool:
        try:
            target = self._target(words)
        except Unclear:
            return False
        return target is not None and any(len(path) > 1 or (path and not _OF_A_RULE.match(path[0])) for path in target.paths)

    def _outside(self, words: str) -> str:
        return re.sub(r"⟦\d+⟧", "", words)

    # "strike ..., insert ..."

    def _active(self, words: str) -> list[Instruction]:
        return self._actions(words, Parts(((),))) if self.g.begins.match(words) else []

    def _actions(self, words: str, target: Parts) -> list[Instruction]:
        found: list[Instruction] = []
        rest = words.strip()
        except_ = self.g.excepted.search(rest)
        kept: tuple[tuple[str, ...], ...] = ()
        if except_:
            kept = parts(except_["kept"], self.masked, self.known).paths
            rest = (rest[: except_.start()] + rest[except_.end() :]).strip()
        while rest.strip(" .;,"):
            for rule, pattern in self.g.forms:
                match = pattern.match(rest)
                if match is None:
                    continue
                try:
                    some = self._action(rule, match.groupdict())
                except Unclear:
                    continue
                if some:
                    break
            else:
                raise Unclear(self._plain(rest))
            found += [self._placed(one, path, target.of) for path in target.paths for one in some]
            rest = rest[match.end() :]
            joint = self.g.joint.match(rest)
            rest = rest[joint.end() :] if joint else rest
        return [replace(one, edit=replace(one.edit, excepted=kept)) if kept and one.edit and one.edit.find is not None else one for one in found]

    def _plain(self, masked: str) -> str:
        return re.sub(r"⟦(\d+)⟧", lambda m: f"“{self.masked.quotes[int(m[1])]}”", masked)

    def _placed(self, one: Instruction, path: tuple[str, ...], of: str | None) -> Instruction:
        return replace(one, path=_within(path, one.path), of=one.of or of)

    def _action(self, rule: str, said: dict[str, str | None]) -> list[Instruction]:
        if rule in ("exchanged", "replaced", "substituted"):
            if said.get("in") and said.get("in2"):
                raise Unclear(said["in2"] or "")
            inside = said.get("in") or said.get("in2") or ""
            often = said.get("often") or ("throughout" if inside.lower().startswith("throughout") else "")
            edit = exchanged(self, f"{said['old']} {often}", said["new"])
            return [self._one("substitutes", path, rule, edit) for path in self._inside(inside.replace("throughout", "in", 1))]
        if rule == "struck":
            return [self._one("deletes", path, rule, exchanged(self, said["old"] or "", None)) for path in self._inside(said.get("in"))]
        if rule in ("put-beside", "put-at"):
            return self._put(said)
        if rule == "unit-added":
            return self._unit(said)
        if rule == "renumbered":
            return self._renumbered(said.get("from") or "", said["to"] or "")
        if rule == "restated":
            return self._restated(said["from"] or "", said.get("new") or said.get("text") or "")
        target = self._target(said["from"] or "")
        return [self._one("deletes", path, rule, None, target.of) for path in target.paths if path] if target else []

    # Pieces

    def _one(self, kind: str, path: tuple[str, ...], rule: str, edit: Edit | None, of: str | None = None, *, follows: bool = False, unquoted: bool = False) -> Instruction:
        return Instruction(kind, path, rule, edit, of, self.when, follows=follows, unquoted=unquoted)  # type: ignore[arg-type]

    def _target(self, words: str) -> Parts | None:
        words = self.g.new_name.compiled.sub("", words).strip(" ,")
        return parts(words, self.masked, self.known) if words else None

    def _inside(self, words: str | None) -> tuple[tuple[str, ...], ...]:
        """The paths of "in paragraph B"; the one empty path where nothing is said."""
        if not words:
            return ((),)
        bare = re.sub(r"^\s*(?:in|of|from|to)\s+", "", words)
        return parts(bare, self.masked, self.known).paths

    def _put(self, said: dict[str, str | None]) -> list[Instruction]:
        new = marked(self, said["new"] or "")
        if said.get("old"):
            edit = put_beside(self, said["old"] or "", new, before=(said["side"] or "").lower() in ("before", "preceding"))
            return [self._one("inserts", path, "put-beside", edit) for path in self._inside(said.get("in"))]
        position = "end" if "end" in (said["where"] or "") else "start"
        return [self._one("inserts", path, "put-at", Edit(replace=new, position=position)) for path in self._inside(said.get("in") or said.get("within"))]  # type: ignore[arg-type]

    def _unit(self, said: dict[str, str | None]) -> list[Instruction]:
        """A new unit: where it goes, its number, and its text, or that it follows."""
        text, unquoted = self._new_text(said.get("text") or "")
        mark = said.get("mark")
        edit = Edit(text=text, marker=mark)
        if said.get("at"):
            position = "before" if (said["side"] or "").lower() in ("before", "preceding") else "after"
            spots = self._target(said["at"] or "")
            return [self._one("inserts", path, "unit-added", replace(edit, position=position), follows=text is None, unquoted=unquoted) for path in (spots.paths if spots else ())]  # type: ignore[arg-type]
        inside = said.get("within") or said.get("to")
        around = self._target(inside) if inside else Parts(((),))
        if around is None:
            return []
        if said.get("where") or not mark:
            end = "start" if "beginning" in (said.get("where") or "") else "end"
            return [self._one("inserts", path, "unit-added", replace(edit, position=end), around.of, follows=text is None, unquoted=unquoted) for path in around.paths]  # type: ignore[arg-type]
        return [self._one("inserts", (*path, mark), "unit-added", edit, around.of, follows=text is None, unquoted=unquoted) for path in around.paths]

    def _renumbered(self, old: str, new: str) -> list[Instruction]:
        if not old:
            return []
        before, after = self._target(old), self._target(new) if not re.match(r"\s*\(?[A-Za-z]\b", new) else Parts(tuple((one.rstrip(". "),) for one in members(new)))
        if before is None or after is None or len(before.paths) != len(after.paths) or not all(before.paths) or not all(after.paths):
            raise Unclear(f"{old} as {new}")
        if len(after.paths[0]) > 1 or after.paths[0][0].startswith("§") or before.paths[0][-1].startswith("§"):
            return []  # a whole rule under another number
        return [self._one("renumbers", path, "renumbered", Edit(marker=to[-1]), before.of) for path, to in zip(before.paths, after.paths, strict=True)]

    def _restated(self, target: str, text: str, rule: str = "restated") -> list[Instruction]:
        named = self._target(target)
        if named is None:
            return []
        words = text.strip()
        new, unquoted = self._new_text(words)
        if len(named.paths) > 1 and new:
            raise Unclear(target)
        return [self._one("substitutes", path, rule, Edit(text=new), named.of, follows=new is None, unquoted=unquoted) for path in named.paths]

    def _new_text(self, words: str) -> tuple[str | None, bool]:
        """The new text that stands in the sentence itself, and whether no marks stand around it."""
        if not words.strip(" ."):
            return None, False
        whole = re.fullmatch(r"\s*(⟦\d+⟧)[\s.;,]*", words)
        if whole is None and re.match(r"\s*⟦\d+⟧", words):
            raise Unclear(self._plain(words))  # behind the quoted text the sentence goes on
        return (self.masked.said(whole[1]), False) if whole else (self.masked.said(words), True)

