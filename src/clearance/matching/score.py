"""The scorer: how probable it is that a candidate is who the query is.

1. A model turns the features of names, numbers, legal forms, countries and rivals into a margin;
   calibration turns the margin into a probability. Persons and all others have a model each.
2. Facts beside the name (identifier, address, domain, phone) move the log-odds by the weights of
   ``contacts``, whether or not the names are alike.
3. The same query and candidates give the same probabilities, whatever their order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clearance.matching.calibration import Calibration
from clearance.matching.compare import initials
from clearance.matching.compare.contacts import log_odds
from clearance.matching.compare.pairs import Pair, pair
from clearance.matching.compare.sides import Side
from clearance.matching.evidence import Evidence
from clearance.matching.features import FEATURES, Matrix, features_of
from clearance.matching.logistic import Logistic
from clearance.matching.rarity import Rarity, rarity
from clearance.matching.tell import evidence
from clearance.matching.trees import Trees
from clearance.model.party import PartyKind

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Model:
    """What was learned for one kind of party: ``columns`` are the features it reads, by name."""

    columns: tuple[str, ...]
    margins: Trees | Logistic
    calibration: Calibration

    def probabilities(self, matrix: Matrix) -> Floats:
        """How probable a match each row is, by what the model reads alone."""
        return self.calibration.probabilities(self.margins.margins(self._chosen(matrix)))

    def _chosen(self, matrix: Matrix) -> Matrix:
        if self.columns == FEATURES:
            return matrix
        return matrix[:, [FEATURES.index(name) for name in self.columns]]


@dataclass(frozen=True, slots=True)
class Models:
    """What a model file holds: a model for entities, one for persons, and usual words' shares."""

    entity: Model
    person: Model
    usual: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Scored:
    """One candidate's probability; ``name`` is the one of its names that fits best."""

    probability: float
    pair: Pair

    @property
    def name(self) -> str:
        """The candidate's name that was compared, as it stands in the reference."""
        return self.pair.found.form.text

    @property
    def initials(self) -> bool:
        """Do the names of two persons agree but for initials?"""
        return initials.agree(self.pair)


class Scorer:
    """Models and the words of one reference; safe to share between threads."""

    def __init__(self, models: Models, count: Callable[[str], int], names: int) -> None:
        self._models = models
        self._rare: Rarity = rarity(count, names, models.usual)

    def score(self, query: Side, candidates: Sequence[Side]) -> list[Scored]:
        """Each candidate's probability, in the order given."""
        return self.score_all([(query, candidates)])[0]

    def score_all(self, asked: Iterable[tuple[Side, Sequence[Side]]]) -> list[list[Scored]]:
        """The same for many queries, so that the models are asked once for all.

        **Cost**: some twenty microseconds a candidate.
        """
        pairs = [[pair(query, one, self._rare) for one in some] for query, some in asked]
        chances = iter(self._by_name(pairs))
        return [[Scored(_moved(next(chances), one), one) for one in some] for some in pairs]

    def chances(self, query: Side, candidates: Sequence[Side]) -> list[float]:
        """The probabilities alone."""
        return [one.probability for one in self.score(query, candidates)]

    def evidence(self, scored: Scored) -> tuple[Evidence, ...]:
        """What speaks for and against a candidate, in words."""
        return evidence(scored.pair)

    @property
    def rare(self) -> Rarity:
        """How much a word tells in this reference."""
        return self._rare

    def _by_name(self, asked: Sequence[Sequence[Pair]]) -> list[float]:
        matrix = features_of(asked)
        kinds = (one.candidate.record.kind for some in asked for one in some)
        persons = np.array([kind is PartyKind.PERSON for kind in kinds], np.bool_)
        found = np.zeros(len(matrix))
        for model, rows in ((self._models.person, persons), (self._models.entity, ~persons)):
            if rows.any():
                found[rows] = model.probabilities(matrix[rows])
        chances: list[float] = found.tolist()
        return chances


def _moved(chance: float, one: Pair) -> float:
    """The probability after the facts beside the name."""
    shift = log_odds(one.query.record, one.candidate.record)
    if not shift or not 0.0 < chance < 1.0:
        return chance
    return float(1.0 / (1.0 + np.exp(-(np.log(chance / (1.0 - chance)) + shift))))
