"""Counting how often different members act in the same moment, observed and under two nulls.

1. A moment is a bin of the window's length; a member counts once in it. The count is the number of
   pairs of members in the same bin, without the day that has most: no single day decides.
2. A session is what one actor does with pauses of less than half an hour. Nulls move whole
   sessions, so that what belongs together stays together.
3. ``DAYS`` deals each actor's own days anew to its own sessions: habits of the hour stay. ``HOURS``
   moves each session by up to half an hour: events that draw many on one day stay.
4. Randomness is counted: from a seed, the actor and the copy, so that a cohort is shuffled alike
   whatever else is tested.
"""

from __future__ import annotations

import numpy as np
from numba import njit, prange
from numpy.typing import NDArray

Int64 = NDArray[np.int64]
Int32 = NDArray[np.int32]
Floats = NDArray[np.float64]

ASIS, DAYS, NEAR = 0, 1, 2
DAY = 86_400_000_000
PAUSE = 30 * 60_000_000
REACH = 5
"""How many windows a session is moved by, at most, under ``NEAR``."""

_M1, _M2, _M3 = (
    np.uint64(0x9E3779B97F4A7C15),
    np.uint64(0xBF58476D1CE4E5B9),
    np.uint64(0x94D049BB133111EB),
)
_30, _27, _31 = np.uint64(30), np.uint64(27), np.uint64(31)


@njit(inline="always")
def _drawn(seed: int, actor: int, copy: int, step: int) -> np.int64:
    """A counted random number from 0 to 2**62."""
    value = np.uint64(seed) * _M1 + np.uint64(actor)
    value = (value ^ (value >> _30)) * _M2 + np.uint64(copy)
    value = (value ^ (value >> _27)) * _M3 + np.uint64(step) * _M1
    value = (value ^ (value >> _30)) * _M2
    value = (value ^ (value >> _27)) * _M3
    return np.int64((value ^ (value >> _31)) >> np.uint64(2))


@njit(cache=True, nogil=True)
def shuffled(
    time: Int64, actor: int, null: int, reach: int, copy: int, seed: int, out: Int64
) -> None:
    """One actor's requests under a null.

    Args:
        time: ascending times of one actor.
        actor: its number, for the counted randomness.
        null: ``ASIS``, ``DAYS`` or ``NEAR``.
        reach: how far ``NEAR`` moves a session.
        copy: which copy.
        seed: of the run.
        out: as long as ``time``.
    """
    count = len(time)
    if null == ASIS:
        out[:] = time
        return
    sessions = 0
    opens = np.empty(count, np.int64)
    for at in range(count):
        if at == 0 or time[at] - time[at - 1] >= PAUSE:
            opens[sessions] = at
            sessions += 1
    day = np.empty(sessions, np.int64)
    for one in range(sessions):
        day[one] = time[opens[one]] // DAY
    if null == DAYS:
        for one in range(sessions - 1, 0, -1):
            other = _drawn(seed, actor, copy, one) % (one + 1)
            day[one], day[other] = day[other], day[one]
    for one in range(sessions):
        first = opens[one]
        last = opens[one + 1] if one + 1 < sessions else count
        if null == DAYS:
            move = (day[one] - time[first] // DAY) * DAY
        else:
            move = _drawn(seed, actor, copy, one) % (2 * reach) - reach
        for at in range(first, last):
            out[at] = time[at] + move


@njit(cache=True, nogil=True)
def _fill(
    start: Int64,
    time: Int64,
    members: Int64,
    frame: tuple[int, int, int],
    null: int,
    copy: int,
    seed: int,
    room: Int32,
) -> tuple[float, Int64, int]:
    """Count members in each bin, in ``room[0]``; ``room[1]`` says who was there last.

    Returns:
        The pairs that share a bin, but for the day with most of them; the bins that were touched
        and how many they are, for whoever cleans up.
    """
    origin, window, bins = frame
    present, owner = room[0], room[1]
    most, total = 0, 0
    for member in members:
        most = max(most, start[member + 1] - start[member])
        total += start[member + 1] - start[member]
    moves = np.empty(most, np.int64)
    touched = np.empty(min(total, bins), np.int64)
    count = 0
    pairs = np.zeros(bins * window // DAY + 1)
    for place in range(len(members)):
        member = members[place]
        own = time[start[member] : start[member + 1]]
        moved = moves[: len(own)]
        shuffled(own, member, null, REACH * window, copy, seed, moved)
        for at in range(len(own)):
            one = (moved[at] - origin) // window
            if one < 0 or one >= bins or owner[one] == place + 1:
                continue
            if owner[one] == 0:
                touched[count] = one
                count += 1
            owner[one] = place + 1
            pairs[one * window // DAY] += present[one]
            present[one] += 1
    return pairs.sum() - pairs.max(), touched, count


@njit(cache=True, nogil=True)
def _clean(room: Int32, touched: Int64, count: int) -> None:
    for at in range(count):
        room[0, touched[at]] = 0
        room[1, touched[at]] = 0


@njit(cache=True, nogil=True, parallel=True)
def pair_counts(
    start: Int64,
    time: Int64,
    members: Int64,
    frame: tuple[int, int, int],
    null: int,
    copies: int,
    seed: int,
    rooms: Int32,
) -> Floats:
    """Pairs of members in the same bin, one number a copy.

    Args:
        start: where each actor's requests begin.
        time: all requests.
        members: the cohort.
        frame: the first moment, the window and how many bins there are.
        null: which null the copies are drawn from; ``ASIS`` needs one copy.
        copies: how many.
        seed: of the run.
        rooms: lanes × 2 × bins of zeros to work in; they are zeros again afterwards.
    """
    found = np.zeros(copies)
    lanes = len(rooms)
    for lane in prange(lanes):
        for copy in range(lane, copies, lanes):
            said = _fill(start, time, members, frame, null, copy, seed, rooms[lane])
            found[copy] = said[0]
            _clean(rooms[lane], said[1], said[2])
    return found


@njit(cache=True, nogil=True, parallel=True)
def member_counts(
    start: Int64,
    time: Int64,
    members: Int64,
    frame: tuple[int, int, int],
    null: int,
    copies: int,
    seed: int,
    rooms: Int32,
) -> tuple[Floats, Floats, Floats]:
    """How often each member meets others: observed, and the mean and variance under a null that
    shuffles this member alone while the others stay as they are."""
    origin, window, bins = frame
    _, touched, count = _fill(start, time, members, frame, ASIS, 0, seed, rooms[0])
    present = rooms[0, 0]
    observed = np.zeros(len(members))
    mean = np.zeros(len(members))
    variance = np.zeros(len(members))
    for place in prange(len(members)):
        member = members[place]
        own = time[start[member] : start[member + 1]]
        moved = np.empty(len(own), np.int64)
        here = np.empty(len(own), np.int64)
        for at in range(len(own)):
            here[at] = (own[at] - origin) // window
        total, squares = 0.0, 0.0
        for copy in range(copies + 1):
            which = ASIS if copy == copies else null
            shuffled(own, member, which, REACH * window, copy, seed, moved)
            for at in range(len(own)):
                moved[at] = (moved[at] - origin) // window
            moved.sort()
            met, last = 0.0, np.int64(-1)
            for one in moved:
                if one != last and one >= 0 and one < bins:
                    among = np.searchsorted(here, one)
                    mine = 1 if among < len(here) and here[among] == one else 0
                    met += present[one] - mine
                last = one
            if copy == copies:
                observed[place] = met
            else:
                total += met
                squares += met * met
        mean[place] = total / copies
        variance[place] = max(0.0, squares / copies - mean[place] ** 2)
    _clean(rooms[0], touched, count)
    return observed, mean, variance
