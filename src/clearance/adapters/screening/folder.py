"""The folder that ``screen`` writes: results, report, proofs and changes, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from clearance.adapters.in_lots import in_lots
from clearance.adapters.output_folder import output_folder, settle_ahead
from clearance.adapters.proofs.writing import FILES as PROOFS
from clearance.adapters.proofs.writing import ProofFiles, ProofLines
from clearance.adapters.report.page import NAME as REPORT
from clearance.adapters.report.page import Case, Head, page
from clearance.adapters.report.rows import Shortlist
from clearance.adapters.screening.changes import NAME as CHANGES
from clearance.adapters.screening.changes import read_earlier, write_changes
from clearance.adapters.screening.gallery import Gallery
from clearance.adapters.screening.lots import Lot, Lots
from clearance.adapters.screening.results import CSV, JSONL, result_files
from clearance.adapters.screening.run import ScreenOrder, ScreenRun
from clearance.adapters.screening.standings import NAME as STANDINGS
from clearance.adapters.screening.standings import head_line
from clearance.adapters.told import Told
from clearance.model.customer import Customer
from clearance.usecases.compare import Change, Comparison
from clearance.usecases.found import Run
from clearance.usecases.picture import Picture
from clearance.usecases.screen import Screening
from clearance.usecases.screened import Screened, ScreenSummary
from clearance.usecases.tally import Tally

FILES = (JSONL, CSV, STANDINGS, REPORT, CHANGES)
"""What may stand in such a folder, besides the proofs."""

SETTLED = 32
"""Lots after which the disk begins with them: some 25 MB with proofs."""

Draw = Callable[[Screened], Picture]


@dataclass(frozen=True, slots=True)
class Reporting:
    """What the report and the summary are made with, besides the answers.

    **Shape**: ``run`` says under what; ``draw`` makes the picture of a
    customer's answer; ``name_of`` names a party or customer by id, empty where there is no name.
    """

    run: Run
    head: Head
    draw: Draw
    name_of: Callable[[str], str]


@dataclass(slots=True)
class _Whole:
    """What stands over all customers, lot by lot."""

    shortlist: Shortlist
    gallery: Gallery = field(default_factory=Gallery)
    tally: Tally = field(default_factory=Tally)
    changes: list[Change] = field(default_factory=list)

    def join(self, lot: Lot) -> None:
        self.tally.join(lot.tally)
        self.changes += lot.changes
        for entry in lot.entries:
            self.shortlist.add(entry)
            self.gallery.add(entry)


def write_screening(
    order: ScreenOrder,
    customers: Sequence[Customer],
    screening: Screening,
    reporting: Reporting,
    *,
    proofs: ProofLines | None,
    processes: int,
    told: Told,
) -> ScreenRun:
    """Screen a portfolio into the folder that was ordered, and compare it with an earlier run.

    Args:
        proofs: makes proofs, ``None`` to write none.
        processes: how many to screen with besides this one.

    Raises:
        InputError: the earlier run holds no results.
        StorageError: the folder cannot be written; nothing is left of it then.
    """
    comparison = Comparison(read_earlier(order.previous)) if order.previous else None
    lots = Lots(customers, screening, proofs=proofs, comparison=comparison)
    whole = _Whole(Shortlist(len(customers)))
    with output_folder(order.out, (*FILES, *PROOFS)) as folder:
        with closing(in_lots(lots.lot, lots.all(), processes)) as done:
            _write_lots(folder, reporting.run, proofs, _counted(done, len(customers), told), whole)
        run = reporting.run
        summary = whole.tally.summary(run.policy, run.as_of, run.snapshot, reporting.name_of)
        drawn = _write_report(folder, reporting, summary, whole)
        changes = None
        if comparison is not None:
            changes = comparison.changes(whole.changes, (customer.id for customer in customers))
            write_changes(folder, changes)
        files = tuple(sorted(entry.name for entry in folder.iterdir()))
    return ScreenRun(order.out, summary, changes, files, drawn)


def _write_lots(
    folder: Path, run: Run, proofs: ProofLines | None, lots: Iterator[Lot], whole: _Whole
) -> None:
    """Write the files of lines as lots come."""
    with (
        result_files(folder) as results,
        (folder / STANDINGS).open("wb") as standings,
        ProofFiles(folder, proofs) if proofs else nullcontext() as proved,
    ):
        standings.write(head_line(run))
        for at, lot in enumerate(lots):
            if at % SETTLED == 0:
                settle_ahead(folder)
            results.join(lot.lines, lot.rows)
            standings.write(lot.standings)
            if proved and lot.proofs:
                proved.join(lot.proofs)
            whole.join(lot)
    settle_ahead(folder)


def _write_report(folder: Path, reporting: Reporting, summary: ScreenSummary, whole: _Whole) -> int:
    gallery = whole.gallery
    cases = [Case(screened, reporting.draw(screened)) for screened in gallery.chosen()]
    html = page(reporting.head, summary, whole.shortlist, cases, len(gallery))
    (folder / REPORT).write_text(html, encoding="utf-8", newline="\n")
    return len(cases)


def _counted(lots: Iterator[Lot], total: int, told: Told) -> Iterator[Lot]:
    done = 0
    for lot in lots:
        done += lot.customers
        told.passed(done, total)
        yield lot
