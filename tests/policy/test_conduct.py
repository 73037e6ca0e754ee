"""Campaigns and barred end uses: what is posted, who looked at it, and how long it holds."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.policy.asking import DAY, EXAMPLE, HERE, PLAIN, ask, strict

from clearance.adapters.policies.reading import codes
from clearance.model.outcome import Outcome
from clearance.policy.asked import Asked
from clearance.policy.document import Policy
from clearance.policy.facts import Facts, Manner, Posted
from clearance.policy.judging.decide import Judge

FOUND = Posted("campaign", "c-1", "detect", 95, since=DAY - 10)
JUST = Posted("campaign", "c-1", "detect", 90, since=DAY - 10)
WEAK = Posted("campaign", "c-1", "detect", 89, since=DAY - 10)
CONFIRMED = Posted("campaign", "c-1", "detect", 50, since=DAY - 10, reviewer="r")
CLEARED = Posted("campaign", "c-1", "desk", since=DAY - 5, manner=Manner.CLEARED, reviewer="r")
AGAIN = Posted("campaign", "c-1", "detect", 99, since=DAY - 1)
LATER = Posted("campaign", "c-1", "detect", 99, since=DAY - 1, reviewer="r")
OTHER = Posted("campaign", "c-2", "detect", 99, since=DAY - 1)
ALL_CLEARED = Posted("campaign", "", "desk", since=DAY - 5, manner=Manner.CLEARED, reviewer="r")
NOBODYS = Posted("campaign", "c-1", "desk", since=DAY - 5, manner=Manner.CLEARED)
PAST = Posted("campaign", "c-1", "detect", 99, until=DAY, reviewer="r")
LAPSED = Posted("campaign", "c-1", "desk", until=DAY, manner=Manner.CLEARED, reviewer="r")
COMING = Posted("campaign", "c-1", "detect", 99, since=DAY + 1, reviewer="r")


@pytest.mark.parametrize(
    ("posted", "outcome", "code"),
    [
        ((), "allow", ""),
        ((FOUND,), "review", "campaign_suspected"),
        ((JUST,), "review", "campaign_suspected"),
        ((WEAK,), "allow", "campaign_weak"),
        ((CONFIRMED,), "suspend", "campaign_member"),
        ((FOUND, CLEARED), "allow", "campaign_cleared"),
        ((FOUND, CLEARED, AGAIN), "allow", "campaign_cleared"),
        ((CONFIRMED, CLEARED), "allow", "campaign_cleared"),
        ((FOUND, CLEARED, LATER), "suspend", "campaign_member"),
        ((CLEARED, OTHER), "review", "campaign_suspected"),
        ((ALL_CLEARED, OTHER), "allow", "campaign_cleared"),
        ((FOUND, NOBODYS), "review", "campaign_suspected"),
        ((FOUND, LAPSED), "review", "campaign_suspected"),
        ((PAST,), "allow", ""),
        ((COMING,), "allow", ""),
        ((CLEARED,), "allow", ""),
    ],
)
def test_a_campaign_is_what_was_found_and_who_looked(
    posted: tuple[Posted, ...], outcome: str, code: str
) -> None:
    for order in (posted, posted[::-1]):
        decision = ask(None, facts=Facts(HERE, posted=order))
        assert decision.outcome.word == outcome
        codes = [one.code for one in decision.reasons if one.code.startswith("campaign")]
        assert (code in codes) if code else not codes


def test_the_order_in_which_facts_are_posted_changes_nothing() -> None:
    posted = (FOUND, OTHER, CLEARED, AGAIN)
    one = ask(None, facts=Facts(HERE, posted=posted))
    assert ask(None, facts=Facts(HERE, posted=posted[::-1])).reasons == one.reasons


def test_a_weak_finding_is_shown_and_clears_nobody() -> None:
    assert not ask(None, facts=Facts(HERE, posted=(WEAK,))).cleared
    assert ask(None, facts=Facts(HERE, posted=(FOUND, CLEARED))).cleared


def test_no_reviewer_is_named_in_an_answer() -> None:
    reviewer = Posted("campaign", "c-1", "detect", reviewer="a person's name")
    decision = ask(None, facts=Facts(HERE, posted=(reviewer,)))
    assert "a person's name" not in repr(decision.reasons)


def use(
    value: str, manner: Manner = Manner.OBSERVED, confidence: int = 100, reviewer: str = ""
) -> Posted:
    """An end use as it is posted."""
    return Posted("end_use", value, "desk", confidence, DAY - 3, manner=manner, reviewer=reviewer)


@pytest.mark.parametrize(
    ("posted", "outcome", "code"),
    [
        (use("autonomous-weapons", Manner.DECLARED), "deny", "end_use_declared"),
        (use("autonomous-weapons", confidence=80), "deny", "end_use_observed"),
        (use("autonomous-weapons", confidence=79), "review", "end_use_doubtful"),
        (use("autonomous-weapons", confidence=1, reviewer="r"), "deny", "end_use_observed"),
        (use("mass-surveillance"), "suspend", "end_use_observed"),
        (use("social-scoring", Manner.DECLARED), "deny", "end_use_declared"),
        (use("translation", Manner.DECLARED), "allow", ""),
    ],
)
@pytest.mark.parametrize("segment", ["government", "enterprise", "small-business", ""])
def test_a_barred_end_use_is_barred_whoever_the_customer_is(
    posted: Posted, outcome: str, code: str, segment: str
) -> None:
    decision = ask(None, facts=Facts(HERE, segment=segment, posted=(posted,)))
    assert decision.outcome.word == outcome
    assert not code or code in strict(decision)


def test_an_end_use_that_a_reviewer_cleared_is_shown_as_cleared() -> None:
    cleared = Posted(
        "end_use",
        "mass-surveillance",
        "desk",
        since=DAY - 1,
        manner=Manner.CLEARED,
        reviewer="r",
    )
    decision = ask(None, facts=Facts(HERE, posted=(use("mass-surveillance"), cleared)))
    assert decision.outcome is Outcome.ALLOW
    assert "end_use_cleared" in [one.code for one in decision.reasons]


@pytest.mark.parametrize(
    ("declared", "outcome"),
    [
        ("autonomous-weapons", "deny"),
        ("social-scoring", "deny"),
        ("translation", "allow"),
        ("", "allow"),
        ("mass_surveillance", "review"),
        ("Mass-Surveillance", "review"),
        ("mass-surveillance ", "review"),
    ],
)
def test_a_request_may_declare_its_end_use(declared: str, outcome: str) -> None:
    assert ask(Asked(origin=PLAIN, end_use=declared)).outcome.word == outcome


def test_an_end_use_that_no_word_names_is_unknown_and_never_cleared() -> None:
    decision = ask(Asked(origin=PLAIN, end_use="mass_surveillance"))
    assert strict(decision) == ["end_use_unknown"]
    assert not decision.cleared
    assert decision.deciding[0].text == (
        "mass_surveillance: declared in the request; the policy does not know that use"
    )


@pytest.mark.parametrize(
    ("posted", "outcome"),
    [
        ((use("mass_surveillance"),), "review"),
        ((use("mass_surveillance", Manner.DECLARED),), "review"),
        ((use("mass_surveillance"), use("mass-surveillance")), "suspend"),
        ((use("mass_surveillance"), use("", Manner.CLEARED, reviewer="r")), "allow"),
        ((use("mass_surveillance"), use("", Manner.CLEARED)), "review"),
        ((use("translation", Manner.DECLARED),), "allow"),
    ],
)
def test_a_posted_end_use_that_no_word_names_is_unknown_too(
    posted: tuple[Posted, ...], outcome: str
) -> None:
    decision = ask(None, facts=Facts(HERE, posted=posted))
    assert decision.outcome.word == outcome
    assert ("end_use_unknown" in strict(decision)) is (outcome == "review")


def test_the_policy_says_what_an_unknown_end_use_yields() -> None:
    asked, policy = Asked(origin=PLAIN, end_use="poetry"), EXAMPLE.policy

    def outcome(changed: Policy) -> str:
        return ask(asked, judge=Judge(changed, codes())).outcome.word

    assert outcome(replace(policy, unknown_end_use=Outcome.DENY)) == "deny"
    assert outcome(replace(policy, known_end_uses=("poetry",))) == "allow"
    assert outcome(replace(policy, known_end_uses=())) == "review"
    assert outcome(replace(policy, known_end_uses=(), end_uses=())) == "allow"
