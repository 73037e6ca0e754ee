"""The folder that ``screen`` writes: results, report, proofs and changes, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path

from clearance.adapters.changes import NAME as CHANGES
from clearance.adapters.changes import read_earlier, write_changes
from clearance.adapters.gallery import Gallery
from clearance.adapters.output_folder import output_folder
from clearance.adapters.report.page import NAME as REPORT
from clearance.adapters.report.page import Case, Head, page
from clearance.adapters.report.rows import Shortlist
from clearance.adapters.results import CSV, JSONL, ResultFiles
from clearance.adapters.screen_run import ScreenOrder, ScreenRun
from clearance.adapters.standings_file import NAME as STANDINGS
from clearance.adapters.standings_file import StandingsFile
from clearance.adapters.told import Told
from clearance.model.customer import Customer
from clearance.usecases.compare import Comparison
from clearance.usecases.found import Run
from clearance.usecases.picture import Picture
from clearance.usecases.screen import Proofs, Screening, screen
from clearance.usecases.screened import Screened, ScreenSummary
from clearance.usecases.tally import Tally

FILES = (JSONL, CSV, STANDINGS, REPORT, CHANGES)
"""What may stand in such a folder, besides the proofs."""

Draw = Callable[[Screened], Picture]


@dataclass(frozen=True, slots=True)
class Proving:
    """How proofs are written: into which files, and by what, opened in the folder."""

    files: tuple[str, ...]
    open: Callable[[Path], AbstractContextManager[Proofs]]


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


def write_screening(
    order: ScreenOrder,
    customers: Sequence[Customer],
    screening: Screening,
    reporting: Reporting,
    *,
    proving: Proving | None,
    told: Told,
) -> ScreenRun:
    """Screen a portfolio into the folder that was ordered, and compare it with an earlier run.

    Raises:
        InputError: the earlier run holds no results.
        StorageError: the folder cannot be written; nothing is left of it then.
    """
    comparison = Comparison(read_earlier(order.previous)) if order.previous else None
    proofs = proving.files if proving else ()
    tally = Tally()
    with output_folder(order.out, (*FILES, *proofs)) as folder:
        opened = proving.open(folder) if proving else nullcontext(None)
        with opened as sink:
            stream = tally.each(screen(customers, replace(screening, proofs=sink)))
            stream = comparison.each(stream) if comparison else stream
            shown = _write_results(folder, reporting.run, _counted(stream, len(customers), told))
        summary = tally.summary(
            reporting.run.policy, screening.as_of, reporting.run.snapshot, reporting.name_of
        )
        drawn = _write_report(folder, reporting, summary, shown)
        changes = comparison.changes() if comparison else None
        if changes is not None:
            write_changes(folder, changes)
        files = tuple(sorted(entry.name for entry in folder.iterdir()))
    return ScreenRun(order.out, summary, changes, files, drawn)


def _write_results(folder: Path, run: Run, stream: Iterable[Screened]) -> tuple[Shortlist, Gallery]:
    """Write the files of lines as customers come; who the report shows and draws."""
    shortlist, gallery = Shortlist(), Gallery()
    with ResultFiles(folder) as files, StandingsFile(folder, run) as standings:
        for screened in stream:
            files.add(screened)
            standings.add(screened)
            shortlist.add(screened)
            gallery.add(screened)
    return shortlist, gallery


def _write_report(
    folder: Path,
    reporting: Reporting,
    summary: ScreenSummary,
    shown: tuple[Shortlist, Gallery],
) -> int:
    shortlist, gallery = shown
    cases = [Case(screened, reporting.draw(screened)) for screened in gallery.chosen()]
    html = page(reporting.head, summary, shortlist, cases, len(gallery))
    (folder / REPORT).write_text(html, encoding="utf-8", newline="\n")
    return len(cases)


def _counted(stream: Iterable[Screened], total: int, told: Told) -> Iterable[Screened]:
    for done, screened in enumerate(stream, 1):
        if done % 256 == 0:
            told.passed(done, total)
        yield screened
