"""Who owns a party, and what it owns, as trees of stated interests.

1. A tree holds interests that are live on the day, surely or possibly; others are counted.
2. A party stands open once; where it occurs again it is marked, so loops end.
3. Children come by the largest share first, then by id; what does not fit is counted, not dropped.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum

from clearance.model.interest import Interest
from clearance.model.party import Party, PartyKind
from clearance.model.rows import Rows
from clearance.model.share import Share
from clearance.usecases.picture import Role

WIDEST = 12
"""Children of one party that are shown."""

LARGEST = 150
"""Parties that one tree shows."""


class Direction(Enum):
    """Towards owners, or towards what is owned."""

    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Tie:
    """One stated interest; ``certain`` if it is surely live on the day."""

    interest: Interest
    certain: bool


@dataclass(frozen=True, slots=True)
class Node:
    """A party in a tree.

    **Shape**: ``ties`` join it to the node it hangs from, none at the root; ``repeated`` says that
    it stands open elsewhere; ``more`` children are not shown; ``ended`` interests are not live.
    """

    party: Party
    role: Role
    ties: tuple[Tie, ...] = ()
    children: tuple[Node, ...] = ()
    repeated: bool = False
    more: int = 0
    ended: int = 0


@dataclass(slots=True)
class _Grower:
    rows: Rows
    day: int
    direction: Direction
    deepest: int
    role_of: Callable[[str], Role]
    open: set[str] = field(default_factory=set)

    def grow(self, id: str, ties: tuple[Tie, ...], depth: int) -> Node:
        party = self.rows.party(id) or Party(id, kind=PartyKind.UNKNOWN)
        role = Role.UNKNOWN if party.kind is PartyKind.UNKNOWN else self.role_of(id)
        joined, ended = self._joined(id)
        if id in self.open:
            return Node(party, role, ties, repeated=bool(joined))
        self.open.add(id)
        room = min(WIDEST, LARGEST - len(self.open)) if depth < self.deepest else 0
        shown = joined[: max(room, 0)]
        children = tuple(self.grow(other, more, depth + 1) for other, more in shown)
        return Node(party, role, ties, children, more=len(joined) - len(shown), ended=ended)

    def _joined(self, id: str) -> tuple[list[tuple[str, tuple[Tie, ...]]], int]:
        """The other ends of live interests with what joins them, and how many are not live."""
        up = self.direction is Direction.UP
        stated = self.rows.interests_in(id) if up else self.rows.interests_of(id)
        found: dict[str, list[Tie]] = {}
        ended = 0
        for interest in stated:
            must, may = interest.period.live(self.day)
            if not may:
                ended += 1
                continue
            other = interest.interested_party if up else interest.subject
            found.setdefault(other, []).append(Tie(interest, must))
        ordered = sorted(found.items(), key=lambda item: (-_most(item[1]), item[0]))
        return [(other, tuple(ties)) for other, ties in ordered], ended


def tree(
    rows: Rows,
    id: str,
    day: int,
    direction: Direction,
    role_of: Callable[[str], Role],
    deepest: int = 16,
) -> Node:
    """The tree of a party.

    Args:
        rows: the reference as stated.
        id: the party at the root.
        day: the day on which interests are live.
        direction: towards owners or what is owned.
        role_of: what a party is under the rule in question.
        deepest: how many steps away from the root are shown.

    **Cost**: the interests of at most ``LARGEST`` parties.
    """
    return _Grower(rows, day, direction, deepest, role_of).grow(id, (), 0)


def nodes(root: Node) -> list[Node]:
    """Every node once, nearest first."""
    found, waiting = [], [root]
    while waiting:
        node = waiting.pop(0)
        found.append(node)
        waiting += node.children
    return found


def alike(ties: Sequence[Tie]) -> list[tuple[Tie, ...]]:
    """Ties by what is the same about them: days, marks and source."""
    found: dict[object, list[Tie]] = {}
    for tie in ties:
        interest = tie.interest
        about = (interest.period, interest.attributed, tie.certain, interest.source)
        found.setdefault(about, []).append(tie)
    return [tuple(group) for group in found.values()]


def _most(ties: Sequence[Tie]) -> float:
    shares = [tie.interest.share for tie in ties]
    return max((float(one.maximum) if isinstance(one, Share) else 0.5 for one in shares), default=0)
