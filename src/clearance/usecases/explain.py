"""Explain one party: who owns it, what it owns, what each rule says, and the arithmetic of it.

1. Only what stands above the party is put to the engine; no rule looks further.
2. Every rule of the policy is answered with its path, its steps and, where readings differ, each
   reading's own result.
3. Trees show interests as they were stated; answers show them fused, as the engine counted them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from clearance.model.errors import InputError
from clearance.model.party import Party
from clearance.model.rows import Rows
from clearance.model.rule import Rule
from clearance.model.share import Share
from clearance.model.verdict import Finding, Holding, Reached
from clearance.ownership.arrays.graph import Graph
from clearance.ownership.attribute import Attribution, attribute
from clearance.usecases.arithmetic import Step, steps
from clearance.usecases.path_picture import role_under
from clearance.usecases.paths import path_of
from clearance.usecases.picture import Role
from clearance.usecases.tree import Direction, Node, tree
from clearance.usecases.upward import Part, upward

_STRICTEST = (Role.RESTRICTED, Role.REACHED, Role.POSSIBLE, Role.UNKNOWN, Role.PLAIN)

DOWNWARD = 2
"""Steps downwards that an explanation shows."""


class Reference(Rows, Protocol):
    """What explaining needs of reference data."""

    @property
    def graph(self) -> Graph:
        """Parties and interests as arrays."""
        ...

    def id(self, index: int) -> str:
        """The id of a party."""
        ...

    def index(self, id: str) -> int | None:
        """The index of a party, or ``None``."""
        ...

    def statement(self, row: int) -> str:
        """The statement behind an interest row of the graph."""
        ...


@dataclass(frozen=True, slots=True)
class Answered:
    """One rule's answer about the party; ``could`` if the undeclared rest could pass."""

    rule: Rule
    in_force: bool
    finding: Finding
    could: bool
    path: tuple[Holding, ...]
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """What is known of a party on a day.

    **Shape**: ``answers`` in the order of the rules asked; ``upward`` leads to owners, ``downward``
    to what it owns; roles in the trees are the strictest of any rule; ``above`` counts the parties
    the answer can depend on.
    """

    party: Party
    as_of: int
    answers: tuple[Answered, ...]
    upward: Node
    downward: Node
    roles: Callable[[str], Role]
    above: int


@dataclass(frozen=True, slots=True)
class OwnerFound:
    """One owner under an owner-finding rule; ``share`` is its own total."""

    party: Party
    measure: str
    share: Share
    reached: Reached


@dataclass(frozen=True, slots=True)
class OwnersOf:
    """Whom an owner-finding rule names; outside its dates computed as if it were in force.

    **Shape**: ``asked`` is false of a rule that waits for a policy's regions; it names nobody then.
    """

    rule: Rule
    in_force: bool
    found: tuple[OwnerFound, ...]
    asked: bool = True


class Asked:
    """A rule answered on the part above a party, in the words of the whole reference."""

    def __init__(self, reference: Reference, part: Part, answer: Attribution) -> None:
        self.answer = answer
        self._reference = reference
        self._part = part
        self._made: dict[int, Finding] = {}

    def local(self, id: str) -> int:
        index = self._reference.index(id)
        return -1 if index is None else self._part.local(index)

    def explain(self, id: str) -> Finding | None:
        at = self.local(id)
        if at < 0:
            return None
        if at not in self._made:
            self._made[at] = self.answer.finding(at, self.id, self._statement)
        return self._made[at]

    def id(self, local: int) -> str:
        return self._reference.id(int(self._part.party[local]))

    def _statement(self, row: int) -> str:
        return self._reference.statement(int(self._part.row[row]))

    def role(self, id: str) -> Role:
        at = self.local(id)
        if at < 0:
            return Role.PLAIN
        return role_under(
            Reached(int(self.answer.reached[at])), bool(self.answer.seeds.certain[at])
        )


def explain(reference: Reference, id: str, rules: Sequence[Rule], day: int) -> Explanation:
    """Explain a party under some rules on a day.

    Raises:
        InputError: no such party.

    **Cost**: what stands above the party, twice a rule; some ten milliseconds for most.
    """
    part, party = part_above(reference, id)
    asked = [Asked(reference, part, attribute(part.graph, rule, day)) for rule in rules]

    def role(other: str) -> Role:
        return min((one.role(other) for one in asked), key=_STRICTEST.index, default=Role.PLAIN)

    return Explanation(
        party,
        day,
        tuple(_answered(one, id) for one in asked),
        tree(reference, id, day, Direction.UP, role),
        tree(reference, id, day, Direction.DOWN, role, DOWNWARD),
        role,
        len(part.party),
    )


def part_above(reference: Reference, id: str) -> tuple[Part, Party]:
    """What stands above a party, and the party.

    Raises:
        InputError: no such party.
    """
    index, party = reference.index(id), reference.party(id)
    if index is None or party is None:
        raise InputError(
            f"no party {id!r} in the reference", remedy="give an id, or SCHEME:NUMBER of a register"
        )
    return upward(reference.graph, index), party


def _answered(asked: Asked, id: str) -> Answered:
    at = asked.local(id)
    finding = asked.explain(id)
    if finding is None:
        raise LookupError(id)
    path = path_of(finding, asked.explain)
    return Answered(
        asked.answer.rule,
        asked.answer.in_force,
        finding,
        bool(asked.answer.could[at]) and finding.reached is Reached.NO,
        path,
        steps(finding, path, asked.explain) if path or finding.seed else (),
    )
