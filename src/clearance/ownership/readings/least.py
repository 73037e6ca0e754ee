"""The least solution of monotone, piecewise linear equations on [0, 1].

1. From nothing, rounds of the equations climb towards it. On the way, the pieces that are active
   are solved exactly, and the point is taken if it solves all equations and is positive exactly
   where the rounds are.
2. Where equations are largest-of, pieces lie below them: such a point is the least solution. Where
   they are smallest-of, the equations are concave, and one solution is positive there.
3. A system too large or too slow for that is bounded: a lower end by exact rounds from nothing, an
   upper end by exact rounds from everything. Both are on the safe side.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from clearance.ownership.readings.equation import Equation, Piece

Point = dict[int, Fraction]

_GRID = 10**18
_LARGE = 60
_PATIENCE = 6
_ROUNDING = 1e-9


def least(equations: Mapping[int, Equation], given: Mapping[int, Fraction], upper: bool) -> Point:
    """The least solution, or a bound on the safe side of it.

    **Shape**: an equation for each unknown; ``given`` members have a value that does not move.
    The result holds the unknowns.

    **Cost**: cubic in the unknowns, in fractions; past sixty unknowns some hundred rounds.
    """
    rough = dict.fromkeys(equations, 0.0) | {member: float(v) for member, v in given.items()}
    rounds = len(equations) + 2
    for _ in range(_PATIENCE if len(equations) <= _LARGE else 0):
        for _ in range(rounds):
            rough |= {member: each.near(rough) for member, each in equations.items()}
        solved = _solved(equations, given, rough)
        if solved is not None:
            return solved
        rounds *= 3
    return _bound(equations, given, upper)


def _solved(
    equations: Mapping[int, Equation], given: Mapping[int, Fraction], rough: Mapping[int, float]
) -> Point | None:
    """The exact solution of the pieces active near a point, if it solves the equations."""
    risen = [member for member in equations if rough[member] > 0]
    at = {member: Fraction(value) for member, value in rough.items()} | dict(given)
    pieces = {member: equations[member].piece(at) for member in risen}
    found = _linear(pieces, given)
    if found is None:
        return None
    point = dict.fromkeys(equations, Fraction(0)) | found
    if any(not rough[m] - _ROUNDING <= value <= 1 for m, value in point.items()):
        return None
    if any((point[member] > 0) != (rough[member] > 0) for member in equations):
        return None
    everything = point | dict(given)
    solves = all(each.at(everything) == point[member] for member, each in equations.items())
    return point if solves else None


def _linear(pieces: Mapping[int, Piece], given: Mapping[int, Fraction]) -> Point | None:
    names = list(pieces)
    place = {name: column for column, name in enumerate(names)}
    matrix = []
    for row, name in enumerate(names):
        line = [Fraction(row == column) for column in range(len(names))]
        constant = pieces[name].constant
        for member, slope in pieces[name].slope.items():
            if member in given:
                constant += slope * given[member]
            elif member in place:
                line[place[member]] -= slope
        matrix.append([*line, constant])
    solved = _eliminate(matrix)
    return None if solved is None else dict(zip(names, solved, strict=True))


def _eliminate(matrix: list[list[Fraction]]) -> list[Fraction] | None:
    """Solve by elimination; ``None`` if there is no single solution."""
    size = len(matrix)
    for column in range(size):
        pivot = next((row for row in range(column, size) if matrix[row][column]), None)
        if pivot is None:
            return None
        matrix[column], matrix[pivot] = matrix[pivot], matrix[column]
        head = matrix[column][column]
        matrix[column] = [value and value / head for value in matrix[column]]
        for row in range(size):
            factor = matrix[row][column]
            if row != column and factor:
                pairs = zip(matrix[row], matrix[column], strict=True)
                matrix[row] = [value - factor * other if other else value for value, other in pairs]
    return [line[-1] for line in matrix]


def _bound(equations: Mapping[int, Equation], given: Mapping[int, Fraction], upper: bool) -> Point:
    """Rounds from everything, rounded up (``upper``), or from nothing, rounded down."""
    at = dict.fromkeys(equations, Fraction(int(upper)))
    for _ in range(400):
        everything = at | dict(given)
        after = {m: _grid(each.at(everything), upper) for m, each in equations.items()}
        if after == at:
            break
        at = after
    return at


def _grid(value: Fraction, up: bool) -> Fraction:
    """Rounded outward to 10⁻¹⁸, so that rounds stay short."""
    if up:
        return Fraction(-(-value.numerator * _GRID // value.denominator), _GRID)
    return Fraction(value.numerator * _GRID // value.denominator, _GRID)
