"""The rules above the model: which answer each case has, and what is said of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearance.matching.case import Limits, case_of
from clearance.matching.evidence import Agrees, Evidence, EvidenceKind
from clearance.matching.resolution import Answer, Resolution, Weighed
from clearance.matching.resolve import (
    IDENTIFIER,
    OUTSIDE,
    RIGHT_NUMBER,
    WRITTEN,
    resolve,
    ruled,
    undisputed,
)
from clearance.matching.rules import RULES, Effect, reference_page
from clearance.model.party import LEI, Identifier, PartyKind
from clearance.model.record import Record

ASKED = Record("c", ("Aurora Holdings",))
NUMBER = (Identifier(LEI, "A" * 20),)


def alike(weight: float = 1.0) -> Evidence:
    agrees = Agrees.FOR if weight > 0.5 else Agrees.AGAINST
    return Evidence(EvidenceKind.NAME, agrees, "the names", weight)


def fact(kind: EvidenceKind, *, agrees: bool = True) -> Evidence:
    way = Agrees.FOR if agrees else Agrees.AGAINST
    return Evidence(kind, way, f"{kind} {'agrees' if agrees else 'differs'}", 0.5)


def number(*, agrees: bool = True, strong: bool = True) -> Evidence:
    return replace(fact(EvidenceKind.IDENTIFIER, agrees=agrees), strong=strong)


def candidate(
    id: str = "p1", probability: float = 0.97, *evidence: Evidence, countries: str = "XA"
) -> Weighed:
    record = Record(id, ("Aurora Holding",), countries=(countries,), identifiers=NUMBER)
    return Weighed(int(id[1:]), record, "Aurora Holding", probability, evidence)


HERE = fact(EvidenceKind.COUNTRY)
MATCHED = candidate("p1", 0.97, alike(), HERE)
BY_NUMBER = candidate("p1", 0.3, alike(), number())
PERSON = replace(MATCHED, record=replace(MATCHED.record, kind=PartyKind.PERSON))


def answered(*candidates: Weighed, record: Record = ASKED, **more: object) -> Resolution:
    return resolve(case_of(record, candidates, **more))  # type: ignore[arg-type]


CASES: dict[str, tuple[Resolution, Answer, tuple[str, ...]]] = {
    "name and country agree": (answered(MATCHED), Answer.MATCH, ("likely",)),
    "a number agrees": (answered(BY_NUMBER), Answer.MATCH, ("number_agrees",)),
    "a number agrees, more names are alike": (
        answered(BY_NUMBER, candidate("p2", 0.98, alike(), HERE)),
        Answer.MATCH,
        ("number_agrees",),
    ),
    "nobody was found": (answered(), Answer.NONE, ("nobody",)),
    "nobody is probable": (
        answered(candidate("p1", 0.05, alike(0.4))),
        Answer.NONE,
        ("nobody",),
    ),
    "only the name agrees": (
        answered(candidate("p1", 0.99, alike())),
        Answer.AMBIGUOUS,
        ("likely", "name_alone"),
    ),
    "only the name agrees, the country does not": (
        answered(candidate("p1", 0.99, alike(), fact(EvidenceKind.COUNTRY, agrees=False))),
        Answer.AMBIGUOUS,
        ("likely", "name_alone"),
    ),
    "the best is not good enough": (
        answered(candidate("p1", 0.6, alike(), HERE)),
        Answer.AMBIGUOUS,
        ("unsure",),
    ),
    "the names differ a little": (
        answered(candidate("p1", 0.97, alike(0.9), HERE)),
        Answer.AMBIGUOUS,
        ("unsure",),
    ),
    "the names differ a little, nothing is as probable": (
        answered(candidate("p1", 0.99, alike(0.9), HERE)),
        Answer.MATCH,
        ("likely",),
    ),
    "neighbouring letters changed places": (
        answered(candidate("p1", 0.97, alike(0.9), HERE, fact(EvidenceKind.SPELLING))),
        Answer.MATCH,
        ("likely",),
    ),
    "neighbouring letters changed places, nothing else agrees": (
        answered(candidate("p1", 0.97, alike(0.9), fact(EvidenceKind.SPELLING))),
        Answer.AMBIGUOUS,
        ("likely", "name_alone"),
    ),
    "the names differ a little, the address agrees": (
        answered(candidate("p1", 0.97, alike(0.9), HERE, fact(EvidenceKind.ADDRESS))),
        Answer.MATCH,
        ("likely",),
    ),
    "two are as good": (
        answered(MATCHED, candidate("p2", 0.9, alike(), HERE)),
        Answer.AMBIGUOUS,
        ("likely", "runner_up_near"),
    ),
    "a second is far behind": (
        answered(MATCHED, candidate("p2", 0.4, alike(), HERE)),
        Answer.MATCH,
        ("likely",),
    ),
    "the numbers in the names differ": (
        answered(candidate("p1", 0.97, alike(), HERE, fact(EvidenceKind.NUMBER, agrees=False))),
        Answer.AMBIGUOUS,
        ("likely", "name_number_differs"),
    ),
    "the legal forms differ": (
        answered(candidate("p1", 0.97, alike(), HERE, fact(EvidenceKind.LEGAL_FORM, agrees=False))),
        Answer.AMBIGUOUS,
        ("likely", "legal_form_differs"),
    ),
    "a company is named like a person": (
        answered(PERSON, record=replace(ASKED, kind=PartyKind.ENTITY)),
        Answer.AMBIGUOUS,
        ("likely", "kind_differs"),
    ),
    "a person is a person": (
        answered(PERSON, record=replace(ASKED, kind=PartyKind.PERSON)),
        Answer.MATCH,
        ("likely",),
    ),
    "nobody said of what kind it is": (answered(PERSON), Answer.MATCH, ("likely",)),
    "two valid numbers of one register differ": (
        answered(candidate("p1", 0.99, alike(), HERE, number(agrees=False))),
        Answer.AMBIGUOUS,
        ("likely", "numbers_differ"),
    ),
    "a number that is not strong differs": (
        answered(candidate("p1", 0.99, alike(), HERE, number(agrees=False, strong=False))),
        Answer.MATCH,
        ("likely",),
    ),
    "a number agrees and another differs": (
        answered(candidate("p1", 0.99, alike(), number(), number(agrees=False))),
        Answer.AMBIGUOUS,
        ("number_agrees", "numbers_differ"),
    ),
    "a number agrees with quite another name": (
        answered(candidate("p1", 0.02, alike(0.1), number())),
        Answer.AMBIGUOUS,
        ("number_agrees", "number_of_another"),
    ),
    "a number agrees, the name is in another script": (
        answered(candidate("p1", 0.02, alike(0.0), number()), record=Record("c", ("ავრორა",))),
        Answer.MATCH,
        ("number_agrees", "other_script"),
    ),
    "a number agrees and there is no name": (
        answered(candidate("p1", 0.02, number())),
        Answer.MATCH,
        ("number_agrees",),
    ),
    "two numbers lead to two parties": (
        answered(BY_NUMBER, candidate("p2", 0.3, alike(), number())),
        Answer.AMBIGUOUS,
        ("number_agrees", "numbers_contradict"),
    ),
    "a number outranks another form, and it is told": (
        answered(
            candidate("p1", 0.3, alike(), number(), fact(EvidenceKind.LEGAL_FORM, agrees=False))
        ),
        Answer.MATCH,
        ("number_agrees", "legal_form_differs"),
    ),
    "look-alike letters": (
        answered(MATCHED, warnings=("look_alike_letters",)),
        Answer.AMBIGUOUS,
        ("likely", "odd_name"),
    ),
    "look-alike letters and a number": (
        answered(BY_NUMBER, warnings=("look_alike_letters",)),
        Answer.MATCH,
        ("number_agrees", "odd_name"),
    ),
    "name and address are swapped": (
        answered(MATCHED, swapped=True),
        Answer.AMBIGUOUS,
        ("likely", "swapped"),
    ),
    "initials agree, however improbable": (
        answered(replace(candidate("p1", 0.01, alike(0.5)), initials=True)),
        Answer.AMBIGUOUS,
        ("unsure", "name_alone", "initials_alone", "initials"),
    ),
    "initials and a country are too little, however probable": (
        answered(replace(candidate("p1", 0.99, alike(0.9), HERE), initials=True)),
        Answer.AMBIGUOUS,
        ("likely", "initials_alone", "initials"),
    ),
    "an address beside the initials is enough": (
        answered(
            replace(
                candidate("p1", 0.99, alike(0.9), HERE, fact(EvidenceKind.ADDRESS)), initials=True
            )
        ),
        Answer.MATCH,
        ("likely", "initials"),
    ),
    "signs that nobody sees are told": (
        answered(MATCHED, warnings=("bidi", "zero_width")),
        Answer.MATCH,
        ("likely", "signs"),
    ),
    "a wrong check digit is told": (
        answered(MATCHED, invalid=("XI-LEI 1",)),
        Answer.MATCH,
        ("likely", "check_digit"),
    ),
    "a wrong country is told where nobody is found": (
        answered(nowhere=("XZ",), warnings=("only_digits",)),
        Answer.NONE,
        ("nobody", "odd_name", "country_unknown"),
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_each_case_has_its_answer_and_says_why(case: str) -> None:
    found, answer, rules = CASES[case]
    assert (found.answer, tuple(one.rule for one in found.reasons)) == (answer, rules)
    assert all(one.text for one in found.reasons)
    assert (found.party >= 0) is (answer is Answer.MATCH)


def test_every_rule_has_a_case() -> None:
    assert {rule.id for rule in RULES} == {rule for *_, rules in CASES.values() for rule in rules}


def test_the_guide_shows_the_table_of_rules() -> None:
    guide = (Path(__file__).parents[2] / "docs" / "guides" / "match.md").read_text("utf-8")
    assert "\n".join(reference_page()) in guide


@pytest.mark.parametrize(
    ("case", "settle"),
    [
        ("name and country agree", ()),
        ("nobody was found", (IDENTIFIER,)),
        ("only the name agrees", (IDENTIFIER, "its country")),
        ("two are as good", (IDENTIFIER,)),
        ("two numbers lead to two parties", (RIGHT_NUMBER,)),
        ("look-alike letters", (IDENTIFIER, WRITTEN)),
        ("the legal forms differ", (IDENTIFIER,)),
        ("initials agree, however improbable", (IDENTIFIER, "its country")),
    ],
)
def test_an_open_answer_says_what_would_settle_it(case: str, settle: tuple[str, ...]) -> None:
    assert CASES[case][0].settle == settle


def test_a_country_settles_only_where_candidates_are_in_different_ones() -> None:
    one, other = (candidate(id, 0.95, alike()) for id in ("p1", "p2"))
    elsewhere = candidate("p2", 0.95, alike(), countries="XB")
    assert "its country" not in answered(one, other).settle
    assert "its country" in answered(one, elsewhere).settle
    told = replace(ASKED, countries=("XA",))
    assert "its country" not in answered(one, elsewhere, record=told).settle


def test_where_the_reference_knows_nothing_else_only_proof_from_outside_settles() -> None:
    bare = [
        replace(one, record=replace(one.record, identifiers=()))
        for one in (candidate(id, 0.95, alike()) for id in ("p1", "p2"))
    ]
    assert answered(*bare).settle == (OUTSIDE,)


def test_candidates_below_the_limit_are_shown_only_if_a_number_settles() -> None:
    weak = candidate("p2", 0.01, alike(0.4))
    found = answered(BY_NUMBER, weak, candidate("p3", 0.5, alike()))
    assert [one.record.id for one in found.candidates] == ["p1", "p3"]


EVIDENCE = st.builds(
    Evidence,
    st.sampled_from(EvidenceKind),
    st.sampled_from(Agrees),
    st.just("told"),
    st.sampled_from([0.0, 0.2, 0.6, 1.0]),
    st.booleans(),
)
CANDIDATES = st.lists(
    st.builds(
        lambda rank, probability, evidence: candidate(f"p{rank}", probability, *evidence),
        st.integers(0, 50),
        st.sampled_from([0.0, 0.05, 0.2, 0.7, 0.9, 0.95, 1.0]),
        st.lists(EVIDENCE, max_size=4),
    ),
    max_size=5,
    unique_by=lambda one: one.party,
)


@given(CANDIDATES, st.randoms(use_true_random=False))
def test_the_order_of_candidates_does_not_count(found: list[Weighed], random: object) -> None:
    shuffled = list(found)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert answered(*found) == answered(*shuffled)


@given(CANDIDATES)
def test_a_match_rests_on_more_than_a_name(found: list[Weighed]) -> None:
    answer = answered(*found)
    if answer.answer is Answer.MATCH:
        (best,) = [one for one in found if one.party == answer.party]
        besides = set(EvidenceKind) - {"name", "number", "legal_form"}
        assert any(best.says(Agrees.FOR, *besides))
        assert not any(best.excludes())


@given(CANDIDATES)
def test_no_answer_is_silent(found: list[Weighed]) -> None:
    answer = answered(*found)
    effects = {rule.id: rule.effect for rule in RULES}
    said = {effects[one.rule] for one in answer.reasons}
    needed = {
        Answer.MATCH: Effect.SETTLES,
        Answer.AMBIGUOUS: Effect.DOUBTS,
        Answer.NONE: Effect.EMPTIES,
    }
    assert needed[answer.answer] in said
    assert bool(answer.candidates) or answer.answer is Answer.NONE


@given(CANDIDATES)
def test_a_stricter_limit_never_makes_a_match(found: list[Weighed]) -> None:
    lax, strict = (answered(*found, limits=Limits(match=limit)) for limit in (0.8, 0.99))
    if lax.answer is not Answer.MATCH:
        assert strict.answer is not Answer.MATCH


@given(
    st.lists(EVIDENCE, max_size=3),
    st.sampled_from([ASKED, replace(ASKED, kind=PartyKind.PERSON), Record("c")]),
    st.sampled_from([(), ("too_short",), ("zero_width",)]),
    st.booleans(),
)
def test_what_nobody_disputes_is_what_the_rules_say(
    told: list[Evidence], record: Record, warnings: tuple[str, ...], swapped: bool
) -> None:
    found = candidate("p1", 0.3, number(), *told)
    entity = replace(found, record=replace(found.record, kind=PartyKind.ENTITY))
    for one in (found, entity):
        case = case_of(record, [one], warnings=warnings, swapped=swapped)
        assert undisputed(case) in (None, ruled(case))


def test_a_number_with_its_name_is_undisputed_and_any_doubt_is_not() -> None:
    def is_plain(*candidates: Weighed, **more: object) -> bool:
        return undisputed(case_of(ASKED, candidates, **more)) is not None  # type: ignore[arg-type]

    assert is_plain(BY_NUMBER)
    assert is_plain(candidate("p1", 0.3, alike(), number(), HERE))
    assert not is_plain()
    assert not is_plain(MATCHED)
    assert not is_plain(BY_NUMBER, MATCHED)
    assert not is_plain(candidate("p1", 0.3, alike(0.3), number()))
    assert not is_plain(candidate("p1", 0.3, alike(), number(strong=False)))
    assert not is_plain(candidate("p1", 0.3, alike(), number(), number(agrees=False)))
    assert not is_plain(BY_NUMBER, invalid=["XI-LEI 1"])
    assert not is_plain(BY_NUMBER, nowhere=["ZQ"])
