"""What one reading finds from one set of roots, and the larger of several such results."""

from __future__ import annotations

from dataclasses import dataclass

from tests.reference.day import Day, Totals
from tests.reference.ends import ALL, NONE, larger_lower, larger_upper, may_pass, surely_passes

from clearance.model.rule import Test


@dataclass(frozen=True, slots=True)
class Result:
    """Who is reached, surely and possibly, and how much of everyone is restricted."""

    certain: frozenset[str]
    possible: frozenset[str]
    totals: Totals


def reached_by(tests: tuple[Test, ...], totals: Totals, name: str) -> tuple[bool, bool]:
    """Does one test pass, surely and possibly? What is sure is possible."""
    surely = any(surely_passes(totals[test.measure][name][0], test) for test in tests)
    return surely, surely or any(may_pass(totals[test.measure][name][1], test) for test in tests)


def nothing(day: Day) -> Totals:
    """Totals of zero."""
    return {measure: dict.fromkeys(day.names, (NONE, NONE)) for measure in day.held}


def largest(results: list[Result]) -> Result:
    """Whoever one of the roots reaches; of everyone the largest root's total."""
    certain = frozenset().union(*(result.certain for result in results))
    possible = frozenset().union(*(result.possible for result in results))
    totals = nothing_like(results[0].totals)
    for measure, of in totals.items():
        for name in of:
            ends = [result.totals[measure][name] for result in results]
            low = larger_lower(low for low, _ in ends)
            of[name] = (low.bare, larger_upper(high for _, high in ends).bare)
    return Result(certain, possible, totals)


def nothing_like(totals: Totals) -> Totals:
    """Totals of the same parties, all unknown yet."""
    return {measure: dict.fromkeys(of, (NONE, ALL)) for measure, of in totals.items()}
