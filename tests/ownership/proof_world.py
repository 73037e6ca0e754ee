"""A world as rows, and proofs about it made by hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tests.reference.world import World

from clearance.model.interest import Interest
from clearance.model.party import Party


class WorldRows:
    """The rows of a small world."""

    def __init__(self, world: World) -> None:
        self._parties = world.everybody()
        self._interests = world.interests

    def party(self, id: str) -> Party | None:
        """The party of that id."""
        return self._parties.get(id)

    def interests_in(self, subject: str) -> Sequence[Interest]:
        """Every interest in ``subject``."""
        found = [row for row in self._interests if row.subject == subject]
        return sorted(found, key=lambda row: (row.interested_party, row.type, row.statement))

    def interests_of(self, interested_party: str) -> Sequence[Interest]:
        """Every interest of ``interested_party``."""
        found = [row for row in self._interests if row.interested_party == interested_party]
        return sorted(found, key=lambda row: (row.subject, row.type, row.statement))

    def party_ids(self) -> Iterator[str]:
        """Every id."""
        return iter(self._parties)
