"""What was worked out about one party's ancestors on one side, and what from.

The weights are the least solution of the checker's own equations, so that the steps are a
derivation; where ``exact`` is false they are below it, and no ceilings.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from clearance.model.interest import Measure
from clearance.model.proof import NOTHING, End, Side, Step
from clearance.ownership.checker.control import Ground
from clearance.ownership.checker.equations import Equations
from clearance.ownership.checker.total import Weight


@dataclass(slots=True)
class Solved:
    """Everything worked out on the way to one party.

    ``owned`` is ownership alone, by measure where measures multiply, in work about the controlled.
    ``besides`` is the other side, worked out first. ``suspects`` lift no presumption, nor does
    anybody where it is ``None``.
    """

    equations: Equations
    root: str = ""
    ceilings: bool = False
    owned: dict[Measure | None, Solved] = field(default_factory=dict)
    weights: dict[str, End] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)
    exact: bool = True
    loops: int = 0
    besides: Solved | None = None
    suspects: frozenset[str] | None = frozenset()

    def domestic(self, party: str) -> bool:
        """May a holder lift a presumption?"""
        known = self.suspects is not None and party not in self.suspects
        return known and self.weight(party) == NOTHING

    def members(self) -> frozenset[str]:
        """Everybody who may count."""
        return frozenset(name for name, end in self.weights.items() if end != NOTHING)

    def weight(self, party: str) -> End:
        """How restricted a holder was found to be."""
        return self.weights.get(party, NOTHING)

    def owned_weight(self, measure: Measure) -> Weight:
        """How much of a holder is owned, in a measure."""
        return (self.owned.get(measure) or self.owned.get(None) or self).weight

    def ground(self) -> Ground:
        """What control is found by."""
        sure = self.besides if self.equations.side is Side.MAY else None
        if sure is None:
            return Ground(self.weight, self.owned_weight, domestic=self.domestic)
        return Ground(self.weight, self.owned_weight, sure.weight, sure.owned_weight, self.domestic)

    def enter(self, step: Step, weight: End) -> None:
        """Take a step."""
        self.steps.append(step)
        self.weights[step.party] = weight
