"""Makes every document of the corpus twice, as a PDF and as a text file, from the TOML sources beside this program.

    python corpus/sources/make_pdfs.py            # writes corpus/orders/*.pdf and *.txt
    python corpus/sources/make_pdfs.py --check    # writes nothing, names the files that differ, ends with 1 if any does

The output depends on the sources and on the version of reportlab alone: no clock, no random number, no compression.

A source gives a `layout` ("memo", "manual", "bulletin" or "table"), its heading fields, perhaps a `stamp`, and a `body`. Blocks of the
body are separated by an empty line, and the lines of one block are joined. A block begins with `# ` (a heading), `- ` (a bullet),
`= ` (a definition) or a marker such as `1)`, `A.` or `a)`; anything else is a paragraph. Two blanks before it set it one level deeper.
`[page]` starts a new page, at the start of a block or inside a sentence.
"""

from __future__ import annotations

import argparse
import io
import re
import sys
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reportlab.lib.pagesizes import letter
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

SOURCES = Path(__file__).resolve().parent
ORDERS = SOURCES.parent / "orders"
WIDTH, HEIGHT = letter
LEFT, RIGHT, TOP, BOTTOM = 72.0, WIDTH - 72.0, HEIGHT - 72.0, 72.0
INDENT = 22.0
MARKER = re.compile(r"(\d{1,2}[.)]|[A-Z]\.|[a-z]\))\s+(.*)", re.DOTALL)
RED = (0.8, 0.08, 0.08)


@dataclass(frozen=True)
class Block:
    """One block of a body: `kind` is heading, bullet, definition, item or paragraph; `marker` is drawn before the words."""

    kind: str
    words: str
    marker: str = ""
    depth: int = 0


def blocks(body: str) -> list[Block]:
    """The blocks of a body, in order.

    >>> blocks("# PURPOSE\\n\\n- One\\nbullet.\\n\\n  a) Deeper.")[1:]
    [Block(kind='bullet', words='One bullet.', marker='•', depth=0), Block(kind='item', words='Deeper.', marker='a)', depth=1)]
    """
    return [_block(raw) for raw in re.split(r"\n\s*\n", body.strip("\n")) if raw.strip()]


def _block(raw: str) -> Block:
    depth = (len(raw) - len(raw.lstrip(" "))) // 2
    words = " ".join(raw.split())
    page, words = ("[page] ", words[7:]) if words.startswith("[page] ") else ("", words)
    for sign, kind, marker in (("# ", "heading", ""), ("- ", "bullet", "•"), ("= ", "definition", "")):
        if words.startswith(sign):
            return Block(kind, page + words[2:], marker, depth)
    found = MARKER.match(words)
    if found:
        return Block("item", page + found[2], found[1], depth)
    return Block("paragraph", page + words, "", depth)


@dataclass
class Sheet:
    """A PDF in the making, and beside it the lines that a careful copy out of a viewer would give."""

    canvas: Canvas
    source: dict[str, Any]
    size: float = 12.0
    y: float = TOP
    page: int = 1
    lines: list[str] = field(default_factory=list)

    @property
    def face(self) -> str:
        return "Helvetica" if self.source["layout"] in ("manual", "bulletin") else "Times"

    def font(self, style: str = "") -> str:
        plain = "Times-Roman" if self.face == "Times" else "Helvetica"
        return f"{self.face}-{style}" if style else plain

    def copy(self, line: str, gap: bool = False) -> None:
        """Adds a line to the copy, after an empty line where the page shows a gap."""
        if gap and self.lines and self.lines[-1]:
            self.lines.append("")
        self.lines.append(line)

    def put(self, x: float, words: str, style: str = "", size: float | None = None, align: str = "left") -> None:
        self.canvas.setFont(self.font(style), size or self.size)
        draw = {"left": self.canvas.drawString, "centre": self.canvas.drawCentredString, "right": self.canvas.drawRightString}[align]
        draw(x, self.y, words)

    def down(self, points: float) -> None:
        self.y -= points

    def turn(self) -> None:
        """Ends the page (foot, stamp) and starts the next one with its running head."""
        self.close()
        self.canvas.showPage()
        self.page += 1
        self.y = TOP
        self.head()

    def head(self) -> None:
        running = self.source.get("running_head")
        if not running:
            return
        words = f"{running} Page {self.page}"
        title, day = self.source.get("running_head_lines", (running, ""))
        for line in (title, day, f"Page {self.page}"):
            if line:
                self.put(LEFT, line)
                self.down(self.size * 1.2)
        self.copy(words, gap=True)
        self.down(self.size)

    def close(self) -> None:
        foot = self.source.get("foot")
        if foot:
            self.canvas.setFont(self.font(), 9)
            words = f"{foot} - Page {self.page}"
            self.canvas.drawCentredString(WIDTH / 2, 44, words)
            self.copy(words, gap=True)
        stamp = self.source.get("stamp")
        if stamp:
            self.stamp(stamp["text"], stamp["angle"])

    def stamp(self, words: str, angle: float) -> None:
        """Draws a red stamp: across the body lines where it is turned, in the upper margin where it lies level."""
        canvas, size = self.canvas, 20.0
        if angle:
            size = min(44.0, 640.0 / stringWidth(words, "Helvetica-Bold", 1.0))
        canvas.saveState()
        canvas.setFillColorRGB(*RED)
        canvas.setFillAlpha(0.6)
        canvas.translate(*((WIDTH / 2, HEIGHT / 2 + 20) if angle else (WIDTH / 2, HEIGHT - 44)))
        canvas.rotate(angle)
        canvas.setFont("Helvetica-Bold", size)
        canvas.drawCentredString(0, 0, words)
        canvas.restoreState()
        self.copy(words, gap=True)

    def room(self, lines: int) -> None:
        if self.y - lines * self.size * 1.2 < BOTTOM:
            self.turn()

    def block(self, block: Block, gap: bool) -> None:
        """Draws one block; a `[page]` inside it turns the page there."""
        style = "Bold" if block.kind == "heading" else ""
        left = LEFT + block.depth * INDENT + (INDENT if block.marker else 0)
        words = block.words
        if words.startswith("[page] "):
            self.turn()
            words, gap = words[7:], True
        elif gap:
            self.down(self.size * 0.8)
        self.room(4 if block.kind == "heading" else 1)
        marker = block.marker
        for number, part in enumerate(words.split(" [page] ")):
            if number:
                self.turn()
                gap = True
            for line in wrap(part, self.font(style), self.size, RIGHT - left):
                self.room(1)
                if marker:
                    self.put(left - INDENT, marker)
                self.put(left, line, style)
                self.copy(f"{marker} {line}" if marker else line, gap=gap)
                self.down(self.size * 1.2)
                marker, gap = "", False

    def body(self) -> None:
        before = ""
        for block in blocks(self.source["body"]):
            tight = block.kind == "bullet" and before == "bullet"
            if tight:
                self.down(self.size * 0.25)
            self.block(block, gap=not tight)
            before = block.kind


def wrap(words: str, font: str, size: float, width: float) -> list[str]:
    """The lines of `words` at that width, broken at blanks."""
    lines, line = [], ""
    for word in words.split():
        longer = f"{line} {word}".strip()
        if line and stringWidth(longer, font, size) > width:
            lines.append(line)
            line = word
        else:
            line = longer
    return [*lines, line]


def _letterhead(sheet: Sheet) -> None:
    lines = (("City of Long Beach", "Bold", 16.0), ("Working Together to Serve", "Italic", 10.0), ("Memorandum", "Bold", 14.0))
    for words, style, size in lines:
        sheet.put(RIGHT, words, style, size, "right")
        sheet.down(size * 1.25)
        sheet.copy(words)
    sheet.down(8)


def _memo(sheet: Sheet) -> None:
    """The memo heading. All labels are drawn first and the values after them, as in the papers that it follows."""
    _letterhead(sheet)
    fields = [(label, sheet.source[label.lower()]) for label in ("Date", "To", "From", "Subject")]
    top = sheet.y
    for label, _ in fields:
        sheet.put(LEFT, f"{label}:", "Bold")
        sheet.down(20)
    sheet.y = top
    for number, (label, value) in enumerate(fields):
        sheet.put(LEFT + 72, value, "Bold" if label == "Subject" else "")
        sheet.down(20)
        sheet.copy(f"{label}: {value}", gap=not number)
    sheet.canvas.line(LEFT, sheet.y + 8, RIGHT, sheet.y + 8)
    sheet.down(8)


def _manual(sheet: Sheet) -> None:
    """The top of a manual page: the name of the manual, the section, and the line that dates it."""
    for words, style, size in (
        ("LONG BEACH POLICE DEPARTMENT MANUAL", "Bold", 13.0),
        (sheet.source["dated"], "", sheet.size),
    ):
        sheet.put(WIDTH / 2, words, style, size, "centre")
        sheet.down(size * 1.4)
        sheet.copy(words)
    sheet.down(10)
    sheet.put(LEFT, sheet.source["section"], "Bold", 12)
    sheet.copy(sheet.source["section"], gap=True)
    sheet.down(18)


def _bulletin(sheet: Sheet) -> None:
    for number, words in enumerate(sheet.source["top"]):
        size = 14.0 if number < 2 else sheet.size
        sheet.put(WIDTH / 2, words, "Bold" if number < 3 else "", size, "centre")
        sheet.down(size * 1.4)
        sheet.copy(words)
    sheet.down(8)


def _table(sheet: Sheet) -> None:
    """A heading table: rows of cells, each with a small label above its value."""
    for words in ("LONG BEACH POLICE DEPARTMENT", "SPECIAL ORDER"):
        sheet.put(WIDTH / 2, words, "Bold", 15, "centre")
        sheet.down(20)
        sheet.copy(words)
    sheet.down(-4)
    height = 40.0
    for row in sheet.source["table"]:
        width = (RIGHT - LEFT) / len(row)
        for column, (label, value) in enumerate(row):
            x = LEFT + column * width
            sheet.canvas.rect(x, sheet.y - height, width, height)
            sheet.y -= 12
            sheet.put(x + 5, f"{label}:", "Bold", 9)
            sheet.y -= 14
            for number, line in enumerate(wrap(value, sheet.font(), 10.5, width - 10)):
                sheet.put(x + 5, line, "", 10.5)
                sheet.y -= 11
                sheet.copy(f"{label}: {line}" if not number else line, gap=not number and not column and row is sheet.source["table"][0])
            sheet.y += 26 + 11 * (number + 1)
        sheet.down(height)
    sheet.down(24)


def _signature(sheet: Sheet) -> None:
    signed = sheet.source.get("signature")
    if signed:
        sheet.room(5)
        sheet.down(40)
        sheet.canvas.line(LEFT, sheet.y + 14, LEFT + 210, sheet.y + 14)
        sheet.put(LEFT, signed)
        sheet.copy(signed, gap=True)
        sheet.down(24)
    typist = sheet.source.get("typist")
    if typist:
        sheet.put(LEFT, typist, "", 9)
        sheet.copy(typist, gap=True)


TOPS = {"memo": _memo, "manual": _manual, "bulletin": _bulletin, "table": _table}


def draw(source: dict[str, Any]) -> tuple[bytes, str]:
    """The PDF of a source, and its text as a careful copy line by line."""
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=letter, pageCompression=0, invariant=1)
    canvas.setTitle(source["title"])
    canvas.setAuthor("policy-lineage")
    canvas.setSubject("A re-creation for testing")
    sheet = Sheet(canvas, source, size=source.get("size", 12.0))
    TOPS[source["layout"]](sheet)
    sheet.body()
    _signature(sheet)
    sheet.close()
    canvas.showPage()
    canvas.save()
    return stream.getvalue(), "\n".join(sheet.lines).strip() + "\n"


def run_together(source: dict[str, Any]) -> str:
    """The text of a memo as a web viewer gives it: one unbroken run, labels before values, stamps and heads in the stream."""
    run = source["run"]
    parts = [f"{run['title']}Date: To: From: Subject: City of Long Beach Working Together to Serve"]
    parts += [f" {source['date']} {source['to']} {source['from']} {source['subject']} Memorandum"]
    page, before = 1, ""
    stamp = source["stamp"]["text"]
    for block in blocks(source["body"]):
        for number, part in enumerate(re.split(r"(?:^| )\[page\] ", block.words)):
            if number:
                page += 1
                blank = "" if page in run["glued_stamps"] else " "
                parts.append(f"{blank}{stamp} {source['running_head']} Page{'' if page in run['glued_pages'] else ' '}{page}")
            if part:
                first = block.kind == "bullet" and (not number or block.words.startswith("[page]"))
                blank = "" if first and before == "bullet" and not number else " "
                parts.append(f"{blank}{block.marker if first else ''}{part}")
        before = block.kind
    text = "".join(parts) + f" {source['signature']} {source['typist']} {stamp}\n"
    for clean, read in run["misread"]:
        if clean not in text:
            raise SystemExit(f"'{clean}' is to be misread as '{read}', but the text does not hold it")
        text = text.replace(clean, read, 1)
    return f"{run['first_line']}\n{text}"


def build() -> dict[str, bytes]:
    """Every file of `orders` by its name."""
    made: dict[str, bytes] = {}
    for path in sorted(SOURCES.glob("*.toml")):
        source = tomllib.loads(path.read_text(encoding="utf-8"))
        pdf, text = draw(source)
        made[f"{path.stem}.pdf"] = pdf
        made[f"{path.stem}.txt"] = (run_together(source) if "run" in source else text).encode()
    return made


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing, name the files that differ")
    check = parser.parse_args().check
    made = build()
    if check:
        differing = [name for name, data in made.items() if not (ORDERS / name).exists() or (ORDERS / name).read_bytes() != data]
        print("\n".join(differing) or f"All {len(made)} files are as the sources give them.")
        return 1 if differing else 0
    ORDERS.mkdir(exist_ok=True)
    for name, data in made.items():
        (ORDERS / name).write_bytes(data)
    print(f"{len(made)} files, {sum(map(len, made.values()))} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
