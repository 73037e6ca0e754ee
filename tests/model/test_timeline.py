"""Spans against a value for each day."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tests.reference.timeline import after, days_of

from clearance.model.timeline import Revision, Span, said, withdrawn

DAYS = st.integers(0, 12)
SPANS = st.builds(Span, st.sampled_from("abc"), DAYS, DAYS)


def revised(standing: list[Span[str]], revision: Revision[str]) -> list[Span[str]]:
    kept = [one for place, one in enumerate(standing) if place not in revision.ended]
    return [*kept, *revision.written]


@given(st.lists(st.tuples(SPANS, st.booleans()), max_size=8))
def test_words_and_withdrawals_leave_on_each_day_what_was_said_last(
    words: list[tuple[Span[str], bool]],
) -> None:
    standing: list[Span[str]] = []
    for span, gone in words:
        before = days_of(standing)
        if gone:
            standing = revised(standing, withdrawn(standing, span.start, span.end))
            assert days_of(standing) == after(before, None, range(span.start, span.end))
        else:
            standing = revised(standing, said(standing, span))
            assert days_of(standing) == after(before, span)
        assert all(one.start < one.end for one in standing)


@given(SPANS, st.lists(SPANS, max_size=4))
def test_saying_again_what_stands_changes_nothing(
    span: Span[str], earlier: list[Span[str]]
) -> None:
    standing: list[Span[str]] = []
    for one in (*earlier, span):
        standing = revised(standing, said(standing, one))
    assert said(standing, span) == Revision()
