"""What a visitor chose: the day and its time, the clocks, the filters; read from an address, and written into one."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import Query
from msgspec import Struct
from msgspec.structs import replace
from starlette.requests import Request

from lineage.errors import UsageError
from lineage.model.hours import When

LONG, SHORT = 400, 64  # characters
Words = Annotated[str, Query(max_length=LONG)]
Short = Annotated[str, Query(max_length=SHORT)]
MOST = (SHORT, SHORT, SHORT, SHORT, LONG, LONG)


class Choice(Struct, frozen=True):
    """``on`` is the day and ``at`` the local time on it, ``known`` what the library held, ``published`` counts only what was out by a day; ``unit`` and ``rank`` are those asked about."""

    on: str = ""
    at: str = ""
    known: str = ""
    published: str = ""
    unit: str = ""
    rank: str = ""

    @property
    def when(self) -> When:
        """The day or time asked about; today where none is given. Raises UsageError ``web.day``."""
        if not self.on:
            return When.of(date.today())
        asked = f"{self.on}T{self.at}" if self.at and "T" not in self.on else self.on
        try:
            return When.of(asked)
        except ValueError:
            raise no_day(asked) from None

    @property
    def day(self) -> str:
        """The day alone, ISO."""
        return self.when.day.isoformat()

    @property
    def as_known_on(self) -> str | None:
        """The recorded moment asked about."""
        return self.known.strip() or None

    @property
    def as_published_on(self) -> date | None:
        """The day by which a paper had to be out. Raises UsageError ``web.day``."""
        return day_of(self.published) if self.published else None

    @property
    def whom(self) -> dict[str, str | None]:
        """The unit and the rank asked about."""
        return {"unit": self.unit.strip() or None, "rank": self.rank.strip() or None}

    def query(self, **changes: Any) -> str:
        """The same as the end of an address, with what is changed; with all its dates, so that the address means the same tomorrow."""
        chosen = replace(self, on=self.day if not self.on else self.on)
        fields = {name: getattr(chosen, name) for name in Choice.__struct_fields__} | changes
        return urlencode({name: value for name, value in fields.items() if value not in ("", None)})


async def documented(on: Short = "", at: Short = "", known: Short = "", published: Short = "", unit: Words = "", rank: Words = "") -> Choice:
    """The choice in an address, of which each part is told in the OpenAPI document. It waits for nothing, so it needs no thread of its own."""
    return Choice(on.strip(), at.strip(), known.strip(), published.strip(), unit, rank)


async def choice(request: Request) -> Choice:
    """The same for a page, which nothing documents; half a millisecond sooner. Raises UsageError ``web.not-understood`` for words without end."""
    asked = request.query_params
    words = [asked.get(name, "") for name in Choice.__struct_fields__]
    for name, said, most in zip(Choice.__struct_fields__, words, MOST, strict=True):
        if len(said) > most:
            raise UsageError(f"The address cannot be understood: {name} has {len(said):,} characters, and {most} are read.", hint="Go back and fill it in again.", code="web.not-understood")
    return Choice(*(said.strip() for said in words[:4]), *words[4:])


def day_of(words: str) -> date:
    """A day of the calendar. Raises UsageError ``web.day``."""
    try:
        return date.fromisoformat(words.strip())
    except ValueError:
        raise no_day(words) from None


def no_day(words: str) -> UsageError:
    """That the words are no day."""
    return UsageError(f'"{words}" is no day of the calendar, or no time of a day.', hint="Write a day as 2020-06-01, and a time as 23:40.", code="web.day")
