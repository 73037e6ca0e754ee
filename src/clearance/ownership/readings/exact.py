"""Totals as exact fractions: of parties with exceptions, of cycle groups, and near a threshold.

1. A value without slack is taken as it stands; everything else is worked out again from its
   holders, in solving order, and remembered.
2. The equations are those of ``total``, for any subject; a step turns totals into weights.
3. What is settled here is written back in whole units, with slack 1 where that rounded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from clearance.model.share import WHOLE, of_units
from clearance.ownership.arrays.graph import Int64
from clearance.ownership.day.live import Holdings
from clearance.ownership.day.side import Side
from clearance.ownership.day.total import ALL, NOTHING, End, Restriction, Total, total
from clearance.ownership.readings.descend import BOTH, MAY
from clearance.ownership.readings.flow import Flow
from clearance.ownership.readings.step import Step, largest
from clearance.ownership.readings.sweep import Sides

FREE = Total(NOTHING, NOTHING)
"""How restricted a holder without a node is."""


@dataclass(frozen=True, slots=True)
class Exact:
    """Exact totals and weights of the nodes of a flow.

    **Shape**: ``totals`` a block, ``weights`` and ``rests`` (``Question.rest`` a block) as the
    sweep keeps them; ``known`` are the totals worked out so far.
    """

    flow: Flow
    step: Step
    totals: tuple[Sides, ...]
    weights: Sides
    rests: tuple[Int64 | None, ...]
    known: dict[int, tuple[Total, ...]] = field(default_factory=dict)

    def total(self, node: int, block: int) -> Total:
        """The exact total of a node in one block."""
        sides = self.totals[block]
        if not sides.low.slack[node] and not sides.high.slack[node]:
            return Total(_end(sides.low, node), _end(sides.high, node))
        return self.all_totals(node)[block]

    def weight(self, node: int) -> Total:
        """How restricted the party is as a holder."""
        if node == self.flow.size:
            return FREE
        low, high = self.weights.low, self.weights.high
        if not low.slack[node] and not high.slack[node]:
            return Total(_end(low, node), _end(high, node))
        found = self.all_totals(node)
        return Total(*(self.weigh(node, found, upper) for upper in (False, True)))

    def weigh(self, node: int, totals: tuple[Total, ...], upper: bool) -> End:
        """The weight that totals make."""
        if self.flow.fixed[node] >= (MAY if upper else BOTH):
            return ALL
        return self.step.weigh(totals, upper)

    def all_totals(self, node: int) -> tuple[Total, ...]:
        """Totals in every block; what they rest on is worked out first, holders first."""
        if node not in self.known:
            for each in sorted(self._unknown(node)):
                self.known[each] = self._work_out(each)
        return self.known[node]

    def _unknown(self, node: int) -> set[int]:
        found, waiting = {node}, [node]
        while waiting:
            for holder in holders(self.flow, waiting.pop()):
                inexact = self.weights.low.slack[holder] or self.weights.high.slack[holder]
                if inexact and holder not in found and holder not in self.known:
                    found.add(holder)
                    waiting.append(holder)
        return found

    def _work_out(self, node: int) -> tuple[Total, ...]:
        return tuple(
            self.fixed(node, self.evaluate(node, block, self.weight_of_party(node)))
            for block in range(len(self.totals))
        )

    def fixed(self, node: int, found: Total) -> Total:
        """A total with what the starts fix put in its place."""
        fixed = int(self.flow.fixed[node])
        return Total(ALL if fixed == BOTH else found.low, ALL if fixed >= MAY else found.high)

    def weight_of_party(self, node: int) -> Callable[[int], Total]:
        """How restricted any party is, as the root of ``node`` sees it."""
        root = int(self.flow.root[node])
        return lambda party: self.weight(self.node_of(root, party))

    def node_of(self, root: int, party: int) -> int:
        """The node of a party for a root; the number of nodes if it has none."""
        return self.flow.nodes.find_one(root, party)

    def evaluate(self, node: int, block: int, weight: Callable[[int], Total]) -> Total:
        """The two formulas for one node, given how restricted each party is."""
        party, root = int(self.flow.party[node]), int(self.flow.root[node])
        if self.step.linked and block:
            return self._controlled(node, block, weight)

        def onward(of: int, left: Callable[[Holdings], End]) -> End:
            there = self.node_of(root, of)
            if there == self.flow.size or self.flow.fixed[there] >= MAY:
                return weight(of).high
            measured = self.flow.blocks[: len(self.flow.blocks) - self.step.linked]
            totals = [Total(NOTHING, left(each.holdings)) for each in measured]
            if self.step.linked:
                totals.append(self._controlled(there, len(measured), weight))
            return self.step.weigh(tuple(totals), True)

        def unstated(held: Holdings, of: int) -> int:
            at = next(k for k, each in enumerate(self.flow.blocks) if each.holdings is held)
            rest = self.rests[at]
            return 0 if rest is None else int(rest[of])

        return total(
            self.flow.blocks[block].holdings,
            party,
            Restriction(
                lambda of: weight(of).low,
                lambda of: weight(of).high,
                onward,
                unstated,
                self.flow.nodes.dense is None,
            ),
        )

    def _controlled(self, node: int, block: int, weight: Callable[[int], Total]) -> Total:
        """The largest weight of those who control a node: surely, and possibly."""
        held = self.flow.blocks[block].holdings
        sure, perhaps = [NOTHING], [NOTHING]
        for slot in held.slots_in(int(self.flow.party[node])):
            found = weight(int(held.holder[slot]))
            perhaps.append(found.high)
            if held.low[slot]:
                sure.append(found.low)
        return Total(largest(sure, False), largest(perhaps, True))

    def settle(self, node: int) -> None:
        """Work a node out and write its totals and its weight."""
        self.record(node, self._work_out(node))

    def record(self, node: int, totals: tuple[Total, ...]) -> None:
        """Keep exact totals, and write them and the weight they make in units."""
        self.known[node] = totals
        for sides, found in zip(self.totals, totals, strict=True):
            _put(sides.low, node, found.low)
            _put(sides.high, node, found.high)
        _put(self.weights.low, node, self.weigh(node, totals, False))
        _put(self.weights.high, node, self.weigh(node, totals, True))


def holders(flow: Flow, node: int) -> Iterable[int]:
    """The nodes that hold something in a node, or that a declared holding in it runs through."""
    for block in flow.blocks:
        span = slice(int(block.first[node]), int(block.first[node + 1]))
        yield from (one for one in block.holder[span].tolist() if one < flow.size)
        if block.holdings.components:
            yield from _through(flow, block.holdings.components, block.slot[span], node)


def _through(
    flow: Flow, components: Mapping[int, tuple[int, ...]], slots: Int64, node: int
) -> Iterable[int]:
    for slot in slots.tolist():
        for party in components.get(slot, ()):
            found = flow.nodes.find_one(int(flow.root[node]), party)
            if found < flow.size:
                yield found


def _end(side: Side, node: int) -> End:
    return End(of_units(int(side.units[node])), bool(side.open[node]))


def _put(side: Side, node: int, end: End) -> None:
    units = end.value * WHOLE
    side.units[node] = round(units)
    side.slack[node] = units.denominator != 1
    side.open[node] = end.open
