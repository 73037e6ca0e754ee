"""Sessions: what one actor does with pauses of less than half an hour, and the bins it falls in.

1. Nulls move whole sessions, so that what belongs together stays together.
2. A session is of the day on which it begins. Days and bins count from the midnight before the day
   before the first request: a day is to spare on both sides. Only a session of several days can be
   moved out of the log; what is outside is not counted.
3. A bin that a session is in more than once stands once.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from clearance.campaigns.evidence import Int64
from clearance.campaigns.log_view import Requests

Int32 = NDArray[np.int32]

DAY = 86_400_000_000
PAUSE = 30 * 60_000_000


class Sessions(NamedTuple):
    """The sessions of a log.

    **Shape**: those of actor ``a`` are ``first[a]:first[a + 1]``; the requests of session ``s`` are
    ``opens[s]:opens[s + 1]``; ``day`` from ``origin``, a midnight in microseconds.
    """

    first: Int64
    opens: Int64
    day: Int64
    origin: int
    days: int


class Frame(NamedTuple):
    """Sessions in bins of one length.

    **Shape**: the bins of session ``s`` are ``bin[opens[s]:opens[s + 1]]``, ascending; there are
    ``per_day`` in a day and ``bins`` in all.
    """

    first: Int64
    opens: Int64
    day: Int64
    bin: Int32
    per_day: int
    bins: int


def sessions_of(requests: Requests) -> Sessions:
    """The sessions of every actor.

    **Cost**: linear in requests.
    """
    time = requests.time
    if not len(time):
        return Sessions(np.zeros_like(requests.start), np.zeros(1, np.int64), time, 0, 1)
    origin = (int(time.min()) // DAY - 1) * DAY
    begins = np.ones(len(time), np.bool_)
    begins[1:] = np.diff(time) >= PAUSE
    begins[requests.start[requests.start < len(time)]] = True
    opens = np.flatnonzero(begins)
    return Sessions(
        np.searchsorted(opens, requests.start).astype(np.int64),
        np.append(opens, len(time)).astype(np.int64),
        (time[opens] - origin) // DAY,
        origin,
        (int(time.max()) - origin) // DAY + 2,
    )


def framed(sessions: Sessions, time: Int64, window: int) -> Frame:
    """The same in bins of a window that divides the day.

    **Cost**: linear in requests.
    """
    of = np.empty(len(time), np.int32)
    opens = np.zeros(len(sessions.opens), np.int64)
    kept = _binned(sessions.opens, time, sessions.origin, window, opens, of)
    per_day = DAY // window
    bins = sessions.days * per_day
    return Frame(sessions.first, opens, sessions.day, of[:kept].copy(), per_day, bins)


@njit(cache=True, nogil=True)
def _binned(opens: Int64, time: Int64, origin: int, window: int, begins: Int64, of: Int32) -> int:
    """The bins of each session, each once; where each session's begin; how many there are."""
    kept = 0
    for session in range(len(opens) - 1):
        begins[session] = kept
        for at in range(opens[session], opens[session + 1]):
            one = np.int32((time[at] - origin) // window)
            if kept == begins[session] or of[kept - 1] != one:
                of[kept] = one
                kept += 1
    begins[len(opens) - 1] = kept
    return kept
