"""Work cut into lots and done by several processes that share what this one has in memory.

1. Processes are forked when everything that the work reads is open: nothing is read twice.
2. Answers come in the order of the lots and are those that one process would give, whichever gave
   them and however many there are.
3. What goes wrong there goes wrong here, at its lot; where this process stops, the others are
   ended.
4. Long bytes of an answer are not copied: they are seen where they were made, until the next
   answer is asked for.
"""

from __future__ import annotations

import os
import signal
import sys
import warnings
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkProcess
from typing import TypeVar, cast

from clearance.adapters.packed import Laid, Tray

Lot = TypeVar("Lot")
Done = TypeVar("Done")

AHEAD = 2
"""Lots that each process has before it, so that none waits for the next."""

HELD = 8
"""Lots for each process, at most, that are out or answered and not yet taken."""

_ENDED = "a process that works was ended from outside"


def processes(enough: bool) -> int:
    """How many processes to work with: one for each core if there is enough to do, else none."""
    cores = len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1
    return cores if enough and cores > 1 else 0


def in_lots(
    work: Callable[[Lot], Done], lots: Iterable[Lot], processes: int
) -> Generator[Done, None, None]:
    """What the work makes of each lot, in order; in this process where there are none besides.

    Args:
        work: it and all it needs are inherited, not copied; it may remember its earlier lots.
            What it answers as ``PickleBuffer`` is a view that lasts until the next answer.
        lots: what is sent, so something small.
        processes: how many besides this one, which joins what they answer.

    Raises:
        Whatever the work raised, at the lot in which it did.
        ChildProcessError: a process was ended from outside.
    """
    if not processes:
        yield from map(work, lots)
        return
    trays = [Tray() for _ in range(HELD * processes)]

    def laid(dealt: tuple[int, Lot]) -> Laid:
        tray, lot = dealt
        return trays[tray].laid(work(lot))

    crew: list[_Worker] = []
    try:
        for _ in range(processes):
            crew.append(_begun(laid, [one.line for one in crew]))
        for tray, answer in _dealt(crew, iter(lots), list(range(len(trays)))):
            yield cast(Done, trays[tray].taken(answer))
    finally:
        for one in crew:
            _end(one)


@contextmanager
def aside(work: Callable[[], Done], elsewhere: bool) -> Iterator[Callable[[], Done]]:
    """Have another process do something meanwhile; what is yielded waits for what comes of it.

    Use this before much is in memory, for an answer that is asked for once.

    Args:
        elsewhere: whether another process is to do it; else it is done here and at once.

    Raises:
        Whatever the work raised, at once or when it is asked for.
        ChildProcessError: the process was ended from outside.
    """
    if not elsewhere:
        found = work()
        yield lambda: found
        return
    one = _begun(lambda lot: work(), ())

    def answer() -> Done:
        done = _received(one.line)
        if isinstance(done, Exception):
            raise done
        return done

    try:
        _send(one.line, None)
        yield answer
    finally:
        _end(one)


@dataclass(slots=True)
class _Worker:
    """A process, the line to it, and the places and trays of the lots that it has."""

    process: ForkProcess
    line: Connection
    has: deque[tuple[int, int]] = field(default_factory=deque)


def _begun(work: Callable[[Lot], Done], others: Sequence[Connection]) -> _Worker:
    fork = get_context("fork")
    ours, theirs = fork.Pipe()
    process = fork.Process(target=_work, args=(work, theirs, (ours, *others)), daemon=True)
    with warnings.catch_warnings():  # Python 3.12 warns of threads: none is running here
        warnings.simplefilter("ignore", DeprecationWarning)
        process.start()
    theirs.close()
    return _Worker(process, ours)


def _end(one: _Worker) -> None:
    one.process.terminate()
    one.process.join()
    one.line.close()


def _dealt(
    crew: Sequence[_Worker], lots: Iterator[Lot], free: list[int]
) -> Iterator[tuple[int, Laid]]:
    """Deal lots to whoever has few, each with a free tray; yield tray and answer in their order."""
    numbered, answered, taken = enumerate(lots), dict[int, tuple[int, Laid | Exception]](), 0
    while True:
        _deal(crew, numbered, free)
        busy = {one.line: one for one in crew if one.has}
        if not busy:
            return
        for line in wait(list(busy)):
            one = busy[line]  # type: ignore[index]  # only lines were waited for
            place, tray = one.has.popleft()
            answered[place] = tray, _received(one.line)
        while taken in answered:
            tray, laid = answered.pop(taken)
            if isinstance(laid, Exception):
                raise laid
            yield tray, laid
            free.append(tray)
            taken += 1


def _deal(crew: Sequence[_Worker], lots: Iterator[tuple[int, Lot]], free: list[int]) -> None:
    """Give each process what it may have before it, as long as a tray is free."""
    for one in [*crew] * AHEAD:
        if len(one.has) < AHEAD and free:
            for place, lot in islice(lots, 1):
                tray = free.pop()
                one.has.append((place, tray))
                _send(one.line, (tray, lot))


def _send(line: Connection, what: object) -> None:
    try:
        line.send(what)
    except OSError:
        raise ChildProcessError(_ENDED) from None


def _received(line: Connection) -> Done | Exception:
    try:
        found: Done | Exception = line.recv()
    except (EOFError, OSError):
        raise ChildProcessError(_ENDED) from None
    return found


def _work(work: Callable[[Lot], Done], line: Connection, theirs: Sequence[Connection]) -> None:
    """Answer until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for end in theirs:
        end.close()
    while True:
        try:
            lot = line.recv()
        except EOFError:
            return
        try:
            answer = work(lot)
        except Exception as error:
            line.send(error)
        else:
            line.send(answer)
