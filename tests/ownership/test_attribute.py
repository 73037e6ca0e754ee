"""The composed answer: seeds by fact, control, what could be reached, what is said."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from tests.compiled import compiled
from tests.graphs import graph, share
from tests.reference.world import World
from tests.rules import CONTROLS
from tests.worlds import always

from clearance.model.dates import day_of
from clearance.model.interest import Interest, InterestType, Measure
from clearance.model.party import Party, PartyKind
from clearance.model.rule import Aggregation, Operator, Reading, Rule, SeedFact, Seeds
from clearance.model.rule import Test as ShareTest
from clearance.model.verdict import Finding
from clearance.ownership.attribute import attribute

DAY = day_of("2026-06-01")
OVER_HALF = ShareTest(Measure.SHARES, Operator.OVER, Fraction(1, 2))
RULE = Rule(
    "r",
    "r",
    always((OVER_HALF,)),
    Aggregation.POOLED,
    (Reading.CASCADE,),
    Seeds(facts=(SeedFact.HEADQUARTERED,), regions=("XA",)),
    CONTROLS["none"],
)


def findings(
    interests: tuple[Interest, ...],
    parties: tuple[Party, ...] = (),
    rule: Rule = RULE,
    seeds: str | None = None,
) -> dict[str, Finding]:
    named = None if seeds is None else frozenset(seeds.split())
    made = compiled(World(parties, interests, rule, DAY, named))
    given = None if named is None else tuple(made.index(name) for name in sorted(named))
    answer = attribute(made.graph, rule, DAY, seeds=given)
    return {
        name: answer.finding(index, made.ids.__getitem__, lambda row: f"row {row}")
        for index, name in enumerate(made.ids)
    }


@pytest.mark.parametrize(
    ("party", "seed", "flags"),
    [
        (Party("P", headquarters="XA"), "headquartered XA", ()),
        (Party("P", jurisdiction="XA"), "headquartered XA", ("headquarters_inferred",)),
        (Party("P", jurisdiction="XA", headquarters="XB"), "", ()),
        (Party("P", headquarters="XA-01"), "", ()),
        (Party("P"), "", ("location_unknown",)),
        (Party("P", kind=PartyKind.PERSON, residence="XA"), "", ()),
        (Party("P", kind=PartyKind.STATE, jurisdiction="XA"), "", ()),
    ],
)
def test_a_company_is_a_seed_by_its_headquarters_or_else_its_jurisdiction(
    party: Party, seed: str, flags: tuple[str, ...]
) -> None:
    found = findings((), (party,))["P"]
    assert (found.seed, found.flags) == (seed, flags)
    assert found.reached.word == ("certain" if seed else "no")


def test_a_branch_is_where_its_head_office_is() -> None:
    head = Party("H", headquarters="XA")
    found = findings((), (head, Party("B", jurisdiction="XB", branch_of="H")))
    assert found["B"].seed == "headquartered XA"


@pytest.mark.parametrize(("control", "reached"), [("review", "no"), ("bars", "certain")])
def test_a_control_interest_reaches_only_where_the_rule_lets_it(control: str, reached: str) -> None:
    rows = (Interest("P", "A", InterestType.otherInfluenceOrControl), *graph("A -60%-> B"))
    rule = replace(RULE, control=CONTROLS[control])
    found = findings(rows, rule=rule, seeds="P")
    assert [(found[name].reached.word, found[name].level) for name in "AB"] == [
        (reached, control),
        (reached, control),
    ]
    assert [(each.holder, each.measure, each.note) for each in found["A"].because] == [
        ("P", None, "otherInfluenceOrControl")
    ]


def test_an_offset_lifts_a_presumption() -> None:
    rule = replace(RULE, control=CONTROLS["offset"])
    alone = findings(graph("P -30%-> T; N -20%-> T"), rule=rule, seeds="P")
    offset = findings(graph("P -30%-> T; N -30%-> T"), rule=rule, seeds="P")
    assert (alone["T"].level, offset["T"].level) == ("presumed", None)


def test_people_of_the_region_with_a_majority_are_a_control_finding() -> None:
    review = replace(CONTROLS["review"], other_kinds_of_region=True)
    people = tuple(Party(name, kind=PartyKind.PERSON, residence="XA") for name in "PQ")
    rule = replace(RULE, control=review)
    found = findings(graph("P -30%-> T; Q -30%-> T; P -30%-> U"), people, rule)
    assert (found["T"].reached.word, found["T"].level) == ("no", "review")
    assert found["U"].level is None


@pytest.mark.parametrize("reading", [Reading.CASCADE, Reading.PRODUCT])
def test_an_undeclared_rest_could_tip_a_party_but_never_makes_it_possible(
    reading: Reading,
) -> None:
    rows = graph("P -30%-> T; N -20%-> T; P -30%-> U; N -60%-> U")
    people = tuple(Party(name, kind=PartyKind.PERSON) for name in "NP")
    rule = replace(RULE, readings=(reading,))
    made = compiled(World(people, rows, rule, DAY, frozenset("P")))
    answer = attribute(made.graph, rule, DAY, seeds=(made.index("P"),))
    could = {name: bool(answer.could[made.index(name)]) for name in "TUN"}
    assert could == {"T": True, "U": False, "N": False}
    assert answer.reached[made.index("T")] == 0
    assert answer.undeclared[made.index("T")] == 5 * 10**11


def test_reasons_name_holder_share_dates_and_statement() -> None:
    found = findings(graph("P -60%-> A; N -40%-> A"), seeds="P")["A"]
    assert [(each.holder, each.share, each.statement) for each in found.because] == [
        ("P", share("60"), "row 1")
    ]


def test_what_is_missing_is_looked_for_above() -> None:
    unknown = (Party("U", kind=PartyKind.UNKNOWN),)
    found = findings(graph("U -60%-> A; A -60%-> B"), unknown, seeds="")
    assert [(each.subject, each.what) for each in found["B"].missing] == [
        ("A", "who the unknown holder is")
    ]


def test_minima_above_the_whole_are_flagged() -> None:
    found = findings(graph("P -60%-> A; N -60%-> A"), seeds="P")["A"]
    assert found.flags == ("location_unknown", "minima_above_whole")
    assert (found.reached.word, found.told) == ("certain", "60 %, contradicting")


def test_what_is_surely_held_is_told_alone_where_nothing_contradicts_it() -> None:
    found = findings(graph("P -60%-> A; N -40%-> A; P -(25,50]-> B"), seeds="P")
    assert [found[name].told for name in "AB"] == ["60 %", "over 25 to 50 %"]


@pytest.mark.parametrize(
    ("rows", "above"),
    [
        ("P -60%-> A; N -40%-> A", False),
        ("P -60%-> A; N -(40,50]-> A", True),
        ("P -60%-> A; N -[40,50]-> A", False),
        ("P -60%-> A; A -41%-> A", True),
        ("P -60%-> A; A -40%-> A", False),
    ],
)
def test_minima_of_exactly_the_whole_are_flagged_where_one_is_excluded(
    rows: str, above: bool
) -> None:
    flags = findings(graph(rows), seeds="P")["A"].flags
    assert ("minima_above_whole" in flags) is above


@pytest.mark.parametrize(("votes", "expected"), [("40", True), ("60", False)])
def test_votes_that_nobody_declares_could_make_a_majority(votes: str, expected: bool) -> None:
    """The rule tests shares alone; the group that holds them grows by votes."""
    shares = graph("X -5%-> M; N -95%-> M; M -60%-> T; N -40%-> T")
    voted = graph(f"N -{votes}%-> M", InterestType.votingRights)
    rule = replace(RULE, readings=(Reading.MAJORITY_CHAIN,))
    person = Party("N", kind=PartyKind.PERSON)
    made = compiled(World((person,), (*shares, *voted), rule, DAY, frozenset("X")))
    could = attribute(made.graph, rule, DAY, seeds=(made.index("X"),)).could
    assert could[made.index("T")] == expected


def could_pass(text: str, seed: str, reading: Reading) -> dict[str, bool]:
    rule = replace(RULE, readings=(reading,))
    person = Party("N", kind=PartyKind.PERSON)
    made = compiled(World((person,), graph(text), rule, DAY, frozenset({seed})))
    could = attribute(made.graph, rule, DAY, seeds=(made.index(seed),)).could
    return {name: bool(could[index]) for index, name in enumerate(made.ids)}


@pytest.mark.parametrize("reading", [Reading.CASCADE, Reading.PRODUCT])
def test_what_is_declared_in_full_at_the_threshold_could_not_pass_it(reading: Reading) -> None:
    assert could_pass("X -50%-> T; N -50%-> T", "X", reading)["T"] is False


@pytest.mark.parametrize("reading", [Reading.CASCADE, Reading.PRODUCT])
def test_a_rest_that_takes_the_sum_above_the_threshold_could_pass_it(reading: Reading) -> None:
    assert could_pass("X -20%-> T; N -49%-> T", "X", reading)["T"] is True
    assert could_pass("X -20%-> T; N -50%-> T", "X", reading)["T"] is False
