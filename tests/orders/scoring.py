"""How the real orders are read, counted against the gold in ``tests/orders/gold``.

    python tests/orders/scoring.py [-v] [--least SHARE] [NAME ...]

prints one line a file (right/all, and what was invented), then the totals by kind; ``-v`` names every miss; NAME takes only files whose path holds it. The orders are
looked for in the folder named by ``LINEAGE_SHARED``, by default ``../shared`` beside the repository. ``tests/orders/README.md`` says how each kind is counted.
"""

from __future__ import annotations

import json
import os
import re
import sys
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lineage import pipeline
from lineage.errors import LineageError
from lineage.rendering import shapes

Json = dict[str, Any]
GOLD = Path(__file__).resolve().parent / "gold"
ORDERS = Path(os.environ.get("LINEAGE_SHARED") or Path(__file__).resolve().parents[3] / "shared") / "orders"
CONTENTS = "contents.jsonl"
FIELDS = ("number", "title", "date", "date in a form", "date of a signature", "amends", "rescinds", "listing", "contents", "contents: date")
KINDS = (*FIELDS, "section", "depth")
DATE_KINDS = {"page": "date", "form": "date in a form", "signature": "date of a signature"}
BULLETS = frozenset(("•", "-", "–", "o", "·", "", "▪"))
DOTTED = re.compile(r"\d+(\.\d+)+$")
ACTS = {"amends": {"amends", "substitutes", "supersedes", "reissues"}, "rescinds": {"rescinds", "supersedes"}}


@dataclass
class Score:
    """What was right, missed and invented in one file, by kind; ``said`` names each miss and each invention. ``trouble`` is the code of a refusal."""

    file: str
    right: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    invented: Counter[str] = field(default_factory=Counter)
    said: list[str] = field(default_factory=list)
    trouble: str = ""

    def count(self, kind: str, right: bool, wanted: str, got: str = "") -> None:
        """One gold value, met or not."""
        (self.right if right else self.missed)[kind] += 1
        if not right:
            self.said.append(f"{kind}: missed {wanted}" + (f"; read {got}" if got else ""))

    def invent(self, kind: str, got: str) -> None:
        """One value that the paper does not have."""
        self.invented[kind] += 1
        self.said.append(f"{kind}: invented {got}")


def golds(names: Sequence[str] = ()) -> list[Json]:
    """The gold of every file, in the order of their paths; only those whose path holds one of the names, if any are given."""
    found = [_gold(path) for path in sorted(GOLD.rglob("*.toml"))]
    return [g for g in found if not names or any(name in g["file"] for name in names)]


def _gold(path: Path) -> Json:
    gold = {**tomllib.loads(path.read_text(encoding="utf-8")), "gold": path}
    for d in gold["dates"]:
        if "page_range" in d:
            d["pages"] = list(range(d["page_range"][0], d["page_range"][1] + 1))
    return gold


def contents(gold: Json) -> list[Json]:
    """The printed contents of a manual, entry by entry; none where the file is no manual."""
    path = gold["gold"].parent / CONTENTS
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []


def norm(text: str | None) -> str:
    """Letters and digits alone, in small letters."""
    return "".join(c for c in unicodedata.normalize("NFKC", text or "").casefold() if c.isalnum())


def bare(marker: str | None) -> str:
    """A marker without its brackets and stops."""
    return (marker or "").strip("().,:; \t\u00a0").casefold()


def read(file: Path, profile: str | None = None) -> Json:
    """A file as the library reads it, in the shape of ``lineage read --json``; each clause also has ``around``, the number of marked clauses that hold it."""
    seen = pipeline.read(file, profile)
    return _shape(seen, [(rule.item, _shape(rule)) for rule in seen.rules])


def _shape(seen: pipeline.Reading, rules: Sequence[tuple[Any, Json]] = ()) -> Json:
    found = shapes.read(seen.item, seen.outline, seen.relations, seen.findings, seen.profile, rules)
    by_eid = {clause.eid: clause for clause in seen.outline.clauses}
    own = [shape for shape in found["clauses"] if "around" not in shape]  # those of a manual's rules have it from their rule
    for shape, clause in zip(own, seen.outline.clauses, strict=True):
        shape["around"] = sum(_marked(up.marker.string) for up in _parents(clause, by_eid))
    return found


def _parents(clause: Any, by_eid: dict[str, Any]) -> Iterator[Any]:
    while clause.parent is not None and clause.parent in by_eid:
        clause = by_eid[clause.parent]
        yield clause


def _marked(marker: str | None) -> bool:
    # "o" alone is a bullet; "o." and "(o)" are letters of a list.
    return bare(marker) != "" and (marker or "").strip() not in BULLETS


def score(gold: Json, file: Path) -> Score:
    """One file read and counted; a file that is refused has missed everything."""
    result = Score(gold["file"])
    try:
        got = read(file, gold.get("profile"))
    except LineageError as error:
        result.trouble = error.code
        got = {"work": {"number": None, "title": ""}, "dates": [], "relations": [], "clauses": []}
    _work(result, gold, got)
    _dates(result, gold, got)
    _relations(result, gold, got)
    _contents(result, gold, got)
    _sections(result, gold, got)
    return result


def _work(result: Score, gold: Json, got: Json) -> None:
    number, title = got["work"]["number"], got["work"]["title"]
    if gold["number"]:
        wanted = {norm(n) for n in (gold["number"], *gold.get("numbers_also", ()))}
        result.count("number", norm(number) in wanted, gold["number"], str(number))
    elif number and not contents(gold):
        result.invent("number", str(number))
    if gold["title"]:
        result.count("title", norm(title) == norm(gold["title"]), gold["title"], str(title))


def _dates(result: Score, gold: Json, got: Json) -> None:
    left = {(d["role"], d["on"], d["earliest"], d["latest"]): d for d in reversed(got["dates"])}
    for want in gold["dates"]:
        roles = {want["role"], *want.get("also", ())}
        hit = [key for key in left if key[0] in roles and _same_day(want, left[key])]
        wrong = sorted({d["role"] for d in got["dates"] if _same_day(want, d)} - roles)
        for key in hit:
            del left[key]
        if want["role"] != "other":
            said = f"{want['role']} {want.get('on') or want.get('latest')} ({want['raw']}, page {want['pages'][0]})"
            result.count(DATE_KINDS[want["where"]], bool(hit), said, "as " + ", ".join(wrong) if wrong else "")
    for d in left.values():
        result.invent("date", f"{d['role']} {d['on'] or (d['earliest'], d['latest'])} from {d['raw']!r} on page {d['page']}")


def _same_day(want: Json, d: Json) -> bool:
    same = want["on"] == d["on"] if "on" in want else d["on"] is None and d["latest"] == want["latest"]
    return bool(same) and d["page"] in want["pages"]


def _relations(result: Score, gold: Json, got: Json) -> None:
    left = [r for r in got["relations"] if r["kind"] in ACTS["amends"] | ACTS["rescinds"] and not _open(gold, r)]
    for kind in ("amends", "rescinds"):
        for want in gold[kind]:
            hit = next((r for r in left if r["kind"] in ACTS[kind] and _same_target(want, r, gold["number"])), None)
            result.count(kind, hit is not None, want["raw"])
            if hit is not None:
                left.remove(hit)
    for row in gold.get("listing", ()):
        hit = next((r for r in left if norm(row[5]) in norm(r["affected"]["mention"])), None)
        if not row[5].endswith("NEW"):
            result.count("listing", hit is not None, " | ".join(row))
        if hit is not None:
            left.remove(hit)
    for r in left:
        kind = "rescinds" if r["kind"] in ACTS["rescinds"] else "amends"
        result.invent(kind, f"{r['kind']} {r['affected']['mention']!r} version {r['affected']['version_on']}")


def _open(gold: Json, relation: Json) -> bool:
    """Whether the relation is one that names no number and is neither asked for nor wrong."""
    said = " ".join([relation["affected"]["mention"] or "", *(e["quote"] or "" for e in relation["evidence"])])
    return any(norm(words) in norm(said) for words in gold.get("open_relations", ()))


def _same_target(want: Json, relation: Json, own: str) -> bool:
    day, number, mention = want.get("version_on"), norm(want["number"]), norm(relation["affected"]["mention"])
    if day is not None and relation["affected"]["version_on"] != day:
        return False
    # A version of the paper itself is known by its day alone.
    return number in mention or (day is not None and number == norm(own))


def _contents(result: Score, gold: Json, got: Json) -> None:
    """Each numbered entry of a manual's contents: a work with its number and title that begins on its page, and has the manual's edition and no other date."""
    works = {(norm(w["number"]), norm(w["title"]), w["page"]): w for w in got.get("works", ())}
    wanted = [e for e in contents(gold) if e["kind"] == "policy"]
    edition = {(d["role"], d["on"]) for d in gold["dates"] if d["role"] == "edition"}
    for entry in wanted:
        said = f"{entry['number']} - {entry['title']} (page {entry['page']})"
        work = works.pop((norm(entry["number"]), norm(entry["title"]), entry["page"]), None)
        result.count("contents", work is not None, said)
        if work is not None:
            days = {(d["role"], d["on"]) for d in work["dates"]}
            result.count("contents: date", days == edition, said, str(sorted(days, key=str)))
    for number, title, page in works if wanted else ():
        result.invent("contents", f"{number} {title} on page {page}")


def _sections(result: Score, gold: Json, got: Json) -> None:
    quoted = {bare(m) for m in gold.get("quoted_markers", ())}
    pages = {p for first, last in gold.get("section_pages", ()) for p in range(first, last + 1)}
    marked = [c for c in got["clauses"] if _marked(c["marker"]) and (not pages or (c["page"] in pages and DOTTED.match(bare(c["marker"]))))]
    pairs = aligned(gold["sections"], marked, _agree)
    hit = {i: marked[j] for i, j in pairs}
    for i, (page, depth, marker, words) in enumerate(gold["sections"]):
        result.count("section", i in hit, f"{marker} {words} (page {page})")
        if i in hit:
            result.count("depth", hit[i]["around"] == depth, f"{marker} {words} (page {page}) at {depth}", str(hit[i]["around"]))
    taken = {j for _, j in pairs}
    for j, clause in enumerate(marked):
        if j not in taken and bare(clause["marker"]) not in quoted:
            result.invent("section", f"{clause['marker']} {_words(clause)[:40]} (page {clause['page']})")


def _words(clause: Json) -> str:
    return " ".join(part for part in (clause["heading"], clause["text"]) if part)


def _agree(want: Sequence[Any], clause: Json) -> bool:
    """The same marker, and the first eight letters after it; where the words are covered on the page, the marker alone."""
    if bare(want[2]) != bare(clause["marker"]):
        return False
    wanted, got = norm(want[3])[:8], norm(_words(clause))[:8]
    return not wanted or (bool(got) and (got.startswith(wanted) or wanted.startswith(got)))


def aligned(wanted: Sequence[Any], got: Sequence[Any], agree: Callable[[Any, Any], bool]) -> list[tuple[int, int]]:
    """The most pairs in the order of both, as places in ``wanted`` and in ``got``."""
    longest = [[0] * (len(got) + 1) for _ in range(len(wanted) + 1)]
    same = [[agree(a, b) for b in got] for a in wanted]
    for i in reversed(range(len(wanted))):
        for j in reversed(range(len(got))):
            longest[i][j] = 1 + longest[i + 1][j + 1] if same[i][j] else max(longest[i + 1][j], longest[i][j + 1])
    pairs, i, j = [], 0, 0
    while i < len(wanted) and j < len(got):
        if same[i][j]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif longest[i + 1][j] >= longest[i][j + 1]:
            i += 1
        else:
            j += 1
    return pairs


def line(result: Score) -> str:
    """One file in one line: of each kind right/all, and +n invented."""
    parts = []
    for kind in KINDS:
        n = result.right[kind] + result.missed[kind]
        if n or result.invented[kind]:
            parts.append(f"{kind} {result.right[kind]}/{n}" + (f" +{result.invented[kind]}" if result.invented[kind] else ""))
    return f"{result.file}: {'refused (' + result.trouble + '); ' if result.trouble else ''}{', '.join(parts)}"


def totals(results: Sequence[Score]) -> list[str]:
    """One line a kind, then all fields together, and all fields with the sections."""
    counts = [sum((getattr(r, side) for r in results), Counter[str]()) for side in ("right", "missed", "invented")]
    rows = [(kind, (kind,)) for kind in KINDS] + [("all fields", FIELDS), ("all fields and sections", (*FIELDS, "section"))]
    lines = [f"{'kind':24} {'right':>6} {'missed':>6} {'invented':>8}  share"]
    for name, kinds in rows:
        right, missed, invented = (sum(c[k] for k in kinds) for c in counts)
        if right + missed + invented:
            lines.append(f"{name:24} {right:6} {missed:6} {invented:8}  {right / max(right + missed, 1):.4f}")
    return lines


def main(arguments: Sequence[str]) -> int:
    """The command; 2 where the orders are not here, 1 where fewer fields are right than the share asked for."""
    if not ORDERS.is_dir():
        print(f"The orders are not in {ORDERS}; name the folder that holds them in LINEAGE_SHARED.", file=sys.stderr)
        return 2
    least = float(arguments[arguments.index("--least") + 1]) if "--least" in arguments else 0.0
    results = []
    for gold in golds([a for a in arguments if a not in ("-v", "--least") and a != str(least)]):
        results.append(score(gold, ORDERS / gold["file"]))
        print(line(results[-1]), flush=True)
        if "-v" in arguments:
            print("".join(f"    {said}\n" for said in results[-1].said), end="", flush=True)
    print("\n" + "\n".join(totals(results)))
    right, missed = (sum(sum(c[k] for k in FIELDS) for c in counts) for counts in ([r.right for r in results], [r.missed for r in results]))
    return 0 if right >= least * (right + missed) else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
