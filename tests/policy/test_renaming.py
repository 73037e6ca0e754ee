"""Nothing hangs on a region's name: rename all of them, and the same customers are stopped."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.policy.asking import origin
from tests.policy.examples import policy

from clearance.adapters.policies import reading as policies
from clearance.adapters.policies.reading import load_rule
from clearance.model.customer import Customer
from clearance.model.dates import day_of
from clearance.model.outcome import Outcome
from clearance.model.party import Party
from clearance.model.rule import Level
from clearance.model.verdict import Reached
from clearance.policy.asked import Asked
from clearance.policy.clauses.regions import RegionList
from clearance.policy.codes import Codes
from clearance.policy.decision import Decision
from clearance.policy.document import Policy
from clearance.policy.facts import Channel, Facts, facts_of
from clearance.policy.judging.decide import Judge
from clearance.policy.reading.rules import with_regions
from clearance.policy.reasons.owners import Standing
from clearance.policy.reasons.reason import Reason

CODES = Codes({})
ALL = [f"X{letter}" for letter in "ABCDEFGHIJLMNOPQRSTUVWXYZ"]
HOLDINGS = (("P", "A", 51), ("A", "B", 60), ("Q", "C", 30), ("P", "C", 30), ("Q", "D", 50))
SEATS = {"P": "XA", "Q": "XB", "A": "XS", "B": "XT", "C": "XS-01", "D": "XS", "E": "XU", "F": ""}
CUSTOMERS = tuple(
    Customer(id, country=SEATS[id], headquarters="XB" if id == "E" else "") for id in SEATS
)


def reached(seats: Mapping[str, str], restricted: Sequence[str]) -> set[str]:
    """The slow cascade over 50, pooled."""
    found = {id for id, seat in seats.items() if seat in restricted}
    while True:
        totals: dict[str, int] = {}
        for holder, subject, share in HOLDINGS:
            if holder in found:
                totals[subject] = totals.get(subject, 0) + share
        more = {subject for subject, total in totals.items() if total > 50} - found
        if not more:
            return found
        found |= more


def screened(
    small: Policy, seats: Mapping[str, str], customers: Sequence[Customer]
) -> Sequence[Decision]:
    """The decision about every customer of the small world."""
    assert small.regions is not None
    restricted = small.regions.restricted(seats.values(), CODES)
    rule = with_regions(load_rule("provider-regions"), restricted)
    found = reached(seats, rule.seeds.regions)
    judge, day = Judge(small, CODES), day_of("2026-01-01")
    decisions = []
    for customer in customers:
        at = (Reached.CERTAIN, Level.BARS) if customer.id in found else (Reached.NO, None)
        facts = facts_of(customer, Party(customer.id, headquarters=seats[customer.id]))
        decisions.append(judge.decide(facts, {rule.id: Standing(rule, *at)}, day))
    return decisions


def renamed(text: str, names: Mapping[str, str]) -> str:
    """The text with every region renamed at once."""
    return re.sub(r"\bX[A-Z]\b", lambda found: names[found[0]], text)


def renamed_reason(reason: Reason, names: Mapping[str, str]) -> Reason:
    """The reason with every region renamed in its words and its evidence."""
    evidence = tuple(replace(one, value=renamed(one.value, names)) for one in reason.evidence)
    return replace(reason, text=renamed(reason.text, names), evidence=evidence)


@given(st.permutations(ALL))
def test_renaming_every_region_renames_the_answers_and_changes_none(order: list[str]) -> None:
    names = dict(zip(ALL, order, strict=True))
    small = policy()
    assert small.regions is not None
    line: RegionList = small.regions.list
    moved = small.with_list(replace(line, codes=tuple(sorted(names[c] for c in line.codes))))
    seats = {id: renamed(seat, names) for id, seat in SEATS.items()}
    customers = [
        replace(
            customer,
            country=renamed(customer.country, names),
            headquarters=renamed(customer.headquarters, names),
        )
        for customer in CUSTOMERS
    ]
    before, after = screened(small, SEATS, CUSTOMERS), screened(moved, seats, customers)
    assert [one.outcome for one in after] == [one.outcome for one in before]
    for one, other in zip(before, after, strict=True):
        expected = [renamed_reason(reason, names) for reason in one.reasons]
        assert list(other.reasons) == expected


WHERE = (
    None,
    "a:XS b:XT",
    "a:XA b:XA",
    "a:XA b:XB c:XS",
    "a:XS+vpn b:XA",
    "a:XA+vpn b:XA+tor",
    "a:XB+hosting b:XB",
)
WHOLE = policies.read_document("example-all-rules", policies.POLICIES)[1].replace(
    "[[conditions]]",
    """\
[[conditions]]
id = "where"
when = 'countries.exists(code, code == "XA") && stated["headquarters"] != "XT"'
outcome = "limit"
says = "asked from there"
basis = "own-choice"
citation = "terms"

[[conditions]]""",
)


def requests(text: str, seats: Mapping[str, str], names: Mapping[str, str]) -> list[Decision]:
    """Every customer's requests, each from every place with every number, direct and resold."""
    whole = policy(text)
    judge, day, found = Judge(whole, CODES), day_of("2026-02-10"), []
    for stated in (dict.fromkeys(("headquarters", "billing"), seat) for seat in seats.values()):
        known = {fact: code for fact, code in stated.items() if code}
        quiet = {owned.rule: Standing(load_rule(owned.rule)) for owned in whole.ownership}
        for where, number in itertools.product(WHERE, ("", "XA", "XS")):
            votes = None if where is None else origin(renamed(where, names), day)
            phone = renamed(number, names)
            served = judge.account(Facts({"headquarters": names["XA"]}), quiet, day)
            for channel, end in ((Channel.DIRECT, None), (Channel.RESELLER, served)):
                facts = Facts(known, channel=channel)
                asked = Asked(origin=votes, phone=phone, end_customer=end)
                found.append(judge.decide(facts, quiet, day, asked))
    return found


@given(st.permutations(ALL))
@settings(max_examples=8)
def test_renaming_every_region_changes_no_request(order: list[str]) -> None:
    names = dict(zip(ALL, order, strict=True))
    seats = {id: renamed(seat, names) for id, seat in SEATS.items()}
    before = requests(WHOLE, SEATS, {name: name for name in ALL})
    after = requests(renamed(WHOLE, names), seats, names)
    for one, other in zip(before, after, strict=True):
        assert list(other.reasons) == [renamed_reason(reason, names) for reason in one.reasons]
    codes = {reason.code for one in before for reason in one.reasons}
    assert {"region_agreeing", "network_with_fact", "network_disputed", "condition_met"} <= codes


def test_the_small_world_has_every_kind_of_answer() -> None:
    outcomes = {
        c.id: d.outcome
        for c, d in zip(CUSTOMERS, screened(policy(), SEATS, CUSTOMERS), strict=True)
    }
    assert [id for id, outcome in outcomes.items() if outcome is Outcome.DENY] == list("PQABCE")
    assert outcomes["D"] is Outcome.ALLOW
    assert outcomes["F"] is Outcome.REVIEW
