"""Licences and exceptions: what they remove, for whom, until when, and that it shows."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.policy.asking import DAY, EXAMPLE, HERE, ask, origin, strict

from clearance.adapters.policies.reading import codes
from clearance.model.dates import day_of
from clearance.model.outcome import Outcome
from clearance.policy.asked import Asked
from clearance.policy.facts import Facts, Manner, Posted
from clearance.policy.judging.decide import Judge

HOLDER = Facts(HERE, customer="C-EXAMPLE")


@pytest.mark.parametrize(
    ("day", "outcome", "code"),
    [
        ("2026-02-28", "deny", "ownership_certain"),
        ("2026-03-01", "allow", "licensed"),
        ("2027-02-28", "allow", "licensed"),
        ("2027-03-01", "deny", "licence_expired"),
    ],
)
def test_a_licence_removes_its_rule_between_its_days(day: str, outcome: str, code: str) -> None:
    decision = ask(None, facts=HOLDER, day=day_of(day), us_ofac_50=True)
    assert decision.outcome.word == outcome
    assert code in [reason.code for reason in decision.reasons]
    if outcome == "allow":
        (licensed,) = decision.licences
        assert (licensed.id, licensed.owner) == ("licence-2026-1", "sanctions desk")
        assert (licensed.removed.code, licensed.removed.outcome) == (
            "ownership_certain",
            Outcome.DENY,
        )
        assert licensed.removed not in decision.reasons


def test_nobody_else_holds_it() -> None:
    decision = ask(None, facts=Facts(HERE, customer="C"), day=day_of("2026-04-01"), us_ofac_50=True)
    assert decision.outcome is Outcome.DENY
    assert not decision.licences


def test_it_removes_no_other_rule() -> None:
    facts = Facts({"headquarters": "XA"}, customer="C-EXAMPLE")
    decision = ask(None, facts=facts, day=day_of("2026-04-01"), us_ofac_50=True)
    assert decision.outcome is Outcome.DENY
    assert strict(decision) == ["region_unsupported"]
    assert [one.id for one in decision.licences] == ["licence-2026-1"]


def test_a_licence_that_is_not_needed_does_not_show() -> None:
    decision = ask(None, facts=HOLDER, day=day_of("2028-01-01"))
    assert not decision.licences
    assert "licence_expired" not in [reason.code for reason in decision.reasons]


@pytest.mark.parametrize(
    ("posted", "outcome"),
    [
        ((), "review"),
        ((Posted("licence", "hosting-exception", "register"),), "allow"),
        ((Posted("licence", "another", "register"),), "review"),
        ((Posted("licence", "hosting-exception", "register", until=DAY),), "review"),
        ((Posted("licence", "hosting-exception", "register", manner=Manner.CLEARED),), "review"),
    ],
)
def test_an_exception_is_held_by_whoever_it_is_posted_of(
    posted: tuple[Posted, ...], outcome: str
) -> None:
    hidden = Asked(origin=origin("a:XS+vpn b:XS+vpn"))
    assert ask(hidden, facts=Facts(HERE, posted=posted)).outcome.word == outcome


def test_a_wind_down_comes_before_a_licence() -> None:
    """What a licence removes is what the wind-down left, and the wind-down still shows."""
    (licence, *_) = EXAMPLE.policy.licences
    wide = replace(licence, rules=("provider-regions",))
    judge = Judge(replace(EXAMPLE.policy, licences=(wide,)), codes())
    day = day_of("2026-03-02")
    decision = ask(None, facts=HOLDER, day=day, judge=judge, provider_regions=True)
    assert decision.winding is not None
    assert [one.removed.outcome for one in decision.licences] == [Outcome.ALLOW_WITH_NOTICE]
    assert decision.outcome is Outcome.ALLOW
