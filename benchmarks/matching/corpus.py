"""A corpus of names of any size that looks like the real ones it is made from.

1. The real names come first, each its own entity.
2. Then names of their countries, in their countries' proportions: the shape of a real name, its
   common words (legal forms, trades) kept, the others drawn from the words of the country.
3. A drawn word is new at the rate of Heaps' law with exponent 0.67 (the vocabulary of n words is
   K·n^0.67), made of the halves of two words of the country.
4. No two names of a country are equal among those made; real ones stay as they are.
5. A tenth of a million (at most a tenth of the corpus) are synthetic persons.

The same seed and the same real names give the same corpus.

**Source**: exponent 0.67 measured on 399,203 names of GLEIF.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from benchmarks.matching.people import persons

HEAPS = 0.67
PERSONS = 100_000
COMMON = 0.004
"""A word in at least this share of a country's names stays where the template has it."""
SURPLUS = 1.2
"""Names made for one that is wanted, as equal ones are dropped."""
SMALL = 30
"""A country of fewer names lends them to no template."""

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


def make_corpus(real: pa.Table, size: int, seed: int = 1) -> pa.Table:
    """``size`` rows: ``id, name, country, kind`` (``entity`` or ``person``) and ``real``."""
    people = min(PERSONS, size // 10)
    wanted = size - people - real.num_rows
    made = [] if wanted <= 0 else list(_made(real, wanted, seed))
    kept = real.select(["name", "country"]).slice(0, size - people)
    person = persons(people, seed)
    countries = _countries(kept["country"], people, seed)
    parts = [kept, *made, pa.table({"name": person, "country": countries})]
    table = pa.concat_tables([part.cast(_SCHEMA) for part in parts])
    number = np.arange(len(table))
    is_person = pa.array(number >= len(table) - people)
    padded = pc.utf8_lpad(pa.array(number).cast(pa.string()), 8, "0")
    return pa.table(
        {
            "id": pc.binary_join_element_wise("N", padded, ""),
            "name": table["name"],
            "country": table["country"],
            "kind": pc.if_else(is_person, "person", "entity"),
            "real": pa.array(number < kept.num_rows),
        }
    )


_SCHEMA = pa.schema([("name", pa.string()), ("country", pa.string())])


def _countries(stated: pa.ChunkedArray, count: int, seed: int) -> pa.Array:
    rng = np.random.default_rng([seed, 1])
    return stated.combine_chunks().take(pa.array(rng.integers(0, len(stated), count)))


def _made(real: pa.Table, wanted: int, seed: int) -> Iterator[pa.Table]:
    """Country by country, so that ten million names never lie in memory as Python texts."""
    by_country: dict[str, list[str]] = {}
    for name, country in zip(real["name"].to_pylist(), real["country"].to_pylist(), strict=True):
        by_country.setdefault(country, []).append(name)
    large = {code: names for code, names in sorted(by_country.items()) if len(names) >= SMALL}
    total = sum(map(len, large.values()))
    done = 0
    for place, (code, names) in enumerate(large.items()):
        done += len(names)
        before = wanted * (done - len(names)) // total
        count = wanted * done // total - before
        rng = np.random.default_rng([seed, 2, place])
        table = pa.table({"name": _recombined(names, count, rng)})
        yield table.append_column("country", pa.array([code] * len(table), pa.string()))


def _recombined(names: list[str], wanted: int, rng: np.random.Generator) -> pa.Array:
    """``wanted`` names made of the words of ``names``, no two equal and none of them real."""
    words = _Words(names)
    seen = pa.array(names, pa.string())
    found: pa.Array = pa.array([], pa.string())
    while len(found) < wanted:
        more = words.names(int((wanted - len(found)) * SURPLUS) + 8, rng)
        more = pc.unique(more.filter(pc.invert(pc.is_in(more, seen))))
        found = pc.unique(pa.concat_arrays([found, more]))
    return found.slice(0, wanted)


class _Words:
    """The words of one country and how its names are built of them."""

    def __init__(self, names: list[str]) -> None:
        split = [name.split() for name in names]
        counts = Counter(word for words in split for word in set(words))
        self.texts = list(dict.fromkeys(word for words in split for word in words))
        code = {text: i for i, text in enumerate(self.texts)}
        self.codes: Ints = np.array([code[word] for words in split for word in words])
        self.ends: Ints = np.cumsum([len(words) for words in split])
        common = {word for word, count in counts.items() if count >= max(2, COMMON * len(names))}
        self.common = np.array([text in common for text in self.texts])
        rare = self.codes[~self.common[self.codes]]
        self.drawn_from = rare if len(rare) else self.codes
        self.vocabulary, self.running = len(self.texts), len(self.codes)

    def names(self, count: int, rng: np.random.Generator) -> pa.Array:
        """``count`` names, some of them perhaps equal."""
        template = rng.integers(0, len(self.ends), count)
        starts = self.ends - np.diff(self.ends, prepend=0)
        lengths = (self.ends - starts)[template]
        offsets = np.concatenate([[0], np.cumsum(lengths)])
        inside = np.arange(offsets[-1]) - np.repeat(offsets[:-1], lengths)
        codes = self.codes[np.repeat(starts[template], lengths) + inside]
        self._replace(codes, rng)
        drawn = pa.array(self.texts).take(pa.array(codes))
        return pc.binary_join(pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), drawn), " ")

    def _replace(self, codes: Ints, rng: np.random.Generator) -> None:
        """Every word that is not common gives way to one of the country, or to a new one."""
        places = np.flatnonzero(~self.common[codes])
        codes[places] = self.drawn_from[rng.integers(0, len(self.drawn_from), len(places))]
        fresh = places[rng.random(len(places)) < self._newness(places, len(codes))]
        codes[fresh] = np.arange(len(fresh)) + len(self.texts)
        left, right = (self._any(len(fresh), rng) for _ in range(2))
        self.texts += [_joined(a, b) for a, b in zip(left, right, strict=True)]
        self.common = np.concatenate([self.common, np.zeros(len(fresh), dtype=bool)])
        self.vocabulary, self.running = len(self.texts), self.running + len(codes)

    def _newness(self, places: Ints, running: int) -> Floats:
        """The chance of a new word at each place: all new words stand where none is common."""
        growth = HEAPS * self.vocabulary / self.running
        later = (1 + places / self.running) ** (HEAPS - 1)
        return growth * later * running / max(1, len(places))

    def _any(self, count: int, rng: np.random.Generator) -> list[str]:
        codes = self.drawn_from[rng.integers(0, len(self.drawn_from), count)]
        return [self.texts[code] for code in codes.tolist()]


def _joined(left: str, right: str) -> str:
    """The first half of one word and the second half of another."""
    return left[: (len(left) + 1) // 2] + right[len(right) // 2 :]
