"""A day's holdings: which rows are live, how rows of a pair are fused, what is looked through."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.compiled import compiled
from tests.graphs import graph, share
from tests.reference.world import World
from tests.rules import CONTROLS
from tests.worlds import always

from clearance.model.dates import Period, day_of, parse_date
from clearance.model.interest import Interest, InterestType, Measure
from clearance.model.party import Party, PartyKind
from clearance.model.rule import Aggregation, Reading, Rule, Seeds
from clearance.model.share import WHOLE
from clearance.ownership.day.day import slice_day
from clearance.ownership.day.live import Holdings

RULE = Rule("r", "r", always(()), Aggregation.POOLED, (Reading.CASCADE,), Seeds(), CONTROLS["none"])
DAY = day_of("2026-06-01")


def held(
    interests: tuple[Interest, ...],
    measure: Measure = Measure.SHARES,
    parties: tuple[Party, ...] = (),
    rule: Rule = RULE,
) -> tuple[Holdings, tuple[str, ...]]:
    made = compiled(World(parties, interests, rule, DAY, frozenset()))
    return slice_day(made.graph, rule, DAY, (measure,)).measures[measure], made.ids


def figures(
    interests: tuple[Interest, ...],
    measure: Measure = Measure.SHARES,
    parties: tuple[Party, ...] = (),
    rule: Rule = RULE,
) -> list[str]:
    """Holder, subject and figure of every slot that holds something."""
    found, ids = held(interests, measure, parties, rule)
    lines = []
    for slot in range(len(found.holder)):
        if found.high[slot] > 0:
            low = f"{'(' if found.low_open[slot] else '['}{100 * found.low[slot] / WHOLE:g}"
            high = f"{100 * found.high[slot] / WHOLE:g}{')' if found.high_open[slot] else ']'}"
            lines.append(f"{ids[found.holder[slot]]} {low},{high} {ids[found.subject[slot]]}")
    return lines


def dated(start: str, end: str) -> tuple[Interest, ...]:
    period = Period(
        parse_date(start) if start else None,
        parse_date(end) if end else None,
    )
    return tuple(replace(row, period=period) for row in graph("A -60%-> B"))


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("", "", ["A [60,60] B"]),
        ("2026-06-01", "", ["A [60,60] B"]),
        ("2026-06-02", "", []),
        ("", "2026-06-01", []),
        ("", "2026-06-02", ["A [60,60] B"]),
        ("2026-06-01", "2026-06-01", []),
        ("2026", "", ["A [0,60] B"]),
        ("", "2026-06", ["A [0,60] B"]),
        ("2025", "2027", ["A [60,60] B"]),
    ],
)
def test_periods_are_half_open_and_partial_dates_count_perhaps(
    start: str, end: str, expected: list[str]
) -> None:
    assert figures(dated(start, end)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A -30%-> B@1; A -30%-> B@1", ["A [30,30] B"]),
        ("A -30%-> B@1; A -30%-> B@2", ["A [30,30] B"]),
        ("A -30%-> B@1; A -20%-> B@1", ["A [30,50] B"]),
        ("A -60%-> B@1; A -70%-> B@1", ["A [70,100] B"]),
        ("A -(25,50]%-> B@1; A -[30,60]%-> B@2", ["A [30,50] B"]),
        ("A -(25,50]%-> B@1; A -[25,40)%-> B@2", ["A (25,40) B"]),
        ("A -30%-> B@1; A -60%-> B@2", ["A [30,60] B"]),
        ("A -(25,50]%-> B@1; A -25%-> B@2", ["A [25,50] B"]),
        ("A -0%-> B@1; A -30%-> B@2", ["A [0,30] B"]),
        ("A -?-> B@1; A -30%-> B@2", ["A [30,30] B"]),
    ],
)
def test_rows_of_a_pair_are_fused_never_added(text: str, expected: list[str]) -> None:
    assert figures(graph(text)) == expected


def test_what_differs_is_flagged() -> None:
    within, ids = held(graph("A -30%-> B@1; A -20%-> B@1"))
    between, _ = held(graph("A -30%-> B@1; A -60%-> B@2"))
    same, _ = held(graph("A -30%-> B@1; A -30%-> B@2"))
    flags = [found.flags_of(ids.index("B")) for found in (within, between, same)]
    assert flags == [("rows_differ",), ("sources_differ",), ()]


@pytest.mark.parametrize(
    ("shares", "votes", "expected"),
    [
        ("60", "40", ["A [40,40] B"]),
        ("60", "?", ["A [60,60] B"]),
        ("60", "", ["A [60,60] B"]),
        ("?", "", ["A [0,100] B"]),
        ("?", "?", ["A [0,100] B"]),
    ],
)
def test_stated_shares_stand_for_unstated_votes(
    shares: str, votes: str, expected: list[str]
) -> None:
    rows = [Interest("A", "B", share=share(shares))]
    if votes:
        rows.append(Interest("A", "B", InterestType.votingRights, share(votes)))
    assert figures(tuple(rows), Measure.VOTES) == expected


def test_votes_never_stand_for_shares() -> None:
    assert figures((Interest("A", "B", InterestType.votingRights, share("60")),)) == []


def test_the_larger_capital_right_stands_where_nobody_holds_shares() -> None:
    profit = Interest("A", "B", InterestType.rightsToProfitOrIncome, share("60"))
    surplus = Interest("A", "B", InterestType.rightsToSurplusAssetsOnDissolution, share("(50,75)"))
    assert figures((profit, surplus)) == ["A [60,75) B"]
    assert figures((profit, *graph("C -5%-> B"))) == ["C [5,5] B"]


def test_an_interest_of_unknown_kind_counts_in_every_measure_without_a_minimum() -> None:
    unknown = (Interest("A", "B", InterestType.unknownInterest, share("40")),)
    assert {tuple(figures(unknown, measure)) for measure in Measure} == {("A [0,40] B",)}


def test_options_count_only_under_a_rule_that_counts_them() -> None:
    option = (Interest("A", "B", InterestType.conditionalRightsGrantedByContract, share("40")),)
    assert figures(option) == []
    assert figures(option, rule=replace(RULE, options=True)) == ["A [40,40] B"]
    both = (*graph("A -20%-> B"), *option)
    added = figures(both, rule=replace(RULE, options=True))
    assert added == ["A [20,20] B", "A [40,40] B"]


@pytest.mark.parametrize(
    ("votes", "expected"),
    [("30", ["A [30,30] B", "A [40,40] B"]), ("?", ["A [0,100] B", "A [40,40] B"])],
)
def test_an_option_adds_to_the_votes_that_its_holder_has(votes: str, expected: list[str]) -> None:
    option = Interest("A", "B", InterestType.conditionalRightsGrantedByContract, share("40"))
    both = (Interest("A", "B", InterestType.votingRights, share(votes)), option)
    assert figures(both, Measure.VOTES, rule=replace(RULE, options=True)) == expected


def test_consolidation_is_a_presumed_majority_only_under_a_rule_that_says_so() -> None:
    parent = (Interest("A", "B", InterestType.otherInfluenceOrControl, consolidation=True),)
    presuming = replace(RULE, consolidation=True)
    assert figures(parent) == []
    assert figures(parent, rule=presuming) == ["A (50,100] B"]
    assert figures((*parent, *graph("A -30%-> B")), rule=presuming) == ["A [30,30] B"]


def test_a_branch_is_held_whole_by_its_head_office() -> None:
    branch = (Party("B", branch_of="H"),)
    assert figures(graph("A -60%-> B"), parties=branch) == ["H [100,100] B"]


def test_role_holders_hold_an_arrangement_together() -> None:
    trust = (Party("T", kind=PartyKind.ARRANGEMENT),)
    roles = tuple(
        Interest(name, "T", InterestType[role])
        for name, role in (("S", "settlor"), ("U", "trustee"), ("V", "protector"))
    )
    assert figures(roles, parties=trust) == ["S [100,100] T", "U [100,100] T"]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("S settlor 20; S trustee 20; U trustee ?", ["S [20,20] T", "U [80,80] T"]),
        ("S settlor 20; S shareholding 20", ["S [20,20] T"]),
        ("S settlor 20; S shareholding 30", ["S [30,50] T"]),
        ("S settlor 20; S votingRights 30", ["S [20,20] T"]),
        (
            "S settlor 20; C shareholding 30; U trustee ?",
            ["C [30,30] T", "S [20,20] T", "U [80,80] T"],
        ),
    ],
)
def test_a_role_and_a_holding_of_one_pair_are_fused_never_added(
    rows: str, expected: list[str]
) -> None:
    said = [row.split() for row in rows.split("; ")]
    roles = tuple(
        Interest(name, "T", InterestType[type], share(size), statement=f"s{at}")
        for at, (name, type, size) in enumerate(said)
    )
    assert figures(roles, parties=(Party("T", kind=PartyKind.ARRANGEMENT),)) == expected


def test_a_nominee_is_looked_through() -> None:
    rows = (*graph("N -60%-> T"), Interest("N", "T", InterestType.nominee))
    nominator = Interest("X", "N", InterestType.nominator)
    assert figures((*rows, nominator)) == ["X [60,60] T"]
    alone, ids = held(rows)
    assert figures(rows) == []
    assert alone.anonymous == {ids.index("T"): (6 * WHOLE // 10, False)}


def test_what_a_party_holds_in_itself_is_taken_out() -> None:
    found, ids = held(graph("A -60%-> B; B -5%-> B"))
    at = ids.index("B")
    assert found.self_held == {at: (WHOLE // 20, WHOLE // 20, False, False)}
    assert found.special[at]
    assert figures(graph("A -60%-> B; B -5%-> B")) == ["A [60,60] B"]
