"""Cycle groups: the least solution of their equations, in fractions.

1. Lower ends first, upper ends then (an upper end is never below the lower).
2. A step (hybrid, cascade) only ever turns weights up, so it is repeated from the least solution
   until nothing more turns.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from clearance.model.share import of_units
from clearance.ownership.arrays.order import components
from clearance.ownership.day.total import ALL, NOTHING, End, Total
from clearance.ownership.readings.equation import Equation, Piece, Pieces, Whole
from clearance.ownership.readings.exact import Exact, holders
from clearance.ownership.readings.least import least


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
        self.inside = frozenset(nodes)
        self.lows: Mapping[int, End] = {}
        self.floors: Mapping[int, Fraction] = {}
        self.outside: dict[int, Total] = {}
        self.places: dict[int, int] = {}

    def settle(self) -> None:
        low, self.lows = self._side(upper=False)
        self.floors = {node: totals[0].low.value for node, totals in low.items()}
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
            if party not in self.places:
                self.places[party] = self.exact.node_of(root, party)
            there = self.places[party]
            if there not in ends:
                return self._outside(there)
            return Total(self.lows[there], ends[there]) if upper else Total(ends[there], NOTHING)

        return tuple(
            self.exact.evaluate(node, block, weight) for block in range(len(self.exact.totals))
        )

    def _outside(self, node: int) -> Total:
        if node not in self.outside:
            self.outside[node] = self.exact.weight(node)
        return self.outside[node]

    def _solve(self, whole: set[int], upper: bool) -> dict[int, Fraction]:
        """The least weights with these counted whole."""
        given = dict.fromkeys(whole, Fraction(1))
        equations = {n: self._equation(n, upper) for n in self.nodes if n not in whole}
        return given | least(equations, given, upper)

    def _equation(self, node: int, upper: bool) -> Equation:
        block = self.exact.flow.blocks[0]
        party = int(self.exact.flow.party[node])
        if self.exact.step.linked or block.holdings.special[party]:
            inside = {one for one in holders(self.exact.flow, node) if one in self.inside}
            return Whole(lambda values: self._number(node, values, upper), tuple(sorted(inside)))
        rows = [self._row(place, upper) for place in range(*block.first[node : node + 2].tolist())]
        if not upper:
            single = [_sum([row], low=True) for row in rows if row.attributed]
            together = _sum([row for row in rows if not row.attributed], low=True)
            return Pieces.of([together, *single], smallest=False)
        kept = _sum([row for row in rows if not row.attributed], low=True)
        least_kept = sum((row.low for row in rows if not row.attributed), Fraction(0))
        left = Piece(1 - least_kept + kept.constant, kept.slope)
        most = _sum(rows, low=False)
        rest = self.exact.rests[0]
        if rest is not None:
            most = Piece(most.constant + of_units(int(rest[party])), most.slope)
        return Pieces.of([most, left], smallest=True, floor=self.floors[node])

    def _row(self, place: int, upper: bool) -> _Row:
        block = self.exact.flow.blocks[0]
        slot, holder = int(block.slot[place]), int(block.holder[place])
        held = block.holdings
        weight = None
        if holder not in self.inside:
            found = self._outside(holder)
            weight = found.high.value if upper else found.low.value
        return _Row(
            of_units(int(held.low[slot])),
            of_units(int(held.high[slot])),
            bool(held.attributed[slot]),
            holder,
            weight,
        )

    def _number(self, node: int, values: Mapping[int, Fraction], upper: bool) -> Fraction:
        ends = {member: End(value) for member, value in values.items()}
        return self.exact.step.number(self._totals(node, ends, upper), upper).value


@dataclass(frozen=True, slots=True)
class _Row:
    """One slot; ``weight`` is its holder's, ``None`` inside the group."""

    low: Fraction
    high: Fraction
    attributed: bool
    holder: int
    weight: Fraction | None


def _sum(rows: list[_Row], low: bool) -> Piece:
    """What the rows add up to, as a piece."""
    constant, slope = Fraction(0), dict[int, Fraction]()
    for row in rows:
        share = row.low if low else row.high
        if row.weight is not None:
            constant += share * row.weight
        elif share:
            slope[row.holder] = slope.get(row.holder, Fraction(0)) + share
    return Piece(constant, slope)
