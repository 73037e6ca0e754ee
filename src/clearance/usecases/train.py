"""Learn to match from answers that are known: a model per kind of party.

1. A question is a query with its candidates, at most one of them right. All rows of a question
   land on the same side of every split.
2. Four questions of five teach the trees, the fifth calibrates them, so that a probability is
   measured on answers that the trees never saw.
3. With fewer than ``ENOUGH`` questions trees would learn them by heart: the plain logistic model
   stands in.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clearance.matching.calibration import calibrate
from clearance.matching.features import FEATURES, Matrix
from clearance.matching.logistic import Logistic, fit
from clearance.matching.score import Model, Models
from clearance.matching.trees import Trees
from clearance.model.errors import InputError

Flags = NDArray[np.bool_]
Groups = NDArray[np.int64]
Boosting = Callable[[Matrix, Flags], Trees]
"""Boosted trees that tell matches from others; the same rows give the same trees."""

ENOUGH = 500
FEWEST = 20
"""Questions, and right answers among them, below which nothing is learned."""
FOLD = 5


@dataclass(frozen=True, slots=True)
class Examples:
    """Known answers.

    **Shape**: a row of ``matrix`` per candidate, columns as in ``FEATURES``; ``matches`` where the
    candidate is who was asked for; ``group`` the number of the question.
    """

    matrix: Matrix
    matches: Flags
    group: Groups

    def where(self, rows: Flags) -> Examples:
        """Some of the rows."""
        return Examples(self.matrix[rows], self.matches[rows], self.group[rows])


def train(examples: Examples, boosting: Boosting) -> Model:
    """The model that these answers teach.

    Raises:
        InputError: the answers are too few to learn from.
    """
    questions = np.unique(examples.group)
    if not _enough(examples):
        told = f"{len(questions)} questions with {int(examples.matches.sum())} right answers"
        raise InputError(f"{told} are too few to learn from", remedy=f"judge at least {FEWEST}")
    held_back = np.isin(examples.group, questions[FOLD - 1 :: FOLD])
    taught, kept = examples.where(~held_back), examples.where(held_back)
    margins: Trees | Logistic
    if len(questions) < ENOUGH:
        margins = fit(taught.matrix, taught.matches)
    else:
        margins = boosting(taught.matrix, taught.matches)
    return Model(FEATURES, margins, calibrate(margins.margins(kept.matrix), kept.matches))


def train_models(
    entities: Examples, persons: Examples, before: Models, boosting: Boosting
) -> tuple[Models, tuple[str, ...]]:
    """New models, and the kinds whose model stayed as it was for want of answers.

    Raises:
        InputError: the answers are too few for either kind.
    """
    both = {"entities": entities, "persons": persons}
    few = tuple(name for name, some in both.items() if not _enough(some))
    if len(few) == len(both):
        train(max(both.values(), key=lambda some: len(some.group)), boosting)
    entity = before.entity if "entities" in few else train(entities, boosting)
    person = before.person if "persons" in few else train(persons, boosting)
    return Models(entity, person, before.usual), few


def _enough(examples: Examples) -> bool:
    return min(len(np.unique(examples.group)), int(examples.matches.sum())) >= FEWEST
