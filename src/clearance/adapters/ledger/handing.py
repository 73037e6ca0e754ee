"""Entries on their way to the process that stores them, through a pipe.

1. Whoever brings an entry hands it over, with those before it, once there are enough, or where it
   is awaited; a thread hands over what was gathered for a moment. Beside a busy interpreter a
   thread waits five milliseconds for each of its turns: alone it could not follow.
2. Nobody waits for the pipe: what does not fit goes with what comes later, or by the thread.
"""

from __future__ import annotations

import fcntl
import os
from collections import deque
from collections.abc import MutableSequence
from contextlib import suppress
from select import select
from time import sleep

from clearance.adapters.ledger import frames
from clearance.adapters.ledger.waiting import Places

GATHER = 0.005
"""Seconds in which entries are gathered that nobody waits for."""

TOGETHER = 512
"""So many entries are handed over without waiting for more."""

_PIPE_BYTES = 1 << 20
_LOOK = 0.05
"""Seconds after which the thread looks again whether the pipe has room."""


class Handing(Places):
    """Places of entries that another process stores.

    Args:
        orders: the pipe's end; closed by ``run``.
    """

    def __init__(
        self, bound: int, promised: MutableSequence[int] | memoryview[int], orders: int
    ) -> None:
        super().__init__(bound, promised, TOGETHER)
        self._orders = orders
        self._out = deque[memoryview]()
        os.set_blocking(orders, False)

    def run(self) -> None:
        """Hand over what comes until it is closed; then say that nothing more does."""
        while self._wait():
            if not self.closed:
                sleep(GATHER)
            with self._lock:
                self._hand_over()
        with self._lock:
            self._out.append(memoryview(frames.framed(frames.Close())))
        while self._out:
            self._for_room()
            with self._lock:
                self._hand_over()
        os.close(self._orders)

    def _arrived(self) -> None:
        if self._urgent or len(self._rows) >= self._together:
            self._hand_over()
        if self._idle:
            self._work.notify()

    def _wait(self) -> bool:
        """Wait until there is something to hand over, or there never will be."""
        if self._out:
            self._for_room()
        with self._lock:
            while not self._rows and not self._out and not self.closed:
                self._idle = True
                self._work.wait()
                self._idle = False
            return bool(self._rows or self._out)

    def _for_room(self) -> None:
        select((), (self._orders,), (), _LOOK)

    def _hand_over(self) -> None:
        """Into the pipe, as much as fits; with the lock held."""
        out = self._out
        if self._rows:
            out.append(memoryview(frames.framed(frames.Rows(self._rows))))
            self._rows = []
            self._urgent = False
        try:
            while out:
                taken = os.write(self._orders, out[0])
                if taken < len(out[0]):
                    out[0] = out[0][taken:]
                else:
                    out.popleft()
        except BlockingIOError:
            return
        except OSError:  # it has ended: who hears it finds that, too, and tells
            out.clear()


def wider(pipe: int) -> None:
    """Let a pipe hold what comes while its reader is busy, where the system can."""
    if hasattr(fcntl, "F_SETPIPE_SZ"):
        with suppress(OSError):
            fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)
