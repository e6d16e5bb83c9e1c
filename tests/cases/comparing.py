"""What a paper was read as, in the form of the gold, and where the two differ.

The form is that of ``corpus/gold`` (see ``corpus/README.md``): what a careful reader writes down by hand. Of a gold only the parts that it has are compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from lineage.model import Furniture, Relation
from lineage.pipeline import Reading
from lineage.profiles import load

Json = dict[str, Any]

# An act of these kinds that nobody wrote would end, change or stop a rule.
TELLING = frozenset((
    "amends", "substitutes", "inserts", "deletes", "renumbers", "supersedes", "rescinds", "incorporates", "suspends", "resumes", "expires", "postpones", "extends", "corrects",
))  # fmt: skip
# Where the gold is of one kind, the other is right too: the order carries new text and does not say what it takes the place of.
ALIKE = {"amends": {"amends", "substitutes"}, "substitutes": {"amends", "substitutes"}}


def written(reading: Reading) -> Json:
    """The reading in the form of the gold."""
    heading = reading.outline.heading
    series = load(reading.profile).series_by_id(heading.series)
    return {
        "work": {"agency": heading.agency, "series": series.name if series else heading.series, "number": heading.number, "title": heading.title},
        "dates": [
            {"role": d.role, "on": _iso(d.day.on), "earliest": _iso(d.day.earliest), "latest": _iso(d.day.latest), "raw": d.raw, "page": d.page} for d in heading.dates
        ],
        "relations": [_relation(r) for r in reading.relations],
        "applies_to": [
            f"{'binds' if b.binds else 'leaves out'} {'only ' * b.only}{b.kind} {b.words}{f' ({b.limit})' if b.limit else ''}{' in part' if b.scope == 'part' else ''}{' as a pilot' if b.pilot else ''}"
            for b in reading.bindings
        ],
        "furniture": [{"kind": f.kind, "text": f.text, "pages": list(f.pages)} for f in reading.outline.furniture],
        "sections": _sections(reading),
        "findings": sorted({f.code for f in reading.findings}),
    }


def differences(expected: Json, reading: Reading) -> list[str]:
    """Where the reading is not what the gold says, one sentence each."""
    got = written(reading)
    source = "pdf" if reading.item.media_type == "application/pdf" else "text"
    paged = len(reading.item.pages) > 1
    found: list[str] = []
    if "work" in expected:
        found += _work(expected["work"], got["work"])
    if "dates" in expected:
        found += _dates([d for d in expected["dates"] if d.get("only_in", source) == source], got["dates"], paged)
    if "relations" in expected:
        found += _relations(expected["relations"], reading.relations, paged)
    if "applies_to" in expected and expected["applies_to"] != got["applies_to"]:
        found.append(f"it binds {got['applies_to']}, not {expected['applies_to']}")
    if "furniture" in expected:
        found += _furniture([f for f in expected["furniture"] if f.get("only_in", source) == source], reading.outline.furniture, source, paged)
    if "sections" in expected:
        found += _headings(expected["sections"], got["sections"])
    if "findings" in expected:
        found += [f'no finding "{code}"; found: {", ".join(got["findings"]) or "none"}' for code in expected["findings"] if code not in got["findings"]]
    return found


def packed(words: str | None) -> str:
    """The words without blanks, marks of dashes and case: what two readings of one line may differ in."""
    return re.sub(r"[\s\-–—•·]+", "", words or "").lower()


def _iso(day: Any) -> str | None:
    return day.isoformat() if day else None


def _relation(r: Relation) -> Json:
    day = r.effect.day if r.effect else None
    made = {
        "kind": r.kind,
        "affecting": "this" if r.affecting.own else r.affecting.number or r.affecting.mention,
        "affected": "this" if r.affected.own and r.affected.version_on is None else r.affected.number or r.affected.title or r.affected.mention,
        "version_on": _iso(r.affected.version_on or r.affected.dated),
        "external": r.affected.external,
        "scope": r.scope,
        "effective_on": _iso(day.on) if day else None,
        "condition": r.condition,
        "certainty": r.certainty,
        "page": r.evidence[0].page,
        "quote": r.evidence[0].quote,
    }
    return {name: value for name, value in made.items() if value not in (None, "", False)}


def _sections(reading: Reading) -> list[Json]:
    """Headings, each with the clauses below it; those before the first stand under None."""
    sections: list[Json] = [{"heading": None, "clauses": []}]
    for clause in reading.outline.clauses:
        if clause.kind == "heading":
            words = " ".join(t.string for t in (clause.marker, clause.heading, clause.text) if t)
            sections.append({"heading": words, "clauses": []})
            continue
        made = {"kind": clause.kind, "marker": clause.marker.string, "starts": " ".join(t.string for t in (clause.heading, clause.text) if t)[:60]}
        sections[-1]["clauses"].append({name: value for name, value in made.items() if value})
    return [s for s in sections if s["heading"] or s["clauses"]]


def _work(expected: Json, got: Json) -> list[str]:
    def same(name: str) -> bool:
        return (expected[name] or "").lower() == (got[name] or "").lower()

    return [f"{name} is {got[name]!r}, not {expected[name]!r}" for name in ("agency", "series", "number", "title") if name in expected and not same(name)]


def _dates(expected: list[Json], got: list[Json], paged: bool) -> list[str]:
    left = list(got)
    found = []
    for date in expected:
        hit = next((d for d in left if _same_date(date, d, paged)), None)
        if hit is None:
            found.append(f"no date {_told(date)}; read: {'; '.join(map(_told, got)) or 'none'}")
        else:
            left = [d for d in left if not _same_date(date, d, paged)]
    # The same words twice (a head on every page) are one date; what no gold date explains was made up.
    return found + [f"a date that nobody wrote: {_told(d)}" for d in left if not any(_same_date(e, d | {"page": e["page"]}, paged) for e in expected)]


def _same_date(expected: Json, got: Json, paged: bool) -> bool:
    # The bounds of a day that cannot be read come from other dates of the paper; the gold gives what stands there.
    named = ("on",) if expected.get("impossible") else ("on", "earliest", "latest")
    days = all(expected.get(name) == got[name] for name in named if name in expected)
    return (
        expected["role"] == got["role"] and days and (packed(expected["raw"]) in packed(got["raw"]) or packed(got["raw"]) in packed(expected["raw"]))
        and (not paged or expected["page"] == got["page"])
    )  # fmt: skip


def _told(date: Json) -> str:
    return f"{date['role']} {date['on'] or '(no day)'} “{date['raw']}” p. {date['page']}"


def _relations(expected: list[Json], got: Iterable[Relation], paged: bool) -> list[str]:
    left = list(got)
    found = []
    for gold in expected:
        if gold.get("open"):
            # Rules that are ended without being named: an act that ends nothing, and a finding that says so.
            left = [r for r in left if not (r.affected.subject is not None and r.kind == gold["kind"] and r.certainty == "doubtful" and _quoted(gold["quote"], r))]
            continue
        hit = next((r for r in left if _same_relation(gold, r, paged)), None)
        if hit is None:
            near = [_written(r) for r in left if r.kind in ALIKE.get(gold["kind"], {gold["kind"]})]
            found.append(f"no relation {gold['kind']} {gold['affected']!r} {gold.get('effective_on') or ''} p. {gold['page']}; of that kind were read: {'; '.join(near) or 'none'}")
        else:
            left.remove(hit)
    return found + [f"a relation that nobody wrote: {_written(r)}" for r in left if r.kind in TELLING]


def _same_relation(gold: Json, r: Relation, paged: bool) -> bool:
    if r.kind not in ALIKE.get(gold["kind"], {gold["kind"]}) or bool(gold.get("external")) != r.affected.external:
        return False
    if not _same_target(gold["affected"], r) or ("version_on" in gold and gold["version_on"] not in (_iso(r.affected.version_on), _iso(r.affected.dated))):
        return False
    day = r.effect.day if r.effect else None
    if "effective_on" in gold and gold["effective_on"] != (_iso(day.on) if day else None):
        return False
    if "last_day" in gold and gold["last_day"] != (_iso(day.on) if day else None):
        return False
    if "condition" in gold and packed(gold["condition"]) not in packed(r.condition) and packed(r.condition) not in packed(gold["condition"]):
        return False
    if gold.get("scope") in ("whole", "part") and r.scope not in (gold["scope"], "unknown"):
        return False
    if "certainty" in gold and gold["certainty"] != r.certainty:
        return False
    pages = {e.page for e in r.evidence}
    return (not paged or gold["page"] in pages) and (not paged or set(gold.get("pages", ())) <= pages) and _same_actor(gold["affecting"], r) and _quoted(gold["quote"], r)


def _same_target(name: str | None, r: Relation) -> bool:
    end = r.affected
    if name == "this":
        return end.own
    if end.own:
        return False
    words = packed(name)
    return words in (packed(end.number), packed(end.title), packed(end.mention)) or (end.title is not None and words.endswith(packed(end.title))) or words in packed(end.mention)


def _same_actor(name: str | None, r: Relation) -> bool:
    if name == "this":
        return r.affecting.own
    if name is None:
        return not r.affecting.number and not r.affecting.title
    return packed(name) in (packed(r.affecting.number), packed(r.affecting.title), packed(r.affecting.mention))


def _quoted(quote: str, r: Relation) -> bool:
    """One of the quotes stands in the words that the gold gives, or the other way round: where a quote begins and ends is a matter of taste."""
    wanted = packed(quote)
    return any((words := packed(e.quote)) in wanted or wanted in words or _shared(words, wanted) for e in r.evidence)


def _shared(one: str, other: str) -> bool:
    """Whether two quotes overlap: the end of one is the beginning of the other."""
    least = min(len(one), len(other)) // 2
    return any(one.endswith(other[:n]) or other.endswith(one[:n]) for n in range(max(least, 5), min(len(one), len(other)) + 1))


def _written(r: Relation) -> str:
    day = r.effect.day.on if r.effect else None
    return f"{r.kind} {'this' if r.affected.own else r.affected.mention!r} by {'this' if r.affecting.own else r.affecting.mention!r} on {day}, p. {r.evidence[0].page} “{r.evidence[0].quote[:80]}”"


def _furniture(expected: list[Json], got: Iterable[Furniture], source: str, paged: bool) -> list[str]:
    pieces = list(got)
    found = []
    for gold in expected:
        text = gold.get("as_read", gold["text"]) if source == "text" else gold["text"]
        # A letterhead of three lines may be kept as three pieces, and a head may stand apart from its page number.
        kinds = (gold["kind"], "page-number") if gold["kind"] in ("head", "foot") else (gold["kind"],)
        same = [f for f in pieces if f.kind in kinds]
        words = "".join(packed(f.text) for f in same)
        pages = {page for f in same for page in f.pages if not paged or packed(f.text)[:8] in packed(text) or packed(text)[:8] in packed(f.text)}
        if _bare(text) not in _bare(words) and not all(_bare(part) in _bare(words) for part in text.split()):
            found.append(f"no {gold['kind']} “{text}”; of that kind was set aside: {'; '.join(f.text for f in same) or 'nothing'}")
        elif paged and not set(gold["pages"]) <= pages:
            found.append(f"the {gold['kind']} “{text}” was found on pages {sorted(pages)}, not on {gold['pages']}")
    stamps = [f.text for f in pieces if f.kind == "stamp"]
    known = [packed(gold["text"]) for gold in expected if gold["kind"] in ("stamp", "form")]
    return found + [f"a stamp that nobody made: “{s}”" for s in stamps if not any(packed(s) in k or k in packed(s) for k in known)]


def _bare(words: str) -> str:
    return re.sub(r"[^a-z0-9]", "", words.lower())


def _headings(expected: list[Json], got: list[Json]) -> list[str]:
    """Every heading in its place, and below it the clauses that begin with the words of the gold."""
    wanted = [s["heading"] for s in expected if s["heading"]]
    read = [s["heading"] for s in got if s["heading"]]
    if [packed(h) for h in wanted] != [packed(h) for h in read]:
        return [f"the headings are {read}, not {wanted}"]
    below = {packed(s["heading"]): s["clauses"] for s in got}
    found = []
    for section in expected:
        starts = [packed(c.get("marker", "") + c["starts"]) for c in below.get(packed(section["heading"]), ())]
        for clause in section["clauses"]:
            start = packed(clause.get("marker", "") + clause["starts"])
            if clause.get("boundary") != "soft" and not any(s.startswith(start) or start.startswith(s) for s in starts):
                found.append(f"under {section['heading']!r} no clause begins with “{clause.get('marker', '')} {clause['starts']}”")
    return found
