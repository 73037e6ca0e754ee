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
from clearance.matching.score import Model
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
    if len(questions) < FEWEST or int(examples.matches.sum()) < FEWEST:
        told = f"{len(questions)} questions with {int(examples.matches.sum())} right answers"
        raise InputError(f"{told} are too few to learn from: at least {FEWEST} of each are needed")
    held_back = np.isin(examples.group, questions[FOLD - 1 :: FOLD])
    taught, kept = examples.where(~held_back), examples.where(held_back)
    margins: Trees | Logistic
    if len(questions) < ENOUGH:
        margins = fit(taught.matrix, taught.matches)
    else:
        margins = boosting(taught.matrix, taught.matches)
    return Model(FEATURES, margins, calibrate(margins.margins(kept.matrix), kept.matches))
