"""Every pattern of every shipped profile against its own examples and counter-examples."""

from collections.abc import Iterator

import pytest

from lineage import profiles
from lineage.errors import ProfileError
from lineage.profiles import Rule

GROUPS = ("stamp", "reference", "statute", "relation", "list", "open", "life", "mark", "furniture", "listing", "head")


def rules() -> Iterator[tuple[str, Rule]]:
    for name in profiles.shipped():
        for group in GROUPS:
            yield from ((f"{name}.{group}", rule) for rule in getattr(profiles.load(name), group))


@pytest.mark.parametrize(("where", "rule"), [pytest.param(w, r, id=f"{w}.{r.name}") for w, r in rules()])
def test_examples_match_and_counter_examples_do_not(where: str, rule: Rule) -> None:
    for example in rule.examples:
        match = rule.pattern.search(example["text"])
        assert match is not None, example
        for group, value in example.items():
            if group != "text":
                assert (match.group(group) or "").strip() == value
    for text in rule.counter:
        match = rule.pattern.search(text)
        assert match is None or " not " in f" {match.group()} " or "not " in text[: match.start()], f"{where}.{rule.name} matches {text!r}"


@pytest.mark.parametrize(("where", "rule"), [pytest.param(w, r, id=f"{w}.{r.name}") for w, r in rules() if not w.endswith(("listing", "head"))])
def test_every_rule_carries_its_proof(where: str, rule: Rule) -> None:
    assert rule.examples, f"{where}.{rule.name} has no example"
    assert rule.counter, f"{where}.{rule.name} has no counter-example"


@pytest.mark.parametrize("rule", [pytest.param(r, id=r.name) for w, r in rules() if r.verb is not None])
def test_the_verb_stands_in_whatever_the_rule_matches(rule: Rule) -> None:
    assert rule.verb is not None
    for example in rule.examples:
        match = rule.pattern.search(example["text"])
        assert match is not None
        assert rule.verb.search(match.group())


def test_recognised_by_its_words() -> None:
    assert profiles.recognise("City of Long Beach Memorandum LBPD Manual").id == "lbpd"
    assert profiles.recognise("Chicago Police Department").id == "cpd"
    assert profiles.recognise("Village of Nowhere").id == "generic"


def test_a_profile_at_fault_is_named(tmp_path) -> None:
    fault = tmp_path / "bad.toml"
    fault.write_text("id = 'x'\nname = 'X'\ncountry = 'us'\ntime_zone = 'UTC'\nnumber = '['\n", encoding="utf-8")
    with pytest.raises(ProfileError, match="number"):
        profiles.load(str(fault))
    with pytest.raises(ProfileError, match="neither shipped"):
        profiles.load("nowhere")
