"""Proofs written by a second process, so that a large portfolio uses two cores.

1. It is forked when everything that proofs are made from is in memory: nothing is asked twice.
2. It is told customers and parties in order, and writes the bytes that this process would write.
3. Its failure is this run's failure; where this run fails, it is ended.
"""

from __future__ import annotations

import os
import signal
import sys
import warnings
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import ForkProcess

from clearance.adapters.proofs import ProofFiles, address_of

Order = tuple[str, int]
Opened = Callable[[], AbstractContextManager[ProofFiles]]

MANY = 20_000
"""From so many customers on a second process is worth its start."""

_BATCH = 512


def worth_while(customers: int) -> bool:
    """Is there another core, a system that forks safely, and enough to do?"""
    return customers >= MANY and sys.platform == "linux" and (os.cpu_count() or 1) > 1


class Aside:
    """Takes what ``ProofFiles`` takes and lets another process do it; a context manager.

    **Shape**: ``opened`` makes the files there; it and all it needs are inherited, not copied.

    Raises:
        Whatever the other process raised, at the next batch or at the end.
    """

    def __init__(self, opened: Opened) -> None:
        self._opened = opened
        self._batch: list[Order] = []

    def __enter__(self) -> Aside:
        fork = get_context("fork")
        orders, self._orders = fork.Pipe(duplex=False)
        self._outcome, outcome = fork.Pipe(duplex=False)
        ours = (self._orders, self._outcome)
        self._process: ForkProcess = fork.Process(
            target=_work, args=(self._opened, orders, outcome, ours), daemon=True
        )
        with warnings.catch_warnings():  # Python 3.12 warns of threads: the other uses none of them
            warnings.simplefilter("ignore", DeprecationWarning)
            self._process.start()
        orders.close()
        outcome.close()
        return self

    def __exit__(self, kind: type[BaseException] | None, *failure: object) -> None:
        try:
            if kind is None:
                self._send(self._batch)
                self._send(None)
                self._settle()
        finally:
            self._orders.close()
            self._process.terminate()
            self._process.join()
            self._outcome.close()

    def add(self, customer: str, party: int) -> str:
        """Have the party's proofs written; the address of the customer's."""
        self._batch.append((customer, party))
        if len(self._batch) >= _BATCH:
            self._send(self._batch)
            self._batch = []
        return address_of(customer)

    def _send(self, batch: Sequence[Order] | None) -> None:
        try:
            self._orders.send(batch)
        except OSError:
            self._settle()
            raise

    def _settle(self) -> None:
        """Wait until it is done; raise what went wrong."""
        try:
            failure = self._outcome.recv()
        except EOFError:
            failure = ChildProcessError("the process that writes proofs was ended from outside")
        if isinstance(failure, BaseException):
            raise failure


def _work(
    opened: Opened,
    orders: Connection,
    outcome: Connection,
    theirs: Sequence[Connection],
) -> None:
    """Write until there are no more orders; say how it went."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for end in theirs:
        end.close()
    try:
        with opened() as files:
            while (batch := orders.recv()) is not None:
                for customer, party in batch:
                    files.add(customer, party)
    except Exception as error:
        outcome.send(error)
    else:
        outcome.send(None)
