"""Training questions with fewer candidates, as small references have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np

from clearance.usecases.asked import Question

FEW = 0.3
"""Share of the questions that keep but a few candidates."""


def thinned(questions: Iterable[Question], seed: int) -> Iterator[Question]:
    """The same questions, some with the right candidate and one to three others at most."""
    rng = np.random.default_rng(seed)
    for one in questions:
        if rng.random() >= FEW or not one.candidates:
            yield one
            continue
        kept = rng.permutation(len(one.candidates))[: int(rng.integers(1, 4))]
        places = sorted({*kept.tolist(), *([one.right] if one.right >= 0 else [])})
        right = places.index(one.right) if one.right >= 0 else -1
        yield replace(one, candidates=tuple(one.candidates[at] for at in places), right=right)
