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
        found |= _whole(held, group)
    return frozenset(found)


def _whole(held: Holdings, group: frozenset[str]) -> frozenset[str]:
    """The group if it holds all of each member, else the loops among those of whom it does."""
    kept = frozenset(name for name in group if _from_inside(held[name], set(group)) >= 1)
    if kept == group:
        return group
    return frozenset().union(*(_whole(held, loop) for loop in _groups(_among(held, kept))))


def _among(held: Holdings, names: frozenset[str]) -> Holdings:
    """Parties by themselves: only what they hold of each other joins them to loops."""
    return {name: held[name] for name in sorted(names)}


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
