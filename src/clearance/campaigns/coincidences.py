"""Counting how often different members act in the same moment, observed and under two nulls.

1. A moment is a bin of the window's length; a member counts once in it. The count is the number of
   pairs of members in the same bin, without the day that has most: no single day decides.
2. ``DAYS`` deals each actor's own days anew to its own sessions: habits of the hour stay. ``NEAR``
   moves each session by a few windows: events that draw many on one day stay.
3. Randomness is counted: from a seed, the actor and the copy, so that a cohort is shuffled alike
   whatever else is tested.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from clearance.campaigns.evidence import Int64
from clearance.campaigns.sessions import Frame, Int32

Floats = NDArray[np.float64]

ASIS, DAYS, NEAR = 0, 1, 2
REACH = 5
"""How many windows a session is moved by, at most, under ``NEAR``."""

_M1, _M2, _M3 = (
    np.uint64(0x9E3779B97F4A7C15),
    np.uint64(0xBF58476D1CE4E5B9),
    np.uint64(0x94D049BB133111EB),
)
_30, _27, _31, _33 = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(33)


@njit(inline="always")
def _drawn(seed: int, actor: int, copy: int, step: int, below: int) -> np.int64:
    """A counted random number from 0 to ``below``, which is not reached."""
    value = np.uint64(seed) * _M1 + np.uint64(actor)
    value = (value ^ (value >> _30)) * _M2 + np.uint64(copy)
    value = (value ^ (value >> _27)) * _M3 + np.uint64(step) * _M1
    value = (value ^ (value >> _30)) * _M2
    value = (value ^ (value >> _27)) * _M3
    return np.int64(((value ^ (value >> _31)) >> _33) * np.uint64(below) >> _31)


@njit(cache=True, nogil=True)
def moves(day: Int64, actor: int, null: int, copy: int, seed: int, out: Int64) -> None:
    """How far each session of one actor is moved under a null.

    Args:
        day: the day of each session.
        actor: its number, for the counted randomness.
        null: ``DAYS`` moves by days, ``NEAR`` by windows, ``ASIS`` not at all.
        copy: which copy.
        seed: of the run.
        out: at least as long as ``day``.
    """
    count = len(day)
    if null == DAYS:
        out[:count] = day
        for one in range(count - 1, 0, -1):
            other = _drawn(seed, actor, copy, one, one + 1)
            out[one], out[other] = out[other], out[one]
        for one in range(count):
            out[one] -= day[one]
        return
    for one in range(count):
        out[one] = 0
        if null == NEAR:
            out[one] = _drawn(seed, actor, copy, one, 2 * REACH + 1) - REACH


@njit(cache=True, nogil=True)
def _longest(frame: Frame, members: Int64) -> tuple[int, int]:
    """The most sessions of a member, and the bins of all."""
    most, total = 0, 0
    for member in members:
        first, last = frame.first[member], frame.first[member + 1]
        most = max(most, last - first)
        total += frame.opens[last] - frame.opens[first]
    return most, total


@njit(cache=True, nogil=True)
def _fill(
    frame: Frame, members: Int64, null: int, copy: int, seed: int, room: Int32
) -> tuple[Int64, int]:
    """Count members in each bin, in ``room[:, 0]``; ``room[:, 1]`` says who was there last.

    Returns:
        The bins that were touched, and how many they are.
    """
    most, total = _longest(frame, members)
    move = np.empty(most, np.int64)
    touched = np.empty(min(total, frame.bins), np.int64)
    unit = frame.per_day if null == DAYS else 1
    count = 0
    for place in range(len(members)):
        first, last = frame.first[members[place]], frame.first[members[place] + 1]
        moves(frame.day[first:last], members[place], null, copy, seed, move)
        for session in range(first, last):
            by = move[session - first] * unit
            for at in range(frame.opens[session], frame.opens[session + 1]):
                one = frame.bin[at] + by
                if one >= frame.bins or room[one, 1] == place + 1:
                    continue
                if room[one, 1] == 0:
                    touched[count] = one
                    count += 1
                room[one, 1] = place + 1
                room[one, 0] += 1
    return touched, count


@njit(cache=True, nogil=True)
def _emptied(room: Int32, touched: Int64, count: int, per_day: int) -> float:
    """The pairs that share a bin, but for the day with most of them; the room is zeros again."""
    pairs = np.zeros(len(room) // per_day + 1)
    for at in range(count):
        one = touched[at]
        here = np.int64(room[one, 0])
        pairs[one // per_day] += here * (here - 1) // 2
        room[one, 0] = 0
        room[one, 1] = 0
    return float(pairs.sum() - pairs.max())


@njit(cache=True, nogil=True)
def pair_counts(
    frame: Frame, members: Int64, null: int, copies: int, seed: int, room: Int32
) -> Floats:
    """Pairs of members in the same bin, one number a copy.

    Args:
        frame: everybody's sessions in bins.
        members: the cohort.
        null: which null the copies are drawn from; ``ASIS`` needs one copy.
        copies: how many.
        seed: of the run.
        room: bins × 2 of zeros to work in; they are zeros again afterwards.

    **Cost**: some 15 ns a bin and copy, on one core.
    """
    found = np.zeros(copies)
    for copy in range(copies):
        touched, count = _fill(frame, members, null, copy, seed, room)
        found[copy] = _emptied(room, touched, count, frame.per_day)
    return found


@njit(cache=True, nogil=True)
def _met(
    frame: Frame, first: int, last: int, move: Int64, unit: int, stamp: int, room: Int32
) -> int:
    """How many others are where one member is; a bin counts once, which ``stamp`` marks."""
    met = 0
    for session in range(first, last):
        by = move[session - first] * unit
        for at in range(frame.opens[session], frame.opens[session + 1]):
            one = frame.bin[at] + by
            if one < frame.bins and room[one, 1] != stamp:
                room[one, 1] = stamp
                met += room[one, 0]
    return met


@njit(cache=True, nogil=True)
def _leave(frame: Frame, first: int, last: int, by: int, stamp: int, room: Int32) -> None:
    """Take one member out of the room, or put it back."""
    for at in range(frame.opens[first], frame.opens[last]):
        one = frame.bin[at]
        if room[one, 1] != stamp:
            room[one, 1] = stamp
            room[one, 0] += by


@njit(cache=True, nogil=True)
def member_counts(
    frame: Frame, members: Int64, null: int, copies: int, seed: int, room: Int32
) -> tuple[Floats, Floats, Floats]:
    """How often each member meets others: observed, and the mean and variance under a null that
    moves this member alone while the others stay as they are."""
    observed = np.zeros(len(members))
    mean = np.zeros(len(members))
    variance = np.zeros(len(members))
    unit = frame.per_day if null == DAYS else 1
    _fill(frame, members, ASIS, 0, seed, room)
    stamp = len(members)
    move = np.zeros(_longest(frame, members)[0], np.int64)
    for place in range(len(members)):
        first, last = frame.first[members[place]], frame.first[members[place] + 1]
        day = frame.day[first:last]
        _leave(frame, first, last, -1, stamp + 1, room)
        moves(day, members[place], ASIS, 0, seed, move)
        observed[place] = _met(frame, first, last, move, unit, stamp + 2, room)
        stamp += 3
        total, squares = 0.0, 0.0
        for copy in range(copies):
            moves(day, members[place], null, copy, seed, move)
            met = float(_met(frame, first, last, move, unit, stamp + copy, room))
            total += met
            squares += met * met
        stamp += copies
        _leave(frame, first, last, 1, stamp, room)
        mean[place] = total / copies
        variance[place] = max(0.0, squares / copies - mean[place] ** 2)
    room[:] = 0
    return observed, mean, variance
