"""How much of a subject is restricted, given how restricted its holders are.

1. At least: the disjoint minima together, or the largest attributed minimum.
2. At most: everything the restricted may hold, and what disjoint others leave.
3. A joint block is restricted as far as all its members are (must), or any is (may); per party,
   each member holds it all.
4. A declared indirect interest and the flow through its components are one block.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from tests.reference.ends import (
    ALL,
    NONE,
    End,
    add,
    larger_lower,
    larger_upper,
    rest,
    smaller_lower,
    smaller_upper,
    times,
)
from tests.reference.fusion import Block

Weigh = Callable[[str], End]
"""How restricted a holder is, at one end."""

Flow = Callable[[str, str], End]
"""How restricted a component may be, without what a holder states no share of."""


def at_least(blocks: list[Block], weigh: Weigh, alone: bool) -> End:
    """The lower end; ``alone`` where one party's holdings are counted."""
    parts = [(block, times(block.low, _surely(block, weigh, alone))) for block in blocks]
    together = add(part for block, part in parts if not block.attributed)
    single = [part for block, part in parts if block.attributed]
    return _capped(larger_lower([together, *single]))


def _surely(block: Block, weigh: Weigh, alone: bool) -> End:
    weights = [weigh(holder) for holder in block.holders]
    return larger_lower(weights) if alone else smaller_lower(weights)


def _capped(low: End) -> End:
    return ALL if low.value >= 1 else low


def at_most(blocks: list[Block], weigh: Weigh, flow: Flow, floor: End) -> End:
    """The upper end, never below the lower end ``floor``."""
    left = rest(add(times(b.low, rest(_may(b, weigh))) for b in blocks if not b.attributed))
    high = smaller_upper([ALL, _everything(blocks, weigh, flow), left])
    if high.value < floor.value:
        return floor.bare if not floor.open else End(floor.value)
    return high


def _may(block: Block, weigh: Weigh) -> End:
    return larger_upper(weigh(holder) for holder in block.holders)


def _everything(blocks: list[Block], weigh: Weigh, flow: Flow) -> End:
    through = {name for block in blocks for name in block.components}
    parts = []
    for block in blocks:
        declared = times(block.high, _may(block, weigh))
        if block.components:
            inside = [b for b in blocks if b.holders[0] in block.components and not b.components]
            flows = [times(b.high, flow(b.holders[0], block.holders[0])) for b in inside]
            parts.append(larger_upper([declared, add(flows)]))
        elif block.holders[0] not in through:
            parts.append(declared)
    return add(parts)


def without_unstated(blocks: list[Block], holder: str) -> list[Block]:
    """The blocks but those that ``holder`` states no share of."""
    return [block for block in blocks if block.stated or block.holders != (holder,)]


def declared(blocks: list[Block]) -> Fraction:
    """At least how much of a subject is declared."""
    return at_least(blocks, lambda _: ALL, alone=True).value


def indicator(members: frozenset[str] | set[str]) -> Weigh:
    """Restricted or not, nothing between."""
    return lambda name: ALL if name in members else NONE


def of_numbers(numbers: Mapping[str, End]) -> Weigh:
    """Restricted by a known number."""
    return lambda name: numbers.get(name, NONE)
