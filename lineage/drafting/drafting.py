"""The draft itself: each part of a profile from what was seen of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from lineage import profiles
from lineage.drafting import names, shapes
from lineage.drafting.labels import Label, labels
from lineage.drafting.papers import Paper, papers
from lineage.drafting.repeated import repeated
from lineage.drafting.sections import Section, listed, literal, quoted, settled
from lineage.model import slug
from lineage.model.dates import find_dates
from lineage.profiles import Profile

SHOWN = 5  # examples in a comment
PHRASES = 12


class Draft(Struct, frozen=True):
    """The text of a profile, and the numbers of papers read and refused."""

    text: str
    read: int
    refused: int


def draft(folder: Path) -> Draft:
    """A profile drafted from a folder of orders. It passes the check of profiles as it stands; what is not sure in it is a comment with its reason.

    Raises NotFoundError (``drafting.no-papers``) where no paper can be read in the folder.
    """
    found, refused, count = papers(folder)
    generic = profiles.load("generic")
    parts = [
        _opening(found, refused, count), *_identity(found, folder), _dates(found), *_labels(found, generic), *_series(found, generic),
        *_numbers(found, generic), *_heads(found, generic), *_references(found, generic), *_furniture(found, generic), _stamps(found, generic), _phrases(found),
    ]  # fmt: skip
    # Single values stand before the first table: TOML would count them to it otherwise.
    parts.sort(key=lambda section: bool(section.lines) and section.lines[0].startswith("["))
    text = settled(parts, lambda text: [(fault.line, fault.message) for fault in profiles.check_text(text)])
    return Draft(text, len(found), len(refused))


def _opening(found: list[Paper], refused: list[str], count: int) -> Section:
    notes = [
        f"Drafted from {_papers(len(found))}; {count} file{'s' if count > 1 else ''} in all. It stands on the profile generic, which reads what is not said here.",
        "Finish it: lineage read FILE --profile THIS --overlay DIR shows what it reads, lineage profile check THIS what is at fault in it.",
        "What was not sure is a comment: take away the # where you agree.",
    ]
    return Section([*notes, *(f"Refused: {said}" for said in refused[:SHOWN]), *([f"... and {len(refused) - SHOWN} more."] if len(refused) > SHOWN else [])])


def _identity(found: list[Paper], folder: Path) -> Iterator[Section]:
    named, states = names.agencies(found), names.states(found)
    bodies = [name for name in named if re.search("Police|Sheriff|Safety|Marshal", name)]
    bodies.sort(key=lambda name: (re.search("Department|Office|Safety", name) is None, -named[name], -len(name), name))
    name = bodies[0] if bodies else folder.resolve().name.replace("-", " ").title() or "Unnamed agency"
    notes = [f"Seen at the top of papers: {_counts(named)}." if named else "No name of an agency was seen at the top of papers; the folder's is taken."]
    short = names.initials(name)
    yield Section(notes, [f"id = {quoted(_id(name))}", f"name = {quoted(name)}"])
    for state, times in states.most_common(1):
        reason = f"{state} is named in {times} of {len(found)} papers{f', and {len(states) - 1} other states in some' if len(states) > 1 else ''}"
        yield Section(["The state stands in the address of every document."], [f'country = "us-{names.CODES[state]}"'], reason)
    yield Section(["The zone in which the agency's days begin, as the IANA database names it."], ['time_zone = "America/Chicago"'], "papers do not say it")
    yield Section([], [f"recognise = {listed([f'(?i){literal(name)}'])}"])
    times = sum(len(re.findall(rf"\b{short}\b", line.text)) for paper in found for line in paper.lines()) if len(short) > 1 else 0
    yield Section([f"{short} stands {times} times in the papers."], [f"abbreviations = {listed([short])}"], "" if times > 1 else "seldom seen")


def _id(name: str) -> str:
    place = re.sub(r"(?i)\b(?:city|village|town|township|county|borough) of\b", "", name)
    for ending, short in (("police department", "pd"), ("police dept", "pd"), ("sheriff's office", "so"), ("sheriff’s office", "so"), ("police", "pd")):
        place = re.sub(rf"(?i)\b{ending}\b\.?", short, place)
    return slug(place) or "draft"


def _dates(found: list[Paper]) -> Section:
    """Which dates headings bear, and whether issue could be effect."""
    written: Counter[str] = Counter()
    for paper in found:
        for line in (*paper.top(), *paper.edges()):
            for one in find_dates(line.text):
                sort = "with the month in letters" if re.search("[A-Za-z]{3}", one.raw) else "of figures, the year of two" if one.two_digit_year else "of figures"
                written[sort] += 1
    roles = [{d.role for d in paper.reading.outline.heading.dates} for paper in found]
    only = sum("issued" in r and "effective" not in r for r in roles)
    both = sum("issued" in r and "effective" in r for r in roles)
    notes = [f"Dates in headings: {_counts(written)}." if written else "No date was seen in a heading."]
    said = f"{_papers(only)} with a day of issue and none of effect, {both} with both; only the agency can say whether its orders are in effect from their issue"
    return Section(notes, ["issue_is_effect = true"], said) if only else Section(notes)


def _labels(found: list[Paper], generic: Profile) -> Iterator[Section]:
    seen = labels(found, generic)
    known = [label for label in seen if label.known]
    if known:
        yield Section([f"Labels that generic reads already: {', '.join(f'{x.words} ({x.known}, {len(x.papers)})' for x in known[:20])}."])
    wanted = [label for label in seen if not label.known and len(label.papers) > 1]
    roles: dict[str, list[Label]] = {}
    for label in wanted:
        if label.role:
            roles.setdefault(label.role, []).append(label)
    if roles:
        notes = [_seen(label, len(found)) for own in roles.values() for label in own]
        yield Section(notes, ["[labels]", *(f"{role} = {listed(literal(label.words) for label in own)}" for role, own in roles.items())])
    often = max(2, len(found) // 5)
    for label in [label for label in wanted if not label.role and len(label.papers) >= often][:SHOWN * 3]:
        said = f"its values are {'dates, but of which role?' if label.sort == 'date' else label.sort}; put it under [labels] with a role, or under other, where it only ends what stands before it"
        yield Section([_seen(label, len(found))], [f"other = {listed([literal(label.words)])}"], said)


def _seen(label: Label, count: int) -> str:
    values = "; ".join(dict.fromkeys(value[:40] for _, value in label.values[:SHOWN]))
    return f"{label.words}: in {len(label.papers)} of {_papers(count)}, beside it: {values}"


def _series(found: list[Paper], generic: Profile) -> Iterator[Section]:
    for words, count in names.series(found).most_common(8):
        known = generic.series_named(words)
        if known is not None and known.name.lower() == words.lower():
            yield Section([f"Series that generic reads already: {words} ({_papers(count)})."])
            continue
        lines = ["[[series]]", f"id = {quoted(slug(words))}", f"name = {quoted(words)}", f"pattern = {quoted(_bounded(words))}"]
        yield Section([f"A line of the heading in {count} of {_papers(len(found))}."], lines, _unsure_series(words, count, found))


def _bounded(words: str) -> str:
    return rf"\b{literal(words.lower())}\b"


def _unsure_series(words: str, count: int, found: list[Paper]) -> str:
    """Why a line may be no series; nothing where it is one beyond doubt."""
    if count < 2:
        return "seen in one paper only: is it a series, or a title?"
    if len(words.split()) < 2:
        return "a single word may also head a clause"
    beside = [own for paper in found if words in (own := set(names.series([paper]))) and len(own) > 1]
    return f"other names stand beside it in {len(beside)} papers: a form whose boxes are ticked?" if beside else ""


def _numbers(found: list[Paper], generic: Profile) -> Iterator[Section]:
    read = {n: paper.name for paper in found if (n := paper.reading.outline.heading.number)}
    beside = {value.strip(): "" for label in labels(found, generic) if label.role == "number" or label.known == "number" for sort, value in label.values if sort == "number"}
    seen = list(dict.fromkeys([*read, *beside]))
    without = [paper.name for paper in found if not paper.reading.outline.heading.number]
    notes = [f"Numbers of papers: {', '.join(seen[:12])}." if seen else "No number of a paper was read."]
    if without:
        notes.append(f"No number was read in {len(without)} of {_papers(len(found))}, such as {', '.join(without[:3])}.")
    fits = [number for number in seen if generic.number.fullmatch(number)]
    if seen and len(fits) == len(seen):
        yield Section([*notes, f"Their shape is {shapes.pattern_of(seen)}, and generic reads it."])
    elif seen:
        yield Section(notes, [f"number = {quoted(shapes.pattern_of(seen))}"], "" if len(seen) > 2 else "too few numbers to tell their shape")
    else:
        yield Section(notes)


def _heads(found: list[Paper], generic: Profile) -> Iterator[Section]:
    """Rows of a heading that are a name and a number, where no number was read otherwise: the name is then that of a series."""
    seen = names.headed([paper for paper in found if not paper.reading.outline.heading.number])
    if not seen:
        return
    for words in seen:
        if generic.series_named(words) is None:
            yield Section([], ["[[series]]", f"id = {quoted(slug(words))}", f"name = {quoted(words)}", f"pattern = {quoted(_bounded(words))}"])
    rows = [pair for own in seen.values() for pair in own]
    one = "|".join(literal(words) for words in sorted(seen, key=len, reverse=True))
    pattern = rf"\b(?i:(?P<series>{one}))\s+(?:(?:No\.?|Number|#)\s*)?(?P<number>{shapes.pattern_of(number for _, number in rows)})\s*(?m:$)"
    lines = ["[[head]]", "name = 'series-and-number'", f"pattern = {quoted(pattern)}"]
    lines += [f"examples = [{', '.join(f'{{ text = {quoted(row)}, number = {quoted(number)} }}' for row, number in _distinct(rows)[:3])}]"]
    yield Section([f"A name and a number on one row of the heading, in {_papers(len(rows))} without a number otherwise."], lines)


def _references(found: list[Paper], generic: Profile) -> Iterator[Section]:
    """Short names before numbers, which generic does not read; sure where they are the first letters of a series."""
    kinds = {names.initials(words): slug(words) for words in names.series(found)} | {names.initials(s.name): s.id for s in generic.series if len(s.name.split()) > 1}
    for short, seen in [pair for pair in names.short_names(found, generic).items() if len(pair[1]) > 1][:8]:
        bare = short.replace(".", "")
        numbers = list(dict.fromkeys(number for _, number in seen))
        before = r"\.?".join(map(re.escape, bare)) + r"\.?[\s-]?"
        lines = ["[[reference]]", f"name = {quoted(bare.lower() + '-number')}", *([f"series = {quoted(kinds[bare])}"] if bare in kinds else [])]
        pattern = rf"\b{before}(?:#|No\.?)?\s?(?P<number>{shapes.pattern_of(numbers)})(?![\w-])"
        lines += [f"pattern = {quoted(pattern)}"]
        lines += [f"examples = [{', '.join(f'{{ text = {quoted(text)}, number = {quoted(number)} }}' for text, number in _distinct(seen)[:3])}]"]
        unsure = "" if bare in kinds else f"{bare} is not the first letters of a series seen here; it may name a law, a form or a standard"
        yield Section([f"{short} before a number: {len(seen)} times, with {', '.join(numbers[:6])}."], lines, unsure)


def _distinct(seen: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return list({number: (text, number) for text, number in reversed(seen)}.values())


def _furniture(found: list[Paper], generic: Profile) -> Iterator[Section]:
    aside = Counter(f"{piece.kind}: {piece.text}" for paper in found for piece in paper.reading.outline.furniture if piece.kind in ("head", "foot", "page-number", "form"))
    if aside:
        yield Section([f"Set aside already: {_counts(aside)}."])
    for words, pattern, count in repeated(found, generic)[:8]:
        name = slug(re.sub(r"\d+", "n", words))[:40].strip("-") or "line"
        lines = ["[[furniture]]", f"name = {quoted(name)}", 'kind = "foot"', 'reason = "the same line on many papers"']
        lines += [f"pattern = {quoted(pattern)}", f"examples = {listed([words])}"]
        yield Section([f"At the edge of a page in {count} of {_papers(len(found))}."], lines, "it may be a line of the heading, or belong to the text; head, foot or form?")


def _stamps(found: list[Paper], generic: Profile) -> Section:
    seen = Counter(piece.text for paper in found for piece in paper.reading.outline.furniture if piece.kind == "stamp")
    read = {text for text in seen if any(rule.pattern.search(text) for rule in generic.stamp)}
    notes = [f"Stamps seen: {_counts(seen)}." if seen else "No stamp was seen."]
    if unread := [text for text in seen if text not in read]:
        notes.append(f"Of these generic does not know what they mean: {'; '.join(unread[:SHOWN])}. A [[stamp]] with a kind would say it.")
    return Section(notes)


def _phrases(found: list[Paper]) -> Section:
    """Sentences on the end or the change of a rule that generic does not read."""
    seen = list(names.sentences(found))
    if not seen:
        return Section(["Every sentence that speaks of an end or a change of a rule was read, or there is none."])
    notes = [f"{len(seen)} sentences speak of an end or a change and were not read. Where one acts upon a rule, a [[relation]] would find it:"]
    return Section([*notes, *(f'{name} p. {page}: "{said[:110]}"' for name, page, said in seen[:PHRASES])])


def _papers(count: int) -> str:
    return f"{count} paper{'' if count == 1 else 's'}"


def _counts(counted: Counter[str]) -> str:
    return "; ".join(f"{words} ({count})" for words, count in counted.most_common(SHOWN))
