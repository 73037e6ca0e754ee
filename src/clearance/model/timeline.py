"""What was said of one thing, over the days it was said of; later words replace earlier ones.

1. A span holds one value over half-open days; spans of one thing never overlap.
2. A new span takes its days from older ones; what is left of those stands as it stood.
3. Saying again what already stands changes nothing.

Not here: when something was said. Whoever keeps spans dates each revision, so that what stood at
an earlier moment can be had again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from clearance.model.dates import ALWAYS, NEVER

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Span(Generic[T]):
    """A value over days, half-open."""

    value: T
    start: int = ALWAYS
    end: int = NEVER

    def covers(self, day: int) -> bool:
        """Does it stand on this day?"""
        return self.start <= day < self.end


@dataclass(frozen=True, slots=True)
class Revision(Generic[T]):
    """What a new word changes.

    **Shape**: ``ended`` are places of the spans that stand no longer, ``written`` those that stand
    in their place: rests of the old in their order, then the new one.
    """

    ended: tuple[int, ...] = ()
    written: tuple[Span[T], ...] = ()


def said(standing: Sequence[Span[T]], new: Span[T]) -> Revision[T]:
    """What changes where something new is said.

    >>> said([Span("XA")], Span("XB", start=10)).written
    (Span(value='XA', start=-2147483647, end=10), Span(value='XB', start=10, end=2147483647))
    >>> said([Span("XA")], Span("XA", start=10))
    Revision(ended=(), written=())
    """
    if new.start >= new.end or any(_within(new, one) for one in standing):
        return Revision()
    gone = withdrawn(standing, new.start, new.end)
    return Revision(gone.ended, (*gone.written, new))


def withdrawn(standing: Sequence[Span[T]], start: int, end: int) -> Revision[T]:
    """What changes where nothing is said any more over some days."""
    hit = tuple(place for place, one in enumerate(standing) if one.start < end and start < one.end)
    rests = tuple(rest for place in hit for rest in _rests(standing[place], start, end))
    return Revision(hit, rests)


def _within(new: Span[T], old: Span[T]) -> bool:
    return new.value == old.value and old.start <= new.start and new.end <= old.end


def _rests(old: Span[T], start: int, end: int) -> Iterator[Span[T]]:
    if old.start < start:
        yield Span(old.value, old.start, start)
    if end < old.end:
        yield Span(old.value, end, old.end)
