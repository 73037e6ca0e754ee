"""A table of the state in memory, by id: a row is made an object where somebody asks, not before.

Who decides asks of some accounts often and of most never; making all of them takes as long as all
the rest of a start.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Generic, TypeVar

from clearance.model.dates import ALWAYS, NEVER
from clearance.model.timeline import Span

T = TypeVar("T")


class Held(Generic[T]):
    """What is said of each id, over its days.

    **Shape**: what holds on every day is given as it is, else as its spans in their order.

    >>> rows = [("a", 1, ALWAYS, NEVER), ("b", 3, 9, 99), ("b", 2, 5, 9)]
    >>> held = Held(rows, lambda id, says: says)
    >>> held.get("a"), held.get("b"), held.get("c")
    (1, (Span(value=2, start=5, end=9), Span(value=3, start=9, end=99)), None)
    """

    __slots__ = ("_dated", "_ever", "_made")

    def __init__(
        self, rows: Iterable[tuple[str, Any, int, int]], made: Callable[[str, Any], T]
    ) -> None:
        """``rows`` are ids, what ``made`` makes the value from, and the days; in any order."""
        self._made = made
        self._ever: dict[str, Any] = {}
        self._dated: dict[str, list[tuple[int, int, Any]]] = {}
        ever, dated = self._ever, self._dated
        for id, says, start, end in rows:
            if start == ALWAYS and end == NEVER:
                ever[id] = says
            else:
                dated.setdefault(id, []).append((start, end, says))
        for spans in dated.values():
            spans.sort(key=lambda one: one[0])

    def get(self, id: str, /) -> T | tuple[Span[T], ...] | None:
        """What is said of an id, ``None`` where nothing is."""
        says = self._ever.get(id)
        if says is not None:
            return self._made(id, says)
        spans = self._dated.get(id)
        if spans is None:
            return None
        return tuple([Span(self._made(id, says), start, end) for start, end, says in spans])
