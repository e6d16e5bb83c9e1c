"""The words of a paragraph of a Word file, in order, as they are shown: fields by their results, boxes by their state, hidden words apart."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct, field

from lineage.pages.marks import bullet
from lineage.pages.names import MC, VAL, A, M, V, W, switch, value, whole
from lineage.pages.styles import Look, Styles, symbol_font

# Words of these fields are those of the day on which the file is opened, saved or printed.
CHANGING = frozenset(("DATE", "TIME", "SAVEDATE", "PRINTDATE", "EDITTIME"))
# These print numbers that the file does not hold.
UNHELD = frozenset(("AUTONUM", "AUTONUMLGL", "AUTONUMOUT", "LISTNUM"))
LINKED, PUT_IN = "another document that is linked into it", "a document of another kind that is put in when it is opened"
_GRAPHICS = {"diagram": "a diagram", "chart": "a chart"}
_THROUGH = frozenset(W + tag for tag in ("hyperlink", "smartTag", "customXml", "dir", "bdo", "ins", "moveTo", "ruby", "rt", "rubyBase"))


PLAIN = Look()


class Ink(Struct, frozen=True):
    """Words of one look. ``aside`` says why they are no part of the text: ``hidden``, ``prompt`` or ``changing``; mostly nothing."""

    text: str
    look: Look = PLAIN
    aside: str = ""


class Gap(Struct, frozen=True):
    """A tab, or the end of a line."""

    ends_line: bool = False


class Aside(Struct, frozen=True):
    """What hangs on a paragraph and follows it: a text box (``box``), a watermark or a note (``footnote``, ``endnote``) with its name in the file."""

    sort: str
    content: Any


Shown = Ink | Gap | Aside


class _Field(Struct):
    """A field that is open: its instruction, and whether its result has begun."""

    instruction: str = ""
    result: bool = False
    data: Any = None
    held: bool = False

    @property
    def kind(self) -> str:
        """The first word of its instruction."""
        return (self.instruction.split() or [""])[0].upper()


class Runs(Struct):
    """Reads paragraphs one after the other; a field may go on from one into the next."""

    styles: Styles
    open: list[_Field] = field(default_factory=list)
    images: int = 0
    unread: list[str] = field(default_factory=list)
    notes: dict[tuple[str, str], int] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)

    def of(self, paragraph: Any, style: str) -> Iterator[Shown]:
        """What the paragraph shows, in order."""
        yield from self._inside(paragraph, style, "")

    def _inside(self, element: Any, style: str, aside: str) -> Iterator[Shown]:
        for child in element:
            tag = child.tag
            if tag == W + "r":
                yield from self._run(child, style, aside)
            elif tag in _THROUGH:
                yield from self._inside(child, style, aside)
            elif tag == W + "fldSimple":
                self.open.append(_Field(child.get(W + "instr", ""), True))
                yield from self._inside(child, style, aside)
                self._close()
            elif tag == W + "sdt":
                prompts = child.find(f"{W}sdtPr/{W}showingPlcHdr") is not None and switch(child.find(W + "sdtPr"), "showingPlcHdr") is not False
                content = child.find(W + "sdtContent")
                if content is not None:
                    yield from self._inside(content, style, "prompt" if prompts else aside)
            elif tag == MC + "AlternateContent":
                yield from self._inside(_one_of(child), style, aside)
            elif tag in (M + "oMath", M + "oMathPara"):
                yield Ink("".join(t.text or "" for t in child.iter(M + "t")))
            elif tag == W + "subDoc":
                self.unread.append(LINKED)

    def _run(self, run: Any, style: str, aside: str) -> Iterator[Shown]:
        own = run.find(W + "rPr")
        look = self.styles.look(own, style)
        for part in run:
            tag = part.tag
            if tag == W + "fldChar":
                yield from self._field_mark(part, look, aside)
            elif tag == W + "instrText":
                if self.open and not self.open[-1].result:
                    self.open[-1].instruction += part.text or ""
            elif any(not f.result for f in self.open):
                continue  # within an instruction nothing is shown
            elif tag in (W + "footnoteReference", W + "endnoteReference"):
                yield from self._note(tag.removeprefix(W).removesuffix("Reference"), part, look)
            else:
                yield from self._part(part, own, look, aside)

    def _part(self, part: Any, own: Any, look: Look, aside: str) -> Iterator[Shown]:
        tag = part.tag
        words = ""
        if tag == W + "t":
            words = part.text or ""
            words = bullet(words, symbol_font(own)) if len(words) == 1 else words
        elif tag in (W + "noBreakHyphen", W + "sym"):
            words = "-" if tag == W + "noBreakHyphen" else _symbol(part)
        elif tag in (W + "tab", W + "ptab"):
            yield Gap()
        elif tag in (W + "br", W + "cr"):
            yield Gap(ends_line=True)
        elif tag in (W + "drawing", W + "pict", W + "object"):
            yield from self._drawing(part)
        elif tag == MC + "AlternateContent":
            for inner in _one_of(part):
                yield from self._part(inner, own, look, aside)
        if words:
            if self.open:
                self.open[-1].held = True
            yield Ink(words.upper() if look.capitals else words, look, self._apart(look, aside))

    def _apart(self, look: Look, aside: str) -> str:
        if look.hidden:
            return "hidden"
        return aside or ("changing" if any(f.kind in CHANGING for f in self.open) else "")

    def _field_mark(self, mark: Any, look: Look, aside: str) -> Iterator[Shown]:
        sort = mark.get(W + "fldCharType")
        if sort == "begin":
            self.open.append(_Field(data=mark.find(W + "ffData")))
        elif sort == "separate" and self.open:
            self.open[-1].result = True
        elif sort == "end" and self.open:
            done = self._close()
            chosen = _chosen(done.data)
            if chosen and not any(not f.result for f in self.open):
                yield Ink(chosen, look, self._apart(look, aside))

    def _close(self) -> _Field:
        done = self.open.pop()
        if done.kind in UNHELD and not done.held:
            self.unread.append(f"a number that the field {done.kind} works out")
        return done

    def _note(self, sort: str, part: Any, look: Look) -> Iterator[Shown]:
        name = part.get(W + "id", "")
        if (sort, name) in self.notes or look.hidden:
            return
        self.counts[sort] = self.counts.get(sort, 0) + 1
        at = self.notes[sort, name] = self.counts[sort]
        yield Ink(raised(at, sort))
        yield Aside(sort, name)

    def _drawing(self, part: Any) -> Iterator[Shown]:
        """The text boxes of a drawing, the words of a watermark; its pictures are counted."""
        if part.tag == W + "object":
            self.unread.append("an object of another program")
        for inner in part.iter(A + "blip", V + "imagedata", V + "textpath", W + "txbxContent", A + "graphicData"):
            if inner.tag in (A + "blip", V + "imagedata"):
                self.images += 1
            elif inner.tag == V + "textpath":
                yield Aside("watermark", inner.get("string", ""))
            elif inner.tag == A + "graphicData":
                self.unread.extend(named for word, named in _GRAPHICS.items() if inner.get("uri", "").endswith(word))
            elif next(inner.iterancestors(W + "txbxContent", part.tag)).tag == part.tag and _is_chosen(inner, part):
                yield Aside("box", inner)


def raised(count: int, sort: str) -> str:
    """The mark of a note as it is printed: raised figures, or raised Roman numbers for notes at the end.

    >>> raised(12, "footnote"), raised(4, "endnote")
    ('¹²', 'ⁱᵛ')
    """
    from lineage.pages.numbering import spelled

    text = (spelled(count, "lowerRoman") if sort == "endnote" else None) or str(count)
    return text.translate(str.maketrans("0123456789ivxlcdm", "⁰¹²³⁴⁵⁶⁷⁸⁹ⁱᵛˣˡᶜᵈᵐ"))


def _chosen(data: Any) -> str:
    """What a form field shows that has no words of its own: a box, ticked or not, or the chosen entry of a list."""
    box = None if data is None else data.find(W + "checkBox")
    if box is not None:
        ticked = switch(box, "checked")
        return "☒" if (switch(box, "default") if ticked is None else ticked) else "☐"
    choice = None if data is None else data.find(W + "ddList")
    if choice is None:
        return ""
    entries = [e.get(VAL, "") for e in choice.findall(W + "listEntry")]
    at = whole(value(choice, "result") or value(choice, "default"))
    return entries[at] if 0 <= at < len(entries) else ""


def _symbol(part: Any) -> str:
    code = part.get(W + "char", "")
    try:
        at = int(code, 16)
    except ValueError:
        return ""
    if "wingdings" in part.get(W + "font", "").lower() or "symbol" in part.get(W + "font", "").lower():
        at = 0xF000 + (at & 0xFF)
    return chr(at) if 31 < at < 0x110000 and not 0xD800 <= at < 0xE000 else ""


def _one_of(element: Any) -> Any:
    """Of several forms of one thing the first: the others say the same to older programs."""
    return next((c for c in element if c.tag in (MC + "Choice", MC + "Fallback")), ())


def _is_chosen(inner: Any, part: Any) -> bool:
    for above in inner.iterancestors():
        if above is part:
            return True
        former = above.getparent()
        if above.tag == MC + "Fallback" and former is not None and former.find(MC + "Choice") is not None:
            return False
    return True
