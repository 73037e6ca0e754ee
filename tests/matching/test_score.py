"""Margins, calibration and the scorer: probabilities that mean what they say."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from numpy.typing import NDArray

from clearance.adapters.matching.models import shipped_models
from clearance.matching.calibration import calibrate
from clearance.matching.case import Limits
from clearance.matching.compare.pairs import pair
from clearance.matching.compare.sides import side
from clearance.matching.features import FEATURES, features
from clearance.matching.logistic import fit
from clearance.matching.rarity import rarity
from clearance.matching.score import Scorer
from clearance.matching.text.form import name_form
from clearance.matching.trees import Trees
from clearance.model.party import LEI, Identifier, PartyKind
from clearance.model.record import Record

Floats = NDArray[np.float64]
SCORER = Scorer(shipped_models(), lambda _word: 0, 0)
ASKED = Record("q", ("Talomi Optics Ltd",), countries=("XA",))


def chance(query: Record, candidate: Record) -> float:
    return SCORER.score(side(query), [side(candidate)])[0].probability


def named(name: str, country: str = "XA", kind: PartyKind = PartyKind.ENTITY) -> Record:
    return Record("c", (name,), kind, (country,))


ORDER = [
    ("its own name before half of it", "Talomi Optics Ltd", "Talomi Ltd"),
    ("a slip before another firm", "Talomi Otpics Ltd", "Brevka Foods Ltd"),
    ("another form of writing before another word", "TALOMI OPTICS LIMITED", "Talomi Foods Ltd"),
    ("the name before another number", "Talomi Optics Ltd", "Talomi Optics 2 Ltd"),
]


@pytest.mark.parametrize(("what", "better", "worse"), ORDER)
def test_the_better_name_is_the_likelier(what: str, better: str, worse: str) -> None:
    assert chance(ASKED, named(better)) > chance(ASKED, named(worse)), what


def test_a_slip_makes_nothing_likelier() -> None:
    assert chance(ASKED, named("Talomi Optics Ltd")) >= chance(ASKED, named("Talomi Otpics Ltd"))


def test_another_number_is_another_fund() -> None:
    asked = named("Talomi Income Fund II")
    assert chance(asked, named("Talomi Income Fund III")) < Limits().match
    assert chance(asked, named("Talomi Income Fund 2")) > Limits().match


def test_a_namesake_beside_it_makes_a_candidate_less_likely() -> None:
    alone = SCORER.score(side(ASKED), [side(ASKED)])[0].probability
    twins = SCORER.score(side(ASKED), [side(ASKED), side(ASKED)])
    assert twins[0].probability == twins[1].probability < alone


def test_the_order_of_candidates_changes_nothing() -> None:
    names = ("Talomi Optics", "Talomi Foods Ltd", "Optics Talomi Ltd", "Brevka")
    sides = [side(named(name)) for name in names]
    ahead = {one.name: one.probability for one in SCORER.score(side(ASKED), sides)}
    behind = {one.name: one.probability for one in SCORER.score(side(ASKED), sides[::-1])}
    assert ahead == behind


def test_nobody_among_no_candidates() -> None:
    assert SCORER.score(side(ASKED), []) == []


def test_persons_and_entities_stand_beside_each_other() -> None:
    sides = [side(named("Vera Talomi", kind=kind)) for kind in (PartyKind.PERSON, PartyKind.ENTITY)]
    both = SCORER.score(side(Record("q", ("Vera Talomi",))), sides)
    assert all(0.0 < one.probability < 1.0 for one in both)


def test_facts_beside_the_name_move_the_probability() -> None:
    number = (Identifier(LEI, "213800WAVVOPS85N2205"),)
    other = (Identifier(LEI, "529900T8BM49AURSDO55"),)
    asked = Record("q", ("Talomi Otpics",), identifiers=number)
    same, nothing, differs = (
        Record("c", ("Talomi Optics",), identifiers=numbers) for numbers in (number, (), other)
    )
    assert chance(asked, same) > chance(asked, nothing) > chance(asked, differs)
    assert chance(asked, same) > 0.99


NAMES = st.text(max_size=60) | st.text("اأبتдолыαβγ東京가나กข 12.,-", max_size=30)


@given(NAMES, NAMES)
def test_any_two_names_have_a_probability_and_evidence(query: str, candidate: str) -> None:
    (found,) = SCORER.score(side(named(query)), [side(named(candidate))])
    assert 0.0 <= found.probability <= 1.0
    assert all(one.text for one in SCORER.evidence(found))
    row = features([pair(side(named(query)), side(named(candidate)), rarity(lambda _: 0, 0, {}))])
    assert row.shape == (1, len(FEATURES))
    assert np.isfinite(row).all()


SHORT = st.lists(
    st.sampled_from(["Talomi", "Talomi Optics", "Talomi 2", "Brevka AG", ""]), max_size=6
)
ASKED_FOR = st.lists(
    st.tuples(st.sampled_from(["Talomi", "Brevka", "Optics Talomi"]), SHORT), max_size=4
)


@given(ASKED_FOR)
def test_who_is_asked_together_is_answered_as_alone(asked: list[tuple[str, list[str]]]) -> None:
    sides = [(side(named(one)), [side(named(name)) for name in names]) for one, names in asked]
    together = SCORER.score_all(sides)
    alone = [SCORER.score(query, candidates) for query, candidates in sides]
    assert together == alone


@given(SHORT)
def test_rivals_are_counted_as_by_hand(names: list[str]) -> None:
    pairs = [pair(side(ASKED), side(named(one)), rarity(lambda _: 0, 0, {})) for one in names]
    rows = features(pairs)
    close = rows[:, FEATURES.index("closeness")].tolist()
    for at, row in enumerate(rows):
        seen = dict(zip(FEATURES, row.tolist(), strict=True))
        others = close[:at] + close[at + 1 :]
        assert seen["gap"] == close[at] - max(others, default=0.0)
        assert seen["closer"] == sum(one > close[at] for one in others)
        assert seen["as_close"] == sum(abs(one - close[at]) < 0.03 for one in others)


@given(NAMES, st.sampled_from([PartyKind.ENTITY, PartyKind.PERSON]))
def test_a_name_read_once_is_weighed_as_one_read_twice(name: str, kind: PartyKind) -> None:
    record = named(name, kind=kind)
    once, apart = side(record), side(record, [name_form(name, kind)])
    shared, read = (SCORER.score(once, [one])[0] for one in (once, apart))
    assert shared.probability == read.probability
    assert SCORER.evidence(shared) == SCORER.evidence(read)


TREES = Trees(
    feature=np.array([0, 1], np.int32),
    threshold=np.array([0.5, 2.0]),
    left=np.array([-1, -3], np.int32),
    right=np.array([1, -2], np.int32),
    value=np.array([-1.0, 4.0, 2.0]),
    roots=np.array([0, -1], np.int32),
)


def test_a_row_walks_down_every_tree_and_what_it_finds_is_added() -> None:
    rows = np.array([[0.5, 9.0], [0.6, 2.0], [0.6, 2.1]])
    assert TREES.margins(rows).tolist() == [-2.0, 1.0, 3.0]


@given(arrays.arrays(np.float64, st.integers(1, 300), elements=st.floats(-5, 5)))
def test_a_calibration_never_falls_and_is_never_certain(margins: Floats) -> None:
    matches = margins + np.linspace(-2, 2, len(margins)) > 0
    line = calibrate(margins, matches)
    said = line.probabilities(np.sort(margins))
    assert (np.diff(said) >= -1e-12).all()
    assert (said > 0.0).all()
    assert (said < 1.0).all()


def test_a_calibration_says_what_was_seen() -> None:
    rng = np.random.default_rng(1)
    margins = rng.normal(size=20_000)
    matches = rng.random(20_000) < 1 / (1 + np.exp(-3 * margins))
    said = calibrate(margins, matches).probabilities(np.array([-1.0, 0.0, 1.0]))
    assert said == pytest.approx(1 / (1 + np.exp(-3 * np.array([-1.0, 0.0, 1.0]))), abs=0.04)


def test_the_logistic_model_finds_the_weights_that_made_the_answers() -> None:
    rng = np.random.default_rng(2)
    rows = np.column_stack([rng.normal(size=(20_000, 2)), np.ones(20_000)])
    margins = 2 * rows[:, 0] - rows[:, 1] + 0.5
    model = fit(rows, rng.random(20_000) < 1 / (1 + np.exp(-margins)))
    assert model.margins(rows[:50]) == pytest.approx(margins[:50], abs=0.25)
    assert model.weight[2] == 0.0
