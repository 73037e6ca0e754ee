"""Habits and turns: what supports a finding, told against whoever has the same without a hand."""

from __future__ import annotations

import numpy as np
import pytest

from clearance.campaigns.evidence import Int64
from clearance.campaigns.habits import at_once, much_for_its_plan, round_the_clock, turns
from clearance.campaigns.log_view import Requests
from clearance.campaigns.traits import Facts, Traits

DAY = 86_400_000_000
HOUR, MINUTE = DAY // 24, DAY // 1440


def requests(*times: Int64) -> Requests:
    start = np.concatenate(([0], np.cumsum([len(one) for one in times]))).astype(np.int64)
    return Requests(start, np.concatenate([np.sort(one) for one in times]).astype(np.int64))


def test_whoever_rests_at_some_hours_is_not_round_the_clock() -> None:
    rng = np.random.default_rng(3)
    always, office = rng.integers(0, 20 * DAY, 200), rng.integers(9 * HOUR, 17 * HOUR, 200)
    said = round_the_clock(requests(always, office + DAY * rng.integers(0, 20, 200), always[:20]))
    assert said.has.tolist() == [True, False, False]
    assert said.known.tolist() == [True, True, False]


def test_whoever_learns_comes_slowly_and_who_was_there_before_is_unknown() -> None:
    steady = np.linspace(5 * DAY, 20 * DAY, 200).astype(np.int64)
    learns = (5 * DAY + 15 * DAY * np.sqrt(np.linspace(0, 1, 200))).astype(np.int64)
    before = np.linspace(0, 20 * DAY, 200).astype(np.int64)
    said = at_once(requests(steady, learns, before))
    assert said.has.tolist() == [True, False, False]
    assert said.known.tolist() == [True, True, False]


def test_use_is_told_by_the_median_of_the_plan() -> None:
    plan = np.array([1] * 30 + [2] * 5 + [0])
    used = np.array([100] * 29 + [500] + [900] * 5 + [10_000])
    said = much_for_its_plan(plan, used)
    assert np.flatnonzero(said.has).tolist() == [29]
    assert said.known.sum() == 30


def rotation(rng: np.random.Generator) -> list[Int64]:
    """Jobs at any time, each to the account least recently used."""
    jobs = np.sort(rng.integers(0, 20 * DAY, 1200))
    return [jobs[one::30] for one in range(30)]


def chance(rng: np.random.Generator) -> list[Int64]:
    """Jobs at any time, each to any account."""
    jobs, who = rng.integers(0, 20 * DAY, 1200), rng.integers(0, 30, 1200)
    return [jobs[who == one] for one in range(30)]


def nightly(rng: np.random.Generator) -> list[Int64]:
    """Everybody once a night, in the same order."""
    return [np.arange(20) * DAY + one * MINUTE + rng.integers(0, MINUTE, 20) for one in range(30)]


@pytest.mark.parametrize(
    ("habit", "expected"), [(rotation, True), (chance, False), (nightly, False)]
)
def test_turns_are_told_from_chance_and_from_habit(habit: object, expected: bool) -> None:
    assert callable(habit)
    said = requests(*habit(np.random.default_rng(2)))
    observed, usual, sessions = turns(np.arange(30), said)
    assert sessions >= 500
    assert (observed >= 0.8) is expected
    nothing = np.zeros(30, np.int64)
    traits = Traits(Facts(nothing, nothing, nothing, nothing, nothing, nothing), said)
    found = {one.name: one for one in traits.of(np.arange(30))}["in turn"]
    assert (found.observed, found.expected, found.supports) == (observed, usual, expected)


def test_a_single_session_each_is_no_turn() -> None:
    said = requests(*(np.array([one * HOUR]) for one in range(6)))
    assert turns(np.arange(6), said) == (0.0, 1.0, 0)


def test_habits_are_told_against_others_and_not_against_the_members_themselves() -> None:
    rng = np.random.default_rng(5)
    awake = [rng.integers(0, 20 * DAY, 100) for _ in range(30)]
    office = [
        rng.integers(9 * HOUR, 17 * HOUR, 100) + DAY * rng.integers(0, 20, 100) for _ in range(10)
    ]
    nothing = np.zeros(40, np.int64)
    facts = Facts(nothing, nothing, nothing, nothing, nothing, nothing)
    traits = Traits(facts, requests(*awake, *office))
    found = {one.name: one for one in traits.of(np.arange(30))}["round the clock"]
    assert found.supports
    assert found.observed == 1.0
    assert found.expected < 0.01


@pytest.mark.parametrize("numbers", [(1, 2, 3), (3, 1, 2), (2, 3, 1)])
def test_of_values_that_as_many_members_have_the_most_usual_is_told(
    numbers: tuple[int, int, int],
) -> None:
    one, other, third = numbers
    network = np.array([one, other, third, other, other, one, 0, 0])
    blank = np.zeros(8, np.int64)
    traits = Traits(Facts(blank, blank, blank, network, blank, blank), requests(*[blank[:1]] * 8))
    (said,) = (t for t in traits.of(np.arange(3)) if t.name == "one network")
    assert (said.observed, said.expected) == (1 / 3, 3 / 8)
