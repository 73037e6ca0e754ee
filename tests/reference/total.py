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
from tests.reference.fusion import Block, Held

Weigh = Callable[[str], End]
"""How restricted a holder is, at one end."""

Flow = Callable[[str, frozenset[str], frozenset[str]], End]
"""How restricted a component may be, without what holders state no share of in any of several."""


def at_least(held: Held, weigh: Weigh, alone: bool) -> End:
    """The lower end; ``alone`` where one party's holdings are counted."""
    parts = [(block, times(block.low, _surely(block, weigh, alone))) for block in held.blocks]
    together = add(part for block, part in parts if not block.attributed)
    single = [part for block, part in parts if block.attributed]
    low = outside(larger_lower([together, *single]), held.own_low)
    return ALL if low.value >= 1 else low


def _surely(block: Block, weigh: Weigh, alone: bool) -> End:
    weights = [weigh(holder) for holder in block.holders]
    return larger_lower(weights) if alone else smaller_lower(weights)


def outside(total: End, own: End) -> End:
    """What a total is of the part that a subject does not hold in itself."""
    if own == NONE or total.value == 0:
        return total
    if own.value >= 1:
        return ALL
    left = 1 - own.value
    slope = {name: rise / left for name, rise in total.slope.items()}
    return End(total.value / left, total.open or own.open, slope)


def at_most(held: Held, weigh: Weigh, flow: Flow, floor: End) -> End:
    """The upper end, never below the lower end ``floor``."""
    kept = add(times(b.low, rest(_may(b, weigh))) for b in held.blocks if not b.attributed)
    left = rest(outside(kept, held.own_low))
    everything = outside(_everything(held, weigh, flow), held.own_high)
    high = smaller_upper([ALL, everything, left])
    return End(floor.value) if high.value < floor.value else high


def _may(block: Block, weigh: Weigh) -> End:
    return larger_upper(weigh(holder) for holder in block.holders)


def _everything(held: Held, weigh: Weigh, flow: Flow) -> End:
    """All maxima; of declared indirect holdings and their components' flow the larger."""
    indirect = [block for block in held.blocks if block.components]
    through = frozenset(name for block in indirect for name in block.components)
    holders = frozenset(block.holders[0] for block in indirect)
    declared = [times(block.high, _may(block, weigh)) for block in indirect]
    plain, flows = [], []
    for block in held.blocks:
        if block.components:
            continue
        if len(block.holders) == 1 and block.holders[0] in through:
            flows.append(times(block.high, flow(block.holders[0], holders, through)))
        else:
            plain.append(times(block.high, _may(block, weigh)))
    return add([*plain, larger_upper([add(declared), add(flows)])])


def without_unstated(held: Held, holders: frozenset[str]) -> Held:
    """The blocks but those that ``holders`` state no share of."""
    blocks = [b for b in held.blocks if b.stated or not set(b.holders) <= holders]
    return Held(tuple(blocks), held.own_low, held.own_high)


def declared(held: Held) -> Fraction:
    """At least how much of a subject is declared."""
    return at_least(held, lambda _: ALL, alone=True).value


def indicator(members: frozenset[str] | set[str]) -> Weigh:
    """Restricted or not, nothing between."""
    return lambda name: ALL if name in members else NONE


def of_numbers(numbers: Mapping[str, End]) -> Weigh:
    """Restricted by a known number."""
    return lambda name: numbers.get(name, NONE)


def flow_through(held: Mapping[str, Held], weigh: Weigh, onward: Callable[[str, End], End]) -> Flow:
    """What components pass on where ``holders``' unstated interests in them are nothing.

    ``onward`` makes of a component's upper total how restricted it is.
    """

    def flow(component: str, holders: frozenset[str], through: frozenset[str]) -> End:
        others = through - {component}

        def inside(name: str) -> End:
            return flow(name, holders, others) if name in others else weigh(name)

        def nested(name: str, holders: frozenset[str], through: frozenset[str]) -> End:
            return inside(name)

        some = without_unstated(held[component], holders)
        total = onward(component, at_most(some, inside, nested, NONE))
        return smaller_upper([total, weigh(component)])

    return flow
