"""The page itself: its head, what may be asked, the rules, the files that they rest on. Nothing in it is loaded from anywhere."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from datetime import date
from functools import cache
from hashlib import sha256
from importlib.resources import files
from itertools import groupby

from msgspec import Struct

from lineage.edition.rule import Rule
from lineage.edition.words import element, shown
from lineage.model import Held
from lineage.model.dates import long_date
from lineage.rendering import access, standing
from lineage.rendering.visible import counted


class Head(Struct, frozen=True):
    """What is said before any rule: who made the page, of which library and moment, what is held and what is left out. ``bounded``: whether a first and a last day were given."""

    title: str
    agencies: tuple[str, ...]
    made_by: str
    recorded: str
    recorded_at: str
    left_out: int
    held: tuple[Held, ...]
    not_held: int
    start: date
    end: date
    bounded: tuple[bool, bool]
    as_known_on: str | None
    series: str | None


def drawn(head: Head, rules: Sequence[Rule]) -> str:
    """The page as HTML."""
    style, script = _part("css"), _part("js")
    policy = f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; base-uri 'none'; form-action 'none'"
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="{shown(head.made_by)}">
<meta name="referrer" content="no-referrer">
<title>{shown(head.title)}</title>
<style>{style}</style>
</head>
<body>
<a class="skip" href="#rules">To the rules</a>
<header>
<h1><bdi>{shown(head.title)}</bdi></h1>
{_told(head, len(rules))}
</header>
<main>
{_ask(head)}
<div id="rules" tabindex="-1">
{_rules(head, rules)}
</div>
<p id="none" hidden>No rule on this page fits.</p>
{_files(rules)}
</main>
<footer>
<p>{_made(head)}</p>
<p>This page says what the papers held show. It gives no legal advice, and it does not say what the department or any officer knew.</p>
</footer>
<script>{script}</script>
</body>
</html>
"""


@cache
def _part(kind: str) -> str:
    return files(__name__.rpartition(".")[0]).joinpath(f"edition.{kind}").read_text(encoding="utf-8")


def _hash(words: str) -> str:
    return "sha256-" + b64encode(sha256(words.encode("utf-8")).digest()).decode("ascii")


def _made(head: Head) -> str:
    return f"Made by {shown(head.made_by)} from the library as it stood at {shown(head.recorded)} (<code>{shown(head.recorded_at)}</code>)."


def _told(head: Head, rules: int) -> str:
    """Who made it, of what, and what it does not hold."""
    lines = [f"{counted(rules, 'rule')} of {' and '.join(f'the <bdi>{shown(name)}</bdi>' for name in head.agencies)}. {_made(head)}"]
    if head.as_known_on:
        lines.append(f"It is answered as this library held it at {shown(head.as_known_on)}. What the library learnt later is not in it.")
    if head.series:
        lines.append(f"Only the series “{shown(head.series)}” is in it.")
    lines.append(f"<strong>{access.note(head.left_out)}</strong>" if head.left_out else "Public rules only; no rule that is held is left out.")
    if any(head.bounded):
        lines.append(f"It answers {_span(head)}; of other days nothing is told here.")
    held = ", ".join(f"{shown(h.name)} {standing.span(h.first, h.last)} ({h.works:,})" for h in head.held) or "nothing"
    # A rule that is only cited and not public is not named; nor is it said to be none.
    cited = f" {counted(head.not_held, 'rule')} of this page {'is' if head.not_held == 1 else 'are'} cited and not held." if head.not_held else ""
    lines.append(
        f"“In force” means in force among the rules held, never that no other rule applied. Held: {held}.{cited} Rules that are cited, not held and not marked public are neither named nor counted here."
    )
    return f'<div class="about">{"".join(f"<p>{line}</p>" for line in lines)}</div>'


def _span(head: Head) -> str:
    first, last = head.bounded
    if first and last:
        return f"the days from {long_date(head.start)} through {long_date(head.end)}"
    return f"the days from {long_date(head.start)} on" if first else f"the days through {long_date(head.end)}"


def _ask(head: Head) -> str:
    """The day and the words that are asked about; shown where there is a script to answer."""
    first, last = head.start.isoformat(), head.end.isoformat()
    begin = min(max(head.recorded_at[:10], first), last)
    return f"""<noscript><p class="note">Your reader runs no scripts, so no day can be chosen. Each rule stands below with its whole life and with what is said on each stretch of days.</p></noscript>
<form id="ask" hidden data-first="{first}" data-last="{last}" data-begin="{begin}" data-answers="{shown(_span(head)) if any(head.bounded) else "days with a year of four figures"}" aria-label="What is asked">
<p class="field day"><label for="on">On which day?</label> <input type="date" id="on" required min="{first}" max="{last}" value="{begin}" aria-describedby="trouble"></p>
<p class="field"><label for="match">With these words in number, title or text</label> <input type="search" id="match" autocomplete="off"></p>
<p class="field check"><input type="checkbox" id="only"> <label for="only">In force only</label></p>
<p class="buttons"><button type="button" id="all" hidden>All rules on this day</button> <button type="button" id="life" aria-pressed="false">Whole life of each</button> <button type="button" id="print">Print this view</button></p>
<p id="trouble" role="alert"></p>
<p id="count" role="status"></p>
</form>"""


def _rules(head: Head, rules: Sequence[Rule]) -> str:
    found = []
    numbered = list(enumerate(rules, 1))
    for (agency, series), group in groupby(numbered, key=lambda one: (one[1].told.agency_name, one[1].told.series_name)):
        of = f" ({shown(agency)})" if len(head.agencies) > 1 else ""
        own = [rule.drawn(number, open_start=not head.bounded[0], open_end=not head.bounded[1]) for number, rule in group]
        found.append(f'<section class="series"><h2><bdi>{shown(series)}</bdi>{of}</h2>\n' + "\n".join(own) + "\n</section>")
    return "\n".join(found)


def _files(rules: Sequence[Rule]) -> str:
    """Every file that the answers rest on, by name, with its hash."""
    every = sorted({(name, item) for rule in rules for item, name in rule.files})
    rows = "".join(f"<tr>{element('td', name)}<td><code>{shown(item)}</code></td></tr>" for name, item in every)
    table = f'<table><thead><tr><th scope="col">File</th><th scope="col">SHA-256 of its bytes</th></tr></thead><tbody>{rows}</tbody></table>'
    return f'<section class="files"><h2>The files that this rests on</h2><details><summary>{counted(len(every), "file")}</summary>{table}</details></section>'
