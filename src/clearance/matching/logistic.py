"""A plain logistic model over the same features: a weight each, for all to read.

It stands in where answers are too few for trees, and shows what the trees are worth.

**Source**: ridge regression by Newton's method (iteratively reweighted least squares).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
Floats = NDArray[np.float64]
RIDGE = 1.0
ROUNDS = 25


@dataclass(frozen=True, slots=True)
class Logistic:
    """``weight`` by column, for values from which ``middle`` is taken, by ``spread``."""

    weight: Floats
    middle: Floats
    spread: Floats
    start: float

    def margins(self, matrix: Matrix) -> Floats:
        """The log-odds of each row, uncalibrated."""
        return (matrix - self.middle) / self.spread @ self.weight + self.start


def fit(matrix: Matrix, matches: NDArray[np.bool_]) -> Logistic:
    """The weights that explain the answers best; a column that never changes gets none."""
    middle, spread = matrix.mean(axis=0), matrix.std(axis=0)
    spread[spread == 0.0] = np.inf
    columns = np.column_stack([(matrix - middle) / spread, np.ones(len(matrix))])
    ridge = np.full(columns.shape[1], RIDGE)
    ridge[-1] = 0.0
    weight = np.zeros(columns.shape[1])
    for _ in range(ROUNDS):
        chance = 1.0 / (1.0 + np.exp(-np.clip(columns @ weight, -30, 30)))
        slope = columns.T @ (matches - chance) - ridge * weight
        bend = (columns * (chance * (1 - chance))[:, None]).T @ columns + np.diag(ridge + 1e-9)
        weight = weight + np.linalg.solve(bend, slope)
    return Logistic(weight[:-1], middle, spread, float(weight[-1]))
