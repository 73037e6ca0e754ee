"""What differs between two policies: every field, in a sentence, and nothing where nothing does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from enum import Enum
from fractions import Fraction

import pytest

from clearance.adapters.policies.loaded import load_policy
from clearance.adapters.policies.reading import policy_ids
from clearance.model.outcome import Outcome
from clearance.model.rule import Citation, Force, Rule, Test
from clearance.policy.clauses.cases import Case
from clearance.policy.clauses.winddown import Term
from clearance.policy.document import OwnershipRule, Policy
from clearance.policy.words.diff import Difference, differences
from clearance.policy.words.diff_words import PARTS, PHRASES

EXAMPLE = load_policy("example-all-rules")
LOCATION = load_policy("provider-location-only")
OWNED = load_policy("provider-regions-2025-09-05")


def told(before: Policy, after: Policy) -> list[Difference]:
    return list(differences(before, after, ({}, {})))


def texts(before: Policy, after: Policy) -> list[str]:
    return [one.text for one in told(before, after)]


@pytest.mark.parametrize("id", policy_ids())
def test_nothing_differs_between_a_policy_and_itself(id: str) -> None:
    loaded = load_policy(id)
    again = load_policy(id)
    assert not list(differences(loaded.policy, again.policy, (loaded.rules, again.rules)))


def test_a_changed_outcome_is_a_sentence() -> None:
    owned = OWNED.policy.ownership[0]
    after = replace(OWNED.policy, ownership=(replace(owned, certain=Outcome.SUSPEND),))
    assert told(OWNED.policy, after) == [
        Difference(
            "ownership.provider-regions.certain",
            "deny",
            "suspend",
            "ownership rule provider-regions: what being reached for certain yields was deny; "
            "now it is suspend",
        )
    ]


def test_a_new_rule_is_told_whole_and_a_lost_one_too() -> None:
    (new,) = (text for text in texts(LOCATION.policy, OWNED.policy) if text.startswith("ownership"))
    (gone,) = (
        text for text in texts(OWNED.policy, LOCATION.policy) if text.startswith("ownership")
    )
    for text, word in ((new, "is new: "), (gone, "is gone: ")):
        assert text.startswith(f"ownership rule provider-regions {word}")
        assert "what being reached for certain yields: deny" in text
        assert "Notice of 2025-09-05" in text


def test_a_list_is_told_by_what_it_gains_and_loses() -> None:
    regions = EXAMPLE.policy.regions
    assert regions is not None
    after = replace(regions, list=replace(regions.list, codes=("XB", "XC")))
    assert texts(EXAMPLE.policy, replace(EXAMPLE.policy, regions=after)) == [
        "the policy: the regions that the list names gain XC and lose XA"
    ]


def test_another_order_of_rules_is_told() -> None:
    rules = tuple(reversed(EXAMPLE.policy.region_rules))
    (text,) = texts(EXAMPLE.policy, replace(EXAMPLE.policy, region_rules=rules))
    assert text.startswith("region rules are in another order: headquarters, ")


def test_cases_are_told_in_order_as_a_whole() -> None:
    owned = OWNED.policy.ownership[0]
    small = replace(
        owned, undeclared=(Case(Outcome.ALLOW_WITH_NOTICE, "small"), Case(Outcome.DENY))
    )
    (text,) = texts(OWNED.policy, replace(OWNED.policy, ownership=(small,)))
    assert text.endswith("was review; now it is allow_with_notice for small, deny")


def test_the_record_behind_an_equal_id_is_compared() -> None:
    rule = OWNED.rules["provider-regions"]
    version = rule.versions[0]
    lower = (replace(version.tests[0], threshold=Fraction(1, 4)),)
    other = replace(rule, versions=(replace(version, tests=lower),))
    changed = {rule.id: rule}, {rule.id: other}
    (found,) = differences(OWNED.policy, OWNED.policy, changed)
    assert found.where.startswith("rule.provider-regions.versions.")
    assert found.text.endswith("the tests gain shares > 25 % and lose shares > 50 %")


def test_two_rules_about_one_fact_are_told_apart() -> None:
    rule = LOCATION.policy.region_rules[0]
    twice = replace(LOCATION.policy, region_rules=(*LOCATION.policy.region_rules, rule))
    (text,) = texts(LOCATION.policy, twice)
    assert text.startswith("region rule headquarters (2) is new")


@dataclass(frozen=True)
class Place:
    """A field somewhere in a document, and the document with another value there."""

    name: str
    changed: object


def changes(part: object) -> Iterator[Place]:
    """A document with one field changed, for every field that it has."""
    assert is_dataclass(part)
    assert not isinstance(part, type)
    for each in fields(part):
        value, name = getattr(part, each.name), f"{type(part).__name__}.{each.name}"
        if is_dataclass(value) and not isinstance(value, Force | Test | Case | Citation):
            for inner in changes(value):
                yield Place(inner.name, replace(part, **{each.name: inner.changed}))
        elif isinstance(value, tuple) and value and is_dataclass(value[0]):
            yield Place(name, replace(part, **{each.name: value[1:]}))
            if not isinstance(value[0], Test | Case | Citation):
                for inner in changes(value[0]):
                    other = (inner.changed, *value[1:])
                    yield Place(inner.name, replace(part, **{each.name: other}))
        else:
            yield Place(name, replace(part, **{each.name: _other(value)}))


def _other(value: object) -> object:
    """Another value of the same kind."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, Enum):
        return next(one for one in type(value) if one is not value)
    if isinstance(value, Force):
        return Force(20000, 20001)
    if isinstance(value, tuple):
        return value[1:] if value else ("new",)
    if isinstance(value, dict):
        return {**value, "XX": "XA"}
    if isinstance(value, int | Fraction):
        return value + 1
    return "other" if value else Outcome.SUSPEND if value is None else "new"


def test_every_field_of_a_policy_that_differs_is_told() -> None:
    silent = []
    for place in changes(EXAMPLE.policy):
        assert isinstance(place.changed, Policy)
        if not told(EXAMPLE.policy, place.changed):
            silent.append(place.name)
    assert silent == []


def test_every_field_of_a_record_that_differs_is_told() -> None:
    for rule in OWNED.rules.values():
        for place in changes(rule):
            assert isinstance(place.changed, Rule)
            pair = {rule.id: rule}, {rule.id: place.changed}
            assert list(differences(OWNED.policy, OWNED.policy, pair)), place.name


def test_every_field_has_a_phrase_or_fields_of_its_own() -> None:
    own = {"id", "ground", "term", "seeds", "control", *PARTS}
    named = {place.name for place in changes(EXAMPLE.policy)}
    named |= {place.name for place in changes(load_policy("regime-us-itar").rules["us-itar"])}
    named |= {f"Term.{each.name}" for each in fields(Term)}
    named |= {f"OwnershipRule.{each.name}" for each in fields(OwnershipRule)}
    missing = {name for name in named if name.partition(".")[2] not in own} - PHRASES.keys()
    assert missing - {"Version.force", "Rule.citations"} == set()
