"""What every command shares: options, dates, errors as sentences or JSON, colour on a terminal."""

from __future__ import annotations

import functools
import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from lineage.errors import LineageError
from lineage.model.hours import When

if TYPE_CHECKING:
    from lineage.library import Library
    from lineage.rendering.ink import Ink

DEFAULT_LIBRARY = "lineage-library"
STYLES: dict[str, dict[str, Any]] = {
    "title": {"bold": True},
    "label": {"fg": "cyan"},
    "open": {"fg": "yellow"},
    "blocker": {"fg": "red"},
    "doubt": {"fg": "yellow"},
    "note": {"dim": True},
}


class WhenType(click.ParamType):  # type: ignore[type-arg,unused-ignore]  # generic in newer releases only
    """A civil day or a local time, ISO. An impossible one is refused with the reason, and nothing is guessed."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> When:
        try:
            return When.of(value)
        except ValueError:
            said = f'"{value}" is no day of the calendar' + (", or no time of a day" if "T" in str(value) else "")
            self.fail(f"{said}. Write a day as 2020-06-01, a local time as 2020-06-01T23:40, or one with its zone as 2020-06-01T23:40-05:00.", param, ctx)


WHEN = WhenType()
json_option = click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")
known_option = click.option("--as-known-on", metavar="T", default=None, help="What this library held at the end of day T, or at an exact moment.")



def day_only(ctx: click.Context, param: click.Parameter, value: When | None) -> date | None:
    """The day of an option that takes no time."""
    if value is not None and value.hour is not None:
        raise click.BadParameter("this takes a day and no time. Write it as 2020-06-01.", ctx, param)
    return value.day if value else None


public_option = click.option("--public", "public", is_flag=True, help="Only rules that are marked public; the others are left out, and counted.")
published_option = click.option(
    "--as-published-on", type=WHEN, callback=day_only, metavar="DATE", default=None,
    help="Count only acts of which their own issue date, or a sighting, proves that they were out by this day.",
)  # fmt: skip


def on_option(required: bool = True) -> Callable[[Any], Any]:
    """``--on DATE``."""
    return click.option("--on", type=WHEN, required=required, metavar="DATE", help="The day (ISO), or the local time on it (2020-06-01T23:40), that is asked about.")


def whom_options(command: Callable[..., None]) -> Callable[..., None]:
    """``--unit NAME`` and ``--rank NAME``: whether a rule binds them, by its own words. Nothing is left out for it."""
    unit = click.option("--unit", metavar="NAME", default=None, help="Whether a rule applies to this unit (or place): applies, does not apply, not stated.")
    rank = click.option("--rank", metavar="NAME", default=None, help="Whether a rule applies to this rank or class of members, likewise.")
    return unit(rank(command))


def signed(command: Callable[..., Any]) -> Callable[..., Any]:
    """``--by NAME`` and ``--because TEXT``: whose word it is."""
    by = click.option("--by", metavar="NAME", default=None, help="Who decides.")
    because = click.option("--because", metavar="TEXT", default=None, help="Why, in words that can be read out later.")
    return by(because(command))


def leaving_options(command: Callable[..., None]) -> Callable[..., None]:
    """How an answer leaves that may be sent on: its form and file, public rules alone, as known then, JSON."""
    form = click.option("--format", "form", type=click.Choice(["text", "html", "docx", "json"]), default="text", show_default=True)
    output = click.option("--output", "-o", type=click.Path(path_type=Path, dir_okay=False), default=None, help="A file; standard output if not given (docx needs one).")
    return form(output(public_option(known_option(json_option(command)))))


def guarded(command: Callable[..., None]) -> Callable[..., None]:
    """Errors of the house become a sentence (or the JSON of it) and their exit code."""

    @functools.wraps(command)
    def run(*args: Any, **kwargs: Any) -> None:
        try:
            command(*args, **kwargs)
        except LineageError as error:
            fail(error, as_json=bool(kwargs.get("as_json")))
        except BrokenPipeError:
            # The reader of a pipe has gone; there is nobody to tell.
            sys.stderr.close()
            raise SystemExit(0) from None

    return run


def fail(error: LineageError, *, as_json: bool) -> NoReturn:
    """Say what happened and what to do next; exit with the error's code."""
    if as_json:
        put({"error": {"code": error.code, "message": error.message, "hint": error.hint, "candidates": list(error.candidates)}})
    else:
        click.echo(error.message, err=True)
        for candidate in error.candidates:
            click.echo(f"  {candidate}", err=True)
        if error.hint:
            click.echo(error.hint, err=True)
    raise SystemExit(error.exit_code)


def put(value: Any) -> None:
    """One JSON document on standard output."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def opened(ctx: click.Context, *, create: bool = False, public: bool = False) -> Library:
    """The library that the call names; with ``public``, only what may be given away of it."""
    from lineage.library import Library

    library = Library.open(ctx.obj["library"], create=create)
    return library.for_release() if public else library


def ink() -> Ink:
    """Colour on a terminal, none in a pipe."""
    from lineage.rendering.ink import Ink

    if not sys.stdout.isatty():
        return Ink()
    return Ink(lambda words, style: click.style(words, **STYLES.get(style, {})))


def utf8() -> None:
    """Text streams are UTF-8 on every system."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")
