"""The same work on many things, two at a time, results in the order of the things."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

Thing = TypeVar("Thing")
Result = TypeVar("Result")

WORKERS = 2


def in_order(work: Callable[[Thing], Result], things: Iterable[Thing]) -> Iterator[Result]:
    """``work`` of each thing; one thing alone starts no thread.

    Use this when the work spends its time outside the interpreter (Arrow, NumPy).

    >>> list(in_order(abs, [-1, 2, -3]))
    [1, 2, 3]
    """
    given = iter(things)
    for first in given:
        yield work(first)
        break
    pool: ThreadPoolExecutor | None = None
    pending: deque[Future[Result]] = deque()
    try:
        for thing in given:
            pool = pool or ThreadPoolExecutor(WORKERS)
            pending.append(pool.submit(work, thing))
            if len(pending) > WORKERS:
                yield pending.popleft().result()
        while pending:
            yield pending.popleft().result()
    finally:
        if pool is not None:
            pool.shutdown(cancel_futures=True)
