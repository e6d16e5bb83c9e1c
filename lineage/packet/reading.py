"""The chronology as plain text: the same as the typeset pages, for a screen reader, a search, or a program that has no pages."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from typing import Any

Json = dict[str, Any]
WIDTH = 100


def text(told: Json) -> str:
    """The whole of it. The first line says what it is not."""
    head = told["head"]
    lines = [head["banner"].upper(), *([head["release"]] if head["release"] else []), "", head["title"], ""]
    for label, words in head["facts"]:
        lines += _wrap(words, f"{label + ':':<20}", " " * 20)
    lines.append("")
    for paragraph in head["notes"]:
        lines += [*_wrap(paragraph), ""]
    for at, one in enumerate(told["chapters"], 1):
        lines += [*_chapter(at, one, head), ""]
    for words in told["withheld"]:
        lines += [*_wrap(words), ""]
    lines += _section("Pages that cannot be drawn", told["undrawn"])
    return "\n".join(lines).rstrip() + "\n"


def _chapter(at: int, one: Json, head: Json) -> Iterator[str]:
    yield "=" * WIDTH
    yield f"{head['banner'].upper()}{'; ' + head['release'] if head['release'] else ''}"
    yield ""
    yield f"{at}. {one['title']}"
    yield ""
    for days, status, opened in one["history"]:
        yield from _wrap(f"{days}: {status}{f'; how it came to be so: {opened}' if opened else ''}", "  ", "      ")
    for number, stretch in enumerate(one["stretches"], 1):
        yield ""
        yield from _stretch(f"{at}.{number}", stretch)
    yield from _section("Open questions", none="None.", said=(f"{q['id']}  {q['words']} {q['weight']} [{q['code']}]" for q in one["questions"]), places=[q["places"] for q in one["questions"]])
    yield from _section("Decisions by persons", none="None.", said=(f"{d['id']}  {d['who']}, {d['when']}: {d['what']}. Because: {d['why']} [{d['code']}, {d['decision']}]" for d in one["decisions"]))
    yield from _section("Changes that could not be applied", none="None.", said=(f"{c['words']}. Not applied: {c['why_not']}." for c in one["unapplied"]), places=[c["places"] for c in one["unapplied"]])
    yield from _section("Named and not held", none="Nothing, as far as the program read.", said=(c["words"] for c in one["lacking"]), places=[c["places"] for c in one["lacking"]])
    yield from _section("Withdrawn, purged, redacted", one["gone"])


def _stretch(number: str, one: Json) -> Iterator[str]:
    yield f"{number}  {one['days']}"
    yield "-" * WIDTH
    yield from _wrap(f"{one['status'][:1].upper()}{one['status'][1:]}. {one['part']}")
    for answer in one["answers"]:
        yield ""
        yield from _wrap(f"Asked of {answer['on']}: {answer['sentence']}", "  ", "  ")
        if answer["ground"]:
            yield from _wrap(f"Ground: {answer['ground']}.", "  ", "    ")
    for since in one["since"]:
        yield ""
        yield from _wrap(f"Learnt since: {since}", "  ", "    ")
    yield from _section("Why", (f"{r['day']}: {r['event']}{f' ({note})' if (note := r['note']) else ''}" for r in one["reasons"]), [r["places"] for r in one["reasons"]])
    if one["same_reasons"]:
        yield from ("", f"Why: {one['same_reasons']}")
    if one["text_head"]:
        yield ""
        yield from _wrap(one["text_head"])
    if one["text"]:
        yield ""
    for clause in one["text"]:
        indent = "  " * (clause["depth"] + 1)
        if clause["words"]:
            yield from _wrap(clause["words"], indent, indent)
        for row in clause["rows"]:
            yield from _wrap(row, indent + "| ", indent + "  ")
    yield from _section("What changed the words", (f"{c['words']}{f'. Not applied: {why}' if (why := c['why_not']) else ''}." for c in one["changes"]), [c["places"] for c in one["changes"]])
    yield from _section("Held to published texts", one["held_to"])
    yield from _section("Whom it says that it binds", (b["words"] for b in one["binds"]), [b["places"] for b in one["binds"]])
    yield from _section("Other papers that touch it, asked of the first and the last day", (t["words"] for t in one["touches"]), [t["places"] for t in one["touches"]])
    said = [f"open questions {', '.join(one['questions'])}" if one["questions"] else "", f"decisions {', '.join(one['decisions'])}" if one["decisions"] else ""]
    if any(said):
        yield ""
        yield from _wrap(f"See below: {'; '.join(filter(None, said))}.")
    if one.get("files"):
        yield ""
        yield from _wrap(f"Files: {', '.join(one['files'])}")


def _section(head: str, said: Iterable[str], places: list[list[Json]] | None = None, none: str = "") -> Iterator[str]:
    """A head and its rows, each with the places that it rests on; where there are no rows, ``none``, or nothing."""
    rows = list(said)
    if not rows and none:
        yield from ("", f"{head}: {none}")
    for at, words in enumerate(rows):
        if at == 0:
            yield ""
            yield f"{head}:"
        yield from _wrap(words, "  - ", "    ")
        for place in places[at] if places else ():
            yield from _wrap(_place(place), "      ", "      ")


def _place(one: Json) -> str:
    quote = f"“{one['quote']}”"
    if one["before"] or one["after"]:
        quote += f" (around it: “{one['before']}[[{one['quote']}]]{one['after']}”)"
    where = f"{one['copy']} ({one['file']})" if one["copy"] else f"{one['file']}, not enclosed"
    return f"{where} {one['page']}: {quote}{f' Picture: {picture}' if (picture := one['picture']) else ''}"


def _wrap(words: str, first: str = "", rest: str = "") -> list[str]:
    return textwrap.wrap(" ".join(words.split()), WIDTH, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False)
