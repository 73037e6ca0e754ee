"""Screening with a policy, rulings from a table, and reference rows in memory."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import cast

import pytest
from tests.fakes.resolver import FakeResolver
from tests.fakes.rows import FakeRows
from tests.fakes.rulings import finding, ruling

from clearance.adapters.screening.results import cells, screened_json
from clearance.model.customer import Customer
from clearance.model.dates import ALWAYS, NEVER, UNDATED
from clearance.model.errors import InputError
from clearance.model.interest import Measure
from clearance.model.outcome import Outcome
from clearance.model.party import Identifier, Party, PartyKind
from clearance.model.rule import Citation, Force, Level
from clearance.model.share import Share
from clearance.model.verdict import Finding, Holding, Missing, Reached
from clearance.policy.clauses.ground import Basis, Ground
from clearance.policy.clauses.licences import Licence
from clearance.policy.clauses.regions import Listing, RegionList, Regions
from clearance.policy.clauses.resale import EndCustomerRule
from clearance.policy.clauses.winddown import Term, WindDown
from clearance.policy.codes import Codes
from clearance.policy.document import (
    OwnershipRule,
    Policy,
    RegionRule,
)
from clearance.policy.facts import Channel
from clearance.policy.judging.decide import Judge
from clearance.usecases.screen import Screening, screen
from clearance.usecases.screened import Count, Screened
from clearance.usecases.standings import Ruling
from clearance.usecases.tally import Tally

REGISTER = "XS-REG"
GROUND = Ground(Basis.OWN_CHOICE, "terms, section 1")
LINE = Regions(
    RegionList("x", "unsupported", Listing.UNSUPPORTED, ("XA",)), Outcome.ALLOW, Outcome.REVIEW
)
POLICY = Policy(
    "p",
    "P",
    Force(ALWAYS, NEVER),
    (Citation("terms"),),
    LINE,
    (RegionRule("headquarters", Outcome.DENY, GROUND, None, ("incorporation",)),),
    (OwnershipRule("over-half", GROUND),),
)
ROWS = FakeRows(
    Party(name, name.title(), jurisdiction="XS", identifiers=(Identifier(REGISTER, name.upper()),))
    for name in ("clear", "denied", "maybe", "quiet", "steered", "seated")
)
PATH = (Holding("seed", "denied", Measure.SHARES, Share.of_percent("51"), UNDATED, "s1"),)
RULING = ruling(
    ROWS,
    {
        "denied": finding(
            "denied",
            Reached.CERTAIN,
            Level.BARS,
            share=Share.of_percent("51"),
            because=PATH,
        ),
        "maybe": finding(
            "maybe", Reached.POSSIBLE, missing=(Missing("holder", "who it is", "reached"),)
        ),
        "quiet": finding("quiet", undeclared=Fraction(3, 5)),
        "steered": finding("steered", level=Level.REVIEW),
    },
    could=("quiet",),
)


class CountingProofs:
    """Numbers the customers it proves something of."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, int]] = []

    def add(self, customer: str, party: int) -> str:
        self.asked.append((customer, party))
        return f"proof-{len(self.asked)}"


def screened(
    *customers: Customer, policy: Policy = POLICY, rulings: tuple[Ruling, ...] = (RULING,)
) -> list[Screened]:
    judge = Judge(policy, Codes({}))
    screening = Screening(ROWS, ROWS.columns, judge, rulings, 0, FakeResolver(ROWS))
    return list(screen(customers, screening))


def known(name: str, *, country: str = "", headquarters: str = "") -> Customer:
    lei = Identifier(REGISTER, name.upper())
    return Customer(name, country=country, headquarters=headquarters, identifiers=(lei,))


@pytest.mark.parametrize(
    ("customer", "outcome", "code"),
    [
        (known("clear"), Outcome.ALLOW, "ownership_none"),
        (known("denied"), Outcome.DENY, "ownership_certain"),
        (known("maybe"), Outcome.REVIEW, "ownership_possible"),
        (known("quiet"), Outcome.REVIEW, "ownership_undeclared"),
        (known("steered"), Outcome.REVIEW, "ownership_control"),
        (known("clear", country="XA"), Outcome.DENY, "region_unsupported"),
        (known("clear", headquarters="XB"), Outcome.ALLOW, "region_supported"),
        (Customer("nobody"), Outcome.REVIEW, "unidentified"),
        (Customer("c", "Clear", "XS"), Outcome.ALLOW, "region_supported"),
        (Customer("c", "Denied", "XS"), Outcome.DENY, "ownership_certain"),
        (Customer("c", "Clear"), Outcome.REVIEW, "ambiguous"),
        (Customer("c", "Clear", "XA"), Outcome.DENY, "region_unsupported"),
        (Customer("nobody", country="XA"), Outcome.DENY, "region_unsupported"),
        (
            Customer(
                "both", identifiers=(Identifier(REGISTER, "CLEAR"), Identifier(REGISTER, "DENIED"))
            ),
            Outcome.REVIEW,
            "identifiers_contradict",
        ),
    ],
)
def test_each_finding_has_its_outcome(customer: Customer, outcome: Outcome, code: str) -> None:
    (one,) = screened(customer)
    assert (one.outcome, one.reasons[0].code) == (outcome, code)


def test_what_matching_told_of_a_match_is_flagged() -> None:
    clear = known("clear")
    plain, doubted = screened(clear, replace(clear, kind=PartyKind.PERSON))
    assert (plain.flags, doubted.flags) == ((), ("kind_differs",))
    assert plain.outcome is doubted.outcome is Outcome.ALLOW


TWINS = FakeRows(
    Party(id, "Twin", jurisdiction="XS", identifiers=(Identifier(REGISTER, id.upper()),))
    for id in ("one", "two")
)


@pytest.mark.parametrize(
    ("denied", "told", "outcomes"),
    [
        (("one",), "of the candidates 1 would be deny, 1 would be allow", ["deny", "allow"]),
        (("one", "two"), "each of the 2 candidates would be deny", ["deny", "deny"]),
        ((), "each of the 2 candidates would be allow", ["allow", "allow"]),
    ],
)
def test_an_ambiguous_customer_is_left_to_people_with_the_outcome_under_each(
    denied: tuple[str, ...], told: str, outcomes: list[str]
) -> None:
    barred = {id: finding(id, Reached.CERTAIN, Level.BARS) for id in denied}
    judge = Judge(POLICY, Codes({}))
    rulings = (ruling(TWINS, barred),)
    screening = Screening(TWINS, TWINS.columns, judge, rulings, 0, FakeResolver(TWINS))
    (one,) = screen([Customer("c", "Twin", "XS")], screening)
    assert (one.outcome, one.reasons[0].code) == (Outcome.REVIEW, "ambiguous")
    assert one.reasons[0].text.endswith(told)
    assert [(each.party, each.outcome.word) for each in one.under] == list(
        zip(("one", "two"), outcomes, strict=True)
    )
    assert [each.what for each in one.missing] == ["an LEI, or a register number with its register"]


def test_customers_under_one_majority_holder_are_one_group() -> None:
    above = {"one": "two"}
    grouped = replace(
        ruling(TWINS), majority=lambda at: TWINS.ids.index(above.get(TWINS.ids[at], "two"))
    )
    judge = Judge(POLICY, Codes({}))
    screening = Screening(TWINS, TWINS.columns, judge, (grouped,), 0, FakeResolver(TWINS))
    tally = Tally()
    customers = [
        Customer(f"c{id}", identifiers=(Identifier(REGISTER, id),)) for id in ("ONE", "TWO")
    ]
    found = list(screen(customers, screening))
    for one in found:
        tally.add(one)
    assert [one.group for one in found] == ["two", "two"]
    (group,) = tally.summary("p", 0, "").groups
    assert (group.head, group.total.customers) == ("two", 2)


def test_how_far_matching_came_is_counted_by_region_and_script() -> None:
    tally = Tally()
    customers = (
        Customer("a", "Clear", "XS"),
        Customer("b", "Clear"),
        Customer("c", "ქარვა", "XS"),
    )
    for one in screened(*customers):
        tally.add(one)
    summary = tally.summary("p", 0, "")
    regions = {one.name: one for one in summary.regions}
    scripts = {one.name: one for one in summary.scripts}
    assert (regions["XS"].total.customers, regions["XS"].nobody.customers) == (2, 1)
    assert (regions[""].ambiguous.customers, regions[""].left.customers) == (1, 1)
    assert (scripts["Georgian"].nobody.customers, scripts["Latin"].total.customers) == (1, 2)


def test_a_denied_customer_shows_its_share_and_its_path() -> None:
    (one,) = screened(known("denied"))
    assert (one.party, one.matched, one.rule) == ("denied", "register", "over-half")
    assert (one.reached, one.level) == (Reached.CERTAIN, Level.BARS)
    assert (one.share, one.path, one.missing) == (Share.of_percent("51"), PATH, ())


@pytest.mark.parametrize(
    ("customer", "missing"),
    [
        (known("maybe"), ("holder", "who it is")),
        (known("quiet"), ("quiet", "who holds the undeclared rest")),
        (known("steered"), ("steered", "whether the control interest gives control")),
        (Customer("nobody"), ("nobody", "an LEI, or a register number with its register")),
    ],
)
def test_every_review_says_what_would_settle_it(
    customer: Customer, missing: tuple[str, str]
) -> None:
    (one,) = screened(customer)
    assert [(each.subject, each.what) for each in one.missing] == [missing]


def test_nobody_is_dropped_and_the_order_is_kept() -> None:
    customers = [Customer("n1"), known("denied"), known("clear"), Customer("n2")]
    assert [one.customer for one in screened(*customers)] == customers


def test_a_rule_that_failed_is_review_by_its_name() -> None:
    failed = ruling(ROWS, failed="a share above 100 %")
    (one,) = screened(known("clear"), rulings=(failed,))
    assert (one.outcome, one.reasons[0].code) == (Outcome.REVIEW, "rule_failed")
    assert "over-half could not be evaluated: a share above 100 %" in one.reasons[0].text


def test_a_finding_that_cannot_be_made_is_review() -> None:
    def explain(index: int) -> Finding:
        raise InputError("a share above 100 %")

    (one,) = screened(known("denied"), rulings=(replace(RULING, explain=explain),))
    assert (one.outcome, one.reasons[0].code) == (Outcome.REVIEW, "rule_failed")


def test_a_rule_without_an_answer_is_review() -> None:
    (one,) = screened(known("clear"), rulings=())
    assert (one.outcome, one.reasons[0].code) == (Outcome.REVIEW, "rule_failed")


def test_every_identified_customer_is_proved_and_no_other() -> None:
    proofs = CountingProofs()
    judge = Judge(POLICY, Codes({}))
    screening = Screening(ROWS, ROWS.columns, judge, (RULING,), 0, FakeResolver(ROWS), proofs)
    results = list(screen([known("clear"), Customer("nobody"), known("denied")], screening))
    assert [one.proof for one in results] == ["proof-1", "", "proof-2"]
    assert [customer for customer, _ in proofs.asked] == ["clear", "denied"]


def test_the_summary_counts_customers_and_revenue() -> None:
    names = ("clear", "denied", "maybe", "quiet", "steered")
    tally = Tally()
    customers = [
        Customer(name, revenue=Decimal(at + 1), identifiers=(Identifier(REGISTER, name.upper()),))
        for at, name in enumerate(names)
    ]
    for one in screened(*customers, Customer("nobody", revenue=Decimal(100))):
        tally.add(one)
    summary = tally.summary("p", 0, "digest")
    assert [(word, count.customers, int(count.revenue)) for word, count in summary.outcomes] == [
        (Outcome.DENY, 1, 2),
        (Outcome.REVIEW, 4, 112),
        (Outcome.ALLOW, 1, 1),
    ]
    assert (summary.certain, summary.possible) == (Count(1, Decimal(2)), Count(1, Decimal(3)))
    assert (summary.not_cleared.revenue, summary.unidentified.revenue) == (Decimal(4), Decimal(100))
    assert summary.kinds[0].what == ("an LEI, or a register number with its register")
    assert all(fact.settled.customers == 1 for fact in summary.facts)


RULE = RULING.rule.id
LEAVING = WindDown(
    "leave", RULE, (), -10, Term(0, 30), GROUND, "please leave", (7,), Outcome.ALLOW_WITH_NOTICE
)
HELD = Licence("exception", (RULE,), "desk", Force(ALWAYS, 5), GROUND, ("denied",))


def test_a_wind_down_in_force_stands_beside_the_answer() -> None:
    policy = replace(POLICY, wind_downs=(LEAVING,))
    one, late = screened(
        known("denied"), replace(known("denied"), id="n", opened=-5), policy=policy
    )
    assert (one.outcome, late.outcome) == (Outcome.ALLOW_WITH_NOTICE, Outcome.DENY)
    assert late.winding is None
    assert one.winding is not None
    said = screened_json(one)["wind_down"]
    assert said == {
        "basis": "own-choice",
        "citation": "terms, section 1",
        "exit": "1970-01-22",
        "id": "leave",
        "no_new_use": "1969-12-22",
        "notice": "please leave",
        "notices": ["1970-01-15"],
        "ordered_by": "",
        "phase": "running",
        "rule": RULE,
    }
    assert cells(one)[-4:] == ("leave", "1969-12-22", "1970-01-22", "")
    assert screened_json(late)["wind_down"] is None
    assert cells(late)[-4:] == ("", "", "", "")


def test_a_licence_that_removed_a_reason_stands_beside_the_answer() -> None:
    policy = replace(POLICY, licences=(HELD,))
    one, other = screened(known("denied"), known("clear"), policy=policy)
    assert one.outcome is Outcome.ALLOW
    (said,) = cast("list[dict[str, object]]", screened_json(one)["licences"])
    assert (said["id"], said["owner"], said["until"]) == ("exception", "desk", "1970-01-06")
    assert cast("dict[str, object]", said["removed"])["code"] == "ownership_certain"
    assert cells(one)[-1] == "exception until 1970-01-06"
    assert screened_json(other)["licences"] == []


def test_whoever_serves_others_is_left_to_people() -> None:
    rule = EndCustomerRule("resale", GROUND, (Channel.RESELLER,), Outcome.REVIEW, False)
    policy = replace(POLICY, end_customers=(rule,))
    direct, reseller = screened(
        known("denied"), replace(known("denied"), id="r", channel="reseller"), policy=policy
    )
    assert (direct.outcome, reseller.outcome) == (Outcome.DENY, Outcome.REVIEW)
    assert reseller.deciding == ("end_customer_undisclosed",)
