"""Small random agencies: text papers that issue, amend, end, suspend, postpone, renumber and name rules in many ways, and what a site showed of them."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

FIRST = date(2015, 1, 5)
SPAN = 60  # days that can be named; a month lies between two of them
TITLES = ("Canoes", "Canoes and Kayaks", "Boots", "Key Boxes", "Lamps")
NUMBERS = ("4.10", "4.11", "4.10.2", "7.3")
ORDERS = ("15-01", "15-02", "16-07")
SERIES = {"4": "POLICY MANUAL", "7": "POLICY MANUAL", "1": "SPECIAL ORDER"}


def day(at: int) -> date:
    return FIRST + timedelta(days=31 * at)


def written(on: date) -> str:
    """A day as papers write it."""
    return f"{on:%B} {on.day}, {on.year}"


def paper(series: str, number: str, title: str, issued: date, effective: date | None, rules: list[str], fields: str = "") -> str:
    """A paper as text."""
    heads = [f"Number: {number}" if number else "", f"Subject: {title}", f"Issued: {written(issued)}", f"Effective: {written(effective)}" if effective else "", fields]
    body = "\n\n".join(f"{mark}. {rule}" for mark, rule in zip("ABCDEF", rules, strict=False))
    return f"MILLBROOK POLICE DEPARTMENT\n{series}\n\n" + "\n".join(h for h in heads if h) + f"\n\nI. RULE\n\n{body}\n"


@dataclass(frozen=True)
class Agency:
    """Its papers by file name, and the lines of listings that show some of them."""

    papers: dict[str, str]
    listings: tuple[dict[str, object], ...]

    def write(self, folder: Path) -> list[Path]:
        folder.mkdir(parents=True, exist_ok=True)
        for name, words in self.papers.items():
            (folder / name).write_text(words, encoding="utf-8")
        return [folder / name for name in self.papers]


def agency(chance: random.Random, most: int = 7) -> Agency:
    """A random one, of at most so many papers."""
    papers = {f"{at:02}.txt": _text(chance) if chance.random() < 0.5 else _acting(chance) for at in range(chance.randint(2, most))}
    names = sorted(papers)
    listings = tuple(
        {"on": day(chance.randrange(SPAN)).isoformat(), "files": chance.sample(names, chance.randint(1, len(names))), "complete": chance.random() < 0.5} for _ in range(chance.choice((0, 0, 1, 2)))
    )
    return Agency(papers, listings)


def _text(chance: random.Random) -> str:
    """A paper that is a rule: of a manual, or an order with or without a number."""
    number = chance.choice((*NUMBERS, *NUMBERS, *ORDERS, "", ""))
    issued = chance.randrange(SPAN)
    effective = chance.choice((issued, issued, issued + 1, issued - 1, None))
    series = SERIES[number[0]] if number else "SPECIAL ORDER"
    fields = chance.choice(("", "", f"Rescinds: {written(day(chance.randrange(SPAN)))} Version", "Rescinds: New", f"Formerly: {chance.choice(NUMBERS)}", f"Expires: {written(day(issued + 3))}"))
    rules = [f"Rule {chance.randint(1, 3)} is kept.", *([_act(chance)] if chance.random() < 0.3 else [])]
    return paper(series, number, chance.choice(TITLES), day(issued), None if effective is None else day(max(effective, 0)), rules, fields)


def _acting(chance: random.Random) -> str:
    """A paper that acts upon rules."""
    on = chance.randrange(SPAN)
    return paper("SPECIAL ORDER", f"{day(on):%y}-{chance.randint(30, 40)}", f"Changes {chance.randint(1, 3)}", day(on), day(on), [_act(chance) for _ in range(chance.randint(1, 2))])


def _act(chance: random.Random) -> str:
    number, other, order = chance.choice(NUMBERS), chance.choice(NUMBERS), chance.choice(ORDERS)
    on = written(day(chance.randrange(SPAN)))
    return chance.choice(
        (
            f"Section {number} is rescinded.",
            f"Section {number} is rescinded effective {on}.",
            f"This order supersedes Section {number}.",
            f"This order amends Section {number}.",
            f"Section {number} is suspended until further notice.",
            f"Section {number} is reinstated.",
            f"Section {number} is renumbered as Section {other}.",
            f"Sections {number} and {other} are combined into Section 7.9.",
            f"The effective date of Section {number} is postponed until {on}.",
            f"This order rescinds Special Order {order}.",
            f"This order rescinds Special Order {order} dated {on}.",
            f"All prior orders on {chance.choice(TITLES).lower()} are rescinded.",
            f"Section {number} remains in effect.",
            f"See Section {number}.",
            f"Section {number} may be rescinded.",
            "This order expires in one year.",
            f"This order will remain in effect until {on}.",
            f'This order rescinds the Special Order "{chance.choice(TITLES)}" dated {on}.',
            f'This order supersedes the General Order "{chance.choice(TITLES)}".',
            f"This order was formerly Special Order {order}.",
            f"Section {number} is incorporated into Section {other}.",
            f"Section {number} is divided into Sections {other} and 7.8.",
            f"Section {number} is reissued.",
            f"Paragraph A of Section {number} is rescinded.",
            f"Special Orders {order} and 15-02 are suspended for 30 days.",
            f"The expiration date of Special Order {order} is extended to {on}.",
            f"Special Order {order} is hereby rescinded upon approval by the Council.",
            f"This order corrects an error in Section {number}.",
            f'Section {number}, "{chance.choice(TITLES)}", is superseded.',
            f"The {on} version of Section {number} is rescinded.",
        )
    )
