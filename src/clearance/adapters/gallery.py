"""Which customers are drawn: those that ownership leads to, the weightiest of each outcome.

1. Denied customers come first, then reviewed ones, each by revenue, then by id.
2. The longest paths are drawn whatever their revenue: they are the hardest to see in a table.
"""

from __future__ import annotations

from clearance.model.outcome import Outcome
from clearance.usecases.screened import Screened

DENIED, OTHERS, LONGEST = 24, 12, 4


class Gallery:
    """Collects the customers that a drawing would explain."""

    def __init__(self) -> None:
        self._found: list[Screened] = []

    def add(self, screened: Screened) -> None:
        """Keep this customer if its answer rests on holdings and is not simply allowed."""
        if screened.path and screened.outcome not in (Outcome.ALLOW, Outcome.ALLOW_WITH_NOTICE):
            self._found.append(screened)

    def __len__(self) -> int:
        return len(self._found)

    def chosen(self) -> tuple[Screened, ...]:
        """The customers to draw, in the order of the page."""
        ordered = sorted(self._found, key=_weight)
        denied = [one for one in ordered if one.outcome is Outcome.DENY][:DENIED]
        others = [one for one in ordered if one.outcome is not Outcome.DENY][:OTHERS]
        longest = sorted(ordered, key=lambda one: -len(one.path))[:LONGEST]
        wanted = {one.customer.id for one in (*denied, *others, *longest)}
        return tuple(one for one in ordered if one.customer.id in wanted)


def _weight(screened: Screened) -> tuple[int, float, str]:
    return (-screened.outcome, -float(screened.customer.revenue), screened.customer.id)
