"""Loops that own themselves whole: somebody outside must own them, nobody says who."""

from __future__ import annotations

from fractions import Fraction

from tests.reference.ends import add
from tests.reference.held import Held
from tests.reference.total import outside

Holdings = dict[str, Held]


def ownerless(held: Holdings) -> frozenset[str]:
    """Everyone in a cyclic group in which each member's minima from inside sum to 100 %.

    Who holds all of itself is a group of one.
    """
    found = {name for name, some in held.items() if some.own_low.value == 1}
    for group in _groups(held):
        inside = set(group)
        while any(_from_inside(held[name], inside) < 1 for name in inside):
            inside = {name for name in inside if _from_inside(held[name], inside) >= 1}
        found |= inside
    return frozenset(found)


def _from_inside(held: Held, inside: set[str]) -> Fraction:
    minima = add(b.low for b in held.blocks if not b.attributed and set(b.holders) <= inside)
    return outside(minima, held.own_low).value


def _groups(held: Holdings) -> list[frozenset[str]]:
    below = {name: _reachable(name, held) for name in held}
    groups = {
        frozenset(other for other in below[name] if name in below[other])
        for name in held
        if name in below[name]
    }
    return sorted(groups, key=sorted)


def _reachable(start: str, held: Holdings) -> set[str]:
    found: set[str] = set()
    while True:
        more = {
            name
            for name, some in held.items()
            if any(holder == start or holder in found for b in some.blocks for holder in b.holders)
        }
        if more <= found:
            return found
        found |= more
