"""A query and one candidate held together by the two of their names that fit best."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

from rapidfuzz import fuzz

from clearance.matching.compare.alignment import Alignment, align
from clearance.matching.compare.sides import Side, Written
from clearance.matching.rarity import Rarity


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sides, the two names compared, and those names word by word."""

    query: Side
    candidate: Side
    asked: Written
    found: Written
    words: Alignment


def pair(query: Side, candidate: Side, rare: Rarity) -> Pair:
    """The two sides by the names that are most alike; of equals, the first."""
    asked, found = _best(query, candidate)
    return Pair(query, candidate, asked, found, align(asked.words, found.words, rare))


def _best(query: Side, candidate: Side) -> tuple[Written, Written]:
    if len(query.names) == len(candidate.names) == 1:
        return query.names[0], candidate.names[0]
    return max(product(query.names, candidate.names), key=_likeness)


def _likeness(names: tuple[Written, Written]) -> float:
    asked, found = names
    in_latin = fuzz.ratio(asked.ordered, found.ordered) if asked.ordered else 0.0
    return max(in_latin, fuzz.ratio(asked.raw, found.raw), fuzz.ratio(asked.whole, found.whole) - 5)
