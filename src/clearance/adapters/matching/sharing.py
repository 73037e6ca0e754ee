"""Records matched by several processes that share the snapshot's pages.

1. Processes are forked when everything that matching reads is open: nothing is read twice.
2. Each lot of records is cut into as many parts; answers come back in the order of the records and
   are those that one process would give.
3. What goes wrong there goes wrong here; where this process fails, the others are ended.
"""

from __future__ import annotations

import os
import signal
import sys
import warnings
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import ForkProcess

from clearance.matching.resolution import Resolution
from clearance.model.record import Record
from clearance.usecases.match import Resolver

MANY = 2_000
"""From so many records on another process is worth its start."""


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
            self._processes.append(process)
        return self

    def __exit__(self, *failure: object) -> None:
        for line, process in zip(self._lines, self._processes, strict=True):
            line.close()
            process.terminate()
            process.join()

    def resolve(self, records: Sequence[Record]) -> Sequence[Resolution]:
        """The answer about each record, in order."""
        size = -(-len(records) // (self._others + 1)) or 1
        parts = [records[start : start + size] for start in range(0, len(records), size)]
        for line, part in zip(self._lines, parts[1:], strict=False):
            line.send(part)
        answers = list(self._resolver.resolve(parts[0])) if parts else []
        for line, _ in zip(self._lines, parts[1:], strict=False):
            answers += _received(line)
        return answers


def _received(line: Connection) -> Sequence[Resolution]:
    try:
        answer = line.recv()
    except (EOFError, OSError):
        raise ChildProcessError("a process that matches was ended from outside") from None
    if isinstance(answer, BaseException):
        raise answer
    found: Sequence[Resolution] = answer
    return found


def _work(resolver: Resolver, line: Connection, theirs: Sequence[Connection]) -> None:
    """Answer until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for end in theirs:
        end.close()
    while True:
        try:
            records = line.recv()
        except EOFError:
            return
        try:
            line.send(resolver.resolve(records))
        except Exception as error:
            line.send(error)
