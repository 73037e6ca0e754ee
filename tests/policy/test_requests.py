"""Where a request comes from: what it leads to, and what it never leads to alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.policy.asking import DAY, EXAMPLE, HERE, JUDGE, PLAIN, ask, origin, standings, strict

from clearance.adapters.policies.reading import codes
from clearance.model.outcome import Outcome
from clearance.model.rule import Level
from clearance.model.verdict import Reached
from clearance.network.origin import Kind
from clearance.policy.asked import NOWHERE, Asked
from clearance.policy.facts import Facts
from clearance.policy.judging.decide import Judge
from clearance.policy.reasons.owners import Standing


@pytest.mark.parametrize(
    ("votes", "phone", "stated", "outcome", "code"),
    [
        ("a:XS b:XS", "", HERE, "allow", ""),
        ("a:XS b:XS", "XS", HERE, "allow", ""),
        # a traveller: an address alone, however many say so
        ("a:XA b:XA", "", HERE, "allow_with_notice", "region_unsupported"),
        ("a:XA b:XA c:XA", "", HERE, "allow_with_notice", "region_unsupported"),
        # sources differ
        ("a:XA b:XS", "", HERE, "allow_with_notice", "network_disputed"),
        ("a:XA b:XB", "", HERE, "allow_with_notice", "region_unsupported"),
        # a number alone, and beside an ordinary address of the same country
        ("a:XS b:XS", "XA", HERE, "review", "region_unsupported"),
        ("a:XA b:XA", "XA", HERE, "deny", "region_agreeing"),
        ("a:XB b:XB", "XA", HERE, "review", "region_unsupported"),
        # one voice, a dispute, hosting and a VPN are no evidence of a country
        ("a:XA", "XA", HERE, "review", "region_unsupported"),
        ("a:XA b=a:XA", "XA", HERE, "review", "region_unsupported"),
        ("a:XA b:XS", "XA", HERE, "review", "region_unsupported"),
        ("a:XA b:XA c:XS", "XA", HERE, "review", "region_unsupported"),
        ("a:XA b:XA c:XB", "XA", HERE, "review", "region_unsupported"),
        ("a:XA+hosting b:XA", "XA", HERE, "review", "region_unsupported"),
        ("a:XA+vpn b:XA", "XA", HERE, "review", "network_suspected"),
        # a relay keeps the country
        ("a:XA+relay b:XA", "XA", HERE, "deny", "region_agreeing"),
        # a bill and a number agree wherever the request comes from
        ("a:XS b:XS", "XA", {**HERE, "billing": "XA"}, "deny", "region_agreeing"),
        ("a:XS b:XS", "XA-01", {**HERE, "billing": "XA"}, "deny", "region_agreeing"),
        ("a:XS b:XS", "XA", {**HERE, "billing": "XB"}, "review", "region_unsupported"),
        ("a:XS b:XS", "XA", {**HERE, "phone": "XA"}, "review", "region_unsupported"),
        # hosting is ordinary for an interface
        ("a:XS+hosting b:XS+hosting", "", HERE, "allow", ""),
        ("a:XS+relay b:XS+relay", "", HERE, "allow", ""),
        # hidden: one source, its echo, two sources
        ("a:XS+vpn b:XS", "", HERE, "review", "network_suspected"),
        ("a:XS+vpn b=a:XS+vpn", "", HERE, "review", "network_suspected"),
        ("a:XS+vpn b:XS+tor", "", HERE, "review", "network_agreed"),
        # hidden, and a fact about the organisation
        ("a:XS+vpn b:XS+vpn", "", {"headquarters": "XA"}, "deny", "network_with_fact"),
        ("a:XS+vpn b:XS", "", {"headquarters": "XA"}, "deny", "region_unsupported"),
        ("a:XS+vpn b:XS+vpn", "", {**HERE, "billing": "XA"}, "review", "network_agreed"),
    ],
)
def test_a_network_leads_where_its_votes_lead(
    votes: str, phone: str, stated: dict[str, str], outcome: str, code: str
) -> None:
    decision = ask(Asked(origin=origin(votes), phone=phone), stated)
    assert decision.outcome.word == outcome
    assert not code or code in strict(decision)


@pytest.mark.parametrize(
    ("votes", "rule", "found", "outcome"),
    [
        ("a:XS+vpn b:XS+vpn", "provider-regions", (Reached.POSSIBLE, None), "deny"),
        ("a:XS+vpn b:XS", "provider-regions", (Reached.POSSIBLE, None), "review"),
        ("a:XS+vpn b:XS+vpn", "us-ofac-50", (Reached.POSSIBLE, None), "deny"),
        # control under this record is allowed, so it is nothing against the organisation
        ("a:XS+vpn b:XS+vpn", "us-ofac-50", (Reached.NO, Level.REVIEW), "review"),
    ],
)
def test_two_voices_and_a_fact_about_the_organisation_are_needed(
    votes: str, rule: str, found: tuple[Reached, Level | None], outcome: str
) -> None:
    held = {**standings(), rule: Standing(EXAMPLE.rules[rule], *found)}
    decision = JUDGE.decide(Facts(HERE), held, DAY, Asked(origin=origin(votes)))
    assert decision.outcome.word == outcome


@pytest.mark.parametrize("kind", list(Kind))
def test_no_kind_of_network_denies_alone(kind: Kind) -> None:
    said = f"+{kind.value}"
    decision = ask(Asked(origin=origin(f"a:XA{said} b:XA{said} c:XA{said}")))
    assert decision.outcome <= Outcome.REVIEW


def test_what_the_network_does_not_say_has_its_setting() -> None:
    assert strict(ask(Asked())) == ["network_untold"]
    assert strict(ask(Asked(origin=NOWHERE))) == ["network_unlisted"]
    assert ask(Asked(origin=origin("a:XS+reserved"))).outcome is Outcome.ALLOW
    reserved = ask(Asked(origin=origin("a:+reserved")))
    assert reserved.outcome is Outcome.ALLOW_WITH_NOTICE
    assert "special-purpose" in reserved.deciding[0].text


def test_an_address_without_a_country_is_unlisted() -> None:
    decision = ask(Asked(origin=origin("a:+hosting")))
    assert strict(decision) == ["network_unlisted"]
    assert not decision.cleared


@pytest.mark.parametrize(("age", "outcome"), [(30, Outcome.ALLOW), (31, Outcome.REVIEW)])
def test_old_data_raises(age: int, outcome: Outcome) -> None:
    decision = ask(Asked(origin=origin("a:XS b:XS", DAY - age)))
    assert decision.outcome is outcome
    if outcome is Outcome.REVIEW:
        assert strict(decision) == ["network_stale"]
        assert [one.source for one in decision.deciding[0].evidence] == ["a", "b"]


def test_a_policy_may_disbelieve_old_data() -> None:
    terms = EXAMPLE.policy.network
    assert terms is not None
    judge = Judge(replace(EXAMPLE.policy, network=replace(terms, stale=None)), codes())
    old = origin("a:XA+vpn b:XA", DAY - 31)
    assert strict(ask(Asked(origin=old), judge=judge)) == ["network_unlisted"]
    mixed = replace(old, votes=(*old.votes, *origin("c:XS").votes))
    assert ask(Asked(origin=mixed), judge=judge).outcome is Outcome.ALLOW


def test_a_policy_without_networks_asks_no_address() -> None:
    policy = replace(EXAMPLE.policy, network=None, network_rules=())
    regions = tuple(rule for rule in policy.region_rules if rule.fact != "network")
    judge = Judge(replace(policy, region_rules=regions), codes())
    assert ask(Asked(origin=origin("a:XA+vpn b:XA+vpn")), judge=judge).outcome is Outcome.ALLOW


def test_votes_are_evidence_and_no_address_is_in_the_words() -> None:
    decision = ask(Asked(origin=origin("a:XA+vpn b:XS")))
    (reason,) = [one for one in decision.reasons if one.code == "network_suspected"]
    assert [(one.value, one.source, one.as_of) for one in reason.evidence] == [("vpn", "a", DAY)]
    assert reason.text == "vpn says a"


def test_without_a_request_the_network_is_not_judged() -> None:
    assert ask(None).outcome is Outcome.ALLOW


def test_a_policy_out_of_effect_judges_no_request() -> None:
    prepared = JUDGE.account(Facts(HERE), standings(), EXAMPLE.policy.force.start - 1)
    decision = JUDGE.request(prepared, Asked(origin=origin("a:XA+vpn b:XA+vpn"), phone="XA"))
    assert [reason.code for reason in decision.reasons] == ["policy_not_in_effect"]


def test_an_unknown_account_is_what_the_policy_says() -> None:
    for outcome in (Outcome.ALLOW_WITH_NOTICE, Outcome.REVIEW, Outcome.DENY):
        judge = Judge(replace(EXAMPLE.policy, unknown_account=outcome), codes())
        decision = judge.request(judge.unknown_account(DAY), Asked(origin=PLAIN))
        assert (decision.outcome, strict(decision)) == (outcome, ["account_unknown"])
        assert not decision.cleared
    hidden = Asked(origin=origin("a:XS+vpn b:XS+vpn"))
    assert "network_agreed" in strict(JUDGE.request(JUDGE.unknown_account(DAY), hidden))


def test_a_review_lets_a_request_go_on_only_where_the_policy_says_so() -> None:
    hidden = Asked(origin=origin("a:XS+vpn"))
    assert not ask(hidden).allowed
    judge = Judge(replace(EXAMPLE.policy, review_allows=True), codes())
    assert ask(hidden, judge=judge).allowed
    assert not ask(hidden, {"headquarters": "XA"}, judge=judge).allowed


def test_the_basis_is_the_strictest_of_those_that_decide() -> None:
    assert ask(None, {"headquarters": "XA"}).basis == "contract"
    assert ask(None, {"headquarters": "XA"}, us_ofac_50=True).basis == "law"
    assert ask(Asked(origin=PLAIN, end_use="mass-surveillance")).basis == "own-choice"
