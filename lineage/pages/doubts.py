"""What is doubtful about the reading of a PDF, gathered page by page and said once for the whole item."""

from __future__ import annotations

from collections.abc import Sequence

from lineage.errors import RefusedError
from lineage.model import Finding, Page, Severity
from lineage.pages.engine import HINT

MOST_SECOND_READINGS = 10


class Doubts:
    """Numbers of the pages on which something is doubtful."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.unreadable: list[int] = []
        self.no_tables: list[int] = []
        self.off_page: list[tuple[int, int]] = []
        self.annotations: dict[int, int] = {}
        self.garbled: list[int] = []
        self.merged: list[int] = []
        self.signatures = (0, "")  # how many there are, and why they were not all read

    def broken_annotation(self, number: int) -> None:
        """One more annotation that cannot be read."""
        self.annotations[number] = self.annotations.get(number, 0) + 1

    def findings(self, pages: Sequence[Page], data: bytes) -> tuple[Finding, ...]:
        """All of them as findings, worst first."""
        found: list[Finding] = []
        ocr = [page.number for page in pages if page.needs_ocr]
        _say(
            found,
            ocr,
            "pages.needs-ocr",
            "blocker",
            "{pages} of {all} shows a picture and holds no text; what it says is not known until it is read by OCR.",
            len(pages),
        )
        _say(
            found,
            self.unreadable,
            "pages.page-unreadable",
            "blocker",
            "{pages} of {all} cannot be opened; what it says is not known. A fresh copy could settle it.",
            len(pages),
        )
        text = (
            "{pages} of {all} holds a text layer that is no text (a font without a table of letters, or with a wrong one): what is read there is not what is printed. "
            "Reading it by OCR could settle it."
        )
        _say(found, self.garbled, "pages.garbled", "doubt", text, len(pages))
        self._second(found, pages, data)
        _say(
            found,
            sorted(self.annotations),
            "pages.broken-annotation",
            "note",
            "{pages} of {all} has annotations that cannot be read; a stamp among them would be missed.",
            len(pages),
        )
        _say(
            found,
            self.no_tables,
            "pages.tables-unread",
            "note",
            "{pages} of {all} has too many drawn lines to look for table cells among them; its lines are read row by row.",
            len(pages),
        )
        if self.signatures[1]:
            count, why = self.signatures
            many = f"{count} digital signatures" if count > 1 else "a digital signature"
            found.append(Finding("pages.signatures-unread", "doubt", f"The file holds {many}, not read, or not in full, because {why}: who signed, and on which day, is not known. A PDF viewer shows it."))
        if self.off_page:
            count = sum(words for _, words in self.off_page)
            text = f"{count} words stand outside the edges of {{pages}} of {{all}} and are not shown; they were left out."
            _say(found, [number for number, _ in self.off_page], "pages.off-page", "note", text, len(pages))
        return tuple(found)

    def _second(self, found: list[Finding], pages: Sequence[Page], data: bytes) -> None:
        """A second reader on the pages that look odd; where the two differ much, that is said."""
        suspects = sorted({*self.garbled, *self.merged})[:MOST_SECOND_READINGS]
        if not suspects:
            return
        differ = [number for number in suspects if _differ(pages[number - 1], data)]
        text = "Two readers find different words on {pages} of {all}; what is read there is doubtful. Look at the page itself."
        _say(found, differ, "pages.readers-disagree", "doubt", text, len(pages))


def _differ(page: Page, data: bytes) -> bool:
    """Whether pdfplumber finds a quarter more or fewer words on the page."""
    import io

    import pdfplumber

    try:
        with pdfplumber.open(io.BytesIO(data), pages=[page.number]) as document:
            other = len(document.pages[0].extract_words())
    except Exception:  # noqa: BLE001 (a second reader that fails says nothing about the first)
        return False
    own = sum(len(line.text.split()) for line in page.lines if not line.hint)
    return abs(own - other) * 4 > max(own, other, 1)


def _say(found: list[Finding], numbers: list[int], code: str, severity: Severity, text: str, count: int) -> None:
    if numbers:
        found.append(Finding(code, severity, text.format(pages=spoken(numbers), all=count)))


def spoken(numbers: Sequence[int]) -> str:
    """ "Page 3" or "Each of pages 1-3, 7" in front of "of 9"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    names = ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in runs)
    return f"Page {names}" if len(numbers) == 1 else f"Each of the pages {names}"


def no_text(name: str, pages: Sequence[Page]) -> RefusedError:
    """The refusal of a scan: no page has text."""
    return RefusedError(
        f"{name} has no text on {len(pages)} of {len(pages)} pages: it needs OCR. A picture of words answers no question.",
        hint=HINT,
        code="pages.needs-ocr",
    )
