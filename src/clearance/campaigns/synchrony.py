"""Do members act in the same moments more than their own habits explain?

1. Windows of ten seconds, one minute and ten minutes are tried; the best counts, its p times three.
2. Two nulls must both fail: each actor's own days dealt anew, and each session moved by a few
   windows. What every user of an application does at two in the night is as frequent under the
   first, what a class does in a lesson under the second; what one hand sets off is under neither.
   The weaker lift is told. Ten minutes are too long to tell a hand from a lesson: they support.
3. p is the upper tail of a negative binomial with the mean and the variance of the copies, the
   variance widened by half because few copies measure it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc
from scipy.stats import poisson

from clearance.campaigns.coincidences import ASIS, DAYS, NEAR, member_counts, pair_counts
from clearance.campaigns.evidence import Evidence, Int64, Kind
from clearance.campaigns.log_view import Requests
from clearance.campaigns.sessions import Frame, Int32, framed, sessions_of

SLOW = "10 min"
"""The window that supports a finding and never makes one."""

WINDOWS = (10_000_000, 60_000_000, 600_000_000)
FAST = 2
"""The windows that can make a finding; the one after them is told where these are empty."""
SEED = 20_260_105
_COPIES = (8, 40)
_OPEN = (1.1, 2.0)
"""Lifts between which few copies do not settle whether it counts."""

_ENOUGH, _LEAST_MEMBERS = 600_000, 200
_MEMBER_COPIES = 24
_WIDER = 1.5
_LEAST_EXPECTED = 0.5
_LEAST_P = 1e-300
Floats = NDArray[np.float64]


def tail(observed: Floats, mean: Floats, variance: Floats) -> Floats:
    """The chance of at least so many, given mean and variance of the count.

    >>> float(tail(np.array([0.0]), np.array([3.0]), np.array([4.0]))[0])
    1.0
    """
    mean = np.maximum(mean, _LEAST_EXPECTED)
    variance = variance * _WIDER
    spread = variance > mean * 1.0001
    size = np.where(spread, mean**2 / np.where(spread, variance - mean, 1.0), 1.0)
    k = np.maximum(observed, 1e-12)
    wide = betainc(k, size, mean / (mean + size))
    narrow = poisson.sf(observed - 1, mean)
    p: Floats = np.where(observed <= 0, 1.0, np.where(spread, wide, narrow))
    return np.clip(p, _LEAST_P, 1.0)


class Synchrony:
    """The requests of a log, ready for tests of many cohorts."""

    def __init__(self, requests: Requests) -> None:
        sessions = sessions_of(requests)
        self._frames = {window: framed(sessions, requests.time, window) for window in WINDOWS}
        self._size = np.diff(requests.start)
        self._most = max(frame.bins for frame in self._frames.values())
        self._rooms: list[Int32] = []

    @contextmanager
    def _room(self) -> Iterator[Int32]:
        """Zeros to count in; threads that weigh cohorts side by side have one each."""
        room = self._rooms.pop() if self._rooms else np.zeros((self._most, 2), np.int32)
        yield room
        self._rooms.append(room)

    def test(self, members: Int64) -> Evidence | None:
        """The best fast window, by the weaker of two nulls, or else the slow one; ``None`` where
        nobody ever meets."""
        members = self._sampled(members)
        fast = (self._window(members, window) for window in WINDOWS[:FAST])
        told = [one for one in fast if one is not None]
        if not told:
            slow = self._window(members, WINDOWS[FAST])
            return slow and replace(slow, p=min(1.0, slow.p * len(WINDOWS)))
        best = min(told, key=lambda one: (one.p, -one.lift))
        return replace(best, p=min(1.0, best.p * len(WINDOWS)))

    def _window(self, members: Int64, window: int) -> Evidence | None:
        """One window by the weaker null; the second is not asked where the first explains all."""
        frame = self._frames[window]
        with self._room() as room:
            observed = float(pair_counts(frame, members, ASIS, 1, SEED, room)[0])
        if not observed:
            return None
        days = self._against(frame, members, DAYS, observed, _told(window))
        if days.lift < _OPEN[0]:
            return days
        near = self._against(frame, members, NEAR, observed, _told(window))
        return min(days, near, key=lambda one: one.lift)

    def _against(
        self, frame: Frame, members: Int64, null: int, observed: float, detail: str
    ) -> Evidence:
        """Observed against one null; more copies where few leave it open."""
        for copies in _COPIES:
            with self._room() as room:
                drawn = pair_counts(frame, members, null, copies, SEED, room)
            mean, variance = float(drawn.mean()), float(drawn.var(ddof=1))
            p = float(tail(np.array([observed]), np.array([mean]), np.array([variance]))[0])
            lift = observed / max(mean, _LEAST_EXPECTED)
            if not _OPEN[0] <= lift <= _OPEN[1]:
                break
        return Evidence(Kind.SYNCHRONY, observed, mean, lift, p, detail=detail)

    def _sampled(self, members: Int64) -> Int64:
        """All members, or of a crowd as many as have enough requests, spread evenly."""
        step = int(np.ceil(self._size[members].sum() / _ENOUGH))
        return members[:: max(1, min(step, len(members) // _LEAST_MEMBERS))]

    def members(self, members: Int64, window: str) -> tuple[Floats, Floats]:
        """Each member's own p and lift at a window: the weaker of both nulls."""
        frame = next(one for at, one in self._frames.items() if _told(at) == window)
        p = np.zeros(len(members))
        lift = np.full(len(members), np.inf)
        for null in (DAYS, NEAR):
            with self._room() as room:
                said = member_counts(frame, members, null, _MEMBER_COPIES, SEED, room)
            observed, mean, variance = said
            p = np.maximum(p, tail(observed, mean, variance))
            lift = np.minimum(lift, observed / np.maximum(mean, _LEAST_EXPECTED))
        return p, lift


def _told(window: int) -> str:
    """A window as a reader knows it."""
    seconds = window // 1_000_000
    return f"{seconds} s" if seconds < 60 else f"{seconds // 60} min"
