"""What the management API is told of the decision point beside it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from clearance.adapters.ledger.apart import LogApart
from clearance.service.desk import BOUNDS, Desk
from clearance.service.management.ports import Figures, Source


class Beside:
    """A desk and its log, looked at from another thread: counts may be a decision apart."""

    def __init__(self, desk: Desk, log: LogApart) -> None:
        self._desk = desk
        self._log = log

    def figures(self) -> Figures:
        """What it counts."""
        counts = self._desk.counts
        within = zip(BOUNDS, accumulate(counts.took), strict=False)
        return Figures(
            dict(counts.outcomes),
            tuple(within),
            counts.seconds,
            self._log.depth,
            self._log.lost,
            self._desk.generation.number,
        )

    def sources(self) -> Sequence[Source]:
        """What its answers rest on."""
        return [Source(id, as_of) for id, as_of in self._desk.generation.sources]

    def trouble(self) -> str:
        """Why it cannot answer now; empty where it can."""
        return self._log.trouble
