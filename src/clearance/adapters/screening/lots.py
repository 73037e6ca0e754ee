"""Lots of a portfolio screened into what they add to each file, in whatever process.

1. A lot's bytes depend on its customers alone: joined in order, they are the files of the run.
2. What stands over all customers is added up lot by lot: counts, changes, what the report may show.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pickle import PickleBuffer

from clearance.adapters.answer_files import AnswerLines
from clearance.adapters.packed import Long
from clearance.adapters.proofs.writing import Lines, ProofLines
from clearance.adapters.report.entries import Entry, Sieve
from clearance.adapters.screening.results import cells, screened_json
from clearance.adapters.screening.standings import line_of
from clearance.model.customer import Customer
from clearance.usecases.compare import Change, Comparison
from clearance.usecases.screen import LOT, Judging, Screening
from clearance.usecases.screened import Screened
from clearance.usecases.tally import Tally


@dataclass(slots=True)
class Lot:
    """What some customers add: lines and rows of results, standings, proofs, and the rest.

    **Shape**: ``customers`` counts them; ``proofs`` are ``None`` where none are written.
    """

    customers: int = 0
    lines: Long = b""
    rows: Long = b""
    standings: Long = b""
    proofs: Lines | None = None
    tally: Tally = field(default_factory=Tally)
    changes: list[Change] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)

    def __reduce__(self) -> tuple[type[Lot], tuple[object, ...]]:
        long = map(PickleBuffer, (self.lines, self.rows, self.standings))
        rest = (self.proofs, self.tally, self.changes, self.entries)
        return Lot, (self.customers, *long, *rest)


class Lots:
    """Screens lots of one portfolio; it keeps what they share.

    Args:
        proofs: collects proofs, ``None`` to write none.
        comparison: with an earlier run, ``None`` without one.
    """

    def __init__(
        self,
        customers: Sequence[Customer],
        screening: Screening,
        *,
        proofs: ProofLines | None,
        comparison: Comparison | None,
    ) -> None:
        self._customers = customers
        self._judging = Judging(replace(screening, proofs=proofs))
        self._proofs = proofs
        self._comparison = comparison
        self._sieve = Sieve()
        self._answers = AnswerLines()

    def all(self) -> range:
        """The first place of each lot."""
        return range(0, len(self._customers), LOT)

    def lot(self, start: int) -> Lot:
        """What the lot that starts there adds; later lots come later."""
        some = self._customers[start : start + LOT]
        lot, standings = Lot(len(some)), []
        for at, screened in enumerate(self._judging.lot(some), start):
            self._answers.add(screened_json(screened), cells(screened))
            standings.append(line_of(screened))
            self._count(lot, at, screened)
        lot.lines, lot.rows = self._answers.taken()
        lot.standings = b"".join(standings)
        lot.proofs = self._proofs.taken() if self._proofs else None
        return lot

    def _count(self, lot: Lot, at: int, screened: Screened) -> None:
        lot.tally.add(screened)
        entry = self._sieve.entry(at, screened)
        if entry is not None:
            lot.entries.append(entry)
        change = self._comparison.of(screened) if self._comparison else None
        if change is not None:
            lot.changes.append(change)
