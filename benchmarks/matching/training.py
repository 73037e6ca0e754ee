"""The shipped model, from data whose licence allows it: GLEIF's names, OFAC's list, noise.

1. Questions to the corpus from the training split, candidates as the index finds them, right
   answers taken out for half of them; and half of the entities of OFAC's list, each other name
   asked for in turn.
2. Entities that are tested are in none of it.
3. Same seed, same names, same bytes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np

from benchmarks.matching.lists import (
    Listed,
    aliases_held_out,
    in_training,
    ofac,
    strangers_made,
    words_in,
)
from benchmarks.matching.thinned import thinned
from clearance.adapters.matching.boosting import boosted
from clearance.matching.rarity import Rarity, rarity
from clearance.matching.score import Model, Models
from clearance.model.party import PartyKind
from clearance.usecases.asked import Question, examples
from clearance.usecases.train import Examples, train

USUAL = 3_000
"""Words whose shares are shipped, the commonest ones."""
OFTEN = 8
"""Names of OFAC's list that a word of persons' names is in at least, to be usual."""
ABSENT = 0.5
"""Of OFAC's entities, how many are taken out of the list while they are asked for."""


def usual_words(names: Iterable[Sequence[str]]) -> dict[str, float]:
    """The share of names that the commonest words are in; of persons, what OFAC's list tells."""
    count: Counter[str] = Counter()
    total = 0
    for words in names:
        count.update(set(words))
        total += 1
    common = sorted(count.items(), key=lambda item: (-item[1], item[0]))[:USUAL]
    shares = {word: times / total for word, times in common}
    listed = _half(PartyKind.PERSON)
    of_list = sum(len(one.names) for one in listed)
    for word, times in words_in(listed).items():
        if times >= OFTEN:
            shares[word] = max(shares.get(word, 0.0), times / of_list)
    return {word: float(f"{share:.4g}") for word, share in sorted(shares.items())}


def models(
    asked: Sequence[Question], rare: Rarity, usual: dict[str, float], seed: int = 1
) -> Models:
    """The models for entities and persons that these questions and OFAC's list teach."""
    entity, person = (
        _model(kind, asked, rare, usual, seed) for kind in (PartyKind.ENTITY, PartyKind.PERSON)
    )
    return Models(entity, person, usual)


def _model(
    kind: PartyKind, asked: Sequence[Question], rare: Rarity, usual: dict[str, float], seed: int
) -> Model:
    is_person = kind is PartyKind.PERSON
    of_kind = [one for one in asked if (one.query.record.kind is PartyKind.PERSON) is is_person]
    listed = _half(kind)
    counted = words_in(listed)
    rare_in_list = rarity(lambda word: counted[word], sum(len(one.names) for one in listed), usual)
    of_list = [*aliases_held_out(listed, ABSENT, seed), *strangers_made(listed, seed)]
    both = (examples(thinned(of_kind, seed), rare), examples(thinned(of_list, seed), rare_in_list))
    return train(_mixed(both, seed), boosted)


def _half(kind: PartyKind) -> list[Listed]:
    return [one for one in ofac() if one.kind is kind and in_training(one)]


def _mixed(parts: Sequence[Examples], seed: int) -> Examples:
    """All questions under new numbers, so that every fold has its share of each source."""
    first, second = parts
    group = np.concatenate([first.group, second.group + first.group.max() + 1])
    number = np.random.default_rng(seed).permutation(int(group.max()) + 1)
    matrix = np.vstack([first.matrix, second.matrix])
    return Examples(matrix, np.concatenate([first.matches, second.matches]), number[group])
