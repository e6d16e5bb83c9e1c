"""How to say what the tool cannot read without doubt, so that it can: one row for each open question that a draft's own reading may raise.

The tests read each example as a paper has it and look that nothing is left open.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Where = Literal["heading", "sentence", "file"]


class Advice(Struct, frozen=True):
    """What to do (``say``), and an ``example`` that is read without doubt: a line of the heading or a sentence of the text. What is wrong with the file itself has none."""

    say: str
    where: Where = "file"
    example: str = ""

    @property
    def words(self) -> str:
        """The advice as it is printed."""
        return f'{self.say} "{self.example}"' if self.example else self.say


_DAY = Advice("Give one whole day, with its year, in the heading:", "heading", "Effective: May 1, 2027")
_ISSUE = Advice("Give the day of issue in the heading, on or before that of effect:", "heading", "Issued: April 20, 2027")
_LAST = Advice("Name the last day itself:", "sentence", "This order expires December 31, 2027.")
_ENDS = Advice("Say it of one rule, as an act of this paper, now:", "sentence", "Special Order 26-11 is rescinded.")
_WORDS = Advice("Say which words of which part change:", "sentence", 'In paragraph B of Section 5.12, strike "30 days" and insert "15 days".')
_NUMBERS = Advice("Number the clauses in one unbroken order (I., A., 1., a.), each on a line of its own.")
_TEXT = Advice("Give the file as a Word document, or as a PDF made from one and not as a picture of pages.")
_PLAIN = Advice("Write it as plain text of the document, and take out what is kept apart.")
_HOUR = Advice("Give the hour with the day:", "sentence", "This order is effective May 1, 2027, at 0700 hours.")
_EACH = Advice("Name each rule by its own number:", "sentence", "Sections 7.1, 7.2 and 7.3 are rescinded.")
_FIELD = Advice("Name the rules in the field by their numbers alone:", "heading", "Rescinds: Special Order 26-11")
_TITLE = Advice("Give the title in the heading:", "heading", "Subject: Vehicle Logs")

ADVICE: dict[str, Advice] = {
    "dates.approval-open": Advice("Issue it when it is approved, and give the day of the approval:", "heading", "Approved: April 20, 2027"),
    "dates.by-rule": _LAST,
    "dates.century": _DAY,
    "dates.day-open": _LAST,
    "dates.disagree": Advice("Give each date once, or the same wherever it stands:", "heading", "Effective: May 1, 2027"),
    "dates.effective-before-issue": _ISSUE,
    "dates.end-unknown": _LAST,
    "dates.expiry-before-effect": _LAST,
    "dates.impossible": _DAY,
    "dates.midnight": _HOUR,
    "dates.misread": _DAY,
    "dates.month-or-day": _DAY,
    "dates.no-effective-date": _DAY,
    "dates.no-width": _DAY,
    "dates.partial": _DAY,
    "dates.retroactive": _ISSUE,
    "dates.stamp-before-issue": Advice("Give the draft without a stamp."),
    "dates.time-unread": _LAST,
    "dates.unreadable": _DAY,
    "expressions.version-not-held": Advice("Name the version that the draft replaces by its own date, or ingest that version first."),
    "expressions.version-skipped": Advice("Name the version that stands now by its own date."),
    "heading.no-title": _TITLE,
    "heading.pages-differ": Advice("Give every page the same number, title and dates in its head and foot."),
    "instructions.conditional": Advice("Let the change come by the paper itself, on its day, and hang on nothing else:", "sentence", 'In paragraph B of Section 5.12, strike "30 days" and insert "15 days".'),
    "instructions.unplaced": Advice("Name the rule of which words change:", "sentence", 'In paragraph B of Section 5.12, strike "30 days" and insert "15 days".'),
    "instructions.unread": _WORDS,
    "manual.entry-not-found": Advice("Give each rule of the contents a page that begins with its number and title."),
    "outline.gap": _NUMBERS,
    "outline.look-alike": Advice("Type the number anew with the figures and letters of the keyboard."),
    "outline.near-tie": _NUMBERS,
    "pages.changing-field": Advice("Type the date as words in place of the field that changes."),
    "pages.garbled": _TEXT,
    "pages.hidden-text": _PLAIN,
    "pages.needs-ocr": _TEXT,
    "pages.numbering-unread": _NUMBERS,
    "pages.page-unreadable": _TEXT,
    "pages.part-unread": _PLAIN,
    "pages.readers-disagree": _TEXT,
    "pages.signatures-unread": Advice("Say in the words of the order who issued it, and on which day; what a signature says is then not needed."),
    "pages.struck-out": Advice("Take the words that are struck through out of the file."),
    "pages.truncated": _TEXT,
    "relations.amender-ended": Advice("Say in this order what the rule that it had changed says from then on."),
    "relations.doubtful": _ENDS,
    "relations.field-unread": _FIELD,
    "relations.list-unread": Advice("Say before the list what is done to the rules in it:", "sentence", "The following orders are rescinded: Special Order 26-11 and Special Order 26-12."),
    "relations.open-target": Advice("Name each rule that is meant:", "sentence", "Training Bulletin 112 is rescinded."),
    "relations.parent-ended": Advice("Name the parts and addenda that end with it, and say of the others that they remain in effect."),
    "relations.range-open": _EACH,
    "relations.scope-unknown": _WORDS,
    "relations.sentence-long": Advice("Divide the sentence into several, each of which says one thing."),
    "store.relation-twice": _ENDS,
    "text.control-marks": _TEXT,
    "text.low-confidence": _TEXT,
}  # fmt: skip
GENERAL = Advice("Say it in a plain sentence of its own, with the number of the rule and the day.")


def advice_on(code: str) -> Advice:
    """The row of an open question; a general one where the table has none."""
    return ADVICE.get(code, GENERAL)
