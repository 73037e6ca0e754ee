"""Resellers and platforms: the end customer is judged, and what the account did."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.policy.asking import DAY, EXAMPLE, HERE, JUDGE, PLAIN, ask, standings, strict

from clearance.adapters.policies.reading import codes
from clearance.model.outcome import Outcome
from clearance.policy.asked import Asked
from clearance.policy.facts import Channel, Facts, Manner, Posted
from clearance.policy.judging.decide import Judge
from clearance.policy.judging.prepared import Prepared

SEATED_OUTSIDE = {"headquarters": "XA"}


def end(stated: dict[str, str], *, licensed: bool = False, judge: Judge = JUDGE) -> Prepared:
    """An end customer's part."""
    customer = "C-EXAMPLE" if licensed else "end"
    return judge.account(Facts(stated, customer=customer), standings(), DAY)


@pytest.mark.parametrize("channel", [Channel.RESELLER, Channel.PLATFORM])
@pytest.mark.parametrize(
    ("holder", "served", "outcome", "code"),
    [
        (HERE, None, "review", "end_customer_undisclosed"),
        (HERE, HERE, "allow", ""),
        (HERE, SEATED_OUTSIDE, "deny", "region_unsupported"),
        (SEATED_OUTSIDE, HERE, "allow", ""),
        (SEATED_OUTSIDE, None, "review", "end_customer_undisclosed"),
    ],
)
def test_the_end_customer_is_judged(
    channel: Channel, holder: dict[str, str], served: dict[str, str] | None, outcome: str, code: str
) -> None:
    facts = Facts(holder, channel=channel)
    asked = Asked(origin=PLAIN, end_customer=None if served is None else end(served))
    decision = ask(asked, facts=facts)
    assert decision.outcome.word == outcome
    assert not code or code in strict(decision)


def test_the_words_say_whose_they_are() -> None:
    asked = Asked(origin=PLAIN, end_customer=end(SEATED_OUTSIDE))
    decision = ask(asked, facts=Facts(HERE, channel=Channel.PLATFORM))
    assert decision.deciding[0].text.startswith("end customer: headquarters XA")


def test_a_direct_account_has_no_end_customer() -> None:
    decision = ask(Asked(origin=PLAIN, end_customer=end(SEATED_OUTSIDE)))
    assert decision.outcome is Outcome.ALLOW


def test_a_policy_may_judge_the_holder_too() -> None:
    (resale,) = EXAMPLE.policy.end_customers
    both = replace(EXAMPLE.policy, end_customers=(replace(resale, holder_too=True),))
    judge = Judge(both, codes())
    asked = Asked(origin=PLAIN, end_customer=end(HERE, judge=judge))
    facts = Facts(SEATED_OUTSIDE, channel=Channel.RESELLER)
    assert ask(asked, facts=facts, judge=judge).outcome is Outcome.DENY


def test_what_the_account_did_is_judged_whoever_is_served() -> None:
    use = Posted("end_use", "mass-surveillance", "desk", manner=Manner.DECLARED)
    facts = Facts(HERE, channel=Channel.RESELLER, posted=(use,))
    decision = ask(Asked(origin=PLAIN, end_customer=end(HERE)), facts=facts)
    assert strict(decision) == ["end_use_declared"]


def test_a_holders_licence_frees_no_end_customer() -> None:
    owned = JUDGE.account(Facts(HERE, customer="end"), standings(us_ofac_50=True), DAY + 60)
    asked = Asked(origin=PLAIN, end_customer=owned)
    facts = Facts(HERE, channel=Channel.RESELLER, customer="C-EXAMPLE")
    assert ask(asked, facts=facts, day=DAY + 60).outcome is Outcome.DENY
    mine = JUDGE.account(Facts(HERE, customer="C-EXAMPLE"), standings(us_ofac_50=True), DAY + 60)
    other = Facts(HERE, channel=Channel.RESELLER, customer="R")
    free = ask(replace(asked, end_customer=mine), facts=other, day=DAY + 60)
    assert [one.id for one in free.licences] == ["licence-2026-1"]


def test_an_end_customer_of_whom_nothing_is_said_is_left_to_people() -> None:
    bare = replace(EXAMPLE.policy, region_rules=(), ownership=(), network=None, network_rules=())
    judge = Judge(bare, codes())
    asked = Asked(origin=PLAIN, end_customer=judge.account(Facts({}), {}, DAY))
    weak = Posted("campaign", "c-1", "detect", confidence=10)
    holder = Facts(HERE, channel=Channel.RESELLER, posted=(weak,))
    decision = ask(asked, facts=holder, judge=judge)
    assert strict(decision) == ["no_rule_evaluated"]
    assert "campaign_weak" in [reason.code for reason in decision.reasons]
