"""From what a form of the grammar caught to the instructions that it makes: places, words in place of words, new units, new numbers, new text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from lineage.model import Edit, Instruction
from lineage.relations.instructions.editing import exchanged, marked, put_beside
from lineage.relations.instructions.grammar import Grammar
from lineage.relations.instructions.paths import Parts, Unclear, members, parts
from lineage.relations.instructions.quotes import QUOTE, Masked

Path = tuple[str, ...]
Said = Mapping[str, str | None]
OF_A_RULE = re.compile(r"§|\w*\d[.-]\d")
QUOTES = re.compile(QUOTE)
_CITED = re.compile(r"\((?=[^()]*(?:§|\bCode\b|\bLaw\b|\bStat\.|\bDCR\b|\bBill\b|\s))(?:[^()]|\([^()]*\))*\)")
_LAW = re.compile(r"§|\b(?:Code|Law|Stat|DCR|Bill|Act|U\.?S\.?C)\b")
_STOPS = re.compile(r"(?<=[.;])\s+(?=[A-Z“\"⟦])")


def within(base: Path, path: Path) -> Path:
    """A path inside another; one that begins with a rule of its own stands by itself."""
    return path if path and path[0].startswith("§") else (*base, *path)


def cited_out(words: str, g: Grammar) -> str:
    """The words without the parallel citations and titles in brackets. What in brackets says which part is meant, stays."""

    def out(bracket: re.Match[str]) -> str:
        return bracket.group() if g.narrows.search(bracket.group()) and not _LAW.search(bracket.group()) else " "

    for _ in range(4):
        shorter = _CITED.sub(out, words)
        if shorter == words:
            break
        words = shorter
    return re.sub(r"\s+", " ", words).replace(" ,", ",").strip()


class Maker:
    """One sentence, its quotes set aside, and what its words make. ``around`` is what stands above it."""

    def __init__(self, masked: Masked, known: Grammar, around: Sequence[str] = ()) -> None:
        self.masked, self.g, self.known, self.around = masked, known, known.names, around
        self.words = cited_out(masked.words, known)
        self.when: str | None = None
        self.nested = False  # in what stands behind "as follows:"
        self.hangs = False  # on something else, or it is to come

    @property
    def plainly(self) -> str:
        """The words of the instruction itself: without what is quoted, how often words stand, and the new text behind a colon."""
        head = self.words.split(":", 1)[0]
        return re.sub(r"(?:[,;]\s*)+", ", ", re.sub(r"\s+", " ", self.g.count.compiled.sub(" ", self.outside(head))))

    def outside(self, words: str) -> str:
        return QUOTES.sub(" ", words)

    def said(self, words: str) -> str:
        """The words with their quotes put back."""
        return re.sub(r"⟦(\d+)⟧", lambda m: f"“{self.masked.quotes[int(m[1])]}”", words)

    def names(self, unit: str) -> bool:
        """Whether the sentence, or what stands above it, names such a unit besides saying "the end of the ..."."""
        besides = re.sub(rf"\bof\s+the\s+{unit}\b", " ", self.words, flags=re.IGNORECASE)
        return any(re.search(rf"\b{unit}s?\b", words, re.IGNORECASE) for words in (besides, *self.around))

    def _names_part(self, words: str) -> bool:
        try:
            target = self._target(words)
        except Unclear:
            return False
        return target is not None and any(len(path) > 1 or (path and not OF_A_RULE.match(path[0])) for path in target.paths)

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
        if place := said.get("place"):
            what = None if self._names_part(place) else self.g.what_in.match(place)  # "the number of days in item 4"; the heading is a part
            places = [place[what.end() :] if what else place]
        if len(places) > 1:
            raise Unclear(" ".join(places))
        often = " ".join(words for key in ("often1", "often") if (words := said.get(key)))
        if re.match(r"\s*(?:appear|occur|is\s+used)", often) or any(words.strip().lower().startswith("throughout") for words in places):
            often = "wherever"
        olds = QUOTES.findall(said.get("all") or "") or [said["old"] or ""]
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
        text, unquoted = self._new_text(said.get("text") or said.get("text2") or said.get("text3") or "")
        mark = said.get("mark") or said.get("mark2")
        edit = Edit(text=text, marker=mark)
        if said.get("at"):
            position = "before" if (said["side"] or "").lower() in ("before", "preceding") else "after"
            spots = self._target(said["at"] or "")
            return [self._one("inserts", path, "unit-added", replace(edit, position=position), follows=text is None, unquoted=unquoted) for path in (spots.paths if spots else ())]
        inside = said.get("within") or said.get("within2") or said.get("to") or said.get("to2")
        where = (said.get("where") or said.get("where2") or "").lower()
        around = self._target(inside) if inside else Parts(((),))
        if around is None:
            return []
        if where or not mark:
            end = "start" if "beginning" in where or "start" in where else "end"
            return [self._one("inserts", path, "unit-added", replace(edit, position=end), around.of, follows=text is None, unquoted=unquoted) for path in around.paths]
        return [self._one("inserts", (*path, mark), "unit-added", edit, around.of, follows=text is None, unquoted=unquoted) for path in around.paths]

    def _added(self, target: str, inside: str | None, text: str) -> list[Instruction]:
        """ "Section 5.12(d) is added": a part of a rule. Of whole rules others read it."""
        try:
            named, around = self._target(target), self._target(inside) if inside else Parts(((),))
        except Unclear:
            return []
        if named is None or around is None or len(named.paths) != 1 or len(around.paths) != 1:
            return []
        path = within(around.paths[0], named.paths[0])
        if path[-1].startswith("§") or OF_A_RULE.match(path[-1]) or not re.search(r"\w", path[-1]) or " " in path[-1]:
            return []
        new, unquoted = self._new_text(text)
        return [self._one("inserts", path, "unit-added", Edit(text=new, marker=path[-1]), around.of or named.of, follows=new is None, unquoted=unquoted)]

    def _retitled(self, target: str, new: str) -> list[Instruction]:
        try:
            named = self._target(target)
        except Unclear:
            return []
        if named is None or len(named.paths) != 1:
            return []
        return self._restated(f"the heading of {target}", new)

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
