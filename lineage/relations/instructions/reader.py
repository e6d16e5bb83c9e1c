"""One sentence, its quotes set aside: which of the forms of the grammar it has, and what that instructs. It is read whole, or ``Unclear`` is raised."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from lineage.model import Edit, Instruction
from lineage.relations.instructions.editing import exchanged, marked, put_beside
from lineage.relations.instructions.grammar import Grammar
from lineage.relations.instructions.paths import QUOTED_TITLE, Parts, Unclear, members, parts
from lineage.relations.instructions.quotes import QUOTE, Masked

Path = tuple[str, ...]
Said = Mapping[str, str | None]
_NEGATED = re.compile(r"\b(?:not|never|no\s+longer|cannot|neither|nor|nothing|none|no\s+(?:part|portion|provision|word)s?)\b", re.IGNORECASE)
# A clause that a comma closes before the instruction, on which it hangs.
_HANGS = re.compile(r"^\s*(?:if|when|whenever|unless|until|upon|in\s+the\s+event|should|where|once|pending|subject\s+to|provided)\b[^,:]{1,200},\s*", re.IGNORECASE)
_OF_A_RULE = re.compile(r"§|\w*\d[.-]\d")
_TOLD = re.compile(r"\b(?:amended|revised|modified|changed|corrected|replaced)\b", re.IGNORECASE)
_TO_COME = re.compile(r"\b(?:will|(?:is|are)\s+(?:scheduled\s+|due\s+|proposed\s+|expected\s+)?to)\s+be\b", re.IGNORECASE)
_CITED = re.compile(r"\((?=[^()]*(?:§|\bCode\b|\bLaw\b|\bStat\.|\bDCR\b|\bBill\b|\s))(?:[^()]|\([^()]*\))*\)")
_QUOTES = re.compile(QUOTE)
_STOPS = re.compile(r"(?<=[.;])\s+(?=[A-Z“\"⟦])")


def within(base: Path, path: Path) -> Path:
    """A path inside another; one that begins with a rule of its own stands by itself."""
    return path if path and path[0].startswith("§") else (*base, *path)


def cited_out(words: str) -> str:
    """The words without the parallel citations in brackets."""
    for _ in range(4):
        shorter = _CITED.sub(" ", words)
        if shorter == words:
            break
        words = shorter
    return re.sub(r"\s+", " ", words).replace(" ,", ",").strip()


class Reader:
    """The reader of one sentence. ``around`` is what stands above it."""

    def __init__(self, masked: Masked, known: Grammar, around: Sequence[str] = ()) -> None:
        self.masked, self.g, self.known, self.around = masked, known, known.names, around
        self.words = cited_out(masked.words)
        self.when: str | None = None
        self.hangs = False  # on something else, or it is to come

    @property
    def plainly(self) -> str:
        """The words of the instruction itself: without what is quoted, how often words stand, and the new text behind a colon."""
        head = self.words.split(":", 1)[0]
        return re.sub(r"\s+", " ", self.g.count.compiled.sub(" ", self.outside(head)))

    def outside(self, words: str) -> str:
        return _QUOTES.sub(" ", words)

    def said(self, words: str) -> str:
        """The words with their quotes put back."""
        return re.sub(r"⟦(\d+)⟧", lambda m: f"“{self.masked.quotes[int(m[1])]}”", words)

    def denied(self, words: str) -> bool:
        """Whether the words deny what they say; new text behind a colon may say "not"."""
        return _NEGATED.search(self.outside(words.split(":", 1)[0])) is not None

    def names(self, unit: str) -> bool:
        """Whether the sentence, or what stands above it, names such a unit besides saying "the end of the ..."."""
        besides = re.sub(rf"\bof\s+the\s+{unit}\b", " ", self.words, flags=re.IGNORECASE)
        return any(re.search(rf"\b{unit}s?\b", words, re.IGNORECASE) for words in (besides, *self.around))

    def of_whole_rules(self, found: Sequence[Instruction]) -> bool:
        """Whether all that is instructed ends rules as a whole."""
        return all(one.kind == "rescinds" or (one.kind == "deletes" and one.edit is None and len(one.path) == 1 and _OF_A_RULE.match(one.path[0])) for one in found)

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
        tail = self.g.tail.search(words)
        if tail and not early and "⟦" not in tail.group():
            self.when, words = tail["when"], words[: tail.start()] + "."
        if self.denied(words):
            return []
        if inner := self.g.within.match(words):
            return self._within(inner["how"], words[inner.end() :])
        if first := self.g.named_first.match(words):
            return self._first(first["target"], words[first.end() :])
        return self._clause(words) or self._begun(words)

    def _clause(self, words: str) -> list[Instruction]:
        return self._passive(words) or self._active(words)

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
            return self._active(f"{rest[: verb.end()]} at the {end['where']} of {end['unit']}, {rest[verb.end() :].strip()}")
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

    def _begun(self, words: str) -> list[Instruction]:
        """Nothing, where the words are none of an instruction; raises Unclear where they begin as one upon a part that can be told."""
        spoken = self.g.speaks.match(words)
        if spoken is not None and self._names_part(spoken["target"]):
            raise Unclear(self.said(words))
        return []

    # "X is amended ..."

    def _passive(self, words: str) -> list[Instruction]:
        g = self.g
        if self.denied(words):
            return []
        if m := g.exchanged_passive.fullmatch(words) or g.struck_passive.fullmatch(words):
            return self._exchanged("exchanged" if m["new"] else "struck", m.groupdict())
        if m := g.put_passive.fullmatch(words) or g.words_passive.fullmatch(words):
            return self._put(m.groupdict())
        if m := g.unit_passive.fullmatch(words):
            return self._unit(m.groupdict())
        if m := g.renumbered_passive.fullmatch(words):
            return self._renumbered(m["from"], m["to"])
        if m := g.replaced_unit.fullmatch(words):
            return self._restated(m["from"], m["new"] or m["text"] or "")
        return self._amended(words) or self._restated_at(words) or self._repealed(words)

    def _amended(self, words: str) -> list[Instruction]:
        m = None if self.g.begins.match(words) else self.g.amended.match(words)
        if m is None or _TOLD.search(m["target"]):
            return []  # somebody changed it: that is told, and not instructed
        target = self._target(m["target"])
        return self._actions(words[m.end() :], target, m["inner"]) if target else []

    def _restated_at(self, words: str) -> list[Instruction]:
        """ "X is amended to read: ..."; what stands behind "is amended as follows:" may be an instruction itself."""
        m = self.g.to_read.fullmatch(words)
        if m is None:
            return []
        if m["read"] or m["shall"]:
            return self._restated(m["target"], m["text"])
        if self.g.may_be(m["text"]):
            target = self._target(m["target"])
            if found := self._clause(m["text"].strip()):
                return [self._placed(one, path, target.of) for path in target.paths for one in found] if target else []
        return self._restated(m["target"], m["text"], "as-follows")

    def _repealed(self, words: str) -> list[Instruction]:
        m = self.g.repealed.fullmatch(words)
        if m is None:
            return []
        if QUOTED_TITLE.search(m["target"]) and not re.search(r"definition\s+of\s+[^⟦]{0,20}⟦\d+⟧", m["target"]):
            raise Unclear(self.said(words))  # words, or the title of a rule
        target = self._target(m["target"])
        if m["when"]:
            self.when = m["when"].strip(" ,")
        return [self._one("deletes" if path else "rescinds", path or (m["target"].strip(),), "deleted", None, target.of) for path in target.paths] if target else []

    def _names_part(self, words: str) -> bool:
        try:
            target = self._target(words)
        except Unclear:
            return False
        return target is not None and any(len(path) > 1 or (path and not _OF_A_RULE.match(path[0])) for path in target.paths)

    # "strike ..., insert ..."

    def _active(self, words: str) -> list[Instruction]:
        if amend := self.g.amend.match(words):
            target = self._target(amend["target"])
            return self._actions(words[amend.end() :], target) if target else []
        leads = self.g.leads.match(words) and any(pattern.match(words) for _, pattern in self.g.forms)
        return self._actions(words, Parts(((),))) if leads or self.g.begins.match(words) else []

    def _actions(self, words: str, target: Parts, inner: str | None = None) -> list[Instruction]:
        found: list[Instruction] = []
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
            return self._restated(said["from"] or "", said.get("new") or said.get("text") or "")
        target = self._target(said["from"] or "")
        return [self._one("deletes", path, rule, None, target.of) for path in target.paths if path] if target else []

    # Pieces

    def _one(self, kind: str, path: Path, rule: str, edit: Edit | None, of: str | None = None, *, follows: bool = False, unquoted: bool = False) -> Instruction:
        return Instruction(kind, path, rule, edit, of, self.when, follows=follows, unquoted=unquoted)  # type: ignore[arg-type]

    def _target(self, words: str) -> Parts | None:
        words = self.g.new_name.compiled.sub("", words).strip(" ,")
        return parts(words, self.masked, self.known) if words else None

    def _inside(self, words: str | None) -> tuple[Path, ...]:
        """The paths of "in paragraph B"; the one empty path where nothing is said."""
        if not words:
            return ((),)
        return parts(re.sub(r"^\s*(?:in|of|from|to|throughout)\s+", "", words), self.masked, self.known).paths

    def _exchanged(self, rule: str, said: Said) -> list[Instruction]:
        """Words in place of words, or struck: where, how often."""
        places = [words for key in ("in", "in2") if (words := said.get(key))]
        if len(places) > 1:
            raise Unclear(" ".join(places))
        often = " ".join(words for key in ("often1", "often") if (words := said.get(key)))
        if re.match(r"\s*(?:appear|occur|is\s+used)", often) or any(words.strip().lower().startswith("throughout") for words in places):
            often = "wherever"
        olds = _QUOTES.findall(said.get("all") or "") or [said["old"] or ""]
        edits = [exchanged(self, f"{old} {often}", said.get("new")) for old in olds]
        return [self._one("substitutes" if said.get("new") else "deletes", path, rule, edit) for path in self._inside(places[0] if places else None) for edit in edits]

    def _put(self, said: Said) -> list[Instruction]:
        new = marked(self, said["new"] or "")
        if said.get("old"):
            old = f"{said['old']} {said.get('often1') or ''}"
            edit = put_beside(self, old, new, before=(said["side"] or "").lower() in ("before", "preceding"))
            return [self._one("inserts", path, "put-beside", edit) for path in self._inside(said.get("in"))]
        position = "end" if "end" in (said["where"] or "").lower() else "start"
        return [self._one("inserts", path, "put-at", Edit(replace=new, position=position)) for path in self._inside(said.get("within"))]  # type: ignore[arg-type]

    def _unit(self, said: Said) -> list[Instruction]:
        """A new unit: where it goes, its number, and its text, or that it follows."""
        text, unquoted = self._new_text(said.get("text") or "")
        mark = said.get("mark") or said.get("mark2")
        edit = Edit(text=text, marker=mark)
        if said.get("at"):
            position = "before" if (said["side"] or "").lower() in ("before", "preceding") else "after"
            spots = self._target(said["at"] or "")
            return [self._one("inserts", path, "unit-added", replace(edit, position=position), follows=text is None, unquoted=unquoted) for path in (spots.paths if spots else ())]  # type: ignore[arg-type]
        inside = said.get("within") or said.get("to") or said.get("to2")
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
        ranged = re.fullmatch(r"\s*(\(?\w{1,3}\)?)\s*-\s*(\(?\w{1,3}\)?)\s*", new) if re.match(r"(?:the\s+)?\w+s\s", old) else None
        bare = f"{ranged[1]} through {ranged[2]}" if ranged else new
        before, after = self._target(old), self._target(new) if not re.match(r"\s*\(?[A-Za-z]\b", new) and not ranged else Parts(tuple((one.rstrip(". "),) for one in members(bare)))
        if before is None or after is None or len(before.paths) != len(after.paths) or not all(before.paths) or not all(after.paths):
            raise Unclear(f"{old} as {new}")
        if len(after.paths[0]) > 1 or after.paths[0][0].startswith("§") or before.paths[0][-1].startswith("§"):
            return []  # a whole rule under another number
        return [self._one("renumbers", path, "renumbered", Edit(marker=to[-1]), before.of) for path, to in zip(before.paths, after.paths, strict=True)]

    def _restated(self, target: str, text: str, rule: str = "restated") -> list[Instruction]:
        named = self._target(target)
        if named is None:
            return []
        new, unquoted = self._new_text(text.strip())
        if len(named.paths) > 1 and new:
            raise Unclear(target)
        if new and not unquoted and named.paths[0] and self.known.face.fullmatch(named.paths[0][-1]) and new.endswith(".") and self.words.rstrip().endswith("⟧"):
            raise Unclear(target)  # whether a heading has the stop, or the sentence
        return [self._one("substitutes", path, rule, Edit(text=new), named.of, follows=new is None, unquoted=unquoted) for path in named.paths]

    def _new_text(self, words: str) -> tuple[str | None, bool]:
        """The new text that stands in the sentence itself, and whether no marks stand around it."""
        if not words.strip(" ."):
            return None, False
        whole = re.fullmatch(r"\s*(⟦\d+⟧)[\s.;,]*", words)
        if whole:
            return self.masked.said(whole[1]), False
        if re.match(r"\s*⟦\d+⟧", words) and not re.match(r"\s*⟦\d+⟧\s+(?:means?|includes?|is|are)\b", words):
            raise Unclear(self.said(words))  # behind the quoted text the sentence goes on
        if any(self.g.speaks.match(one) and self._names_part(self.g.speaks.match(one)["target"]) for one in _STOPS.split(words)[1:]):  # type: ignore[index]
            raise Unclear(self.said(words))  # behind the new text the paper speaks again
        return self.masked.said(words), True
