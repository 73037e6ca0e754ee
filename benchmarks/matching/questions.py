"""Questions to a corpus whose right answers are known.

1. A question is a disturbed name of one entity that stands once in its country, with the country
   or without; ``truth`` is the row it was made from.
2. Noises are asked equally often; a name that a noise does not change is passed over.
3. In an open set, half of the entities asked for are taken out of the reference (``absent``):
   the right answer is then that nobody is found.
4. Entities are split in three by their number (train, calibrate, test); nothing of an entity that
   is tested was seen in training.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from benchmarks.matching.noise import COMPANY, FAR, PERSON, Noise, as_registered

SPLITS = {"train": (0, 6), "calibrate": (6, 8), "test": (8, 10)}
"""Tenths of the entities."""
Rows = NDArray[np.int64]
SPREAD = 2_654_435_761
"""Knuth's multiplicative hash: neighbouring numbers land in different tenths."""


@dataclass(frozen=True, slots=True)
class Question:
    """One disturbed name: ``truth`` is a row of the corpus, ``absent`` if that row is hidden."""

    name: str
    country: str
    kind: str
    noise: str
    truth: int
    absent: bool


def questions(
    corpus: pa.Table, count: int, split: str, seed: int = 1, far: bool = False
) -> list[Question]:
    """``count`` questions about companies for each noise, a quarter as many about persons.

    With ``far`` also names as they stand in the reference and in scripts that write sounds by
    other rules: what a model has to know of, and what no search by letters is measured by.
    """
    rng = np.random.default_rng([seed, *SPLITS[split]])
    person = corpus["kind"].to_numpy(zero_copy_only=False) == "person"
    real = corpus["real"].to_numpy()
    asked = _asked(corpus, split)
    more = FAR if far else {}
    found = list(_drawn(corpus, asked[real[asked]], {**COMPANY, **more}, count, rng))
    people = asked[person[asked]]
    return found + list(_drawn(corpus, people, {**PERSON, **more}, count // 4, rng))


def real_rows(corpus: pa.Table, split: str) -> Rows:
    """Rows of real names of a split, each once in its country."""
    asked = _asked(corpus, split)
    real = corpus["real"].to_numpy().astype(np.bool_)
    found: Rows = asked[real[asked]]
    return found


def tenth(rows: np.ndarray) -> np.ndarray:
    """Which tenth of the entities a row belongs to."""
    spread = rows.astype(np.uint64) * np.uint64(SPREAD) % np.uint64(1 << 32)
    return (spread % np.uint64(10)).astype(np.int64)


def _asked(corpus: pa.Table, split: str) -> np.ndarray:
    """Rows of the split whose name stands once in its country."""
    low, high = SPLITS[split]
    of_split = tenth(np.arange(len(corpus)))
    key = pc.binary_join_element_wise(pc.utf8_lower(corpus["name"]), corpus["country"], "|")
    codes = key.combine_chunks().dictionary_encode().indices.to_numpy()
    once = np.bincount(codes)[codes] == 1
    return np.flatnonzero((of_split >= low) & (of_split < high) & once)


def _drawn(
    corpus: pa.Table,
    rows: np.ndarray,
    noises: Mapping[str, Noise],
    count: int,
    rng: np.random.Generator,
) -> Iterator[Question]:
    """For each noise, the first ``count`` rows that it changes."""
    for name, noise in noises.items():
        found = 0
        for row in rng.permutation(rows).tolist():
            question = _question(corpus, row, name, noise, rng)
            if question is not None:
                yield question
                found += 1
            if found == count:
                break


def _question(
    corpus: pa.Table, row: int, name: str, noise: Noise, rng: np.random.Generator
) -> Question | None:
    text, country, kind = (corpus[column][row].as_py() for column in ("name", "country", "kind"))
    asked = noise(rng, text)
    unchanged = asked.casefold() == text.casefold() and noise is not as_registered
    if unchanged or not asked.strip():
        return None
    return Question(asked, country, kind, name, row, bool(rng.random() < 0.5))
