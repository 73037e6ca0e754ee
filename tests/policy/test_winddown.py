"""Wind-downs: nothing new from the day, no use after the exit, and a review stays a review."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.policy.asking import EXAMPLE, HERE, JUDGE, PLAIN, ask, standings, strict

from clearance.adapters.policies.reading import codes
from clearance.model.dates import ALWAYS, day_of, text_of_day
from clearance.model.outcome import Outcome
from clearance.model.verdict import Reached
from clearance.policy.asked import Action, Asked
from clearance.policy.clauses.winddown import Term
from clearance.policy.decision import Phase
from clearance.policy.facts import Facts, Posted
from clearance.policy.judging.decide import Judge
from clearance.policy.reasons.owners import Standing

TERMS = EXAMPLE.policy.network
assert TERMS is not None
AGELESS = Judge(replace(EXAMPLE.policy, network=replace(TERMS, stale_after=None)), codes())
USE, SIGN_UP = Asked(origin=PLAIN), Asked(Action.SIGN_UP, origin=PLAIN)


@pytest.mark.parametrize(
    ("start", "months", "last"),
    [
        ("2026-01-15", 6, "2026-07-15"),
        ("2026-08-31", 6, "2027-02-28"),
        ("2027-08-31", 6, "2028-02-29"),
        ("2026-08-30", 6, "2027-02-28"),
        ("2026-02-28", 6, "2026-08-28"),
        ("2026-03-31", 1, "2026-04-30"),
        ("2026-12-31", 12, "2027-12-31"),
        ("2028-02-29", 12, "2029-02-28"),
    ],
)
def test_months_end_with_the_same_day_or_the_months_last(
    start: str, months: int, last: str
) -> None:
    assert text_of_day(Term(months=months).exit(day_of(start)) - 1) == last


@given(st.integers(0, 40_000), st.integers(1, 120))
def test_a_term_of_months_is_never_shorter_than_its_days(start: int, months: int) -> None:
    lasts = Term(months=months).exit(start) - 1 - start
    assert 30.4 * months - 4 <= lasts <= 30.5 * months + 4
    assert Term(days=lasts).exit(start) == Term(months=months).exit(start)


@pytest.mark.parametrize(
    ("segment", "day", "asked", "outcome", "phase"),
    [
        ("enterprise", "2026-01-31", USE, "deny", Phase.BEFORE),
        ("enterprise", "2026-02-01", USE, "allow_with_notice", Phase.RUNNING),
        ("enterprise", "2026-02-01", SIGN_UP, "deny", Phase.RUNNING),
        ("enterprise", "2026-05-01", USE, "allow_with_notice", Phase.RUNNING),
        ("enterprise", "2026-08-01", USE, "allow_with_notice", Phase.RUNNING),
        ("enterprise", "2026-08-02", USE, "deny", Phase.OVER),
        ("", "2026-03-03", USE, "allow_with_notice", Phase.RUNNING),
        ("", "2026-03-04", USE, "deny", Phase.OVER),
    ],
)
def test_two_clocks_run_for_each_class(
    segment: str, day: str, asked: Asked, outcome: str, phase: Phase
) -> None:
    facts, on = Facts(HERE, segment=segment), day_of(day)
    decision = ask(asked, facts=facts, day=on, judge=AGELESS, provider_regions=True)
    assert decision.outcome.word == outcome
    assert decision.winding is not None
    assert decision.winding.phase is phase
    assert decision.winding.rule == "provider-regions"


def test_an_immediate_wind_down_is_over_at_once() -> None:
    plans = tuple(replace(plan, term=Term()) for plan in EXAMPLE.policy.wind_downs)
    judge = Judge(replace(EXAMPLE.policy, wind_downs=plans), codes())
    decision = ask(None, judge=judge, day=day_of("2026-02-01"), provider_regions=True)
    assert decision.outcome is Outcome.DENY
    assert decision.winding is not None
    assert decision.winding.exit == decision.winding.no_new_use


def test_notices_are_days_before_the_exit_and_never_before_the_start() -> None:
    decision = ask(
        None,
        facts=Facts(HERE, segment="enterprise"),
        day=day_of("2026-03-01"),
        provider_regions=True,
    )
    assert decision.winding is not None
    assert [text_of_day(day) for day in decision.winding.notices] == [
        "2026-05-04",
        "2026-07-03",
        "2026-07-26",
    ]
    (short,) = [plan for plan in EXAMPLE.policy.wind_downs if plan.id == "leave-owned-small"]
    early = replace(short, notices=(90,))
    judge = Judge(replace(EXAMPLE.policy, wind_downs=(early,)), codes())
    told = ask(None, judge=judge, day=day_of("2026-02-10"), provider_regions=True).winding
    assert told is not None
    assert told.notices == (told.no_new_use,)


def test_a_review_stays_a_review() -> None:
    possible = {
        **standings(),
        "provider-regions": Standing(EXAMPLE.rules["provider-regions"], Reached.POSSIBLE),
    }
    decision = JUDGE.decide(Facts(HERE), possible, day_of("2026-02-10"))
    assert decision.outcome is Outcome.REVIEW
    assert decision.winding is None


def test_another_rule_is_not_softened() -> None:
    decision = ask(None, {"headquarters": "XA"}, day=day_of("2026-02-10"), provider_regions=True)
    assert decision.outcome is Outcome.DENY
    assert strict(decision) == ["region_unsupported"]
    assert decision.winding is not None


@pytest.mark.parametrize(("opened", "outcome"), [(-1, "allow_with_notice"), (0, "deny")])
def test_whoever_came_on_the_day_winds_nothing_down(opened: int, outcome: str) -> None:
    start = day_of("2026-02-01")
    facts = Facts(HERE, opened=start + opened)
    decision = ask(None, facts=facts, day=start + 5, provider_regions=True)
    assert decision.outcome.word == outcome


@pytest.mark.parametrize(
    ("day", "asked", "outcome"),
    [
        ("2026-02-28", None, "allow"),
        ("2026-03-01", None, "allow_with_notice"),
        ("2026-03-01", Asked(Action.SIGN_UP), "deny"),
        ("2026-09-01", None, "allow_with_notice"),
        ("2026-09-02", None, "deny"),
    ],
)
def test_a_customer_may_order_its_own(day: str, asked: Asked | None, outcome: str) -> None:
    order = Posted("wind_down", "ordered-by-customer", "the ministry", since=day_of("2026-03-01"))
    decision = ask(asked, facts=Facts(HERE, posted=(order,)), day=day_of(day))
    assert decision.outcome.word == outcome
    if outcome != "allow":
        assert decision.winding is not None
        assert decision.winding.ordered_by == "the ministry"
        assert "wound_down" in strict(decision)
        assert decision.deciding[0].ordered_by == "the ministry"


def test_an_order_without_a_day_starts_nothing() -> None:
    order = Posted("wind_down", "ordered-by-customer", "the ministry", since=ALWAYS)
    assert ask(None, facts=Facts(HERE, posted=(order,))).winding is None


def test_of_two_wind_downs_the_one_that_ends_first_is_shown() -> None:
    order = Posted("wind_down", "ordered-by-customer", "it", since=day_of("2026-02-05"))
    facts = Facts(HERE, posted=(order,))
    decision = ask(None, facts=facts, day=day_of("2026-02-10"), provider_regions=True)
    assert decision.winding is not None
    assert decision.winding.id == "leave-owned-small"


def test_one_account_may_go_on_and_begin_nothing() -> None:
    held, day = standings(provider_regions=True), day_of("2026-02-10")
    prepared = AGELESS.account(Facts(HERE), held, day)
    for _ in range(2):
        assert AGELESS.request(prepared, USE).outcome is Outcome.ALLOW_WITH_NOTICE
        assert AGELESS.request(prepared, SIGN_UP).outcome is Outcome.DENY


def test_a_judge_tells_the_days_apart() -> None:
    judge = Judge(replace(EXAMPLE.policy, ownership=()), codes())
    order = Posted("wind_down", "ordered-by-customer", "it", since=day_of("2026-02-05"))
    phases = []
    for day in ("2026-02-05", "2026-08-06", "2026-02-06"):
        winding = judge.decide(Facts(HERE, posted=(order,)), {}, day_of(day)).winding
        assert winding is not None
        phases.append(winding.phase)
    assert phases == [Phase.RUNNING, Phase.OVER, Phase.RUNNING]


def test_the_first_that_fits_counts_and_no_other() -> None:
    turned = replace(EXAMPLE.policy, wind_downs=EXAMPLE.policy.wind_downs[1::-1])
    facts, judge = Facts(HERE, segment="enterprise"), Judge(turned, codes())
    decision = ask(None, facts=facts, day=day_of("2026-03-10"), judge=judge, provider_regions=True)
    assert decision.outcome is Outcome.DENY
    assert decision.winding is not None
    assert (decision.winding.id, decision.winding.phase) == ("leave-owned-small", Phase.OVER)


def test_a_contradiction_is_no_rule_to_be_softened() -> None:
    plans = tuple(replace(plan, rule="headquarters") for plan in EXAMPLE.policy.wind_downs[:2])
    policy = replace(EXAMPLE.policy, wind_downs=plans, contradiction=Outcome.DENY)
    facts = Facts({**HERE, "register_headquarters": "XT"})
    decision = ask(None, facts=facts, day=day_of("2026-02-10"), judge=Judge(policy, codes()))
    assert decision.outcome is Outcome.DENY
    assert decision.winding is None
