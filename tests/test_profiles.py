"""Every pattern of every shipped profile against its own examples and counter-examples."""

import re
from collections.abc import Iterator

import pytest

from lineage import profiles
from lineage.errors import ProfileError
from lineage.profiles import Rule
from lineage.profiles.labels import VALUED

GROUPS = ("stamp", "reference", "statute", "relation", "list", "open", "life", "mark", "furniture", "whom", "binds", "listing", "head")


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


@pytest.mark.parametrize("rule", [pytest.param(r, id=r.name) for w, r in rules() if r.stems])
def test_a_stem_stands_in_whatever_the_rule_matches(rule: Rule) -> None:
    for example in rule.examples:
        match = rule.pattern.search(example["text"])
        assert match is not None
        assert rule.may_stand_in(match.group().lower())


@pytest.mark.parametrize("name", profiles.shipped())
def test_one_look_at_a_group_sees_what_its_rules_see(name: str) -> None:
    profile = profiles.load(name)
    texts = {t for _, rule in rules() for t in (*(e["text"] for e in rule.examples), *rule.counter)}
    texts |= {letter + t for t in texts for letter in "Xx"}  # stamps look back at what stands before them
    for group in ("stamp", "open", "furniture"):
        for text in texts:
            assert profile.might(group, text) == any(rule.pattern.search(text) for rule in getattr(profile, group)), (group, text)


@pytest.mark.parametrize("name", profiles.shipped())
def test_one_look_at_words_sees_their_label(name: str) -> None:
    profile = profiles.load(name)
    plain = [re.sub(r"\\.\?|[\\?]", "", re.sub(r"\(\?:[^()]*\)\??", "", p.pattern[3:-1])).strip() for _, p in profile.labels]
    for words in plain:
        for text in (words, f"{words.upper()}:", f" {words} ", f"{words} 12-3", f"{words} May 17, 2019", f"x{words}"):
            bare = text.strip().rstrip(":").strip()
            assert profiles.label_role(text, profile) == next((role for role, p in profile.labels if p.fullmatch(bare)), None), text
            opens = [p for role, p in profile.labels if role in VALUED and re.match(rf"{p.pattern}\s", text, re.IGNORECASE)]
            assert bool(opens) == (profile.opens_value.match(text) is not None), text


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
