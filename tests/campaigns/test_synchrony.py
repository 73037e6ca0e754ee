"""Synchrony: what one hand sets off is told from habit, lessons and releases."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.reference import coincidences as slow

from clearance.campaigns.coincidences import ASIS, DAY, DAYS, NEAR, pair_counts, shuffled
from clearance.campaigns.evidence import Evidence, Kind
from clearance.campaigns.log_view import Requests
from clearance.campaigns.synchrony import Synchrony, tail
from clearance.campaigns.verdict import FALSE_DISCOVERY, THRESHOLDS

HOUR, SECOND = 3_600_000_000, 1_000_000
TIMES = st.lists(st.integers(0, 6 * DAY - 1), min_size=1, max_size=30).map(sorted)


def requests(times: list[list[int]]) -> Requests:
    start = np.concatenate(([0], np.cumsum([len(one) for one in times]))).astype(np.int64)
    return Requests(start, np.array([each for one in times for each in sorted(one)], np.int64))


def judged(times: list[list[int]]) -> Evidence | None:
    return Synchrony(requests(times)).test(np.arange(len(times)))


@given(st.lists(TIMES, min_size=1, max_size=6), st.sampled_from([10, 60, 600]))
def test_pairs_are_counted_as_pair_by_pair(times: list[list[int]], seconds: int) -> None:
    said = requests(times)
    window = seconds * SECOND
    frame = (-DAY, window, 8 * DAY // window)
    rooms = np.zeros((2, 2, frame[2]), np.int32)
    members = np.arange(len(times))
    for _ in range(2):  # the rooms are clean after the first
        found = pair_counts(said.start, said.time, members, frame, ASIS, 1, 0, rooms)
        assert found.tolist() == [slow.pairs(times, -DAY, window)]
    assert not rooms.any()


@given(TIMES, st.integers(0, 2**31))
def test_dealing_days_keeps_days_and_hours(times: list[int], seed: int) -> None:
    given_times, out = np.array(times, np.int64), np.empty(len(times), np.int64)
    shuffled(given_times, 3, DAYS, 0, 1, seed, out)
    assert Counter((out % DAY).tolist()) == Counter((given_times % DAY).tolist())
    firsts = [at for at in range(len(times)) if at == 0 or times[at] - times[at - 1] >= HOUR // 2]
    assert Counter((out // DAY)[firsts].tolist()) == Counter((given_times // DAY)[firsts].tolist())


@given(TIMES, st.integers(0, 2**31))
def test_moving_near_moves_nobody_farther_than_asked(times: list[int], seed: int) -> None:
    given_times, out = np.array(times, np.int64), np.empty(len(times), np.int64)
    shuffled(given_times, 3, NEAR, 50 * SECOND, 1, seed, out)
    assert (np.abs(out - given_times) <= 50 * SECOND).all()


def counted(said: Evidence | None) -> bool:
    return (
        said is not None
        and said.detail != "10 min"
        and said.p <= FALSE_DISCOVERY
        and said.lift >= THRESHOLDS[Kind.SYNCHRONY].lift
    )


def bursts(rng: np.random.Generator) -> list[list[int]]:
    """Jobs at any time, each given to fifteen of thirty within seconds."""
    times: list[list[int]] = [[] for _ in range(30)]
    for began in rng.integers(0, 28 * DAY, 150).tolist():
        for one in rng.choice(30, 15, replace=False).tolist():
            times[one].append(began + int(rng.exponential(3 * SECOND)))
    return times


def alone(rng: np.random.Generator) -> list[list[int]]:
    """Everybody at any time."""
    return [rng.integers(0, 28 * DAY, 150).tolist() for _ in range(30)]


def nightly(rng: np.random.Generator) -> list[list[int]]:
    """A batch at two in the night, most nights, the same for all."""
    nights = [np.flatnonzero(rng.random(28) < 0.8) for _ in range(30)]
    return [
        (one * DAY + 2 * HOUR + rng.integers(0, 9, len(one)) * SECOND).tolist() for one in nights
    ]


def lesson(rng: np.random.Generator) -> list[list[int]]:
    """Three lessons of ninety minutes, each on its day, at different hours."""
    began = [(2, 8), (4, 14), (9, 10)]
    return [
        [
            day * DAY + hour * HOUR + int(rng.integers(0, 3 * HOUR // 2))
            for day, hour in began
            for _ in range(4)
        ]
        for _ in range(30)
    ]


def release(rng: np.random.Generator) -> list[list[int]]:
    """Everybody tries the same at the same minute of one day, and lives besides."""
    return [
        [*rng.integers(0, 28 * DAY, 60).tolist(), 14 * DAY + int(rng.integers(0, 30)) * SECOND]
        for _ in range(30)
    ]


@pytest.mark.parametrize(
    ("habit", "expected"),
    [(bursts, True), (alone, False), (nightly, False), (lesson, False), (release, False)],
)
@pytest.mark.parametrize("seed", range(3))
def test_one_hand_is_told_from_habits(habit: object, expected: bool, seed: int) -> None:
    assert callable(habit)
    assert counted(judged(habit(np.random.default_rng(seed)))) is expected


def test_p_is_uniform_or_larger_where_nobody_coordinates() -> None:
    rng = np.random.default_rng(5)
    p = [said.p for _ in range(40) if (said := judged(alone(rng))) is not None]
    assert sum(one <= 0.05 for one in p) <= 6


@given(st.floats(0.5, 1e4), st.floats(0.1, 1e5), st.integers(0, 1000))
def test_the_tail_is_a_probability_and_falls(mean: float, variance: float, count: int) -> None:
    found = tail(
        np.array([count, count + 1.0]), np.array([mean, mean]), np.array([variance, variance])
    )
    assert 0.0 < found[1] <= found[0] + 1e-12 <= 1.0 + 1e-12
