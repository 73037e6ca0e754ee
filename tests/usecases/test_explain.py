"""Explaining one party: the trees, the path, the arithmetic, the owners, the picture."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from tests.fakes.reference import FakeReference
from tests.graphs import graph
from tests.reference.world import World
from tests.worlds import always

from clearance.model.dates import Period, day_of, parse_date
from clearance.model.errors import InputError
from clearance.model.interest import Direct, Interest, Measure
from clearance.model.party import Party, PartyKind
from clearance.model.rule import Aggregation, Operator, Reading, Rule, SeedFact, Seeds
from clearance.model.rule import Test as ShareTest
from clearance.model.share import Share
from clearance.model.verdict import Reached
from clearance.usecases.explain import Explanation, explain
from clearance.usecases.owners import find_owners
from clearance.usecases.picture import Role
from clearance.usecases.tree import Node, nodes
from clearance.usecases.tree_picture import tree_picture

DAY = day_of("2026-06-01")
HALF = ShareTest(Measure.SHARES, Operator.OVER, Fraction(1, 2))
QUARTER = ShareTest(Measure.SHARES, Operator.AT_LEAST, Fraction(1, 4))
RULE = Rule(
    "both",
    "both readings",
    always((HALF,)),
    Aggregation.POOLED,
    (Reading.CASCADE, Reading.PRODUCT),
    Seeds(facts=(SeedFact.HEADQUARTERED,), regions=("XA",)),
)
OWNERS = replace(
    RULE,
    versions=always((QUARTER,)),
    aggregation=Aggregation.PER_PARTY,
    readings=(Reading.PRODUCT,),
    seeds=Seeds(kinds=(PartyKind.PERSON,), everyone=True),
    owners=True,
)
SEED = Party("P", "Pine", headquarters="XA")


def reference(text: str, *parties: Party, more: tuple[Interest, ...] = ()) -> FakeReference:
    return FakeReference(World((SEED, *parties), (*graph(text), *more), RULE, DAY))


def explained(text: str, id: str = "T", *parties: Party) -> Explanation:
    return explain(reference(text, *parties), id, [RULE], DAY)


def outline(node: Node) -> str:
    below = ", ".join(outline(child) for child in node.children)
    mark = "*" if node.repeated else ""
    return f"{node.party.id}{mark}({below})" if below else f"{node.party.id}{mark}"


@pytest.mark.parametrize(
    ("text", "upward", "downward"),
    [
        ("P -60%-> A; A -60%-> T; T -10%-> B", "T(A(P))", "T(B)"),
        ("A -30%-> T; B -40%-> T; C -?-> T", "T(C, B, A)", "T"),
        ("A -60%-> T; T -5%-> A", "T(A(T*))", "T(A(T*))"),
        ("A -60%-> T; A -10%-> B; B -10%-> T", "T(A, B(A))", "T"),
        ("T -60%-> A; A -60%-> B; B -60%-> C", "T", "T(A(B))"),
    ],
)
def test_a_tree_leads_to_owners_and_one_to_what_is_owned(
    text: str, upward: str, downward: str
) -> None:
    found = explained(text)
    assert (outline(found.upward), outline(found.downward)) == (upward, downward)


def test_interests_that_are_not_live_are_counted_and_not_shown() -> None:
    sold = Period(None, parse_date("2020-01-01"))
    more = (Interest("B", "T", share=Share.of_percent("51"), period=sold),)
    found = explain(reference("A -60%-> T", more=more), "T", [RULE], DAY)
    assert (outline(found.upward), found.upward.ended) == ("T(A)", 1)


def test_wide_ownership_is_cut_and_counted() -> None:
    text = "; ".join(f"H{at:02} -{1 + at / 10:g}%-> T" for at in range(40))
    found = explained(text)
    assert (len(found.upward.children), found.upward.more) == (12, 28)
    assert len(tree_picture(found).boxes) == 5
    assert "36 more parties are not drawn" in tree_picture(found).title


@pytest.mark.parametrize(
    ("text", "sums"),
    [
        (
            "P -60%-> A; A -60%-> T",
            {
                ("A", "cascade"): "60 %",
                ("A", "product"): "60 % × 100 % = 60 %",
                ("T", "cascade"): "60 %",
                ("T", "product"): "60 % × 60 % = 36 %",
            },
        ),
        (
            "P -30%-> T; P -45%-> A; A -49%-> T",
            {
                ("A", "cascade"): "45 %",
                ("A", "product"): "45 % × 100 % = 45 %",
                ("T", "cascade"): "30 %",
                ("T", "product"): "49 % × 45 % + 30 % × 100 % = 52.05 %",
            },
        ),
    ],
)
def test_the_arithmetic_is_shown_step_by_step(text: str, sums: dict[tuple[str, str], str]) -> None:
    (answer,) = explained(text).answers
    assert {(step.party, step.reading): step.sum for step in answer.steps} == sums


def test_readings_that_differ_are_both_told() -> None:
    (answer,) = explained("P -60%-> A; A -60%-> T").answers
    assert answer.finding.reached is Reached.POSSIBLE
    assert {name: one.reached for name, one in answer.finding.readings.items()} == {
        "cascade": Reached.CERTAIN,
        "product": Reached.NO,
    }


def test_the_path_begins_where_the_restriction_does() -> None:
    (answer,) = explained("P -60%-> A; A -90%-> B; B -99%-> T; X -1%-> T").answers
    assert [(one.holder, one.subject) for one in answer.path] == [
        ("P", "A"),
        ("A", "B"),
        ("B", "T"),
    ]


def test_roles_are_told_in_tree_and_picture() -> None:
    unknown = Party("U", kind=PartyKind.UNKNOWN, unspecified="noInformation")
    found = explained("P -60%-> A; A -90%-> T; U -10%-> T; X -1%-> A", "T", unknown)
    roles = {node.party.id: node.role for node in nodes(found.upward)}
    assert roles == {
        "T": Role.REACHED,
        "A": Role.REACHED,
        "P": Role.RESTRICTED,
        "U": Role.UNKNOWN,
        "X": Role.PLAIN,
    }
    picture = tree_picture(found)
    assert {box.id: box.role for box in picture.boxes} == roles
    assert picture.box("T").sum == "90 % + perhaps 10 % = 90 to 100 %"
    assert [box.id for box in picture.boxes if box.asked] == ["T"]


def test_a_restricted_party_says_why() -> None:
    (answer,) = explained("P -60%-> A", "P").answers
    assert answer.finding.seed
    assert {step.sum for step in answer.steps} == {f"restricted itself: {answer.finding.seed}"}


def test_a_party_that_is_not_there_is_the_callers_fault() -> None:
    with pytest.raises(InputError, match="no party 'nobody'"):
        explained("P -60%-> A", "nobody")


def test_owners_are_named_with_their_own_share() -> None:
    people = [Party(name, name, PartyKind.PERSON) for name in ("Q", "R", "S")]
    source = reference("Q -50%-> A; A -60%-> T; R -25%-> T; S -15%-> T", *people)
    (found,) = find_owners(source, "T", [OWNERS], DAY)
    assert [(one.party.id, one.share) for one in found.found] == [
        ("Q", Share.of_percent("30")),
        ("R", Share.of_percent("25")),
    ]
    assert found.in_force


def test_a_rule_that_pools_names_each_who_holds_with_the_others() -> None:
    pooled = replace(RULE, versions=always((QUARTER,)), readings=(Reading.CASCADE,), owners=True)
    companies = [Party(name, name, headquarters="XA") for name in ("Q", "R", "S")]
    source = reference("Q -30%-> A; A -15%-> T; R -12%-> T; N -60%-> T; S -1%-> N", *companies)
    (found,) = find_owners(source, "T", [pooled], DAY)
    assert [(one.party.id, one.share, one.reached) for one in found.found] == [
        ("Q", Share.of_percent("15"), Reached.CERTAIN),
        ("R", Share.of_percent("12"), Reached.CERTAIN),
    ]
    (nobody,) = find_owners(reference("R -12%-> T; U -80%-> T", *companies), "T", [pooled], DAY)
    assert nobody.found == ()


def test_a_rule_that_waits_for_regions_is_not_asked_without() -> None:
    waiting = replace(RULE, seeds=replace(RULE.seeds, regions=()), owners=True)
    unknown = Party("U", kind=PartyKind.UNKNOWN)
    (found,) = find_owners(reference("A -20%-> T; U -?-> T", unknown), "T", [waiting], DAY)
    assert (found.asked, found.found) == (False, ())


def test_what_is_declared_indirect_is_not_written_as_a_part_of_a_sum() -> None:
    declared = Interest(
        "P", "T", share=Share.of_percent("35"), direct=Direct.INDIRECT, components=("C",)
    )
    source = reference("P -60%-> C; C -40%-> T", Party("C"), more=(declared,))
    (answer,) = explain(source, "T", [RULE], DAY).answers
    assert [step.sum for step in answer.steps if step.party == "T"] == [
        "40 %, or 35 % declared indirect = 40 %",
        "40 % × 60 %, or 35 % × 100 % declared indirect = 35 %",
    ]
