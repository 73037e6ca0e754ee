"""From facts and findings to an outcome: the table of section 4, and what stands around it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.policy.examples import CODES, POLICY, policy, standing

from clearance.adapters.policies.reading import load_rule
from clearance.model.customer import Customer
from clearance.model.dates import day_of
from clearance.model.outcome import Outcome
from clearance.model.party import Party
from clearance.model.rule import Level
from clearance.model.verdict import Reached
from clearance.policy.decision import Decision
from clearance.policy.facts import Facts, facts_of
from clearance.policy.judging.decide import Judge
from clearance.policy.reasons.owners import Standing

DAY = day_of("2026-01-01")
HERE = {"headquarters": "XS"}
JUDGE = Judge(policy(), CODES)


def decided(
    stated: dict[str, str],
    found: Standing | None = None,
    *,
    segment: str = "",
    revenue: int = 5000,
    judge: Judge = JUDGE,
    unidentified: str = "",
) -> Decision:
    """The decision about one customer."""
    facts = Facts(stated, unidentified, segment, Decimal(revenue))
    standings = {} if found is None else {"provider-regions": found}
    return judge.decide(facts, standings, DAY)


def codes_of(decision: Decision) -> list[str]:
    """The codes of the reasons, in their order."""
    return [reason.code for reason in decision.reasons]


@pytest.mark.parametrize(
    ("found", "outcome", "code"),
    [
        (standing(Reached.CERTAIN, Level.BARS), "deny", "ownership_certain"),
        (standing(Reached.CERTAIN, Level.PRESUMED), "review", "ownership_presumed"),
        (standing(Reached.POSSIBLE), "review", "ownership_possible"),
        (standing(Reached.POSSIBLE, Level.PRESUMED), "review", "ownership_possible"),
        (standing(Reached.NO, Level.REVIEW), "review", "ownership_control"),
        (standing(Reached.NO, Level.FLAG), "review", "ownership_control"),
        (standing(Reached.NO, could=True), "review", "ownership_undeclared"),
        (standing(Reached.NO), "allow", "ownership_none"),
    ],
)
def test_a_finding_yields_its_outcome(found: Standing, outcome: str, code: str) -> None:
    decision = decided(HERE, found)
    assert decision.outcome.word == outcome
    assert codes_of(decision)[-1] == code
    reason = decision.reasons[-1]
    assert (reason.rule, reason.basis, reason.citation) == (
        "provider-regions",
        "law",
        "Our terms, section 3",
    )


def test_a_policy_may_allow_a_control_finding_and_still_shows_it() -> None:
    judge = Judge(policy(POLICY.replace('control = "review"', 'control = "allow"')), CODES)
    decision = decided(HERE, standing(Reached.NO, Level.FLAG), judge=judge)
    assert decision.outcome is Outcome.ALLOW
    assert "ownership_control" in codes_of(decision)


@pytest.mark.parametrize(
    ("segment", "revenue", "outcome"),
    [
        ("small", 999, Outcome.ALLOW_WITH_NOTICE),
        ("small", 1000, Outcome.REVIEW),
        ("large", 1, Outcome.REVIEW),
        ("school", 10**9, Outcome.ALLOW),
    ],
)
def test_the_undeclared_rest_depends_on_class_and_revenue(
    segment: str, revenue: int, outcome: Outcome
) -> None:
    decision = decided(HERE, standing(could=True), segment=segment, revenue=revenue)
    assert decision.outcome is outcome
    assert codes_of(decision)[-1] == "ownership_undeclared"
    assert not decision.cleared
    assert "40 %" in decision.reasons[-1].text


def test_control_does_not_hide_an_undeclared_rest() -> None:
    decision = decided(HERE, standing(Reached.NO, Level.REVIEW, could=True))
    assert codes_of(decision)[-2:] == ["ownership_control", "ownership_undeclared"]


@pytest.mark.parametrize(
    ("stated", "outcome", "code"),
    [
        ({"headquarters": "XA"}, "deny", "region_unsupported"),
        ({"incorporation": "XA"}, "deny", "region_unsupported"),
        ({"headquarters": "XS", "incorporation": "XA"}, "allow", "region_supported"),
        ({"headquarters": "XA-01"}, "allow", "region_supported"),
        ({"headquarters": "Nowhere"}, "review", "region_unknown"),
        ({}, "review", "location_unknown"),
        ({"headquarters": "XS", "phone": "XB"}, "review", "region_unsupported"),
        ({"headquarters": "XS", "phone": "XS"}, "allow", "region_supported"),
        ({"headquarters": "XS", "phone": "??"}, "review", "region_unknown"),
    ],
)
def test_a_declared_fact_yields_its_outcome(
    stated: dict[str, str], outcome: str, code: str
) -> None:
    decision = decided(stated, standing())
    assert decision.outcome.word == outcome
    assert code in codes_of(decision)


def test_region_rules_judge_an_unidentified_customer_too() -> None:
    barred = decided({"headquarters": "XA"}, unidentified="no such name")
    assert barred.outcome is Outcome.DENY
    assert codes_of(barred) == ["region_unsupported", "unidentified"]
    free = decided(HERE, unidentified="no such name")
    assert free.outcome is Outcome.REVIEW
    assert free.deciding[0].text == "no such name"


def test_a_location_policy_needs_nobody_identified() -> None:
    text = POLICY[: POLICY.index("[[ownership]]")]
    decision = decided(HERE, judge=Judge(policy(text), CODES), unidentified="no such name")
    assert decision.outcome is Outcome.ALLOW
    assert codes_of(decision) == ["region_supported"]


@pytest.mark.parametrize(
    ("declared", "register", "contradicted"),
    [
        ("XS", "XS", False),
        ("XS", "XT", True),
        ("XS", "XS-01", False),
        ("XS-01", "XS", False),
        ("XS-01", "XS-02", True),
        ("XS", "", False),
        ("", "XT", False),
    ],
)
def test_a_headquarters_that_the_register_contradicts_is_review(
    declared: str, register: str, contradicted: bool
) -> None:
    customer = Customer("c", country="XS", headquarters=declared)
    facts = facts_of(customer, Party("P", headquarters=register))
    decision = JUDGE.decide(facts, {"provider-regions": standing()}, DAY)
    assert ("headquarters_contradicted" in codes_of(decision)) is contradicted
    assert decision.outcome is (Outcome.REVIEW if contradicted else Outcome.ALLOW)


def test_a_rule_that_fails_is_review_by_its_name() -> None:
    failed = Standing(load_rule("provider-regions"), failed="a share above the whole")
    decision = decided(HERE, failed)
    assert decision.outcome is Outcome.REVIEW
    assert codes_of(decision)[-1] == "rule_failed"
    assert "provider-regions could not be evaluated" in decision.reasons[-1].text


def test_a_rule_that_was_not_asked_is_review() -> None:
    decision = decided(HERE)
    assert decision.outcome is Outcome.REVIEW
    assert decision.deciding[0].code == "rule_failed"


def test_no_rule_evaluated_is_review() -> None:
    start, end = POLICY.index("[[region_rules]]"), POLICY.index('[[region_rules]]\nfact = "phone"')
    text = POLICY[:start] + POLICY[end : POLICY.index("[[ownership]]")]
    decision = decided({}, judge=Judge(policy(text), CODES))
    assert decision.outcome is Outcome.REVIEW
    assert codes_of(decision) == ["no_rule_evaluated"]


@pytest.mark.parametrize("day", ["2024-12-31", "2027-01-01"])
def test_outside_its_dates_a_policy_decides_nothing(day: str) -> None:
    decision = JUDGE.decide(Facts({"headquarters": "XA"}), {}, day_of(day))
    assert decision.outcome is Outcome.REVIEW
    assert codes_of(decision) == ["policy_not_in_effect"]


def test_a_rule_out_of_force_reaches_nobody_and_says_so() -> None:
    rule = load_rule("us-bis-affiliates")
    decision = decided(HERE, Standing(rule, in_force=False))
    assert decision.outcome is Outcome.ALLOW
    assert codes_of(decision)[-1] == "rule_not_in_force"


def test_an_order_and_its_scope_travel_with_the_reason() -> None:
    reason = decided({"headquarters": "XA"}, standing()).reasons[0]
    assert reason.ordered_by == "the board"
    assert reason.applies_to == ("service:api", "service:chat")
    assert reason.text == "headquarters First Region (XA) is on the list: the policy's own list"


def test_equal_facts_give_equal_reasons() -> None:
    one = decided(HERE, standing(Reached.POSSIBLE))
    two = decided(HERE, standing(Reached.POSSIBLE), judge=Judge(policy(), CODES))
    assert one == two


def test_declared_columns_of_any_name_can_be_judged() -> None:
    text = POLICY.replace('fact = "phone"', 'fact = "declared_office"')
    judge = Judge(policy(text), CODES)
    facts = facts_of(Customer("c", country="XS", declared={"office": "XB"}), None)
    decision = judge.decide(facts, {"provider-regions": standing()}, DAY)
    assert decision.outcome is Outcome.REVIEW
