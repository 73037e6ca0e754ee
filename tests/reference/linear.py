"""The least solution of equations made of sums, largest and smallest of several.

1. Rise from nothing, rounded down, until the pieces that count are known.
2. Solve those pieces exactly as linear equations.
3. An exact solution that is positive only where the rise is, is the least one: the pieces are
   concave, and a concave equation has one solution with a given positive part.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from tests.reference.ends import End

Point = dict[str, Fraction]
Equations = Callable[[Mapping[str, End]], dict[str, End]]
"""Each variable's right-hand side at a point, with its slopes there."""

_GRAIN = 2**80


def least_solution(names: tuple[str, ...], equations: Equations) -> dict[str, End]:
    """The least solution, then which of its ends are open.

    Raises:
        ArithmeticError: the pieces were not found in reasonable time.
    """
    opens = frozenset[str]()
    values = _values(names, equations)
    while True:
        at = {name: _variable(name, values[name], name in opens) for name in names}
        found = frozenset(name for name, end in equations(at).items() if end.open)
        if found <= opens:
            return {name: End(values[name], name in opens) for name in names}
        opens |= found


def _values(names: tuple[str, ...], equations: Equations) -> Point:
    point = dict.fromkeys(names, Fraction(0))
    for sweeps in (len(names), 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048):
        for _ in range(sweeps):
            sides = _at(point, equations)
            point = {name: max(point[name], _down(sides[name].value)) for name in names}
        solved = _solved(point, equations)
        if solved is not None and _is_least(solved, point, equations):
            return solved
    raise ArithmeticError("no exact solution found")


def _is_least(solved: Point, risen: Point, equations: Equations) -> bool:
    if any(value < 0 or (value > 0) is not (risen[name] > 0) for name, value in solved.items()):
        return False
    return all(end.value == solved[name] for name, end in _at(solved, equations).items())


def _variable(name: str, value: Fraction, open: bool) -> End:
    return End(value, open, {name: Fraction(1)})


def _at(point: Point, equations: Equations) -> dict[str, End]:
    return equations({name: _variable(name, value, False) for name, value in point.items()})


def _down(value: Fraction) -> Fraction:
    return Fraction(value.numerator * _GRAIN // value.denominator, _GRAIN)


def _solved(point: Point, equations: Equations) -> Point | None:
    """Solve ``x = constant + slopes · x`` where the rise is positive."""
    sides = _at(point, equations)
    names = [name for name in point if point[name] > 0]
    table = []
    for name in names:
        side = sides[name]
        constant = side.value - sum(
            (rise * point[other] for other, rise in side.slope.items()), Fraction(0)
        )
        row = [(1 if other == name else 0) - side.slope.get(other, Fraction(0)) for other in names]
        table.append([*row, constant])
    answer = _eliminated(table)
    if answer is None:
        return None
    return {**dict.fromkeys(point, Fraction(0)), **dict(zip(names, answer, strict=True))}


def _eliminated(table: list[list[Fraction]]) -> list[Fraction] | None:
    """Gauss and Jordan; ``None`` where the rows do not determine a solution."""
    size = len(table)
    for column in range(size):
        pivot = next((row for row in range(column, size) if table[row][column] != 0), None)
        if pivot is None:
            return None
        table[column], table[pivot] = table[pivot], table[column]
        lead = table[column][column]
        table[column] = [value / lead for value in table[column]]
        for row in range(size):
            factor = table[row][column]
            if row != column and factor != 0:
                table[row] = [
                    value - factor * top
                    for value, top in zip(table[row], table[column], strict=True)
                ]
    return [row[size] for row in table]
