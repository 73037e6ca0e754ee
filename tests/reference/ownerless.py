"""Loops that own themselves whole: somebody outside must own them, nobody says who."""

from __future__ import annotations

from fractions import Fraction

from tests.reference.fusion import Block

Blocks = dict[str, list[Block]]


def ownerless(blocks: Blocks, own: frozenset[str] = frozenset()) -> frozenset[str]:
    """Everyone in a cyclic group in which each member's minima from inside sum to 100 %.

    ``own`` are parties that hold all of themselves, groups of one.
    """
    found = set(own)
    for group in _groups(blocks):
        inside = set(group)
        while any(_from_inside(blocks[name], inside) < 1 for name in inside):
            inside = {name for name in inside if _from_inside(blocks[name], inside) >= 1}
        found |= inside
    return frozenset(found)


def _from_inside(blocks: list[Block], inside: set[str]) -> Fraction:
    held = [b.low.value for b in blocks if not b.attributed and set(b.holders) <= inside]
    return sum(held, Fraction(0))


def _groups(blocks: Blocks) -> list[frozenset[str]]:
    below = {name: _reachable(name, blocks) for name in blocks}
    groups = {
        frozenset(other for other in below[name] if name in below[other])
        for name in blocks
        if name in below[name]
    }
    return sorted(groups, key=sorted)


def _reachable(start: str, blocks: Blocks) -> set[str]:
    found: set[str] = set()
    while True:
        more = {
            name
            for name, some in blocks.items()
            if any(holder == start or holder in found for b in some for holder in b.holders)
        }
        if more <= found:
            return found
        found |= more
