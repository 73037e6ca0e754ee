"""Synthetic persons: names that nobody has, drawn by Zipf's law from invented stocks."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

ONSETS = ("b", "br", "ch", "d", "dr", "f", "g", "gr", "h", "j", "k", "kr", "l", "m", "n", "p",
          "r", "s", "sh", "st", "t", "tr", "v", "w", "y", "z", "")  # fmt: skip
VOWELS = ("a", "e", "i", "o", "u", "ai", "ia", "ou", "é", "ö")
CODAS = ("", "", "", "n", "r", "s", "l", "m", "k", "t", "nd", "sk", "v")
GIVEN, FAMILY = 3_000, 30_000
MIDDLE = 0.2
"""Share of persons with a second given name."""


def persons(count: int, seed: int) -> pa.Array:
    """``count`` names, given name first; some are borne by several persons."""
    rng = np.random.default_rng(seed)
    given, family = _stock(rng, GIVEN, 2), _stock(rng, FAMILY, 3)
    first, second = _drawn(rng, given, count), _drawn(rng, given, count)
    last = _drawn(rng, family, count)
    middle = np.where(rng.random(count) < MIDDLE, np.char.add(" ", second), "")
    return pa.array(np.char.add(np.char.add(first, middle), np.char.add(" ", last)))


def _stock(rng: np.random.Generator, size: int, syllables: int) -> list[str]:
    made: dict[str, None] = {}
    while len(made) < size:
        parts = range(int(rng.integers(1, syllables + 1)) + (syllables > 2))
        made["".join(_syllable(rng) for _ in parts).capitalize()] = None
    return [name for name in made if len(name) > 1]


def _syllable(rng: np.random.Generator) -> str:
    onset, vowel, coda = (part[rng.integers(len(part))] for part in (ONSETS, VOWELS, CODAS))
    return onset + vowel + coda


def _drawn(rng: np.random.Generator, stock: list[str], count: int) -> np.ndarray:
    chance = 1.0 / np.arange(10, 10 + len(stock))
    return np.array(stock)[rng.choice(len(stock), size=count, p=chance / chance.sum())]
