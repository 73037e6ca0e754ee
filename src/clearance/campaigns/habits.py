"""What each actor is wont to do, and how a set of actors takes turns.

1. A habit is known of whoever has asked enough; of others it is unknown, and they count neither
   for nor against it in the rest of the log.
2. ``round the clock``: requests rest at no hour of the day. ``at full speed at once``: who came
   while the log ran asked as much in the first fifth of its time as later. ``much for its plan``:
   five times the tokens of the plan's median (requests, where tokens are not told).
3. Turns: a session of an actor before which about as many others had theirs as there are others.
   Whoever hands each job to the account least recently used makes nearly all sessions so. What
   comes back at the same time of day is a habit and no turn.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clearance.campaigns.evidence import Int64
from clearance.campaigns.log_view import Requests
from clearance.campaigns.sessions import DAY, PAUSE

Mask = NDArray[np.bool_]
HOUR = 3_600_000_000
EVEN = 0.9
"""Entropy over the hours, of the most there can be, from which on an actor rests at no hour."""

ENOUGH = 48
"""Requests from which on an actor's habits are known."""

_LATE, _SPAN, _FIRST, _STEADY = 3 * DAY, 5 * DAY, 0.2, 0.15
_HEAVY, _PLAN = 5.0, 20
_LONGEST, _NEAR = 50_000, 0.25


@dataclass(frozen=True, slots=True)
class Habit:
    """Which actors have it, and of which it is known."""

    name: str
    has: Mask
    known: Mask


def round_the_clock(requests: Requests) -> Habit:
    """Whoever rests at no hour of the day."""
    actors = len(requests.start) - 1
    size = np.diff(requests.start)
    owner = np.repeat(np.arange(actors), size)
    hour = (requests.time // HOUR) % 24
    table = np.bincount(owner * 24 + hour, minlength=actors * 24).reshape(actors, 24)
    share = table / np.maximum(size, 1)[:, None]
    entropy = -(share * np.log(np.where(share > 0, share, 1.0))).sum(axis=1) / np.log(24)
    known = size >= ENOUGH
    return Habit("round the clock", known & (entropy >= EVEN), known)


def at_once(requests: Requests) -> Habit:
    """Whoever came while the log ran and needed no time to learn."""
    size = np.diff(requests.start)
    nobody = np.zeros(len(size), np.bool_)
    if not len(requests.time):
        return Habit("at full speed at once", nobody, nobody)
    first = requests.time[np.minimum(requests.start[:-1], len(requests.time) - 1)]
    begin, end = int(requests.time.min()), int(requests.time.max())
    known = (size >= ENOUGH) & (first - begin >= _LATE) & (end - first >= _SPAN)
    until = first + ((end - first) * _FIRST).astype(np.int64)
    owner = np.repeat(np.arange(len(size)), size)
    early = np.bincount(owner[requests.time <= until[owner]], minlength=len(size))
    return Habit("at full speed at once", known & (early >= _STEADY * size), known)


def much_for_its_plan(plan: Int64, used: Int64) -> Habit:
    """Whoever uses five times what the plan's median does."""
    count = np.bincount(plan)
    known = (plan != 0) & (count[plan] >= _PLAN)
    median = np.zeros(len(count))
    for one in np.unique(plan[known]).tolist():
        median[one] = float(np.median(used[plan == one]))
    return Habit("much for its plan", known & (used >= _HEAVY * median[plan]), known)


def turns(members: Int64, requests: Requests) -> tuple[float, float, int]:
    """The part of sessions that come in turn, what chance makes of it, and how many there are.

    **Shape**: chance is that of sessions in random order, each actor as often as it is.
    """
    size = requests.start[members + 1] - requests.start[members]
    owner = np.repeat(np.arange(len(members)), size)
    at = requests.start[members][owner] + np.arange(len(owner)) - (np.cumsum(size) - size)[owner]
    time = requests.time[at]
    opens = np.ones(len(time), np.bool_)
    opens[1:] = (owner[1:] != owner[:-1]) | (time[1:] - time[:-1] >= PAUSE)
    order = np.argsort(time[opens], kind="stable")[:_LONGEST]
    turn = owner[opens][order]
    by_actor = np.argsort(turn, kind="stable")
    again = turn[by_actor][1:] == turn[by_actor][:-1]
    gap = (by_actor[1:] - by_actor[:-1])[again]
    if not len(gap):
        return 0.0, 1.0, 0
    began = time[opens][order][by_actor]
    daily = np.abs((began[1:] - began[:-1])[again] % DAY - DAY // 2) >= DAY // 2 - PAUSE
    low, high = len(members) * (1.0 - _NEAR), len(members) * (1.0 + _NEAR)
    share = np.bincount(turn, minlength=len(members)) / len(turn)
    chance = float((share * ((1.0 - share) ** low - (1.0 - share) ** high)).sum())
    return float(((gap >= low) & (gap <= high) & ~daily).mean()), chance, len(gap)
