"""Records matched by several processes that share the snapshot's pages.

1. Processes are forked when everything that matching reads is open: nothing is read twice.
2. Records go out in lots, always some ahead; whoever takes the answers matches lots as well while
   the others are not done. Answers come in the order of the records and are those that one process
   would give, whoever gave them.
3. What goes wrong there goes wrong here; where this process fails, the others are ended.
"""

from __future__ import annotations

import os
import signal
import sys
import warnings
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from itertools import islice
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import ForkProcess
from queue import SimpleQueue
from typing import cast

from clearance.adapters.packed import packed, unpacked
from clearance.matching.resolution import Resolution
from clearance.model.record import Record
from clearance.usecases.match import Resolver

MANY = 2_000
"""From so many records on another process is worth its start."""

LOT = 256
"""Records that go out together."""

AHEAD = 2
"""Lots that each other process has before it."""

HELD = 16
"""Lots, at most, that are out or answered and not yet taken."""


def shared(resolver: Resolver, records: int) -> AbstractContextManager[Resolver]:
    """The resolver, by as many processes as there are cores if the records are worth it."""
    cores = len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1
    return Shared(resolver, cores - 1) if records >= MANY and cores > 1 else nullcontext(resolver)


class Shared:
    """A resolver by this process and some others; a context manager.

    Raises:
        Whatever another process raised, at the lot in which it did.
    """

    def __init__(self, resolver: Resolver, others: int) -> None:
        self._resolver = resolver
        self._others = others
        self._free: SimpleQueue[Connection] = SimpleQueue()
        self._lines: list[Connection] = []
        self._processes: list[ForkProcess] = []

    def __enter__(self) -> Shared:
        fork = get_context("fork")
        for _ in range(self._others):
            ours, theirs = fork.Pipe()
            process = fork.Process(
                target=_work, args=(self._resolver, theirs, (ours, *self._lines)), daemon=True
            )
            with warnings.catch_warnings():  # Python 3.12 warns of threads: none is running here
                warnings.simplefilter("ignore", DeprecationWarning)
                process.start()
            theirs.close()
            self._lines.append(ours)
            self._free.put(ours)
            self._processes.append(process)
        self._pool = ThreadPoolExecutor(self._others)
        return self

    def __exit__(self, *failure: object) -> None:
        for process in self._processes:
            process.terminate()
            process.join()
        self._pool.shutdown(cancel_futures=True)
        for line in self._lines:
            line.close()

    def resolve(self, records: Sequence[Record]) -> Sequence[Resolution]:
        """The answer about each record, in order."""
        return list(self.stream(records))

    def stream(self, records: Iterable[Record]) -> Iterator[Resolution]:
        """The answer about each record, in order, as they come."""
        rest = iter(records)
        lots = iter(lambda: list(islice(rest, LOT)), [])
        theirs: deque[Future[bytes]] = deque()
        waiting: deque[Future[bytes] | Sequence[Resolution]] = deque()
        while True:
            while len(theirs) < min(AHEAD * self._others, HELD) and (lot := next(lots, None)):
                theirs.append(self._pool.submit(self._asked, lot))
                waiting.append(theirs[-1])
            if not waiting:
                return
            first = waiting[0]
            if isinstance(first, Future):
                if not first.done() and len(waiting) < HELD and (lot := next(lots, None)):
                    waiting.append(self._resolver.resolve(lot))
                    continue
                theirs.popleft()
                first = _received(first.result())
            waiting.popleft()
            yield from first

    def _asked(self, records: Sequence[Record]) -> bytes:
        """What another process answers, as it sent it."""
        line = self._free.get()
        try:
            line.send_bytes(packed(records))
            return line.recv_bytes()
        except (EOFError, OSError):
            raise ChildProcessError("a process that matches was ended from outside") from None
        finally:
            self._free.put(line)


def _received(sent: bytes) -> Sequence[Resolution]:
    answer = unpacked(sent)
    if isinstance(answer, BaseException):
        raise answer
    return cast(Sequence[Resolution], answer)


def _work(resolver: Resolver, line: Connection, theirs: Sequence[Connection]) -> None:
    """Answer until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for end in theirs:
        end.close()
    while True:
        try:
            records = cast(Sequence[Record], unpacked(line.recv_bytes()))
        except EOFError:
            return
        try:
            line.send_bytes(packed(resolver.resolve(records)))
        except Exception as error:
            line.send_bytes(packed(error))
