"""From solved nodes to the answer for all parties: the best root, and the deciding test.

1. A party is as certain as its best root makes it, and as possible.
2. The total shown is the largest of any root, end by end.
3. The deciding test is the first that is certain, else the first that is possible, else the first
   with the largest upper end.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from clearance.model.rule import Operator, Test
from clearance.model.share import WHOLE
from clearance.ownership.arrays.graph import Bool, Int8, Int32, Int64
from clearance.ownership.day.side import Side
from clearance.ownership.day.total import Total
from clearance.ownership.readings.descend import ANYBODY
from clearance.ownership.readings.exact import FREE
from clearance.ownership.readings.reading import Question, ReadingArrays
from clearance.ownership.readings.solve import Solved
from clearance.ownership.readings.step import HALF


@dataclass(frozen=True, slots=True)
class _Best:
    """One test's answer for the parties that have a node, in party order.

    **Shape**: ``low`` and ``high`` are the nodes with the largest ends.
    """

    party: Int64
    low: Int64
    high: Int64
    certain: Bool
    possible: Bool


@dataclass(frozen=True, slots=True)
class Part:
    """A test with what solved its measure."""

    test: Test
    solved: Solved
    block: int


def answer(question: Question, parts: tuple[Part, ...]) -> ReadingArrays:
    """Put solved flows, one a test, to the tests.

    **Cost**: the nodes, and a few arrays of all parties.
    """
    size = len(question.certain)
    pooled = all(part.solved.flow.nodes.dense is not None for part in parts)
    found = tuple(_best(part) for part in parts)
    test = np.zeros(size, dtype=np.uint8)
    exactly = _Exactly(parts, found, test)
    out = ReadingArrays(
        certain=question.certain.copy(),
        possible=question.possible | question.certain,
        low=np.zeros(size, dtype=np.int64),
        high=np.zeros(size, dtype=np.int64),
        low_open=np.zeros(size, dtype=np.bool_),
        high_open=np.zeros(size, dtype=np.bool_),
        test=test,
        exact=exactly.total,
        halves=exactly.halves,
        root=None if pooled else np.full(size, ANYBODY, dtype=np.int32),
    )
    rank = np.zeros(size, dtype=np.uint8)
    for number, (part, best) in enumerate(zip(parts, found, strict=True)):
        _enter(out, rank, part, best, number)
    return out


_NO, _POSSIBLE, _CERTAIN = 1, 2, 3


def _enter(out: ReadingArrays, rank: Int8, part: Part, best: _Best, number: int) -> None:
    """Write one test's totals where it decides over the tests before it."""
    sides = part.solved.exact.totals[part.block]
    mine = np.where(best.certain, _CERTAIN, np.where(best.possible, _POSSIBLE, _NO))
    wins = np.ones(len(mine), dtype=np.bool_)
    if number:
        before = rank[best.party]
        higher = sides.high.units[best.high] > out.high[best.party]
        wins = (mine > before) | ((mine == _NO) & (before == _NO) & higher)
    party, low, high = best.party[wins], best.low[wins], best.high[wins]
    for into, values in (
        (rank, mine[wins]),
        (out.low, sides.low.units[low]),
        (out.high, sides.high.units[high]),
        (out.low_open, sides.low.open[low]),
        (out.high_open, sides.high.open[high]),
        (out.test, np.full(len(party), number)),
    ):
        _write(into, party, values, fresh=not number)
    out.certain[best.party[best.certain]] = True
    out.possible[best.party[best.possible | best.certain]] = True
    if out.root is not None:
        held = sides.low.units[low] > 0
        out.root[party] = part.solved.flow.root[np.where(held, low, high)]


def _write(
    into: NDArray[np.generic], party: Int64, values: NDArray[np.generic], fresh: bool
) -> None:
    """Write values; where everything is still 0, zeros are not written."""
    if fresh:
        held = np.flatnonzero(values)
        party, values = party[held], values[held]
    into[party] = values


def _best(part: Part) -> _Best:
    flow, sides = part.solved.flow, part.solved.exact.totals[part.block]
    certain = part.solved.passes(part.test, part.block, upper=False)
    may = part.solved.passes(part.test, part.block, upper=True)
    if flow.nodes.dense is not None:
        party = np.flatnonzero(flow.nodes.dense)
        node = flow.nodes.dense[party].astype(np.int64) - 1
        return _Best(party, node, node, certain[node], may[node])
    low = _largest(flow.party, sides.low, certain, opened=1)
    high = _largest(flow.party, sides.high, may, opened=-1)
    return _Best(flow.party[low].astype(np.int64), low, high, certain[low], may[high])


def _largest(party: Int32, side: Side, passed: Bool, *, opened: int) -> Int64:
    """A node a party, in party order: passing first, then the largest, then the first root.

    ``opened`` is what an excluded end adds: more than a lower end, less than an upper one.
    """
    order = np.argsort(party, kind="stable")
    score = passed * (4 * WHOLE) + side.units[:-1] * 2 + opened * side.open[:-1]
    score = score[order]
    start = np.flatnonzero(np.diff(party[order], prepend=-1))
    best = np.repeat(np.maximum.reduceat(score, start), np.diff(start, append=len(order)))
    place = np.where(score == best, np.arange(len(order)), len(order))
    out: Int64 = order[np.minimum.reduceat(place, start)]
    return out


@dataclass(frozen=True, slots=True)
class _Exactly:
    parts: tuple[Part, ...]
    found: tuple[_Best, ...]
    test: Int8

    def total(self, party: int) -> Total:
        """The exact total of a party under the test that decides for it."""
        part, best = self.parts[self.test[party]], self.found[self.test[party]]
        flow, exact = part.solved.flow, part.solved.exact
        if flow.nodes.dense is not None:
            node = exact.node_of(0, party)
            return FREE if node == flow.size else exact.total(node, part.block)
        at = int(np.searchsorted(best.party, party))
        if at == len(best.party) or best.party[at] != party:
            return FREE
        low, high = int(best.low[at]), int(best.high[at])
        return Total(exact.total(low, part.block).low, exact.total(high, part.block).high)

    def halves(self) -> tuple[Bool, Bool]:
        """Who is held half or more in any tested measure, surely and perhaps.

        **Cost**: what the tests themselves cost; nothing is solved again.
        """
        sure = np.zeros(len(self.test), dtype=np.bool_)
        perhaps = sure.copy()
        for part in self.parts:
            half = Test(part.test.measure, Operator.AT_LEAST, HALF)
            best = _best(replace(part, test=half))
            sure[best.party[best.certain]] = True
            perhaps[best.party[best.possible | best.certain]] = True
        return sure, perhaps
