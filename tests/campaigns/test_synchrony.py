"""Synchrony: what one hand sets off is told from habit, lessons and releases."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.reference import coincidences as slow

from clearance.campaigns.coincidences import (
    ASIS,
    DAYS,
    NEAR,
    REACH,
    member_counts,
    moves,
    pair_counts,
)
from clearance.campaigns.evidence import Evidence, Kind
from clearance.campaigns.log_view import Requests
from clearance.campaigns.permuted import permuted_requests
from clearance.campaigns.sessions import DAY, framed, sessions_of
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
    frame = framed(sessions_of(said), said.time, seconds * SECOND)
    room = np.zeros((frame.bins, 2), np.int32)
    members = np.arange(len(times))
    for _ in range(2):  # the room is clean after the first
        found = pair_counts(frame, members, ASIS, 1, 0, room)
        assert found.tolist() == [slow.pairs(times, -DAY, seconds * SECOND)]
    assert not room.any()


@given(st.lists(TIMES, min_size=1, max_size=6), st.sampled_from([10, 60]))
def test_members_meet_as_counted_pair_by_pair(times: list[list[int]], seconds: int) -> None:
    said = requests(times)
    frame = framed(sessions_of(said), said.time, seconds * SECOND)
    room = np.zeros((frame.bins, 2), np.int32)
    observed, mean, variance = member_counts(frame, np.arange(len(times)), ASIS, 3, 0, room)
    assert observed.tolist() == slow.meetings(times, seconds * SECOND)
    assert mean.tolist() == observed.tolist()
    assert not variance.any()
    assert not room.any()


@given(TIMES)
def test_a_session_is_what_has_no_pause_of_half_an_hour(times: list[int]) -> None:
    said = sessions_of(requests([times, times]))
    firsts = [at for at in range(len(times)) if at == 0 or times[at] - times[at - 1] >= HOUR // 2]
    assert said.opens[:-1].tolist() == firsts + [len(times) + at for at in firsts]
    assert said.first.tolist() == [0, len(firsts), 2 * len(firsts)]
    assert (said.day + said.origin // DAY).tolist() == [times[at] // DAY for at in firsts] * 2


@given(TIMES, st.integers(0, 2**31))
def test_dealing_days_keeps_days_and_hours(times: list[int], seed: int) -> None:
    given_days = sessions_of(requests([times])).day
    move = np.zeros(len(given_days), np.int64)
    moves(given_days, 3, DAYS, 1, seed, move)
    assert sorted((given_days + move).tolist()) == sorted(given_days.tolist())


@given(TIMES, st.integers(0, 2**31))
def test_moving_near_moves_nobody_farther_than_asked(times: list[int], seed: int) -> None:
    given_days = sessions_of(requests([times])).day
    move = np.full(len(given_days), 99, np.int64)
    moves(given_days, 3, NEAR, 1, seed, move)
    assert (np.abs(move) <= REACH).all()


def test_every_move_is_as_likely_as_the_others() -> None:
    move = np.zeros(22_000, np.int64)
    moves(move.copy(), 3, NEAR, 1, 5, move)
    assert (np.abs(np.bincount(move + REACH, minlength=2 * REACH + 1) - 2_000) < 250).all()


@pytest.mark.parametrize("seed", range(3))
def test_copies_of_a_log_keep_everybodys_days_and_hours(seed: int) -> None:
    said = requests(bursts(np.random.default_rng(seed)))
    dealt = permuted_requests(said, seed)
    for actor in range(30):
        own = slice(said.start[actor], said.start[actor + 1])
        assert (np.diff(dealt.time[own]) >= 0).all()
        assert sorted(dealt.time[own] % DAY) == sorted(said.time[own] % DAY)
    assert not np.array_equal(dealt.time, said.time)


@pytest.mark.parametrize("days", [4, 12, 30])
def test_a_robot_that_never_pauses_meets_everybody_and_makes_no_finding(days: int) -> None:
    robot = list(range(0, days * DAY, HOUR // 4))
    said = judged([robot, [0, 3 * DAY, 5 * DAY], [5, 2 * DAY, 9 * DAY]])
    assert said is not None
    assert not counted(said)


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
