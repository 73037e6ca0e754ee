"""What every source says of one address: look at each of its blocks, keep the narrowest."""

from __future__ import annotations

from collections.abc import Sequence

Block = tuple[int, int, int]
"""First and last address, and what is said."""


def votes(sources: Sequence[Sequence[Block]], address: int) -> tuple[int, ...]:
    """One vote a source; -1 where it is silent."""
    return tuple(_vote(blocks, address) for blocks in sources)


def _vote(blocks: Sequence[Block], address: int) -> int:
    around = [(last - first, -place, vote) for place, (first, last, vote) in enumerate(blocks)
              if first <= address <= last]  # fmt: skip
    return min(around)[2] if around else -1


def walked(sides: Sequence[Sequence[int]], address: int) -> int:
    """What a search tree ends in for an address, bit by bit."""
    node = 0
    for bit in range(127, -1, -1):
        node = sides[node][address >> bit & 1]
        if node < 0:
            return node
    raise AssertionError("the tree is deeper than an address")
