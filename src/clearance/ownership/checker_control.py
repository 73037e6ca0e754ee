"""Control findings, recomputed."""

from __future__ import annotations

from clearance.model.proof import NOTHING, Step
from clearance.ownership.checker_equations import Equations
from clearance.ownership.checker_total import Weight


def control_holds(equations: Equations, step: Step, weight: Weight) -> bool:
    """Does the step's finding follow from what it cites and who is shown to be a member?"""
    types = equations.run.rule.control.types
    return any(
        row.type in types and row.type.name == step.fact and weight(row.interested_party) != NOTHING
        for row in equations.rows.interests_in(step.party)
    )


def controls(equations: Equations, party: str, weight: Weight) -> bool:
    """Is there any control finding about ``party``, given who is a member?"""
    return any(
        row.type in equations.run.rule.control.types and weight(row.interested_party) != NOTHING
        for row in equations.rows.interests_in(party)
        if row.period.live(equations.run.as_of)[1]
    )
