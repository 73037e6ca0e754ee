"""How a screening looks on a terminal: outcomes, what is left to people, what would settle it."""

from __future__ import annotations

from collections.abc import Iterator

from rich.table import Table
from rich.text import Text

from clearance.adapters.foreign_text import visible
from clearance.adapters.report.numbers import left_to_people
from clearance.adapters.report.words import number, part
from clearance.adapters.screening.run import ScreenRun
from clearance.cli.terminal import show
from clearance.model.dates import text_of_day
from clearance.model.outcome import Outcome
from clearance.usecases.compare import counts
from clearance.usecases.screened import Count, Fact, ScreenSummary

STYLES = {Outcome.DENY: "bold red", Outcome.SUSPEND: "bold red", Outcome.REVIEW: "bold yellow"}
WIDE = 120


def screening(run: ScreenRun) -> None:
    """Print what a screening found and where it was written."""
    show(*_parts(run), width=WIDE)


def _parts(run: ScreenRun) -> Iterator[Table | Text]:
    summary = run.summary
    yield Text(f"{summary.policy} on {text_of_day(summary.as_of)}", style="bold")
    yield outcomes(summary)
    yield reached(summary)
    yield reasons(summary)
    yield scripts(summary)
    yield Text(left_to_people(summary))
    if summary.kinds:
        yield settling("What would settle most reviews, by kind of fact", summary.kinds)
        yield settling("Single facts that would settle most", summary.facts)
    if run.changes is not None:
        yield _changes(run)
    yield Text(f"Written to {run.out}: {', '.join(run.files)}")


def outcomes(summary: ScreenSummary) -> Table:
    """Customers and revenue by outcome."""
    table = _figures("Outcome", "Customers", "", "Revenue a year", "")
    for outcome, count in summary.outcomes:
        _row(table, Text(outcome.word, style=STYLES.get(outcome, "green")), count, summary.total)
    table.add_section()
    _row(table, Text("all"), summary.total, summary.total)
    return table


def reached(summary: ScreenSummary) -> Table:
    """What ownership reaches, and what it does not clear."""
    table = _figures("By ownership", "Customers", "", "Revenue a year", "")
    for word, count in (
        ("reached for certain", summary.certain),
        ("possibly reached", summary.possible),
        ("not cleared: the undeclared rest could pass", summary.not_cleared),
        ("not identified", summary.unidentified),
    ):
        _row(table, Text(word), count, summary.total)
    return table


def reasons(summary: ScreenSummary) -> Table:
    """Reasons that decided, by outcome."""
    table = _figures("Reason", "Customers", "", "Revenue a year", "")
    for code, outcome, count in summary.reasons:
        _row(table, Text.assemble((f"{outcome.word} ", "dim"), code), count, summary.total)
    return table


def scripts(summary: ScreenSummary) -> Table:
    """How far matching came, by the script of names."""
    table = _figures(
        "Script of the name", "Customers", "Left to people", "Ambiguous", "Like nobody"
    )
    for one in summary.scripts:
        table.add_row(
            Text(one.name or "no letters"),
            number(one.total.customers),
            part(one.left.customers, one.total.customers),
            part(one.ambiguous.customers, one.total.customers),
            part(one.nobody.customers, one.total.customers),
        )
    return table


def settling(title: str, facts: tuple[Fact, ...]) -> Table:
    """Facts that would settle most reviews."""
    table = _figures(title, "Settles", "of", "Revenue a year")
    for fact in facts:
        name = visible(fact.name or fact.subject)
        what = f"{fact.what}: {name}" if name else fact.what
        settled = fact.settled
        table.add_row(
            Text(what),
            number(settled.customers),
            number(fact.waiting.customers),
            number(settled.revenue),
        )
    return table


def _changes(run: ScreenRun) -> Table:
    table = _figures("Since the earlier run", "Customers", "Revenue a year")
    for kind, count in counts(run.changes or ()):
        table.add_row(kind.value.replace("_", " "), number(count.customers), number(count.revenue))
    return table


def _figures(first: str, *others: str) -> Table:
    table = Table(title_justify="left", min_width=60)
    table.add_column(first, overflow="fold", min_width=44)
    for name in others:
        table.add_column(name, justify="right", no_wrap=True)
    return table


def _row(table: Table, word: Text, count: Count, total: Count) -> None:
    table.add_row(
        word,
        number(count.customers),
        part(count.customers, total.customers),
        number(count.revenue),
        part(count.revenue, total.revenue),
    )
