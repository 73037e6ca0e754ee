"""A change of policy, counted: against one customer at a time, and by what each count means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.fakes.rows import FakeRows
from tests.fakes.rulings import finding, ruling

from clearance.model.customer import Customer
from clearance.model.dates import ALWAYS, NEVER
from clearance.model.interest import Interest, InterestType
from clearance.model.outcome import Outcome
from clearance.model.party import Party
from clearance.model.rule import Citation, Force, Level
from clearance.model.share import Share
from clearance.model.verdict import Missing, Reached
from clearance.policy.clauses.cases import Case
from clearance.policy.clauses.conditions import Condition
from clearance.policy.clauses.conduct import CampaignRule, EndUseRule
from clearance.policy.clauses.ground import Basis, Ground
from clearance.policy.clauses.licences import Licence
from clearance.policy.clauses.regions import Listing, RegionList, Regions
from clearance.policy.clauses.resale import EndCustomerRule
from clearance.policy.clauses.winddown import Term, WindDown
from clearance.policy.codes import Codes
from clearance.policy.document import OwnershipRule, Policy, RegionRule
from clearance.policy.facts import UNIDENTIFIED, Channel, Manner, Posted, facts_of
from clearance.policy.judging.decide import Judge
from clearance.policy.reasons.owners import Standing
from clearance.usecases.impact import Comparison, Question, side_of
from clearance.usecases.impact_answers import Side, answers, rows_of
from clearance.usecases.impact_portfolio import Doubt, Identity, portfolio_of
from clearance.usecases.impact_settle import Names
from clearance.usecases.impacted import Move, move_of
from clearance.usecases.screened import Count
from clearance.usecases.standings import Ruling, standing_of

DENY, REVIEW, NOTICE, ALLOW = (
    Outcome.DENY,
    Outcome.REVIEW,
    Outcome.ALLOW_WITH_NOTICE,
    Outcome.ALLOW,
)
GROUND = Ground(Basis.CONTRACT, "terms")
LINE = Regions(RegionList("x", "x", Listing.UNSUPPORTED, ("XA",)), ALLOW, REVIEW)
HEADQUARTERS = RegionRule("headquarters", DENY, GROUND, (Case(REVIEW),), ("incorporation",))
PLACES = {"barred": "XS", "clear": "XS", "maybe": "XS", "moved": "XA", "quiet": "XS"}
EVERYBODY = [
    Party(name, name.title(), jurisdiction=place, headquarters=place)
    for name, place in PLACES.items()
]
ROWS = FakeRows(EVERYBODY)
FOUND = {
    "barred": finding("barred", Reached.CERTAIN, Level.BARS),
    "maybe": finding(
        "maybe", Reached.POSSIBLE, missing=(Missing("holder", "the exact share", "reach"),)
    ),
    "quiet": finding("quiet", undeclared=Fraction(3, 5)),
}
HELD = Interest("moved", "barred", InterestType.shareholding, Share.of_percent("60"))
RULING = ruling(ROWS, FOUND, could=("quiet",))


def policy(
    id: str, *owned: OwnershipRule, rules: tuple[RegionRule, ...] = (HEADQUARTERS,)
) -> Policy:
    return Policy(id, id, Force(ALWAYS, NEVER), (Citation("terms"),), LINE, rules, owned)


OWNED = OwnershipRule(RULING.rule.id, GROUND)
BEFORE, AFTER = policy("before"), policy("after", OWNED)


def side(of: Policy, answered: Ruling = RULING) -> Side:
    return side_of(of, [answered] if of.ownership else [], Codes({}), 0)


def known(party: str) -> Identity:
    found = ROWS.index(party)
    assert found is not None
    return Identity(found)


def nobody() -> Identity:
    return Identity(-1, Doubt(UNIDENTIFIED, settle=("an LEI",)))


def one_of(*parties: str) -> Identity:
    return Identity(-1, Doubt("ambiguous", tuple(known(one).party for one in parties)))


def compared(
    *identities: Identity,
    after: Side | None = None,
    readings: tuple[Side, ...] = (),
    line: Decimal | None = None,
    labels: Mapping[str, bool] | None = None,
) -> Comparison:
    """A comparison over customers c0, c1, … with revenues of 1, 10, 100, …"""
    some = [
        Customer(f"c{at}", country="XS", revenue=Decimal(10**at)) for at in range(len(identities))
    ]
    return Comparison(
        Question(
            portfolio_of(some, identities),
            side(BEFORE),
            after or side(AFTER),
            ROWS.columns,
            Names(ROWS.id, str.title),
            readings,
            line,
            labels=labels,
        )
    )


@pytest.mark.parametrize(
    ("before", "after", "move"),
    [
        (ALLOW, DENY, Move.DENIED),
        (REVIEW, DENY, Move.DENIED),
        (Outcome.SUSPEND, DENY, Move.DENIED),
        (DENY, ALLOW, Move.FREED),
        (DENY, REVIEW, Move.FREED),
        (ALLOW, REVIEW, Move.REVIEW),
        (Outcome.LIMIT, REVIEW, Move.REVIEW),
        (Outcome.SUSPEND, REVIEW, Move.MILDER),
        (REVIEW, NOTICE, Move.MILDER),
        (ALLOW, NOTICE, Move.STRICTER),
        (REVIEW, Outcome.SUSPEND, Move.STRICTER),
        (REVIEW, REVIEW, Move.SAME),
        (DENY, DENY, Move.SAME),
    ],
)
def test_every_pair_of_outcomes_is_one_move(before: Outcome, after: Outcome, move: Move) -> None:
    assert move_of(before, after) is move


@pytest.mark.parametrize(
    ("identity", "least", "decided", "most"),
    [
        (known("clear"), ALLOW, ALLOW, ALLOW),
        (known("barred"), DENY, DENY, DENY),
        (known("maybe"), ALLOW, REVIEW, DENY),
        (known("quiet"), ALLOW, REVIEW, DENY),
        (known("moved"), ALLOW, REVIEW, DENY),
        (nobody(), ALLOW, REVIEW, DENY),
        (one_of("clear"), ALLOW, REVIEW, ALLOW),
        (one_of("clear", "barred"), ALLOW, REVIEW, DENY),
        (one_of("barred"), DENY, REVIEW, DENY),
        (one_of("clear", "maybe"), ALLOW, REVIEW, DENY),
    ],
)
def test_an_answer_has_the_bounds_of_what_is_open(
    identity: Identity, least: Outcome, decided: Outcome, most: Outcome
) -> None:
    portfolio = portfolio_of([Customer("c", headquarters="XS")], [identity])
    found = answers(rows_of(portfolio, ROWS.columns), side(AFTER))
    answer = found.told[found.of[0]]
    assert (answer.least, answer.decision.outcome, answer.most) == (least, decided, most)


@pytest.mark.parametrize(
    ("party", "headquarters", "unstated", "bounds"),
    [
        ("clear", "", (Case(REVIEW),), (ALLOW, DENY)),
        ("clear", "", None, (REVIEW, REVIEW)),
        ("clear", "XA", (Case(REVIEW),), (ALLOW, DENY)),
        ("moved", "XA", (Case(REVIEW),), (DENY, DENY)),
        ("clear", "XS", (Case(REVIEW),), (ALLOW, ALLOW)),
    ],
)
def test_a_place_that_is_missing_or_contradicted_is_open(
    party: str,
    headquarters: str,
    unstated: tuple[Case, ...] | None,
    bounds: tuple[Outcome, Outcome],
) -> None:
    rule = replace(HEADQUARTERS, unstated=unstated, stand_in=())
    portfolio = portfolio_of([Customer("c", headquarters=headquarters)], [known(party)])
    shown = side_of(policy("p", rules=(rule,)), [], Codes({"XA": "A", "XS": "S"}), 0)
    found = answers(rows_of(portfolio, ROWS.columns), shown)
    answer = found.told[found.of[0]]
    assert (answer.least, answer.most) == bounds


def test_a_change_is_counted_with_revenue_bounds_and_what_it_rests_on() -> None:
    some = [known("clear"), known("barred"), known("maybe"), known("quiet"), nobody()]
    found = compared(*some, line=Decimal(100)).impact()
    whole = found.whole
    assert whole.total == Count(5, Decimal(11111))
    assert dict(whole.moves) == {
        Move.DENIED: Count(1, Decimal(10)),
        Move.REVIEW: Count(3, Decimal(11100)),
        Move.SAME: Count(1, Decimal(1)),
    }
    assert whole.stake.certain == whole.stake.decided == Count(1, Decimal(10))
    assert whole.stake.possible == Count(4, Decimal(11110))
    assert {code: count.customers for code, count in whole.stake.open} == {
        "ownership_possible": 1,
        "ownership_undeclared": 1,
        "unidentified": 1,
    }
    assert (whole.left_before, whole.left_after) == (Count(), Count(3, Decimal(11100)))
    assert found.large is not None
    assert found.large.total == Count(3, Decimal(11100))
    assert found.large.stake.certain == Count()
    assert {row.name: row.moved for row in found.rules} == {"over-half": 3, "unidentified": 1}
    assert [one.customer.id for one in found.open] == ["c4", "c3", "c2"]
    assert [one.missing[0].what for one in found.open] == [
        "an LEI",
        "who holds the undeclared rest",
        "the exact share",
    ]


def test_owners_are_counted_by_their_region_where_it_is_known() -> None:
    own = replace(finding("moved", Reached.CERTAIN, Level.BARS), seed="named")
    held = ruling(FakeRows(EVERYBODY, [HELD]), {"moved": own, **FOUND}, could=("quiet",))
    found = compared(known("barred"), known("quiet"), nobody(), after=side(AFTER, held)).impact()
    assert {row.name: row.moved for row in found.regions} == {"XA": 1, "": 1}


def test_readings_stand_beside_the_later_policy() -> None:
    strict = policy("strict", replace(OWNED, possible=(Case(DENY),), undeclared=(Case(DENY),)))
    some = (known("clear"), known("barred"), known("maybe"), known("quiet"))
    (reading,) = compared(*some, readings=(side(strict),)).impact().readings
    assert reading.policy == "strict"
    assert reading.part.moves[Move.DENIED] == Count(3, Decimal(1110))
    assert reading.differs == Count(2, Decimal(1100))
    assert reading.part.stake.certain == Count(1, Decimal(10))


def test_known_right_answers_are_held_against_each_policy() -> None:
    labels = {"c0": False, "c1": True, "c2": False, "c3": True}
    some = (known("clear"), known("barred"), known("maybe"), known("quiet"), nobody())
    before, after = compared(*some, labels=labels).impact().labelled
    assert [count.customers for count in (*before.barred, *before.free)] == [0, 0, 2, 0, 0, 2]
    assert [count.customers for count in (*after.barred, *after.free)] == [1, 1, 0, 0, 1, 1]


def test_everybody_who_moves_or_could_be_denied_is_listed() -> None:
    some = (known("clear"), known("barred"), known("maybe"), nobody())
    found = list(compared(*some, line=Decimal(100)).affected())
    assert [(one.customer.id, one.move, one.party, one.large) for one in found] == [
        ("c1", Move.DENIED, "barred", False),
        ("c2", Move.REVIEW, "maybe", True),
        ("c3", Move.REVIEW, "", True),
    ]


def test_a_policy_out_of_its_days_is_judged_as_if_in_them_and_it_is_said() -> None:
    later = replace(AFTER, force=Force(10, 20))
    found = compared(known("barred"), after=side(later)).impact()
    assert found.whole.moves == {Move.DENIED: Count(1, Decimal(1))}
    assert found.notices == (
        "after is in effect from 1970-01-11 and before 1970-01-21, not on 1970-01-01; "
        "it is judged as if it were",
    )


PARTIES = st.sampled_from(["barred", "clear", "maybe", "moved", "quiet"])
IDENTITIES = st.one_of(
    PARTIES.map(known),
    st.just(nobody()),
    st.lists(PARTIES, min_size=1, max_size=2).map(lambda some: one_of(*some)),
)
MEMBER = Posted("campaign", "c-1", "detect", 95)
BARRED = Posted("end_use", "weapons", "desk", manner=Manner.DECLARED)
CUSTOMERS = st.tuples(
    IDENTITIES,
    st.sampled_from(["", "XA", "XS"]),
    st.sampled_from(["", "XA", "XS"]),
    st.sampled_from(["small", "large"]),
    st.integers(0, 5),
    st.sampled_from(["", "reseller"]),
    st.sampled_from([ALWAYS, -20, -10, 5]),
    st.sampled_from([(), (MEMBER,), (replace(MEMBER, until=0),), (MEMBER, BARRED)]),
)
OUTCOMES = st.sampled_from(list(Outcome))
CASES = st.lists(
    st.builds(
        Case,
        OUTCOMES,
        st.sampled_from(["", "small"]),
        st.sampled_from([None, Decimal(2), Decimal(4)]),
    ),
    max_size=3,
).map(tuple)
LICENCES = st.lists(
    st.builds(
        Licence,
        st.just("l"),
        st.just(("headquarters", OWNED.rule)),
        st.just("owner"),
        st.just(Force(ALWAYS, 100)),
        st.just(GROUND),
        st.lists(st.sampled_from(["c0", "c1", "c9"]), max_size=2, unique=True).map(tuple),
        st.sampled_from([(), ("small",)]),
    ),
    max_size=1,
).map(tuple)
WIND_DOWNS = st.lists(
    st.builds(
        WindDown,
        st.sampled_from(["w0", "w1"]),
        st.sampled_from(["headquarters", OWNED.rule]),
        st.sampled_from([(), ("small",)]),
        st.sampled_from([-20, -15, 0]),
        st.sampled_from([Term(0, 0), Term(6, 0), Term(0, 15)]),
        st.just(GROUND),
        st.just("leave"),
    ),
    max_size=2,
    unique_by=lambda one: one.id,
).map(tuple)
RICH = "revenue > 3.0 && segment == 'large'"
CONDITIONS = st.sampled_from(
    [(), (Condition("rich", GROUND, RICH, ("revenue", "segment"), DENY, "rich"),)]
)
POLICIES = st.builds(
    lambda owned, unstated, licences, conditions, wind_downs, resale, conduct: replace(
        policy("p", owned, rules=(replace(HEADQUARTERS, unstated=unstated),)),
        licences=licences,
        conditions=conditions,
        wind_downs=wind_downs,
        end_customers=resale,
        campaigns=conduct[0],
        end_uses=conduct[1],
    ),
    st.builds(
        OwnershipRule, st.just(OWNED.rule), st.just(GROUND), possible=CASES, undeclared=CASES
    ),
    st.none() | CASES,
    LICENCES,
    CONDITIONS,
    WIND_DOWNS,
    st.sampled_from([(), (EndCustomerRule("resale", GROUND, (Channel.RESELLER,), REVIEW, False),)]),
    st.sampled_from(
        [
            ((), ()),
            ((CampaignRule("campaign", GROUND, DENY, REVIEW, 90),), ()),
            ((), (EndUseRule("uses", GROUND, ("weapons",), DENY, REVIEW, REVIEW, 80),)),
        ]
    ),
)


@given(st.lists(CUSTOMERS, min_size=1, max_size=8), POLICIES)
def test_asking_once_for_alike_customers_is_asking_for_each(
    drawn: list[tuple[Identity, str, str, str, int, str, int, tuple[Posted, ...]]], judged: Policy
) -> None:
    customers = [
        Customer(
            f"c{at}",
            "",
            country,
            seat,
            segment=segment,
            revenue=Decimal(revenue),
            channel=channel,
            opened=opened,
        )
        for at, (_, country, seat, segment, revenue, channel, opened, _) in enumerate(drawn)
    ]
    identities = [one[0] for one in drawn]
    posted = {f"c{at}": one[-1] for at, one in enumerate(drawn) if one[-1]}
    rows = rows_of(portfolio_of(customers, identities, posted), ROWS.columns)
    found = answers(rows, side(judged))
    judge = Judge(judged, Codes({}))
    for at, (one, who) in enumerate(zip(customers, identities, strict=True)):
        expected = _alone(judge, one, who, posted.get(one.id, ()))
        answer = found.told[found.of[at]]
        assert answer.decision.outcome is expected
        told = [reason.code for reason in answer.decision.reasons]
        assert answer.least <= answer.most, told


def _alone(judge: Judge, customer: Customer, who: Identity, posted: tuple[Posted, ...]) -> Outcome:
    """The outcome of one customer, as a screening makes it."""
    if who.doubt is not None:
        facts = replace(facts_of(customer, None, who.doubt.code, who.doubt.code), posted=posted)
        return judge.decide(facts, {RULING.rule.id: Standing(RULING.rule)}, 0).outcome
    facts = replace(facts_of(customer, ROWS.party_at(who.party)), posted=posted)
    standing = standing_of(RULING, who.party, ROWS.id)
    return judge.decide(facts, {RULING.rule.id: standing}, 0).outcome
