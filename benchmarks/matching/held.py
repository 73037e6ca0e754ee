"""A question with the candidates that were found for it, ready to be scored and to be counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from clearance.matching.compare.pairs import pair
from clearance.matching.compare.sides import Side
from clearance.matching.features import features
from clearance.matching.rarity import Rarity
from clearance.usecases.train import Examples

FEW = 0.3
"""Share of the questions in training that keep but a few candidates, as small references do."""


@dataclass(frozen=True, slots=True)
class Held:
    """A query and its candidates: ``right`` is the place of the right one, -1 without.

    ``present`` says whether the reference holds the right party at all; ``slices`` are what the
    figures are told apart by.
    """

    query: Side
    candidates: tuple[Side, ...]
    right: int
    present: bool
    slices: tuple[str, ...] = ()


def examples(held: Iterable[Held], rare: Rarity) -> Examples:
    """Rows to learn from, question by question."""
    matrices, matches, groups = [], [], []
    for number, one in enumerate(held):
        if one.candidates:
            pairs = [pair(one.query, candidate, rare) for candidate in one.candidates]
            matrices.append(features(pairs))
            matches.append(np.arange(len(pairs)) == one.right)
            groups.append(np.full(len(pairs), number))
    return Examples(np.vstack(matrices), np.concatenate(matches), np.concatenate(groups))


def thinned(held: Iterable[Held], seed: int) -> Iterator[Held]:
    """The same questions, some with the right candidate and one to three others at most."""
    rng = np.random.default_rng(seed)
    for one in held:
        if rng.random() >= FEW or not one.candidates:
            yield one
            continue
        kept = rng.permutation(len(one.candidates))[: int(rng.integers(1, 4))]
        places = sorted({*kept.tolist(), *([one.right] if one.right >= 0 else [])})
        right = places.index(one.right) if one.right >= 0 else -1
        sides = tuple(one.candidates[place] for place in places)
        yield Held(one.query, sides, right, one.present, one.slices)
