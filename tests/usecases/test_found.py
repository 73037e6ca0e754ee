"""What a policy asks, told by a digest: of the question alone, not of the words about it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from clearance.adapters.policies.loaded import load_policy
from clearance.model.dates import ALWAYS, NEVER
from clearance.model.rule import Force, Rule
from clearance.policy.document import Policy
from clearance.usecases.found import asked

LOADED = load_policy("provider-regions-2025-09-05")
POLICY, RULES = LOADED.policy, LOADED.rules
(RULE,) = RULES.values()


def digest(policy: Policy = POLICY, rule: Rule = RULE) -> str:
    return asked(policy, {rule.id: rule})[rule.id]


def with_codes(*codes: str) -> Policy:
    assert POLICY.regions is not None
    listed = replace(POLICY.regions.list, codes=codes)
    return replace(POLICY, regions=replace(POLICY.regions, list=listed))


@pytest.mark.parametrize(
    ("field", "value"), [("title", "Another"), ("citations", ()), ("verified", "no")]
)
def test_words_about_a_rule_do_not_change_what_it_asks(field: str, value: Any) -> None:
    assert digest(rule=replace(RULE, **{field: value})) == digest()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("readings", ()),
        ("options", not RULE.options),
        ("consolidation", not RULE.consolidation),
        ("versions", (replace(RULE.versions[0], force=Force(ALWAYS, 0)),)),
        ("seeds", replace(RULE.seeds, outside=not RULE.seeds.outside)),
    ],
)
def test_whatever_changes_an_answer_changes_what_is_asked(field: str, value: Any) -> None:
    assert digest(rule=replace(RULE, **{field: value})) != digest()


def test_another_list_of_regions_is_another_question_and_the_rest_of_a_policy_is_not() -> None:
    assert digest(with_codes("XA")) != digest(with_codes("XB"))
    assert digest(replace(POLICY, title="Another", force=Force(0, NEVER))) == digest()


def test_a_rule_that_the_policy_does_not_name_is_not_asked() -> None:
    assert asked(replace(POLICY, ownership=()), RULES) == {}
