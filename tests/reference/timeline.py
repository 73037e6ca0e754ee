"""Spans the slow way: a value for each day, one day after the other."""

from __future__ import annotations

from collections.abc import Iterable

from clearance.model.timeline import Span

Days = dict[int, str]


def days_of(spans: Iterable[Span[str]]) -> Days:
    """What stands on each day.

    Raises:
        AssertionError: two spans share a day.
    """
    found: Days = {}
    for span in spans:
        for day in range(span.start, span.end):
            assert day not in found, "spans overlap"
            found[day] = span.value
    return found


def after(standing: Days, said: Span[str] | None, withdrawn: range = range(0)) -> Days:
    """What stands on each day once something was said, or is said no more."""
    found = dict(standing)
    for day in withdrawn:
        found.pop(day, None)
    if said is not None:
        found.update(dict.fromkeys(range(said.start, said.end), said.value))
    return found
