"""Merging, slowly: every tie in order, every pair of every two groups looked at anew."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from clearance.matching.identifiers import contradicting
from clearance.matching.merging import Rank, Tie
from clearance.model.party import Identifier


def groups(
    size: int,
    ties: Iterable[Tie],
    numbers: Mapping[int, Sequence[Identifier]],
    related: set[frozenset[int]],
    apart: set[frozenset[int]],
) -> list[tuple[int, ...]]:
    """The groups of two or more."""
    found: list[set[int]] = [{party} for party in range(size)]
    for tie in sorted(ties):
        one = next(group for group in found if tie.one in group)
        other = next(group for group in found if tie.other in group)
        if one is other:
            continue
        pairs = [(a, b) for a in one for b in other]
        if any(frozenset(pair) in apart for pair in pairs):
            continue
        if tie.rank is not Rank.JUDGEMENT and any(
            frozenset((a, b)) in related or contradicting(numbers[a], numbers[b]) for a, b in pairs
        ):
            continue
        found = [group for group in found if group is not one and group is not other]
        found.append(one | other)
    return sorted(tuple(sorted(group)) for group in found if len(group) > 1)
