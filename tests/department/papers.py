"""The ten papers of the Quillhaven Police Department, which does not exist: each of another layout, all drawn here."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import docx

from .sheets import Sheets

AGENCY = "QUILLHAVEN POLICE DEPARTMENT"
ALL = "All members"


def keys() -> bytes:
    """A panel of boxes, labels in small letters over their values; an outline six deep."""
    paper = Sheets()
    _panel(paper, "3-07", "February 3, 2014", "March 1, 2014", "Keys and Access Cards", "None", ("3-02, issued 06/15/98",), "City Code 2-14")
    paper.flow(
        [
            (0, "I.", "PURPOSE"),
            (1, "", "This order says how keys and access cards are given out, kept and handed back."),
            (0, "II.", "POLICY"),
            (1, "", "No key leaves the building with anyone who has not signed for it, whatever the hour and whatever the haste."),
            (0, "III.", "PROCEDURE"),
            (1, "A.", "The quartermaster keeps the key cabinet and its book."),
            (2, "1.", "A key is issued on a written request, which names:"),
            (3, "a.", "the door or the vehicle, and the reason; where the reason is a repair:"),
            (4, "(1)", "the name of the workman, and of the member who goes with him, who must"),
            (5, "(a)", "stay within sight of the open door, and"),
            (5, "(b)", "lock it before both leave."),
            (4, "(2)", "the hour at which the repair begins."),
            (3, "b.", "the day on which the key comes back."),
            (2, "2.", "A card is issued in the same way and is shown at every inspection."),
            (1, "B.", "A key that is lost is reported to the watch commander before the watch ends."),
            (2, "1.", "The watch commander has the lock changed."),
            (2, "2.", "The member writes a memorandum."),
            (0, "IV.", "RECORDS"),
            (1, "A.", "The key book is kept for six years."),
        ],
        560,
    )
    return paper.done()


def visitors() -> bytes:
    """Number, dates and what is amended stand at the foot of each of two pages."""

    def foot(paper: Sheets, page: int) -> None:
        paper.put(72, 48, "Order No.: 3-11    Date Issued: 05/09/2016    Date Effective: 06/01/2016    Amends: 3-07", 9)
        paper.put(500, 34, f"Page {page} of 2", 9)

    paper = Sheets(foot)
    paper.put(306, 740, AGENCY, 12, True, True)
    paper.put(306, 722, "General Order", 11, False, True)
    paper.put(306, 692, "Access Cards of Visitors", 18, True, True)
    why = "The card shows a number, and no name; it opens the doors of the hall and of the stair, and none of the doors behind them, at any hour of the day or of the night. "
    paper.flow(
        [
            (0, "A.", "PURPOSE"),
            (1, "", "This order adds rules for the cards of visitors to those for keys. " + why * 4),
            (0, "B.", "THE FRONT DESK"),
            (1, "1.", "The desk officer asks each visitor for a paper with a picture. " + why * 4),
            (1, "2.", "The desk officer writes the hour and the number of the card in the book. " + why * 5),
            (1, "3.", "A visitor is led by a member at all times. " + why * 4),
            (0, "C.", "THE RETURN OF CARDS"),
            (1, "1.", "A visitor hands the card back at the desk where it was given. " + why * 5),
            (1, "2.", "A card that does not come back by the end of the day is shut off. " + why * 5),
            (2, "a)", "The desk officer calls the records clerk. " + why * 3),
            (2, "b)", "The records clerk writes the number in the list of cards that are shut off. " + why * 3),
            (0, "D.", "RECORDS"),
            (1, "1.", "The book of visitors is kept for two years."),
        ],
        650,
    )
    return paper.done()


def property_room() -> bytes:
    """Labels with colons over a text in two columns."""
    paper = Sheets()
    paper.put(54, 740, AGENCY, 14, True)
    paper.put(54, 716, "General Order No. 6-01", 12, True)
    paper.put(54, 694, "Subject: Property Room")
    paper.put(54, 678, "Date Issued: 9 January 2015")
    paper.put(250, 678, "Date Effective: 1 February 2015")
    paper.put(54, 662, "Rescinds: New")
    paper.put(250, 662, f"Distribution: {ALL}")
    more = "What is brought in is weighed or counted, sealed in a bag, and given a tag with the number of the case before the bag is laid on a shelf. "
    paper.flow(
        [
            (0, "1.", "PURPOSE"),
            (0, "", "This order says who may enter the property room and how things are taken in. " + more),
            (0, "2.", "THE CLERK"),
            (0, "A.", "The clerk keeps the room locked. " + more * 2),
            (0, "B.", "The clerk signs for each thing that is taken in. " + more),
            (1, "1)", "Money is counted by two. " + more),
            (1, "2)", "A firearm is unloaded first. " + more),
            (0, "C.", "The clerk is not alone with money. " + more),
            (0, "3.", "ENTRY"),
            (0, "A.", "Nobody enters without the clerk. " + more * 2),
            (0, "B.", "Each entry is written in the book of the room. " + more * 3),
            (0, "4.", "INSPECTION"),
            (0, "A.", "The captain inspects the room once in each quarter. " + more * 4),
        ],
        630,
        columns=((54, 238), (320, 238)),
    )
    return paper.done()


def front_desk() -> bytes:
    """A ruled list of labels on the left with values on the right and no colons; notes in small letters beside the text."""
    paper = Sheets()
    paper.put(306, 744, AGENCY, 13, True, True)
    rows = [
        ("ORDER NO.", "4-05"),
        ("SUBJECT", "The Front Desk"),
        ("DATE ISSUED", "October 5, 2015"),
        ("IN FORCE FROM", "November 2, 2015"),
        ("RESCINDS", "4-01, 4-02"),
        ("REFERENCE", "City Code 2-20"),
        ("DISTRIBUTION", ALL),
    ]
    for n, (label, value) in enumerate(rows):
        top = 726 - 18 * n
        paper.box(72, top - 18, 200, top)
        paper.box(200, top - 18, 540, top)
        paper.put(78, top - 13, label, 9, True)
        paper.put(206, top - 13, value)
    paper.put(72, 538, "Who is there", 7)
    paper.put(72, 430, "Deaf callers: see", 7)
    paper.put(72, 421, "the card at the desk", 7)
    paper.flow(
        [
            (0, "I.", "DUTIES"),
            (1, "A.", "The desk is staffed at all hours, and the member who sits there wears the uniform of the day."),
            (1, "B.", "A member who leaves the desk is relieved first, and tells the relief what is open and who is waited for."),
            (0, "II.", "CALLERS"),
            (1, "A.", "Each caller is greeted, asked for the matter, and told how long it will take."),
            (1, "B.", "A caller who reports a crime is led to the interview room."),
            (2, "1.", "The desk officer calls a sergeant."),
            (2, "2.", "The caller is not left alone."),
        ],
        570,
        columns=((160, 380),),
    )
    return paper.done()


def lost_bicycles() -> bytes:
    """A title over two lines, and the fields on one line under it; years of two figures."""
    paper = Sheets()
    paper.put(306, 744, AGENCY, 11, False, True)
    paper.put(306, 716, "Reports of Lost, Found and Abandoned Bicycles", 16, True, True)
    paper.put(306, 697, "and of Other Small Vehicles", 16, True, True)
    paper.put(306, 672, "Order No. 5-02   |   Issued: 11-20-12   |   Effective: 12-1-12   |   Distribution: All members", 9, False, True)
    paper.flow(
        [
            (0, "1.", "A member who is told of a lost bicycle writes a report on the form for it."),
            (1, "(a)", "The number of the frame is asked for."),
            (1, "(b)", "The color is written as the owner says it."),
            (0, "2.", "A bicycle that is found is brought to the property room before the watch ends."),
            (0, "3.", "One that stands in the way may be moved at once."),
            (1, "(a)", "A picture is taken first."),
            (1, "(b)", "A tag is left."),
            (1, "(c)", "The place is written in the report."),
        ],
        630,
    )
    return paper.done()


def bicycles() -> bytes:
    """The panel of boxes with a list of what is rescinded, each with its own day."""
    paper = Sheets()
    _panel(paper, "5-09", "July 10, 2017", "August 1, 2017", "Bicycles", "None", ("5-02, issued 11-20-12", "5-04, issued 3 May 2013", "5-06, 5-07"), "City Code 9-3")
    paper.flow(
        [
            (0, "I.", "PURPOSE"),
            (1, "", "This order puts the rules on bicycles in one place."),
            (0, "II.", "REPORTS"),
            (1, "A.", "One form serves for bicycles that are lost, found or left."),
            (1, "B.", "The form goes to the records clerk on the same day."),
            (0, "III.", "PATROL ON BICYCLES"),
            (1, "A.", "A member who rides on patrol wears a helmet."),
            (2, "1.", "The helmet is of the pattern that the quartermaster gives out."),
            (2, "2.", "It is changed after a fall."),
        ],
        560,
    )
    return paper.done()


def bicycle_patrol() -> bytes:
    """A memorandum as a web page."""
    return b"""<!DOCTYPE html><html><head><title>Memorandum</title></head><body>
<h2>QUILLHAVEN POLICE DEPARTMENT</h2><h3>MEMORANDUM</h3>
<p><b>TO:</b> All members<br><b>FROM:</b> Captain A. Nemo<br><b>DATE:</b> April 2, 2018<br><b>SUBJECT:</b> SPECIAL ORDER 18-02 - HOURS OF THE BICYCLE PATROL</p>
<p>Effective immediately, the bicycle patrol rides from ten in the morning. This special order amends General Order 5-09.</p>
<p>1. Two members ride together.</p><p>2. They come in when lightning is seen.</p><p>3. A ride is written in the book.</p>
<p>This special order expires December 31, 2018.</p>
</body></html>"""


def interview_rooms() -> bytes:
    """A Word file with a table of fields."""
    paper = docx.Document()
    paper.add_paragraph(AGENCY)
    table = paper.add_table(rows=0, cols=4)
    for row in (
        ("Order No.", "7-03", "Date Issued", "March 4, 2019"),
        ("Subject", "Interview Rooms", "In Force From", "April 1, 2019"),
        ("Rescinds", "7-01 dated January 9, 2012", "Distribution", ALL),
    ):
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    for words in (
        "I. PURPOSE",
        "This order says how the two interview rooms are used.",
        "II. BEFORE AN INTERVIEW",
        "A. The room is searched.",
        "B. The recorder is started, and the member says:",
        "1. the day and the hour, and",
        "2. who is in the room.",
        "III. AFTER AN INTERVIEW",
        "A. The record is sealed.",
    ):
        paper.add_paragraph(words)
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def radio_codes() -> bytes:
    """Labels in a row and their values in the next; a red stamp across the text."""
    paper = Sheets()
    paper.put(306, 744, AGENCY, 12, True, True)
    for x, label, value in ((72, "NUMBER", "2-04"), (160, "SUBJECT", "Radio Codes"), (330, "DATE ISSUED", "October 3, 1994"), (450, "DATE EFFECTIVE", "November 1, 1994")):
        paper.put(x, 716, label, 8)
        paper.put(x, 702, value, 10)
    paper.flow(
        [
            (0, "1.", "Members speak on the radio in the codes of the card."),
            (0, "2.", "The card is carried on duty."),
            (1, "a.", "A new card is asked for when the old one cannot be read."),
            (1, "b.", "The old one is handed in."),
            (0, "3.", "The dispatcher repeats each code."),
            (0, "4.", "A code is not used in court."),
        ],
        660,
    )
    paper.stamp(300, 590, "RESCINDED by 2-09 on 8-14-19", 24)
    return paper.done()


def plain_language() -> bytes:
    """Days with the month in letters and a year of two figures, and months without a day."""
    paper = Sheets()
    paper.put(72, 744, AGENCY, 12, True)
    paper.put(72, 722, "GENERAL ORDER 2-09", 11, True)
    paper.put(72, 702, "Subject:")
    paper.put(150, 702, "Plain Language on the Radio")
    paper.put(72, 688, "Date Issued:")
    paper.put(150, 688, "06 June 19")
    paper.put(330, 688, "Date Effective:")
    paper.put(420, 688, "8/14/19")
    paper.put(72, 674, "Rescinds:")
    paper.put(150, 674, "2-04, issued 10/3/94")
    paper.put(330, 674, "Last Revised:")
    paper.put(420, 674, "March 2021")
    paper.put(72, 660, "Distribution:")
    paper.put(150, 660, ALL)
    paper.put(330, 660, "Reviewed:")
    paper.put(420, 660, "06/21 & 03/22")
    paper.flow(
        [
            (0, "I.", "RULE"),
            (1, "A.", "Members speak on the radio in plain words."),
            (1, "B.", "These codes may still be used:"),
            (2, "1.", "the code for an officer in need of help, and"),
            (2, "2.", "the code for a false alarm."),
            (0, "II.", "TRAINING"),
            (1, "A.", "Each watch hears the recording."),
        ],
        620,
    )
    return paper.done()


def _panel(paper: Sheets, number: str, issued: str, effective: str, subject: str, amends: str, rescinds: tuple[str, ...], reference: str) -> None:
    paper.box(54, 680, 170, 750)
    paper.put(112, 722, "GENERAL", 15, True, True)
    paper.put(112, 704, "ORDER", 15, True, True)
    paper.cell((170, 716, 280, 750), "Order No.", number)
    paper.cell((280, 716, 420, 750), "Date Issued", issued)
    paper.cell((420, 716, 558, 750), "Date Effective", effective)
    paper.cell((170, 680, 558, 716), "Subject", subject)
    paper.cell((54, 610, 170, 680), "Amends", amends)
    paper.cell((170, 610, 320, 680), "Rescinds", *rescinds)
    paper.cell((320, 610, 450, 680), "Reference", reference)
    paper.cell((450, 610, 558, 680), "Distribution", ALL)
    paper.put(306, 590, AGENCY, 12, True, True)


PAPERS: dict[str, Callable[[], bytes]] = {
    "keys.pdf": keys,
    "visitors.pdf": visitors,
    "property-room.pdf": property_room,
    "front-desk.pdf": front_desk,
    "lost-bicycles.pdf": lost_bicycles,
    "bicycles.pdf": bicycles,
    "bicycle-patrol.html": bicycle_patrol,
    "interview-rooms.docx": interview_rooms,
    "radio-codes.pdf": radio_codes,
    "plain-language.pdf": plain_language,
}


def write(folder: Path) -> dict[str, Path]:
    """All ten in a folder, by name."""
    for name, draw in PAPERS.items():
        (folder / name).write_bytes(draw())
    return {name: folder / name for name in PAPERS}
