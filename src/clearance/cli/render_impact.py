"""How an impact run looks on a terminal: what would change, what is at stake, by what, for whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.table import Table
from rich.text import Text

from clearance.adapters.foreign_text import visible
from clearance.adapters.impact.order import ImpactRun
from clearance.adapters.impact.page import (
    WORDS,
    counted_told,
    left_told,
    readings,
    revenue_told,
    stakes,
)
from clearance.adapters.report.words import number, part
from clearance.cli.render_screen import WIDE, settling
from clearance.cli.terminal import show
from clearance.model.dates import text_of_day
from clearance.usecases.impacted import Impact, Labelled, Move, Row
from clearance.usecases.screened import Count

ROWS = 8
"""Rows of a table on a terminal; the page has more."""


def impact(run: ImpactRun) -> None:
    """Print what a change would do and where it was written."""
    show(*_parts(run), width=WIDE)


def _parts(run: ImpactRun) -> Iterator[Table | Text]:
    found = run.impact
    yield Text(f"{found.after} against {found.before}, on {text_of_day(found.on)}", style="bold")
    for notice in found.notices:
        yield Text(notice, style="yellow")
    yield Text(f"Revenue a year: {visible(revenue_told(found))}")
    yield _moves(found)
    yield _stakes(found)
    for name, rows in (
        ("By rule, or what is not known", found.rules),
        ("By segment", found.segments),
        ("By country of the customer", found.countries),
        ("By region of restricted owners", found.regions),
    ):
        if rows:
            yield _rows(name, rows)
    if found.readings:
        yield _readings(found)
    if found.labelled:
        yield _labelled(found.labelled)
    yield Text(left_told(found))
    if found.kinds:
        yield Text(counted_told(found), style="dim")
        yield settling("What would settle most of it, by kind of fact", found.kinds)
        yield settling("Single facts that would settle most", found.facts)
    if run.out is not None:
        yield Text(f"Written to {run.out}: {', '.join(run.files)}")


def _moves(found: Impact) -> Table:
    table = _figures("What would change", "Customers", "", "Revenue a year")
    for move in Move:
        count = found.whole.moves.get(move, Count())
        share = part(count.customers, found.whole.total.customers)
        table.add_row(WORDS[move][0], number(count.customers), share, number(count.revenue))
    return table


def _stakes(found: Impact) -> Table:
    table = _figures("Newly denied", "Certain", "As decided", "Possible", "of all")
    for row in stakes(found):
        table.add_row(row["name"], row["certain"], row["decided"], row["possible"], row["share"])
    return table


def _rows(name: str, rows: Sequence[Row]) -> Table:
    moves = [move for move in Move if any(move in row.moves for row in rows)]
    table = _figures(name, *(WORDS[move][0] for move in moves))
    for row in rows[:ROWS]:
        cells = (number(row.moves.get(move, Count()).customers) for move in moves)
        table.add_row(visible(row.name) or "not known", *cells)
    if len(rows) > ROWS:
        table.add_row(f"and {len(rows) - ROWS} more")
    return table


def _readings(found: Impact) -> Table:
    table = _figures("Reading", "Newly denied", "Certain to possible", "In review", "Differs")
    for one in readings(found):
        moves, stake = one.part.moves, one.part.stake
        table.add_row(
            one.policy,
            number(moves.get(Move.DENIED, Count()).customers),
            f"{number(stake.certain.customers)} to {number(stake.possible.customers)}",
            number(moves.get(Move.REVIEW, Count()).customers),
            number(one.differs.customers),
        )
    return table


def _labelled(some: Sequence[Labelled]) -> Table:
    table = _figures(
        "Known right answers", "Rightly denied", "Missed", "Wrongly denied", "Left to people"
    )
    for one in some:
        left = one.barred[1].customers + one.free[1].customers
        denied, missed, wrong = one.barred[0], one.barred[2], one.free[0]
        cells = (denied.customers, missed.customers, wrong.customers, left)
        table.add_row(one.policy, *map(number, cells))
    return table


def _figures(first: str, *others: str) -> Table:
    table = Table(min_width=60)
    table.add_column(first, overflow="fold", min_width=34)
    for name in others:
        table.add_column(name, justify="right", no_wrap=True)
    return table
