"""Loops: whether one has a single solution, and whether anybody outside owns it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction

from clearance.model.interest import Measure
from clearance.model.proof import Side, Step
from clearance.ownership.checker.book import Book
from clearance.ownership.checker.equations import Equations


def drains(equations: Equations, members: Sequence[Step]) -> bool:
    """Does every member lose something outside, itself or through members that hold it?

    Each member's total is the larger of several sums. Every one of them must leave out a part of
    the whole, or pass through a member that drains, and none may exceed the whole. Then the
    equations contract, and have one solution.
    """
    inside = {step.party for step in members}
    sums = {
        step.party: _sums(equations.book(step.party, step.measure), equations.side, inside)
        for step in members
        if step.measure is not None
    }
    if any(sum(part.values()) > 1 for parts in sums.values() for part in parts):
        return False
    draining: set[str] = set()
    while True:
        more = {
            party
            for party, parts in sums.items()
            if party not in draining
            and all(sum(part.values()) < 1 or draining & part.keys() for part in parts)
        }
        if not more:
            return draining == inside
        draining |= more


def _sums(book: Book, side: Side, inside: set[str]) -> list[dict[str, Fraction]]:
    """The sums a total may be, each as what it takes from inside the loop."""
    if book.own is not None or any(held.joint or held.components for held in book.held):
        whole = dict.fromkeys(inside, Fraction(2))
        return [whole] if inside.intersection(book.holders()) else [{}]
    disjoint: dict[str, Fraction] = {}
    sums = [disjoint]
    for held in book.held:
        part = (held.low if side is Side.MUST else held.high).value
        if held.holder not in inside or not part:
            continue
        if held.attributed and side is Side.MUST:
            sums.append({held.holder: part})
        else:
            disjoint[held.holder] = disjoint.get(held.holder, Fraction(0)) + part
    return sums


def is_ownerless(equations: Equations, members: Iterable[str]) -> bool:
    """Do the disjoint minima that members hold of each make up all of each, in one loop?

    In any measure of the rule: who their owner is, nobody knows in the others either.
    """
    group, every = set(members), replace(equations, measure=None)
    return bool(group) and any(
        ownerless_among(every, group, measure) >= group for measure in every.tested()
    )


def ownerless_among(equations: Equations, parties: set[str], measure: Measure) -> set[str]:
    """Members of ownerless groups among ``parties``."""
    groups = ownerless_groups(equations, parties, measure)
    return {member for group in groups for member in group}


def ownerless_groups(equations: Equations, parties: set[str], measure: Measure) -> list[set[str]]:
    """Loops among ``parties`` whose members hold all of each other, or one that holds itself.

    Who is not held whole by its loop is left out, and what remains is looked at for loops again.
    """
    books = {party: equations.book(party, measure) for party in sorted(parties)}
    found = [{party} for party, held in books.items() if held.own and held.own.low.value >= 1]
    waiting = _loops({party: _owners(held) for party, held in books.items()})
    while waiting:
        group = waiting.pop(0)
        kept = {name for name in group if _whole(books[name], group)}
        if kept == group:
            found.append(group)
        else:
            waiting += _loops({name: _owners(books[name]) & kept for name in sorted(kept)})
    return found


def _owners(book: Book) -> set[str]:
    return {held.holder for held in book.held if held.high.value}


def _whole(book: Book, group: set[str]) -> bool:
    """Do disjoint minima of the group make all that the subject does not hold in itself?

    A joint block counts if all of it is disjoint, and the group's.
    """
    inside = [held for held in book.held if held.holder in group and not held.attributed]
    apart = {held.joint for held in book.held if held not in inside} - {""}
    least = sum(held.low.value for held in inside if held.joint not in apart)
    own = book.own.low.value if book.own is not None else 0
    return least > 0 and least >= 1 - own


def _loops(edges: dict[str, set[str]]) -> list[set[str]]:
    """Strongly connected groups of several, by reachability both ways: slow and plain."""
    groups: list[set[str]] = []
    placed: set[str] = set()
    backward: dict[str, set[str]] = {name: set() for name in edges}
    for name, holders in edges.items():
        for holder in holders:
            if holder in backward:
                backward[holder].add(name)
    for name in edges:
        if name in placed:
            continue
        group = _reach(name, edges) & _reach(name, backward)
        if len(group) > 1:
            groups.append(group)
            placed |= group
    return groups


def _reach(start: str, edges: dict[str, set[str]]) -> set[str]:
    seen, waiting = {start}, [start]
    while waiting:
        for name in edges[waiting.pop()]:
            if name in edges and name not in seen:
                seen.add(name)
                waiting.append(name)
    return seen
