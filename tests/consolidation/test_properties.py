"""Random texts and random changes: the same as a plain, slow reader gives; what is done and undone is as it was; nothing depends on the order of what is given."""

from __future__ import annotations

import os
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from lineage.consolidation import apply, check, compare
from lineage.model import Change, Unit, Words
from lineage.model.eid import bare_marker

from .made import change, clauses
from .slow import printed, step, tree

MANY = 1000 if os.environ.get("LINEAGE_THOROUGH") else 120
WORDS = ("log", "car", "key", "radio", "belt", "the", "of", "per", "shift")

sentences = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)


@st.composite
def texts(draw: Any) -> str:
    """Items, some with items below them."""
    lines = []
    for n in range(1, draw(st.integers(1, 5)) + 1):
        lines.append(f"{n}) {draw(sentences)}")
        for letter in "abc"[: draw(st.integers(0, 3))]:
            lines.append(f"  ({letter}) {draw(sentences)}")
    return "\n".join(lines)


@st.composite
def instructions(draw: Any) -> tuple[str, tuple[str, ...], dict[str, Any]]:
    """One instruction to a part that may be there."""
    path: tuple[str, ...] = (str(draw(st.integers(1, 6))), *(draw(st.sampled_from(["", "a", "b"])) or ()))
    kind = draw(st.sampled_from(["words", "deletes", "renumbers", "inserts", "substitutes"]))
    if kind == "words":
        return "substitutes", path, {"find": draw(st.sampled_from(WORDS)), "replace": draw(st.sampled_from(WORDS)) + " new", "count": draw(st.integers(1, 2))}
    if kind == "deletes":
        return kind, path, {}
    if kind == "renumbers":
        return kind, path[:1], {"marker": str(draw(st.integers(1, 8)))}
    if kind == "inserts":
        return kind, path[:1], {"position": "after", "new": f"{draw(st.integers(1, 9))}) {draw(sentences)}"}
    return kind, path[:1], {"new": f"{path[0]}) {draw(sentences)}\n  (a) {draw(sentences)}"}


def day(at: int) -> str:
    return (date(2020, 1, 1) + timedelta(days=at)).isoformat()


def made(at: int, one: tuple[str, tuple[str, ...], dict[str, Any]]) -> Change:
    kind, path, edit = one
    return change(f"so{at}.0", day(at), kind, path, **edit)


@settings(max_examples=MANY, deadline=None)
@given(texts(), st.lists(instructions(), max_size=8), st.randoms(use_true_random=False))
def test_random_histories_agree_with_a_plain_reader(text: str, steps: list[Any], random: Any) -> None:
    """As far as the first change that does not fit; that one both refuse."""
    nodes, changes = tree(text), []
    for at, (kind, path, edit) in enumerate(steps):
        changes.append(made(at, (kind, path, edit)))
        after = step(nodes, kind, path, edit)
        given_ = list(changes)
        random.shuffle(given_)
        wording = apply(clauses(text), given_)
        if after is None:
            assert [r.relation for r in wording.refused] == [changes[-1].id]
            assert [line.rstrip() for line in wording.lines()] == printed(nodes)
            return
        assert wording.refused == ()
        nodes = after
        assert [line.rstrip() for line in wording.lines()] == printed(nodes)
        assert len({u.wid for u in wording.units}) == len({u.eid for u in wording.units}) == len(wording.units)


@settings(max_examples=MANY, deadline=None)
@given(texts(), st.sampled_from(WORDS), st.integers(1, 3))
def test_a_change_and_its_inverse_give_back_the_start(text: str, word: str, item: int) -> None:
    base = clauses(text)
    there = change("so1.0", "2020-01-01", "substitutes", (str(item),), find=word, replace="zebra crossing")
    back = change("so2.0", "2021-01-01", "substitutes", (str(item),), find="zebra crossing", replace=word)
    if apply(base, [there]).refused:
        return
    wording = apply(base, [there, back])
    assert wording.refused == ()
    assert wording.lines() == apply(base, []).lines()
    renumbered = [change("so1.0", "2020-01-01", "renumbers", (str(item),), marker="77"), change("so2.0", "2021-01-01", "renumbers", ("77",), marker=str(item))]
    assert apply(base, renumbered).lines() == apply(base, []).lines()


@settings(max_examples=MANY, deadline=None)
@given(texts(), st.lists(instructions(), max_size=6))
def test_a_redline_leads_from_the_one_text_to_the_other(text: str, steps: list[Any]) -> None:
    base, changes = clauses(text), [made(at, one) for at, one in enumerate(steps)]
    old, new = apply(base, changes[: len(changes) // 2]), apply(base, changes)
    for one_base in (True, False):
        shifts = compare(old, new, one_base=one_base)
        for shift in shifts:
            assert "".join(words for op, words in shift.words if op != "insert") == (shift.before or "")
            assert "".join(words for op, words in shift.words if op != "delete") == (shift.after or "")
        said = [" ".join(u.strings()) for u in old.units]
        for shift in shifts:
            if shift.before is not None:
                said.remove(shift.before)
        said += [s.after for s in shifts if s.after is not None]
        assert sorted(said) == sorted(" ".join(u.strings()) for u in new.units)


@settings(max_examples=MANY, deadline=None)
@given(st.text(max_size=30), st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30), st.text(max_size=5)), max_size=5))
def test_words_know_who_put_them_there(string: str, puts: list[tuple[int, int, str]]) -> None:
    words, plain = Words.of(string), [(c, "") for c in string]
    for n, (a, b, new) in enumerate(puts):
        start, end = sorted((min(a, len(plain)), min(b, len(plain))))
        words = words.put(start, end, Words.of(new, f"r{n}"))
        plain[start:end] = [(c, f"r{n}") for c in new]
    assert words.string == "".join(c for c, _ in plain)
    assert [(c, by) for said, by in words.pieces() for c in said] == plain
    assert all(a[1] != b[1] for a, b in zip(words.runs, words.runs[1:], strict=False))


@given(texts(), st.lists(instructions(), max_size=6), st.randoms(use_true_random=False))
def test_a_published_text_with_our_words_has_no_difference(text: str, steps: list[Any], random: Any) -> None:
    base, changes = clauses(text), [made(at, one) for at, one in enumerate(steps)]
    published = apply(base, changes).units
    random.shuffle(changes)
    found = check(base, changes, published)
    assert (found.differences, found.layout) == ((), 0)


@given(texts(), instructions())
def test_what_one_order_does_is_explained_by_it(text: str, one: tuple[str, tuple[str, ...], dict[str, Any]]) -> None:
    base, later = clauses(text), made(1, one)
    done = apply(base, [later])
    found = check(base, [], done.units, others=[later])
    assert all((d.why, d.by) == ("order", later.id) for d in found.differences)
    assert bool(found.differences) <= bool(done.applied)


@given(texts(), texts(), st.lists(instructions(), max_size=4), st.lists(instructions(), max_size=4))
def test_no_difference_is_passed_over_and_none_is_made_up(text: str, other: str, mine: list[Any], theirs: list[Any]) -> None:
    base, published = clauses(text), apply(clauses(other), [made(at, one) for at, one in enumerate(theirs)]).units
    changes = [made(at, one) for at, one in enumerate(mine)]
    found = check(base, changes, published)
    said = [words(unit) for unit in apply(base, changes).units], [words(unit) for unit in published]
    assert bool(found.differences) == ([w for u in said[0] for w in u] != [w for u in said[1] for w in u])
    assert found.differences == check(base, changes[::-1], published).differences
    for d in found.differences:
        assert "".join(w for op, w in d.words if op != "insert").split() == (d.ours or "").split()
        assert "".join(w for op, w in d.words if op != "delete").split() == (d.published or "").split()


def words(unit: Unit) -> list[str]:
    return [bare_marker(unit.marker), *f"{unit.heading.string} {unit.text.string}".split()]
