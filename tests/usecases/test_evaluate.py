"""Figures of answers that are known to be right or wrong, against sums done by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearance.usecases.evaluate import (
    Outcomes,
    best_f1,
    calibration,
    calibration_error,
    curve,
    error_by_chance,
    measured,
    recall_at,
    slices,
)

Answer = tuple[float, bool, bool]


def outcomes(*answers: Answer) -> Outcomes:
    chance, right, present = zip(*answers, strict=True) if answers else ((), (), ())
    return Outcomes(np.array(chance, float), np.array(right, bool), np.array(present, bool))


FOUR = outcomes((0.9, True, True), (0.8, False, False), (0.7, True, True), (0.2, False, True))


def test_precision_and_recall_at_every_threshold() -> None:
    line = curve(FOUR)
    assert line.threshold.tolist() == [0.9, 0.8, 0.7, 0.2]
    assert line.precision == pytest.approx([1, 1 / 2, 2 / 3, 1 / 2])
    assert line.recall == pytest.approx([1 / 3, 1 / 3, 2 / 3, 2 / 3])


def test_the_best_f1_and_the_recall_at_a_precision() -> None:
    assert best_f1(FOUR) == pytest.approx(2 / 3)
    assert recall_at(0.95)(FOUR) == pytest.approx(1 / 3)
    assert recall_at(0.6)(FOUR) == pytest.approx(2 / 3)


def test_equal_probabilities_are_one_threshold() -> None:
    even = outcomes((0.9, True, True), (0.9, False, False))
    assert curve(even).precision.tolist() == [0.5]
    assert recall_at(0.95)(even) == 0.0


def test_who_found_no_candidate_is_no_answer() -> None:
    silent = outcomes((0.9, True, True), (0.0, False, True), (0.0, False, False))
    assert curve(silent).recall.tolist() == [0.5]


def test_nothing_asked_has_no_figures() -> None:
    assert best_f1(outcomes()) == recall_at(0.9)(outcomes()) == calibration_error(outcomes()) == 0.0


def test_calibration_error_is_what_was_said_less_what_was_seen() -> None:
    honest = outcomes(*[(0.75, at < 75, True) for at in range(100)])
    vain = outcomes(*[(0.95, at < 75, True) for at in range(100)])
    assert calibration_error(honest) == pytest.approx(0.0)
    assert calibration_error(vain) == pytest.approx(0.2)
    assert [(step.questions, step.seen) for step in calibration(vain)] == [(100, 0.75)]


@pytest.mark.parametrize(("said", "questions", "expected"), [
    (1.0, 50, 0.0), (0.0, 50, 0.0), (0.5, 100, 0.098), (0.5, 400, 0.049), (0.9, 1000, 0.0186),
])  # fmt: skip
def test_true_probabilities_show_an_error_that_shrinks_with_the_questions(
    said: float, questions: int, expected: float
) -> None:
    """1.96 standard errors of a share, as all stand in one step."""
    even = outcomes(*[(said, True, True)] * questions)
    assert error_by_chance(even) == pytest.approx(expected, rel=0.2)


ANSWERS = st.lists(
    st.tuples(st.floats(0, 1), st.booleans(), st.booleans()).map(
        lambda one: (one[0], one[1] and one[2], one[2])
    ),
    min_size=1,
    max_size=60,
)


@given(ANSWERS)
def test_figures_lie_between_nothing_and_all_and_do_not_depend_on_the_order(
    answers: list[Answer],
) -> None:
    found, turned = outcomes(*answers), outcomes(*answers[::-1])
    for figure in (best_f1, recall_at(0.95), calibration_error):
        assert 0.0 <= figure(found) <= 1.0
        assert figure(found) == pytest.approx(figure(turned))


def test_an_interval_holds_the_figure_and_the_same_seed_gives_the_same_interval() -> None:
    many = outcomes(*[(at / 100, at > 40, True) for at in range(100)])
    found = measured(best_f1, many, 7)
    assert found.low <= found.value <= found.high
    assert measured(best_f1, many, 7) == found
    assert measured(best_f1, many, 8) != found


def test_slices_are_all_and_each_label() -> None:
    found = slices(FOUR, [("a", "b"), ("a",), ("b",), ()])
    assert [(one.name, one.questions) for one in found] == [("all", 4), ("a", 2), ("b", 2)]
    assert found[2].f1.value == pytest.approx(1.0)
