"""How good answers are that are known to be right or wrong, slice by slice.

1. Only the best candidate of a question counts. At a threshold it is an answer if it is at least
   as probable; precision is the share of right ones among the answers, recall the share of the
   questions with a right answer that got it.
2. Every figure comes with the interval that 95 % of resampled question lists give.
3. Calibration error is the mean difference between what was said and what was seen, over the best
   candidates in ten steps of probability, weighed by their number. Of few questions it is never
   nothing: beside it stands what chance makes of probabilities that are all true.

**Source**: bootstrap percentiles (B. Efron, 1979); expected calibration error (M. Naeini et al.,
2015).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

STEPS = 10
RESAMPLED = 200
LARGE = 1_000
"""Questions from which on a slice is large enough to be held to a calibration error of .03: of
fewer, probabilities that are all true may show more, once in twenty lists."""


@dataclass(frozen=True, slots=True)
class Outcomes:
    """Answered questions.

    **Shape**: ``chance`` the probability of the best candidate, 0 without one; ``right`` whether it
    is who was asked for; ``present`` whether the reference holds who was asked for.
    """

    chance: Floats
    right: Flags
    present: Flags

    def __len__(self) -> int:
        return len(self.chance)

    def take(self, rows: NDArray[np.int64] | Flags) -> Outcomes:
        """Some of the questions."""
        return Outcomes(self.chance[rows], self.right[rows], self.present[rows])


@dataclass(frozen=True, slots=True)
class Curve:
    """Precision and recall at every threshold that tells two answers apart, strictest first."""

    threshold: Floats
    precision: Floats
    recall: Floats


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure and the interval that 95 % of resampled question lists give."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Slice:
    """The figures of some of the questions; ``f1`` is the best that any threshold reaches.

    **Shape**: ``by_chance`` is the calibration error below which 95 % of lists would stay if every
    probability were true.
    """

    name: str
    questions: int
    f1: Measured
    recall_95: Measured
    recall_99: Measured
    calibration_error: Measured
    by_chance: float


@dataclass(frozen=True, slots=True)
class Step:
    """Best candidates of like probability: what was ``said`` on average, and what was ``seen``."""

    said: float
    seen: float
    questions: int


Figure = Callable[[Outcomes], float]


def curve(outcomes: Outcomes) -> Curve:
    """Precision and recall from the strictest threshold on."""
    order = np.argsort(-outcomes.chance, kind="stable")
    chance, right = outcomes.chance[order], outcomes.right[order]
    right_so_far, answers = np.cumsum(right), np.arange(1, len(order) + 1)
    last = np.append(np.diff(chance) != 0.0, True)[: len(order)] & (chance > 0.0)
    asked = max(1, int(outcomes.present.sum()))
    return Curve(chance[last], (right_so_far / answers)[last], (right_so_far / asked)[last])


def best_f1(outcomes: Outcomes) -> float:
    """The best harmonic mean of precision and recall that any threshold reaches."""
    line = curve(outcomes)
    both = line.precision + line.recall
    return float(np.max(2 * line.precision * line.recall / np.maximum(both, 1e-12), initial=0.0))


def recall_at(precision: float) -> Figure:
    """The most recall that any threshold of at least this precision reaches."""

    def found(outcomes: Outcomes) -> float:
        line = curve(outcomes)
        return float(np.max(line.recall[line.precision >= precision], initial=0.0))

    return found


def calibration(outcomes: Outcomes) -> list[Step]:
    """What was said and seen, in steps of probability that hold any questions."""
    place = np.minimum((outcomes.chance * STEPS).astype(np.int64), STEPS - 1)
    steps = (outcomes.take(place == step) for step in range(STEPS))
    return [Step(_mean(one.chance), _mean(one.right), len(one)) for one in steps if len(one)]


def calibration_error(outcomes: Outcomes) -> float:
    """How far what is said is from what is seen."""
    steps = calibration(outcomes)
    off = sum(abs(step.said - step.seen) * step.questions for step in steps)
    return off / max(1, len(outcomes))


def error_by_chance(outcomes: Outcomes, seed: int = 1) -> float:
    """The calibration error that one list in twenty exceeds if every probability is true."""
    rng = np.random.default_rng(seed)
    chance, size = outcomes.chance, len(outcomes)
    drawn = (rng.random(size) < chance for _ in range(RESAMPLED))
    errors = [calibration_error(Outcomes(chance, right, outcomes.present)) for right in drawn]
    return float(np.percentile(errors, 95))


def measured(figure: Figure, outcomes: Outcomes, seed: int = 1) -> Measured:
    """A figure with its interval; the same seed gives the same interval."""
    rng = np.random.default_rng(seed)
    count = len(outcomes)
    values = [figure(outcomes.take(rng.integers(0, count, count))) for _ in range(RESAMPLED)]
    low, high = np.percentile(values, [2.5, 97.5])
    return Measured(figure(outcomes), float(low), float(high))


def sliced(name: str, outcomes: Outcomes, seed: int = 1) -> Slice:
    """The figures of one slice."""
    figures = (best_f1, recall_at(0.95), recall_at(0.99), calibration_error)
    f1, recall_95, recall_99, error = (measured(one, outcomes, seed) for one in figures)
    by_chance = error_by_chance(outcomes, seed)
    return Slice(name, len(outcomes), f1, recall_95, recall_99, error, by_chance)


def slices(outcomes: Outcomes, labels: Sequence[Sequence[str]], seed: int = 1) -> list[Slice]:
    """All questions, then those of every label, in the order of the labels.

    **Shape**: ``labels`` one list of labels a question.
    """
    names = sorted({label for some in labels for label in some})
    rows = {name: np.array([name in some for some in labels]) for name in names}
    return [
        sliced("all", outcomes, seed),
        *(sliced(name, outcomes.take(rows[name]), seed) for name in names),
    ]


def _mean(values: NDArray[np.float64] | Flags) -> float:
    return float(np.mean(values))
