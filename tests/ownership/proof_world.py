"""A world as rows with indexes, and the engine's proofs about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tests.compiled import compiled
from tests.reference.world import World

from clearance.model.interest import Interest
from clearance.model.party import Party
from clearance.model.proof import Proof
from clearance.ownership.arrays.graph import Int64
from clearance.ownership.attribute import attribute
from clearance.ownership.checker.check import Checked, check
from clearance.ownership.proof.prover import Prover


class WorldRows:
    """The rows of a small world."""

    def __init__(self, world: World) -> None:
        self._parties = world.everybody()
        self._ids = tuple(self._parties)
        self._interests = world.interests

    def id(self, index: int) -> str:
        """The id of a party."""
        return self._ids[index]

    def index(self, id: str) -> int | None:
        """The index of a party."""
        return self._ids.index(id) if id in self._parties else None

    def ids_at(self, indexes: Int64) -> Sequence[str]:
        """The ids of many parties."""
        return [self._ids[index] for index in indexes.tolist()]

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


def prover_of(world: World) -> Prover:
    """The engine's answer about a world, ready to be proved."""
    made = compiled(world)
    seeds = None if world.seeds is None else tuple(made.index(name) for name in world.seeds)
    answer = attribute(made.graph, world.rule, world.day, seeds=seeds)
    return Prover(answer, WorldRows(world))


def checked(world: World, prover: Prover, proof: Proof, *, alone: bool = False) -> Checked:
    """What the checker says, with the rows unless the proof stands ``alone``."""
    rows = None if alone else WorldRows(world)
    return check(proof, prover.certificates, rows, prover.run.rule)
