"""Rules for some services, models or channels, and cases for some customers."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from tests.policy.asking import DAY, EXAMPLE, HERE, PLAIN, ask, strict

from clearance.adapters.policies.reading import codes
from clearance.model.outcome import Outcome
from clearance.policy.asked import Asked
from clearance.policy.document import Policy
from clearance.policy.facts import Channel, Facts, Manner, Posted
from clearance.policy.judging.decide import Judge

OUTSIDE = {"headquarters": "XA"}


def narrowed(*applies_to: str) -> Policy:
    """The example with its rule on headquarters for these alone."""
    first, *rest = EXAMPLE.policy.region_rules
    narrow = replace(first, ground=replace(first.ground, applies_to=tuple(sorted(applies_to))))
    return replace(EXAMPLE.policy, region_rules=(narrow, *rest))


def scoped(*applies_to: str) -> Judge:
    """That policy, ready to decide."""
    return Judge(narrowed(*applies_to), codes())


@pytest.mark.parametrize(
    ("applies_to", "service", "model", "barred"),
    [
        ((), "api", "m-1", True),
        (("service:api",), "api", "m-1", True),
        (("service:api",), "chat", "m-1", False),
        (("service:api",), "", "m-1", True),
        (("service:api", "service:chat"), "chat", "m-1", True),
        (("model:m-1", "service:api"), "api", "m-1", True),
        (("model:m-1", "service:api"), "api", "m-2", False),
        (("model:m-1", "service:api"), "chat", "m-1", False),
        (("model:m-1", "service:api"), "api", "", True),
        (("channel:direct",), "api", "m-1", True),
        (("channel:reseller",), "api", "m-1", False),
    ],
)
def test_a_rule_keeps_to_what_it_applies_to(
    applies_to: tuple[str, ...], service: str, model: str, barred: bool
) -> None:
    asked = Asked(origin=PLAIN, service=service, model=model)
    decision = ask(asked, OUTSIDE, judge=scoped(*applies_to))
    assert (decision.outcome is Outcome.DENY) is barred


def test_one_judge_keeps_requests_of_different_scope_apart() -> None:
    judge = scoped("service:api", "model:m-1")
    prepared = judge.account(Facts(OUTSIDE), {}, DAY)

    def barred(service: str, model: str) -> bool:
        asked = Asked(origin=PLAIN, service=service, model=model)
        codes = [reason.code for reason in judge.request(prepared, asked).reasons]
        return "region_unsupported" in codes

    asked = [(service, model) for service in ("api", "chat", "") for model in ("m-1", "m-2", "")]
    for _ in range(2):
        assert [barred(*one) for one in asked] == [
            service in ("api", "") and model in ("m-1", "") for service, model in asked
        ]


def test_without_a_request_every_rule_applies() -> None:
    judge = scoped("service:api", "channel:reseller")
    assert ask(None, OUTSIDE, judge=judge).outcome is Outcome.DENY


def test_where_no_rule_applies_it_is_review() -> None:
    only = replace(
        EXAMPLE.policy,
        region_rules=narrowed("service:api").region_rules[:1],
        ownership=(),
        network=None,
        network_rules=(),
    )
    judge = Judge(only, codes())
    assert strict(ask(Asked(service="chat"), OUTSIDE, judge=judge)) == ["no_rule_evaluated"]
    assert ask(Asked(service="api"), OUTSIDE, judge=judge).outcome is Outcome.DENY


@pytest.mark.parametrize(
    ("segment", "revenue", "attested", "outcome", "asks"),
    [
        ("small-business", 9_999, False, "allow_with_notice", True),
        ("small-business", 10_000, False, "review", True),
        ("small-business", 9_999, True, "allow_with_notice", False),
        ("enterprise", 1, False, "review", True),
        ("enterprise", 1, True, "allow_with_notice", False),
    ],
)
def test_the_unknown_depends_on_class_revenue_and_attestation(
    segment: str, revenue: int, attested: bool, outcome: str, asks: bool
) -> None:
    given = Posted("attestation", "no-unsupported-owner", "C", manner=Manner.DECLARED)
    facts = Facts(
        HERE,
        "no such name",
        segment,
        Decimal(revenue),
        posted=(given,) if attested else (),
    )
    decision = ask(None, facts=facts)
    assert decision.outcome.word == outcome
    assert decision.attestations == (("no-unsupported-owner",) if asks else ())
    assert not decision.cleared


@pytest.mark.parametrize(
    "given",
    [
        Posted("attestation", "another", "C"),
        Posted("attestation", "no-unsupported-owner", "C", until=DAY),
        Posted("attestation", "no-unsupported-owner", "C", since=DAY + 1),
        Posted("attestation", "no-unsupported-owner", "desk", manner=Manner.CLEARED),
    ],
)
def test_what_is_not_attested_on_the_day_is_still_asked_for(given: Posted) -> None:
    facts = Facts(HERE, "no such name", "enterprise", posted=(given,))
    assert ask(None, facts=facts).attestations == ("no-unsupported-owner",)


def test_a_channel_is_the_accounts_own() -> None:
    bare = replace(narrowed("channel:platform"), end_customers=())
    facts = Facts(OUTSIDE, channel=Channel.PLATFORM)
    assert ask(Asked(origin=PLAIN), facts=facts, judge=Judge(bare, codes())).outcome is Outcome.DENY
