"""Solving a loop's equations exactly: Newton's method, which ends, since they are piecewise linear.

1. The slopes of a total are read off by moving one weight a hair, exact in fractions.
2. A member whose solution counts whole is taken as whole and the rest solved again: such values
   bound the loop, but its steps show nothing, so a derivation goes round it instead.
3. A weight that a member has before is a floor: what is sure is possible.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from clearance.model.interest import Measure
from clearance.model.proof import EVERYTHING, NOTHING, Because, End, Step
from clearance.ownership.checker.ends import at_most, rank
from clearance.ownership.checker.equations import Equations
from clearance.ownership.proof.cite import holdings_step

HAIR = Fraction(1, 10**40)
TURNS = 12
RISES = (0, 1, 4, 16, 64, 256)
"""Rounds by which values rise before Newton's steps are tried, again if they lead astray."""
GRAIN = 1 << 80
LARGEST = 40


def solve_loop(
    equations: Equations,
    weights: Mapping[str, End],
    group: Sequence[str],
    number: int,
    *,
    closed: bool = False,
) -> list[Step] | None:
    """Steps to be solved together as loop ``number``; ``None`` where the loop cannot be.

    ``closed`` wants them without saying which ends are open: less, where lower ends are meant.
    """
    free = [name for name in group if weights.get(name, NOTHING).value < 1]
    if len(free) > LARGEST or equations.measure is None:
        return None
    risen = dict.fromkeys(free, Fraction(0))
    for rounds in RISES:
        for _ in range(rounds):
            ends = {name: _total(equations, weights, risen, name).value for name in free}
            risen = {name: Fraction(int(end * GRAIN), GRAIN) for name, end in ends.items()}
        values = _settled(equations, weights, risen)
        if values is not None:
            return _steps(equations, weights, values, number, closed)
    return None


def _settled(
    equations: Equations, weights: Mapping[str, End], values: dict[str, Fraction]
) -> dict[str, Fraction] | None:
    """Where Newton's steps come to rest from here; ``None`` if they do not."""
    for _ in range(TURNS):
        if all(_total(equations, weights, values, name).value == values[name] for name in values):
            return values
        following = _newton(equations, weights, values)
        if following is None:
            return None
        values = following
    return None


def _newton(
    equations: Equations, weights: Mapping[str, End], values: Mapping[str, Fraction]
) -> dict[str, Fraction] | None:
    """Where the equations, taken as straight from here, meet the values."""
    names = list(values)
    here = {name: _total(equations, weights, values, name).value for name in names}
    rows = []
    for name in names:
        slopes = []
        for other in names:
            moved = dict(values) | {other: values[other] + HAIR}
            slopes.append((_total(equations, weights, moved, name).value - here[name]) / HAIR)
        constant = here[name] - sum(
            slope * values[other] for slope, other in zip(slopes, names, strict=True)
        )
        own = [
            Fraction(int(name == other)) - slope for slope, other in zip(slopes, names, strict=True)
        ]
        rows.append([*own, constant])
    found = _eliminate(rows)
    if found is None or any(not 0 <= value <= 1 for value in found):
        return None
    return dict(zip(names, found, strict=True))


def _total(
    equations: Equations,
    weights: Mapping[str, End],
    values: Mapping[str, Fraction],
    name: str,
    opened: Mapping[str, bool] | None = None,
) -> End:
    def weight(holder: str) -> End:
        if holder in values:
            return End(values[holder], bool(opened and opened[holder]))
        return weights.get(holder, NOTHING)

    found = equations.total(name, _measure(equations), weight)
    ends = (found, equations.controller(name, weight), weights.get(name, NOTHING))
    return max(ends, key=lambda end: rank(end, equations.side))


def _onward(equations: Equations, end: End) -> End:
    return equations.onward(_measure(equations), end)


def _measure(equations: Equations) -> Measure:
    return equations.measure or Measure.SHARES


def _eliminate(rows: list[list[Fraction]]) -> list[Fraction] | None:
    """Gauss and Jordan; ``None`` where there is no single solution."""
    size = len(rows)
    for column in range(size):
        pivot = next((at for at in range(column, size) if rows[at][column]), None)
        if pivot is None:
            return None
        rows[column], rows[pivot] = rows[pivot], rows[column]
        lead = rows[column][column]
        rows[column] = [value / lead for value in rows[column]]
        for at in range(size):
            factor = rows[at][column]
            if at != column and factor:
                pairs = zip(rows[at], rows[column], strict=True)
                rows[at] = [value - factor * base for value, base in pairs]
    return [row[-1] for row in rows]


def _steps(
    equations: Equations,
    weights: Mapping[str, End],
    values: dict[str, Fraction],
    number: int,
    closed: bool,
) -> list[Step] | None:
    """The loop's steps, ends open where something that counts is."""
    opened = dict.fromkeys(values, False)
    for _ in values if not closed else ():
        for name in values:
            opened[name] = _total(equations, weights, values, name, opened).open
    ends = {name: End(value, opened[name]) for name, value in values.items()}
    whole = [name for name, end in ends.items() if _onward(equations, end) != end]
    if whole:
        known = dict(weights) | dict.fromkeys(whole, EVERYTHING)
        rest = solve_loop(equations, known, list(values), number, closed=closed)
        return None if rest is None else [*_lone(equations, known, whole, rest), *rest]

    def weight(holder: str) -> End:
        return ends.get(holder) or weights.get(holder, NOTHING)

    steps = [
        replace(
            holdings_step(equations, name, _measure(equations), weight),
            total=end,
            together=number,
        )
        for name, end in ends.items()
        if rank(end, equations.side) > rank(weights.get(name, NOTHING), equations.side)
    ]
    solved = closed or all(
        at_most(_total(equations, weights, values, name, opened), end, equations.side)
        for name, end in ends.items()
    )
    return steps if solved else None


def _lone(
    equations: Equations, known: Mapping[str, End], whole: Sequence[str], rest: Sequence[Step]
) -> list[Step]:
    """Members that count whole, each with the total that makes it so."""
    found = dict(known) | {step.party: step.total for step in rest if step.together}
    measure = _measure(equations)

    def weight(holder: str) -> End:
        return found.get(holder, NOTHING)

    return [
        Step(name, Because.HOLDINGS, equations.total(name, measure, weight), measure)
        for name in whole
    ]
