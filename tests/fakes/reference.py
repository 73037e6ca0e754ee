"""A small world as reference data: rows as stated and the graph the engine works on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tests.compiled import compiled
from tests.reference.world import World

from clearance.model.interest import Interest
from clearance.model.party import Party
from clearance.ownership.arrays.graph import Graph, Int64


class FakeReference:
    """Parties by index and id, interests both ways, statements by row."""

    def __init__(self, world: World) -> None:
        made = compiled(world)
        self.graph: Graph = made.graph
        self.ids = made.ids
        self._parties = world.everybody()
        self._interests = world.interests

    def id(self, index: int) -> str:
        return self.ids[index]

    def ids_at(self, indexes: Int64) -> list[str]:
        return [self.ids[index] for index in indexes.tolist()]

    def index(self, id: str) -> int | None:
        return self.ids.index(id) if id in self._parties else None

    def statement(self, row: int) -> str:
        return self._interests[int(self.graph.row_of[row])].statement

    def party(self, id: str) -> Party | None:
        return self._parties.get(id)

    def interests_in(self, subject: str) -> Sequence[Interest]:
        found = [one for one in self._interests if one.subject == subject]
        return sorted(found, key=lambda one: (one.interested_party, one.type, one.statement))

    def interests_of(self, interested_party: str) -> Sequence[Interest]:
        found = [one for one in self._interests if one.interested_party == interested_party]
        return sorted(found, key=lambda one: (one.subject, one.type, one.statement))

    def party_ids(self) -> Iterator[str]:
        return iter(self.ids)
