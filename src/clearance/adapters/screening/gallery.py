"""Which customers are drawn: those that ownership leads to, the weightiest of each outcome.

1. Denied customers come first, then reviewed ones, each by revenue, then by id.
2. The longest paths are drawn whatever their revenue: they are the hardest to see in a table.
"""

from __future__ import annotations

from clearance.adapters.report.entries import DENIED, LONGEST, OTHERS, Entry, weight_of
from clearance.model.outcome import Outcome
from clearance.usecases.screened import Screened


class Gallery:
    """The customers that a drawing would explain."""

    def __init__(self) -> None:
        self._drawable = 0
        self._whole: list[Screened] = []

    def add(self, entry: Entry) -> None:
        """Keep this customer if its answer rests on holdings and is not simply allowed."""
        self._drawable += entry.drawable
        if entry.drawable and entry.whole is not None:
            self._whole.append(entry.whole)

    def __len__(self) -> int:
        return self._drawable

    def chosen(self) -> tuple[Screened, ...]:
        """The customers to draw, in the order of the page."""
        ordered = sorted(self._whole, key=weight_of)
        denied = [one for one in ordered if one.outcome is Outcome.DENY][:DENIED]
        others = [one for one in ordered if one.outcome is not Outcome.DENY][:OTHERS]
        longest = sorted(ordered, key=lambda one: -len(one.path))[:LONGEST]
        wanted = {one.customer.id for one in (*denied, *others, *longest)}
        return tuple(one for one in ordered if one.customer.id in wanted)
