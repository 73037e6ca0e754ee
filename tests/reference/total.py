"""How much of a subject is restricted, given how restricted its holders are.

1. At least: the disjoint minima together, or the largest attributed minimum.
2. At most: everything the restricted may hold, and what disjoint others leave.
3. A joint block is restricted as far as all its members are (must), or any is (may); per party,
   each member holds it all.
4. A declared indirect interest and what its holder has through its components may be one block.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction

from tests.reference.ends import (
    ALL,
    NONE,
    End,
    add,
    capped_lower,
    larger_lower,
    larger_upper,
    rest,
    smaller_lower,
    smaller_upper,
    times,
)
from tests.reference.held import Block, Held

from clearance.model.interest import Measure

Weigh = Callable[[str], End]
"""How restricted a holder is, at one end."""

Flow = Callable[[str, tuple[Block, ...], bool], End]
"""How restricted a component may be, if what the holders of declared figures have in it counts
nothing: everything, or only what they state no share of."""

Onward = Callable[[str, Callable[[Measure], End]], End]
"""What a component weighs, given its upper totals without those holders."""


def at_least(held: Held, weigh: Weigh, alone: bool) -> End:
    """The lower end; ``alone`` where one party's holdings are counted."""
    parts = [(block, times(block.low, _surely(block, weigh, alone))) for block in held.blocks]
    together = add(part for block, part in parts if not block.attributed)
    single = [part for block, part in parts if block.attributed]
    return capped_lower(outside(larger_lower([together, *single]), held.own_low))


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
    return larger_upper([NONE, *(weigh(holder) for holder in block.holders)])


def _everything(held: Held, weigh: Weigh, flow: Flow) -> End:
    """All maxima; declared figures and what flows through their components as ``_together``."""
    figures = [block for block in held.blocks if block.components]
    through = {name for figure in figures for name in figure.components}
    plain, flows = [], []
    for block in held.blocks:
        if len(block.holders) == 1 and block.holders[0] in through and not block.components:
            flows.append(block)
        elif not block.components:
            plain.append(times(block.high, _may(block, weigh)))
    return add([*plain, *(_together(*group, weigh, flow) for group in _groups(figures, flows))])


def _groups(figures: list[Block], flows: list[Block]) -> list[tuple[list[Block], list[Block]]]:
    """Figures, with those that run through a component of theirs that holds something."""
    left, groups = list(figures), []
    while left:
        group, around = [left.pop()], list[Block]()
        for _ in figures:
            names = {name for figure in group for name in figure.components}
            around = [block for block in flows if block.holders[0] in names]
            near = {block.holders[0] for block in around}
            group += [figure for figure in left if near & set(figure.components)]
            left = [figure for figure in left if not near & set(figure.components)]
        groups.append((group, around))
    return groups


def _together(figures: list[Block], around: list[Block], weigh: Weigh, flow: Flow) -> End:
    """The figures and all that others have through the components, or all that flows but them."""
    beside, but = [], []
    for block in around:
        (name,) = block.holders
        over = tuple(figure for figure in figures if name in figure.components)
        beside.append(times(block.high, flow(name, over, True)))
        but.append(times(block.high, flow(name, over, False)))
    named = [times(figure.high, _may(figure, weigh)) for figure in figures]
    return larger_upper([add([*named, *beside]), add(but)])


def _without(held: Held, out: frozenset[str], everything: bool) -> Held:
    """The blocks as if what ``out`` hold, or hold without a stated share, were unrestricted."""
    blocks = []
    for block in held.blocks:
        gone = out if everything else out & set(block.vague)
        blocks.append(replace(block, holders=tuple(h for h in block.holders if h not in gone)))
    return replace(held, blocks=tuple(blocks))


def declared(held: Held) -> Fraction:
    """At least how much of a subject is declared."""
    return at_least(held, lambda _: ALL, alone=True).value


def indicator(members: frozenset[str] | set[str]) -> Weigh:
    """Restricted or not, nothing between."""
    return lambda name: ALL if name in members else NONE


def of_numbers(numbers: Mapping[str, End]) -> Weigh:
    """Restricted by a known number."""
    return lambda name: numbers.get(name, NONE)


def in_full(weigh: Weigh) -> Flow:
    """Everything that components are restricted by counts."""
    return lambda name, figures, everything: weigh(name)


def flow_through(held: Mapping[Measure, Mapping[str, Held]], weigh: Weigh, onward: Onward) -> Flow:
    """How restricted components are without what the holders of declared figures have in them."""

    def through(
        component: str, figures: tuple[Block, ...], everything: bool, passed: frozenset[str]
    ) -> End:
        seen = passed | {component}
        out = frozenset(figure.holders[0] for figure in figures)

        def inside(name: str) -> End:
            over = tuple(figure for figure in figures if name in figure.components)
            return (
                weigh(name) if name in seen or not over else through(name, over, everything, seen)
            )

        def left(measure: Measure) -> End:
            some = _without(held[measure][component], out, everything)
            return at_most(some, inside, in_full(inside), NONE)

        return smaller_upper([onward(component, left), weigh(component)])

    return lambda name, figures, everything: through(name, figures, everything, frozenset())
