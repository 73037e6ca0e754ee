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

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc
from scipy.stats import poisson

from clearance.campaigns.coincidences import (
    ASIS,
    DAY,
    DAYS,
    NEAR,
    member_counts,
    pair_counts,
)
from clearance.campaigns.evidence import Evidence, Int64, Kind
from clearance.campaigns.log_view import Requests

SLOW = "10 min"
"""The window that supports a finding and never makes one."""

WINDOWS = (10_000_000, 60_000_000, 600_000_000)
SEED = 20_260_105
_COPIES = (8, 40)
_OPEN = (1.1, 2.0)
"""Lifts between which few copies do not settle whether it counts."""

LANES = 2
"""Copies that are counted at a time."""

_ENOUGH, _LEAST_MEMBERS = 600_000, 200
_MEMBER_COPIES = 24
_WIDER = 1.5
_LEAST_EXPECTED = 0.5
_LEAST_P = 1e-300
Floats = NDArray[np.float64]
Said = tuple[Int64, Int64, Int64, tuple[int, int, int]]


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


def _frame(requests: Requests, window: int) -> tuple[int, int, int]:
    """First moment, window and number of bins, with a day to spare on both sides."""
    if not len(requests.time):
        return 0, window, 1
    origin = (int(requests.time.min()) // DAY - 1) * DAY
    return origin, window, (int(requests.time.max()) + DAY - origin) // window + 1


class Synchrony:
    """The requests of a log, ready for tests of many cohorts."""

    def __init__(self, requests: Requests) -> None:
        self._requests = requests
        self._frames = tuple(_frame(requests, window) for window in WINDOWS)
        self._size = np.diff(requests.start)
        self._rooms = np.zeros((LANES, 2, max(frame[2] for frame in self._frames)), np.int32)

    def test(self, members: Int64) -> Evidence | None:
        """The best window, by the weaker of two nulls; ``None`` where nobody ever meets."""
        found = [self._window(members, frame) for frame in self._frames]
        told = [one for one in found if one is not None]
        if not told:
            return None
        best = min(told, key=lambda one: (one.detail == SLOW, one.p, -one.lift))
        return Evidence(
            Kind.SYNCHRONY,
            best.observed,
            best.expected,
            best.lift,
            min(1.0, best.p * len(WINDOWS)),
            detail=best.detail,
        )

    def _window(self, members: Int64, frame: tuple[int, int, int]) -> Evidence | None:
        requests = self._requests
        members = self._sampled(members)
        said = (requests.start, requests.time, members, frame)
        observed = pair_counts(*said, ASIS, 1, SEED, self._rooms)
        if not observed[0]:
            return None
        found = [self._against(said, null, float(observed[0])) for null in (DAYS, NEAR)]
        return min(found, key=lambda one: one.lift)

    def _against(self, said: Said, null: int, observed: float) -> Evidence:
        """Observed against one null; more copies where few leave it open."""
        for copies in _COPIES:
            drawn = pair_counts(*said, null, copies, SEED, self._rooms)
            mean, variance = float(drawn.mean()), float(drawn.var(ddof=1))
            p = float(tail(np.array([observed]), np.array([mean]), np.array([variance]))[0])
            lift = observed / max(mean, _LEAST_EXPECTED)
            if not _OPEN[0] <= lift <= _OPEN[1]:
                break
        return Evidence(Kind.SYNCHRONY, observed, mean, lift, p, detail=_told(said[3][1]))

    def _sampled(self, members: Int64) -> Int64:
        """All members, or of a crowd as many as have enough requests, spread evenly."""
        step = int(np.ceil(self._size[members].sum() / _ENOUGH))
        return members[:: max(1, min(step, len(members) // _LEAST_MEMBERS))]

    def members(self, members: Int64, window: str) -> tuple[Floats, Floats]:
        """Each member's own p and lift at a window: the weaker of both nulls."""
        frame = next(one for one in self._frames if _told(one[1]) == window)
        said = (self._requests.start, self._requests.time, members, frame)
        p = np.zeros(len(members))
        lift = np.full(len(members), np.inf)
        for null in (DAYS, NEAR):
            observed, mean, variance = member_counts(*said, null, _MEMBER_COPIES, SEED, self._rooms)
            p = np.maximum(p, tail(observed, mean, variance))
            lift = np.minimum(lift, observed / np.maximum(mean, _LEAST_EXPECTED))
        return p, lift


def _told(window: int) -> str:
    """A window as a reader knows it."""
    seconds = window // 1_000_000
    return f"{seconds} s" if seconds < 60 else f"{seconds // 60} min"
