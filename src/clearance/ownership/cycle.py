"""Cycle groups: the least solution of their equations, in fractions.

1. Lower ends first, upper ends then (an upper end is never below the lower).
2. From nothing, rounds of the equations climb towards the least solution. On the way the piece of
   the equations that is active is solved exactly; it is taken if it solves all of them. Where ends
   are a maximum of sums the first such point is the least; where they are a minimum, a solution
   that is positive wherever the rounds are is the only one.
3. A step (hybrid, cascade) only ever turns weights up, so it is repeated from the least solution
   until nothing more turns.
4. A group too large or too slow for that is bounded: a lower end by the rounds from nothing, an
   upper end by the rounds from everything. Both bounds are on the safe side.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from clearance.ownership.exact import Exact, holders
from clearance.ownership.order import components
from clearance.ownership.total import ALL, NOTHING, End, Total

Values = dict[int, Fraction]
Equations = Callable[[Values], Values]

_GRID = 10**18
_NUDGE = Fraction(1, 2**90)
_LARGE = 40
_PATIENCE = 5


def settle_group(exact: Exact, nodes: tuple[int, ...]) -> None:
    """Settle the nodes of one cycle group, as one root sees them."""
    inside = set(nodes)
    before = {node: [one for one in holders(exact.flow, node) if one in inside] for node in nodes}
    for found in components(before):
        if len(found) == 1 and found[0] not in before[found[0]]:
            exact.settle(found[0])
        else:
            _Group(exact, found).settle()


class _Group:
    """One strongly connected group of nodes."""

    def __init__(self, exact: Exact, nodes: tuple[int, ...]) -> None:
        self.exact = exact
        self.nodes = nodes
        self.lows: Mapping[int, End] = {}
        self.outside: dict[int, Total] = {}

    def settle(self) -> None:
        low, self.lows = self._side(upper=False)
        high, _ = self._side(upper=True)
        for node in self.nodes:
            pairs = zip(low[node], high[node], strict=True)
            found = (Total(sure.low, perhaps.high) for sure, perhaps in pairs)
            self.exact.record(node, tuple(self.exact.fixed(node, each) for each in found))

    def _side(self, upper: bool) -> tuple[dict[int, tuple[Total, ...]], dict[int, End]]:
        """Totals and weights of one end."""
        step, fixed = self.exact.step, self.exact.flow.fixed
        whole = {node for node in self.nodes if upper and fixed[node]}
        while True:
            ends = {node: ALL if node in whole else NOTHING for node in self.nodes}
            if step.keep:
                ends = {node: End(value) for node, value in self._solve(whole, upper).items()}
            totals, ends = self._open(ends, whole, upper)
            fired = {n for n in self.nodes if n not in whole and step.fires(totals[n], upper)}
            if not fired:
                return totals, ends
            whole |= fired

    def _open(
        self, ends: dict[int, End], whole: set[int], upper: bool
    ) -> tuple[dict[int, tuple[Total, ...]], dict[int, End]]:
        """Totals at a solution, with the open ends that weights pass on to each other."""
        while True:
            totals = {node: self._totals(node, ends, upper) for node in self.nodes}
            new = dict(ends)
            for node in self.nodes:
                if self.exact.step.keep and node not in whole:
                    opens = self.exact.step.number(totals[node], upper).open
                    new[node] = End(ends[node].value, ends[node].open or opens)
            if new == ends:
                return totals, ends
            ends = new

    def _totals(self, node: int, ends: Mapping[int, End], upper: bool) -> tuple[Total, ...]:
        root = int(self.exact.flow.root[node])

        def weight(party: int) -> Total:
            there = self.exact.node_of(root, party)
            if there not in ends:
                if there not in self.outside:
                    self.outside[there] = self.exact.weight(there)
                return self.outside[there]
            return Total(self.lows[there], ends[there]) if upper else Total(ends[there], NOTHING)

        return tuple(
            self.exact.evaluate(node, block, weight) for block in range(len(self.exact.totals))
        )

    def _solve(self, whole: set[int], upper: bool) -> Values:
        """The least solution with these counted whole; a safe bound where it is not found."""
        free = [node for node in self.nodes if node not in whole]
        given = dict.fromkeys(whole, Fraction(1))

        def equations(at: Values) -> Values:
            ends = {node: End(value) for node, value in (given | at).items()}
            number = self.exact.step.number
            return {node: number(self._totals(node, ends, upper), upper).value for node in at}

        return given | least(equations, free, upper)


def least(equations: Equations, unknowns: list[int], upper: bool) -> Values:
    """The least solution of monotone equations on [0, 1], or a bound on the safe side of it.

    **Shape**: piecewise linear equations, every slope at least 0.
    """
    at = dict.fromkeys(unknowns, Fraction(0))
    rounds = len(unknowns) + 1
    for _ in range(_PATIENCE):
        for _ in range(rounds):
            after = equations(at)
            if after == at:
                return at
            at = {node: _grid(value) for node, value in after.items()}
        solved = _piece(equations, at) if len(unknowns) <= _LARGE else None
        if solved is not None and _above(solved, at) and equations(solved) == solved:
            return solved
        rounds *= 3
    return _from_above(equations, unknowns, rounds) if upper else at


def _from_above(equations: Equations, unknowns: list[int], rounds: int) -> Values:
    at = dict.fromkeys(unknowns, Fraction(1))
    for _ in range(rounds):
        at = {node: -_grid(-value) for node, value in equations(at).items()}
    return at


def _grid(value: Fraction) -> Fraction:
    """Rounded down to 10⁻¹⁸, so that rounds stay short."""
    return Fraction(value.numerator * _GRID // value.denominator, _GRID)


def _above(values: Values, floor: Values) -> bool:
    return all(floor[node] <= value <= 1 for node, value in values.items())


def _piece(equations: Equations, at: Values) -> Values | None:
    """The solution of the linear piece that is active just above ``at``."""
    names = list(at)
    base = equations(at)
    rows: list[list[Fraction]] = [[Fraction(0)] * len(names) for _ in names]
    for column, name in enumerate(names):
        moved = equations(at | {name: at[name] + _NUDGE})
        for row, other in enumerate(names):
            rows[row][column] = (moved[other] - base[other]) / _NUDGE
    matrix = []
    for row, name in enumerate(names):
        constant = base[name] - sum(
            slope * at[other] for slope, other in zip(rows[row], names, strict=True)
        )
        line = [Fraction(row == column) - slope for column, slope in enumerate(rows[row])]
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
        matrix[column] = [value / head for value in matrix[column]]
        for row in range(size):
            factor = matrix[row][column]
            if row != column and factor:
                pairs = zip(matrix[row], matrix[column], strict=True)
                matrix[row] = [value - factor * other for value, other in pairs]
    return [line[-1] for line in matrix]
