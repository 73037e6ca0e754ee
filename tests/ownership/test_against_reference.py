"""The engine is held to the slow reference, and both to what must hold of any answer."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.compiled import compiled
from tests.graphs import graph
from tests.reference.verdict import verdicts
from tests.reference.world import World
from tests.rules import CONTROLS, MEASURES, READINGS, TWO, of_several_thresholds, rules
from tests.worlds import ALL_FEATURES, DAY, NOMINEES, always, located_worlds, worlds

from clearance.model.interest import Interest, InterestType, Measure
from clearance.model.party import Party, PartyKind
from clearance.model.rule import Aggregation, Force, Operator, Reading, Rule, Seeds, Version
from clearance.model.rule import Test as ShareTest
from clearance.model.share import Share, percent
from clearance.model.verdict import Finding, Reached
from clearance.ownership.attribute import Attribution, attribute

Line = tuple[str, str, float, float, bool, bool, str, float]
"""Reached, level, ends of the share in percent, whether open, measure, undeclared percent."""

CLEAN = ALL_FEATURES - {"sources", "wild", "joint", "components", "self", "attributed"}
"""Shapes in which a larger figure always says more: no sources to contradict each other."""


def asked(world: World) -> Attribution:
    made = compiled(world)
    seeds = None if world.seeds is None else tuple(made.index(name) for name in world.seeds)
    return attribute(made.graph, world.rule, world.day, seeds=seeds)


def findings(world: World) -> dict[str, Finding]:
    answer, ids = asked(world), tuple(world.everybody())
    return {name: answer.finding(index, ids.__getitem__, str) for index, name in enumerate(ids)}


def by_engine(world: World) -> dict[str, Line]:
    return {
        name: (
            found.reached.word,
            found.level.value if found.level else "",
            percent(found.share.minimum),
            percent(found.share.maximum),
            found.share.exclusive_minimum,
            found.share.exclusive_maximum,
            found.measure.value,
            percent(found.undeclared),
        )
        for name, found in findings(world).items()
    }


def by_reference(world: World) -> dict[str, Line]:
    return {
        name: (
            found.reached.word,
            found.level.value if found.level else "",
            percent(found.low.value),
            percent(found.high.value),
            found.low.open,
            found.high.open,
            found.measure.value,
            percent(found.undeclared),
        )
        for name, found in verdicts(world).items()
    }


def reached(world: World) -> dict[str, Reached]:
    answer = asked(world)
    names = enumerate(world.everybody())
    return {name: Reached(int(answer.reached[index])) for index, name in names}


@pytest.mark.parametrize("readings", [*READINGS, TWO], ids=lambda some: "-and-".join(some))
@pytest.mark.parametrize("aggregation", list(Aggregation), ids=lambda each: each.value)
@given(data=st.data())
def test_the_engine_answers_as_the_reference_does(
    aggregation: Aggregation, readings: tuple[Reading, ...], data: st.DataObject
) -> None:
    cell = rules(aggregations=(aggregation,), readings=(readings,))
    world = data.draw(worlds(cell))
    assert by_engine(world) == by_reference(world)


@given(worlds(rules(), ALL_FEATURES | NOMINEES))
def test_whose_a_nominees_holding_is_the_engine_says_as_the_reference_does(world: World) -> None:
    assert by_engine(world) == by_reference(world)


@given(worlds(of_several_thresholds(rules(measures=MEASURES[2:], controls=("review", "bars")))))
def test_tests_of_a_rule_may_have_thresholds_of_their_own(world: World) -> None:
    assert by_engine(world) == by_reference(world)


@pytest.mark.parametrize("reading", list(Reading), ids=lambda each: each.value)
def test_half_of_any_tested_measure_is_a_half(reading: Reading) -> None:
    shares = graph("R -(50,80]%-> T")
    votes = graph("R -50%-> T", InterestType.votingRights)
    world = _small("", "bars", "R")
    tests = tuple(
        ShareTest(measure, Operator.OVER, Fraction(3, 4))
        for measure in (Measure.SHARES, Measure.VOTES)
    )
    rule = replace(world.rule, versions=always(tests), readings=(reading,))
    world = replace(world, interests=(*shares, *votes), rule=rule)
    assert findings(world)["T"].reached is Reached.CERTAIN
    assert by_engine(world) == by_reference(world)


@given(located_worlds(rules()))
def test_regions_pick_the_seeds_that_the_reference_picks(world: World) -> None:
    assert by_engine(world) == by_reference(world)


@given(worlds(rules()), st.integers(0, 8))
def test_a_further_seed_clears_nobody(world: World, chosen: int) -> None:
    more = sorted(set(world.everybody()) - world.unknown())
    assume(more)
    wider = replace(world, seeds=(world.seeds or frozenset()) | {more[chosen % len(more)]})
    _nobody_cleared(reached(world), reached(wider))


@given(worlds(rules(), CLEAN), st.integers(0, 20))
def test_a_larger_restricted_holding_clears_nobody(world: World, chosen: int) -> None:
    raisable = [row for row in world.interests if _raised(row, world) != row]
    assume(raisable)
    row = raisable[chosen % len(raisable)]
    rows = tuple(_raised(each, world) if each is row else each for each in world.interests)
    _nobody_cleared(reached(world), reached(replace(world, interests=rows)))


def _raised(row: Interest, world: World) -> Interest:
    """A seed's exact shareholding, as large as what others surely hold lets it be."""
    plain = row.type is InterestType.shareholding and isinstance(row.share, Share)
    if not plain or row.interested_party not in (world.seeds or ()):
        return row
    others = sum(
        (
            each.share.minimum
            for each in world.interests
            if each is not row and each.subject == row.subject and isinstance(each.share, Share)
        ),
        Fraction(0),
    )
    assert isinstance(row.share, Share)
    if others + row.share.maximum >= 1 or row.share.minimum != row.share.maximum:
        return row
    return replace(row, share=Share.exact(1 - others))


def _nobody_cleared(before: Mapping[str, Reached], after: Mapping[str, Reached]) -> None:
    cleared = {name for name, found in before.items() if after[name] < found}
    assert not cleared


@given(worlds(rules()), st.randoms(use_true_random=False))
def test_rows_come_in_any_order(world: World, chance: random.Random) -> None:
    rows = list(world.interests)
    chance.shuffle(rows)
    assert by_engine(replace(world, interests=tuple(rows))) == by_engine(world)


@given(worlds(rules()), st.randoms(use_true_random=False))
def test_parties_may_have_any_names(world: World, chance: random.Random) -> None:
    names = list(world.everybody())
    shuffled = names.copy()
    chance.shuffle(shuffled)
    new = dict(zip(names, shuffled, strict=True))
    found = by_engine(_renamed(world, new))
    assert {name: found[new[name]] for name in names} == by_engine(world)


def _renamed(world: World, new: Mapping[str, str]) -> World:
    parties = tuple(
        replace(party, id=new[party.id], branch_of=new.get(party.branch_of, ""))
        for party in world.parties
    )
    rows = tuple(
        replace(
            row,
            interested_party=new[row.interested_party],
            subject=new[row.subject],
            components=tuple(sorted(new[name] for name in row.components)),
        )
        for row in world.interests
    )
    seeds = frozenset(new[name] for name in world.seeds or ())
    return replace(world, parties=parties, interests=rows, seeds=seeds)


@given(worlds(rules()))
def test_what_must_be_reached_may_be_reached(world: World) -> None:
    for answered in asked(world).answered:
        for arrays in (answered.owned, answered.wide, answered.used):
            assert not (arrays.certain & ~arrays.possible).any()
        assert not (answered.owned.certain & ~answered.wide.certain).any()
        assert not (answered.owned.possible & ~answered.wide.possible).any()
    assert all(found.share.minimum <= found.share.maximum for found in findings(world).values())


@given(located_worlds(rules()), st.permutations(("XA", "XB", "XC", "XD")))
def test_regions_may_have_any_names(world: World, codes: list[str]) -> None:
    new = {"": "", **dict(zip(("XA", "XB", "XC", "XD"), codes, strict=True))}
    regions = tuple(sorted(new[code] for code in world.rule.seeds.regions))
    rule = replace(world.rule, seeds=replace(world.rule.seeds, regions=regions))
    moved = replace(world, rule=rule, parties=tuple(_moved(p, new) for p in world.parties))
    assert by_engine(moved) == by_engine(world)


def _moved(party: Party, new: Mapping[str, str]) -> Party:
    return replace(
        party,
        jurisdiction=new[party.jurisdiction],
        headquarters=new[party.headquarters],
        residence=new[party.residence],
    )


@given(worlds(rules()), st.sampled_from((DAY - 1, DAY + 10)))
def test_a_day_outside_its_dates_reaches_nobody(world: World, day: int) -> None:
    versions = (Version(Force(DAY, DAY + 10), world.tests),)
    late = replace(world, rule=replace(world.rule, versions=versions), day=day)
    answer = asked(late)
    assert not answer.in_force
    assert {(found.reached, found.level) for found in findings(late).values()} == {
        (Reached.NO, None)
    }


def _small(text: str, control: str, seeds: str, *parties: Party) -> World:
    tests = next(iter(_SHARES.versions)).tests
    rule = replace(_SHARES, versions=always(tests), control=CONTROLS[control])
    return World(parties, graph(text), rule, DAY, frozenset(seeds.split()))


_CONTROL = InterestType.otherInfluenceOrControl
_SHARES = Rule(
    "small",
    "small",
    always((ShareTest(Measure.SHARES, Operator.OVER, Fraction(1, 2)),)),
    Aggregation.POOLED,
    (Reading.CASCADE,),
    Seeds(),
)


def test_a_party_that_may_be_reached_can_still_be_presumed_controlled() -> None:
    stranger = Party("U", kind=PartyKind.UNKNOWN)
    world = _small("R -30%-> T; U -?-> T", "offset", "R", stranger)
    found = findings(world)["T"]
    assert (found.reached, found.level) == (Reached.CERTAIN, "presumed")


def test_an_equal_holder_offsets_a_presumption() -> None:
    world = _small("R -30%-> T; N -30%-> T", "offset", "R")
    assert findings(world)["T"].reached is Reached.NO


@pytest.mark.parametrize(
    ("rows", "reached"),
    [
        ("R -30%-> T; N -30%-> T", "no"),
        ("R -30%-> T; N -29%-> T", "certain"),
        ("R -30%-> A; N -40%-> A; R -30%-> T; A -30%-> T", "no"),
        ("R -30%-> A; R -30%-> T; A -40%-> T; T -40%-> A", "possible"),
        ("R -30%-> A; A -40%-> T; R -30%-> T", "certain"),
    ],
)
def test_who_rests_on_being_lifted_by_each_other_is_possible(rows: str, reached: str) -> None:
    world = _small(rows, "offset", "R")
    assert findings(world)["T"].reached.word == reached
    assert by_engine(world) == by_reference(world)


def test_a_joint_block_of_one_offsets_as_its_holder() -> None:
    world = _small("R -30%-> T", "offset", "R")
    joint = replace(graph("N -30%-> T")[0], joint="j", statement="joint")
    assert findings(replace(world, interests=(*world.interests, joint)))["T"].reached is Reached.NO


@pytest.mark.parametrize(
    ("rows", "reached"),
    [
        ("B -100%-> H", "possible"),
        ("B -100%-> C; C -100%-> H", "possible"),
        ("B -60%-> H; C -40%-> H; H -100%-> C", "possible"),
        ("B -95%-> H", "no"),
        ("B -60%-> H; R -40%-> H", "no"),
        ("B -40%-> H; R -60%-> H", "certain"),
    ],
)
@pytest.mark.parametrize("aggregation", list(Aggregation), ids=lambda each: each.value)
def test_a_branch_that_holds_its_head_office_whole_has_an_owner_nobody_names(
    rows: str, reached: str, aggregation: Aggregation
) -> None:
    world = _small(rows, "none", "R", Party("B", branch_of="H"))
    world = replace(world, rule=replace(world.rule, aggregation=aggregation))
    answers = findings(world)
    assert [answers[name].reached.word for name in "BH"] == [reached, reached]
    assert by_engine(world) == by_reference(world)


@pytest.mark.parametrize("beside", ["N -?-> T", "N -30%-> T", "R -30%-> T", "R -?-> T"])
def test_a_presumed_majority_in_a_joint_block_is_stated_in_full(beside: str) -> None:
    world = _small("", "none", "R")
    rule = replace(world.rule, consolidation=True)
    parent = replace(graph("R -?-> T")[0], consolidation=True, statement="parent", type=_CONTROL)
    rows = tuple(replace(row, joint="j") for row in (parent, *graph(beside)))
    world = replace(world, interests=rows, rule=rule)
    assert by_engine(world) == by_reference(world)


def _per_party(text: str, seeds: str, *parties: Party) -> World:
    world = _small(text, "none", seeds, *parties)
    return replace(world, rule=replace(world.rule, aggregation=Aggregation.PER_PARTY))


def test_an_unknown_holder_may_be_a_root_that_holds_something_of_it() -> None:
    stranger = Party("U", kind=PartyKind.UNKNOWN)
    world = _per_party("R -10%-> U; U -40%-> T; R -20%-> T", "R", stranger)
    assert findings(world)["T"].reached is Reached.POSSIBLE
    assert percent(findings(world)["T"].share.maximum) == 60.0


def test_a_party_that_holds_itself_whole_may_belong_to_any_root() -> None:
    world = _per_party("A -100%-> A; A -40%-> T; R -20%-> T", "R")
    assert findings(world)["T"].reached is Reached.POSSIBLE


def test_capital_rights_from_two_sources_are_fused_as_shares_are() -> None:
    rows = graph("R -60%-> T@one; R -40%-> T@two", InterestType.rightsToProfitOrIncome)
    world = replace(_small("", "none", "R"), interests=rows)
    share = findings(world)["T"].share
    assert (percent(share.minimum), percent(share.maximum)) == (40.0, 60.0)


@pytest.mark.parametrize("reading", list(Reading), ids=lambda each: each.value)
def test_per_party_the_first_measure_that_passes_decides_whoever_holds_more_of_another(
    reading: Reading,
) -> None:
    world = _per_party("F -55%-> D", "E F")
    more = graph("E -90%-> D; F -10%-> D", InterestType.votingRights)
    more += graph("E -?-> C", _CONTROL)
    rows = tuple(replace(row, statement=f"v{at}") for at, row in enumerate(more))
    tests = tuple(
        ShareTest(m, Operator.OVER, Fraction(1, 2)) for m in (Measure.SHARES, Measure.VOTES)
    )
    rule = replace(
        world.rule, versions=always(tests), readings=(reading,), control=CONTROLS["bars"]
    )
    world = replace(world, interests=(*world.interests, *rows), rule=rule)
    found = findings(world)["D"]
    assert (found.measure, percent(found.share.maximum)) == (Measure.SHARES, 55.0)
    assert by_engine(world) == by_reference(world)


@pytest.mark.parametrize("reading", list(Reading), ids=lambda each: each.value)
@pytest.mark.parametrize(
    ("shares", "votes"),
    [
        ("P -[0,30)-> T", "P -30%-> T"),
        ("P -[0,30)-> T; N -(70,80)-> T", "P -[0,30]-> T"),
        ("N -[0,100)-> T", ""),
    ],
    ids=["under and exactly 30", "at most 30 either way", "nothing of either"],
)
def test_of_measures_in_which_nothing_passes_the_first_with_the_most_is_named(
    reading: Reading, shares: str, votes: str
) -> None:
    world = _small(shares, "none", "P")
    rows = graph(votes, InterestType.votingRights)
    rows = tuple(replace(row, statement=f"v{at}") for at, row in enumerate(rows))
    tests = tuple(
        ShareTest(m, Operator.AT_LEAST, Fraction(1, 2))
        for m in (Measure.SHARES, Measure.VOTES, Measure.BOARD)
    )
    rule = replace(world.rule, versions=always(tests), readings=(reading,))
    world = replace(world, interests=(*world.interests, *rows), rule=rule)
    found = findings(world)["T"]
    assert (found.reached, found.measure) == (Reached.NO, Measure.SHARES)
    assert by_engine(world) == by_reference(world)
