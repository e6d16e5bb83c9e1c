"""What a day of change says of itself: the convention by which the day is answered, or the hour at which the change came (semantics, section 5)."""

from __future__ import annotations

from datetime import timedelta

from lineage.answers.turning import HOUR_OPEN
from lineage.model import Ruling
from lineage.model.dates import long_date
from lineage.model.hours import DAWN


def moment(ruling: Ruling) -> str:
    """The day that is asked about, with the local time where one is: "on July 22, 2021", "at 00:20 on July 22, 2021"."""
    return f"at {ruling.hour} on {long_date(ruling.on)}" if ruling.hour else f"on {long_date(ruling.on)}"


def change_of_day(ruling: Ruling) -> str:
    """The sentences that a ruling on a day of change ends with."""
    if ruling.change_hour is None:
        return _by_convention(ruling)
    day = long_date(ruling.on)
    if ruling.change_hour == DAWN:
        over = ruling.turned is not None and ruling.turned.status == "not-in-force" and ruling.turned_from is not None and ruling.turned_from.status == "in-force"
        return f"Its last day was {long_date(ruling.on - timedelta(days=1))}." if over and not ruling.hour else ""
    came = f"{day} is the day of a change, which came at {ruling.change_hour}"
    if ruling.hour:
        return f"{came}."
    before = "until then it was not in force" if ruling.status == "in-force" else "until then it was not so"
    if ruling.turned is not None and ruling.turned.status != "in-force" and ruling.status == "in-force":
        before = "from then on it was not in force"
    return f"{came}: the answer holds for part of that day only, as {before}. Ask for a time of that day to be told which."


def _by_convention(ruling: Ruling) -> str:
    day = long_date(ruling.on)
    status = ruling.turned.status if ruling.turned and HOUR_OPEN in ruling.codes else ruling.status
    before, after = ruling.turned_from, ruling.turned
    if before is not None and after is not None and (before.number, before.status, before.item) != (after.number, after.status, after.item) == (after.number, before.status, before.item):
        treated = f"the rule is treated as bearing the number {after.number} from the first moment of that day"
    elif status == "in-force":
        treated = "the text is treated as in force from the first moment of that day"
    elif status == "not-in-force":
        treated = "the rule is treated as ended from the first moment of that day"
    else:
        treated = "what changed is treated as changed from the first moment of that day"
    return (
        f"{day} is the day of a change. The source names the day and not the hour; by convention {treated}. "
        f"For an event on {day} itself, the documents held do not establish whether it happened before or after the change."
    )
