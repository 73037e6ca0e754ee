"""From a model's margin to a probability that means what it says.

1. The observed share of matches, made to rise with the margin (isotonic), read between its steps
   by a straight line.
2. A step's share is drawn a little to the middle, as if it had held one match and one other more:
   nothing is certain that was seen a few times.

**Source**: pool adjacent violators (M. Ayer et al., 1955); isotonic calibration (B. Zadrozny and
C. Elkan, 2002); the rule of succession (Laplace).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
STEPS = 400
"""Rows are taken together in at most this many steps before pooling."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """A rising line: ``probability`` at each ``margin``, flat beyond both ends."""

    margin: Floats
    probability: Floats

    def probabilities(self, margins: Floats) -> Floats:
        """The share of matches seen at such margins."""
        return np.interp(margins, self.margin, self.probability)


def calibrate(margins: Floats, matches: NDArray[np.bool_]) -> Calibration:
    """The calibration that these answers show.

    >>> line = calibrate(np.array([-2.0, -1.0, 1.0, 2.0]), np.array([False, False, True, True]))
    >>> line.probabilities(np.array([-9.0, 9.0])).round(2).tolist()
    [0.25, 0.75]
    """
    order = np.argsort(margins, kind="stable")
    parts = np.array_split(order, min(STEPS, len(order)))
    steps = [(margins[part].mean(), float(len(part)), float(matches[part].sum())) for part in parts]
    pooled = _pooled(steps)
    middle, held, good = (np.array(column) for column in zip(*pooled, strict=True))
    return Calibration(middle, (good + 1) / (held + 2))


def _pooled(steps: list[tuple[float, float, float]]) -> list[tuple[float, float, float]]:
    """Steps joined until each has a higher share than the one before it, smoothed as they end."""
    found: list[tuple[float, float, float]] = []
    for step in steps:
        found.append(step)
        while len(found) > 1 and _share(found[-2]) >= _share(found[-1]):
            (a, n, good), (b, m, more) = found[-2:]
            found[-2:] = [((a * n + b * m) / (n + m), n + m, good + more)]
    return found


def _share(step: tuple[float, float, float]) -> float:
    return (step[2] + 1) / (step[1] + 2)
