"""The report's numbers, made ready for its template: every value a text."""

from __future__ import annotations

from collections.abc import Sequence

from clearance.adapters.report.words import number, outcome_word, part
from clearance.model.outcome import Outcome
from clearance.usecases.screened import Count, Fact, ScreenSummary


def lead(summary: ScreenSummary) -> str:
    """The portfolio in one sentence."""
    total = number(summary.total.customers)
    noun = "customer" if summary.total.customers == 1 else "customers"
    denied = summary.of(Outcome.DENY).customers
    review = summary.left_to_people.customers
    return (
        f"{total} {noun} screened: {number(denied)} denied, {number(review)} left to people, "
        f"{number(summary.total.customers - denied - review)} open."
    )


def tiles(summary: ScreenSummary) -> list[dict[str, str]]:
    """A tile for each outcome, strictest first."""
    shown = [*summary.outcomes]
    for outcome in (Outcome.DENY, Outcome.REVIEW, Outcome.ALLOW):
        if all(outcome is not word for word, _ in shown):
            shown.append((outcome, Count()))
    return [
        {
            "word": outcome.word,
            "label": outcome_word(outcome).label,
            "sign": outcome_word(outcome).sign,
            "customers": number(count.customers),
            "customers_share": part(count.customers, summary.total.customers),
            "revenue": number(count.revenue),
            "revenue_share": f"{part(count.revenue, summary.total.revenue)} of all",
        }
        for outcome, count in sorted(shown, key=lambda pair: -pair[0])
    ]


def bars(summary: ScreenSummary) -> list[dict[str, object]]:
    """Customers and revenue by outcome, as bars."""
    bars: list[dict[str, object]] = []
    for name, field, whole in (
        ("Customers", "customers", summary.total.customers),
        ("Revenue", "revenue", summary.total.revenue),
    ):
        parts: list[dict[str, str]] = []
        start = 0.0
        for outcome, count in summary.outcomes:
            value = getattr(count, field)
            width = float(value * 1000 / whole) if whole else 0.0
            told = f"{outcome_word(outcome).label}: {number(value)} ({part(value, whole)})"
            parts.append(
                {
                    "word": outcome.word,
                    "start": f"{start:.2f}",
                    "width": f"{width:.2f}",
                    "told": told,
                }
            )
            start += width
        bars.append({"name": name, "parts": parts, "told": "; ".join(one["told"] for one in parts)})
    return bars


def reach(summary: ScreenSummary) -> list[dict[str, str]]:
    """What ownership reaches, and what it does not clear."""
    rows = (
        ("Certain", "whatever the unknown turns out to be", summary.certain),
        ("Possible", "depends on what nobody stated", summary.possible),
        ("Not cleared", "the undeclared rest could pass the threshold", summary.not_cleared),
        ("Not identified", "no party of the reference data", summary.unidentified),
    )
    return [
        {
            "name": name,
            "told": told,
            "customers": number(count.customers),
            "revenue": number(count.revenue),
        }
        for name, told, count in rows
    ]


def left_to_people(summary: ScreenSummary) -> str:
    """The part of the portfolio that somebody has to look at, in words."""
    left, total = summary.left_to_people, summary.total
    return (
        f"Left to people: {number(left.customers)} of {number(total.customers)} customers "
        f"({part(left.customers, total.customers)}), {part(left.revenue, total.revenue)} of revenue"
    )


def settling(facts: Sequence[Fact]) -> list[dict[str, str]]:
    """Facts and what each would settle."""
    return [
        {
            "what": fact.what,
            "subject": fact.name or fact.subject,
            "effect": f"settles {number(fact.settled.customers)} of "
            f"{number(fact.waiting.customers)} waiting, revenue {number(fact.settled.revenue)}",
        }
        for fact in facts
    ]


def reasons(summary: ScreenSummary) -> list[dict[str, str]]:
    """Reasons that decided, by outcome."""
    whole = summary.total.customers or 1
    return [
        {
            "code": code,
            "word": outcome.word,
            "label": outcome_word(outcome).label,
            "sign": outcome_word(outcome).sign,
            "customers": number(count.customers),
            "revenue": number(count.revenue),
            "width": f"{count.customers * 100 / whole:.2f}",
        }
        for code, outcome, count in summary.reasons
    ]
