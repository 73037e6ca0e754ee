"""The table of features: what the model reads of a query and each of its candidates.

1. A row per candidate, a column per feature, in the order of the table; a model names the columns
   it was trained on, so that the table may grow.
2. The first features look at one pair. The last ones (``RIVALS``) look at all candidates together:
   a good candidate beside a better one is none.
3. A fact that is not stated is 0, never a missing value.

**Cost**: some eight microseconds a candidate.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from clearance.matching.compare import country, legal_form, numbers, spelling
from clearance.matching.compare.pairs import Pair
from clearance.matching.index.compiled import compiled

Matrix = NDArray[np.float64]
Floats = NDArray[np.float64]
Longs = NDArray[np.int64]
PairFeature = Callable[[Pair], float]


@dataclass(frozen=True, slots=True)
class Feature:
    """One column: its name, how it is found, which way it speaks, and where the idea is from.

    **Shape**: ``speaks`` is 1 where more of it must make a match likelier, -1 where less likely, 0
    where that is for the model to find out.
    """

    id: str
    function: PairFeature
    speaks: int
    source: str


_SOFT = "SoftTFIDF (W. Cohen et al., 2003)"
_TOLD = "information content (C. Shannon, 1948)"
_RAPID = "rapidfuzz"
_OWN = "measured on names of GLEIF"
_RULES = "what registers tell entities of one name apart by"


def _of_words(field: str) -> PairFeature:
    return attrgetter(f"words.{field}")


PAIRS: tuple[Feature, ...] = (
    Feature("query_told", _of_words("query"), 1, _SOFT),
    Feature("candidate_told", _of_words("candidate"), 1, _SOFT),
    Feature("told", _of_words("told"), 0, _TOLD),
    Feature("rarest_same", _of_words("rarest_same"), 0, _TOLD),
    Feature("rarest_left", _of_words("rarest_left"), 0, _TOLD),
    Feature("rarest_right", _of_words("rarest_right"), 0, _TOLD),
    Feature("rarest_alike", _of_words("rarest_alike"), 0, _OWN),
    Feature("commonest_alike", _of_words("commonest_alike"), 0, _OWN),
    Feature("left", lambda pair: len(pair.words.left), 0, _OWN),
    Feature("right", lambda pair: len(pair.words.right), 0, _OWN),
    Feature("alike", _of_words("alike"), 0, _OWN),
    Feature("least_alike", _of_words("least_alike"), 0, _OWN),
    Feature("short", _of_words("short"), 0, _OWN),
    Feature("joined_words", _of_words("joined"), 0, _OWN),
    Feature("same_words", _of_words("equal"), 0, _OWN),
    Feature("first_word", spelling.first_word, 0, _OWN),
    Feature("letters", spelling.letters, 1, _RAPID),
    Feature("ordered", spelling.ordered, 1, _RAPID),
    Feature("joined", spelling.joined, 0, _RAPID),
    Feature("whole", spelling.whole, 1, _RAPID),
    Feature("raw", spelling.raw, 0, _RAPID),
    Feature("part", spelling.part, 0, _RAPID),
    Feature("beginning", spelling.beginning, 0, "Jaro-Winkler (W. Winkler, 1990)"),
    Feature("prefix", spelling.prefix, 0, _RAPID),
    Feature("sounds", spelling.sounds, 0, "consonant skeletons, as in Soundex"),
    Feature("acronym", spelling.acronym, 0, _OWN),
    Feature("length", lambda pair: len(pair.asked.plain), 0, _OWN),
    Feature("words", lambda pair: len(pair.asked.words), 0, _OWN),
    Feature("numbers", numbers.agreement, 0, _RULES),
    Feature("legal_form", legal_form.agreement, 0, "GLEIF entity legal forms"),
    Feature("script", lambda pair: pair.asked.form.script == pair.found.form.script, 0, _OWN),
    Feature("country", country.of_pair, 1, _RULES),
)

RIVALS = {"closeness": 0, "gap": 1, "closer": -1, "as_close": 0}
"""How close the candidate is, how much closer than the closest other, and how many are closer or
about as close.

**Source**: rank and margin, as in learning to rank.
"""

SPEAKS: tuple[int, ...] = (*(feature.speaks for feature in PAIRS), *RIVALS.values())
FEATURES: tuple[str, ...] = (*(feature.id for feature in PAIRS), *RIVALS)
_AT = {name: place for place, name in enumerate(FEATURES)}
_COUNTRY = _AT["country"]
_CLOSE = [_AT[name] for name in ("query_told", "candidate_told", "ordered", "joined", "sounds")]
_FUNCTIONS = tuple(feature.function for feature in PAIRS)
COUNTRY_WORTH = 0.1
NEAR = 0.03


def features(pairs: Sequence[Pair]) -> Matrix:
    """A row for each candidate of one query, a column for each of ``FEATURES``."""
    return features_of([pairs])


def features_of(asked: Sequence[Sequence[Pair]]) -> Matrix:
    """The rows of several queries' candidates, one query below the other."""
    pairs = list(chain.from_iterable(asked))
    matrix = np.zeros((len(pairs), len(FEATURES)))
    for at, function in enumerate(_FUNCTIONS):
        matrix[:, at] = np.fromiter(map(function, pairs), np.float64, len(pairs))
    ends = np.cumsum([len(some) for some in asked], dtype=np.int64)
    _see_rivals(_closeness(matrix), ends, matrix[:, len(PAIRS) :])
    return matrix


def _closeness(matrix: Matrix) -> Floats:
    found = np.zeros(len(matrix))
    for at in _CLOSE:
        found += matrix[:, at]
    return found / len(_CLOSE) + COUNTRY_WORTH * matrix[:, _COUNTRY]


@compiled
def _see_rivals(close: Floats, ends: Longs, out: Matrix) -> None:
    """``RIVALS`` of each candidate; the candidates of each query end where ``ends`` says."""
    start = 0
    for end in ends:
        best, second = -np.inf, -np.inf
        for one in close[start:end]:
            if one > best:
                best, second = one, best
            elif one > second:
                second = one
        if end == start + 1:
            second = 0.0
        for at in range(start, end):
            one = close[at]
            out[at, 0] = one
            out[at, 1] = one - (second if one == best else best)
            for rival in close[start:end]:
                out[at, 2] += rival > one
                out[at, 3] += abs(rival - one) < NEAR
            out[at, 3] -= 1
        start = end
