"""The table of features: what the model reads of a query and each of its candidates.

1. A row per candidate, a column per feature, in the order of the table; a model names the columns
   it was trained on, so that the table may grow.
2. The first features look at one pair. The last ones (``RIVALS``) look at all candidates together:
   a good candidate beside a better one is none.
3. A fact that is not stated is 0, never a missing value.

**Cost**: some twenty microseconds a candidate.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clearance.matching.compare import country, legal_form, numbers, spelling, words
from clearance.matching.compare.pairs import Pair
from clearance.matching.rarity import Rarity

Matrix = NDArray[np.float64]
PairFeature = Callable[[Pair, Rarity], float]


@dataclass(frozen=True, slots=True)
class Feature:
    """One column: its name, how it is found, and where the idea is from."""

    id: str
    function: PairFeature
    source: str


_SOFT = "SoftTFIDF (W. Cohen et al., 2003)"
_RAPID = "rapidfuzz"
_OWN = "measured on names of GLEIF"


def _of_pair(function: Callable[[Pair], float]) -> PairFeature:
    return lambda pair, _rare: function(pair)


PAIRS: tuple[Feature, ...] = (
    Feature("query_told", lambda pair, _: pair.words.query, _SOFT),
    Feature("candidate_told", lambda pair, _: pair.words.candidate, _SOFT),
    Feature("told", lambda pair, _: pair.words.told, "information content"),
    Feature("rarest_same", lambda pair, rare: words.rarest_same(pair.words, rare), _OWN),
    Feature("rarest_left", lambda pair, rare: words.rarest_left(pair.words, rare), _OWN),
    Feature("rarest_right", lambda pair, rare: words.rarest_right(pair.words, rare), _OWN),
    Feature("rarest_alike", lambda pair, rare: words.rarest_alike(pair.words, rare), _OWN),
    Feature("commonest_alike", lambda pair, rare: words.commonest_alike(pair.words, rare), _OWN),
    Feature("left", lambda pair, _: float(len(pair.words.left)), _OWN),
    Feature("right", lambda pair, _: float(len(pair.words.right)), _OWN),
    Feature("alike", lambda pair, _: words.alike(pair.words), _OWN),
    Feature("least_alike", lambda pair, _: words.least_alike(pair.words), _OWN),
    Feature("short", lambda pair, _: words.short(pair.words), _OWN),
    Feature("joined_words", lambda pair, _: words.joined(pair.words), _OWN),
    Feature("same_words", _of_pair(spelling.same_words), _OWN),
    Feature("first_word", _of_pair(spelling.first_word), _OWN),
    Feature("letters", _of_pair(spelling.letters), _RAPID),
    Feature("ordered", _of_pair(spelling.ordered), _RAPID),
    Feature("joined", _of_pair(spelling.joined), _RAPID),
    Feature("whole", _of_pair(spelling.whole), _RAPID),
    Feature("raw", _of_pair(spelling.raw), _RAPID),
    Feature("part", _of_pair(spelling.part), _RAPID),
    Feature("beginning", _of_pair(spelling.beginning), "Jaro-Winkler (W. Winkler, 1990)"),
    Feature("prefix", _of_pair(spelling.prefix), _RAPID),
    Feature("sounds", _of_pair(spelling.sounds), "consonant skeletons, as in Soundex"),
    Feature("acronym", _of_pair(spelling.acronym), _OWN),
    Feature("length", lambda pair, _: float(len(pair.asked.plain)), _OWN),
    Feature("words", lambda pair, _: float(len(pair.asked.words)), _OWN),
    Feature("numbers", _of_pair(numbers.agreement), _OWN),
    Feature("legal_form", _of_pair(legal_form.agreement), "GLEIF entity legal forms"),
    Feature(
        "script", lambda pair, _: float(pair.asked.form.script == pair.found.form.script), _OWN
    ),
    Feature("country", lambda pair, _: country.agreement(pair.query, pair.candidate), _OWN),
)

RIVALS = ("closeness", "gap", "closer", "as_close")
"""How close the candidate is, how much closer than the closest other, and how many are closer or
about as close.

**Source**: rank and margin, domain text on matching, section 4.
"""

FEATURES: tuple[str, ...] = (*(feature.id for feature in PAIRS), *RIVALS)
_AT = {name: place for place, name in enumerate(FEATURES)}
_CLOSE = [_AT[name] for name in ("query_told", "candidate_told", "ordered", "joined", "sounds")]
COUNTRY_WORTH = 0.1
NEAR = 0.03


def features(pairs: Sequence[Pair], rare: Rarity) -> Matrix:
    """A row for each candidate of one query, a column for each of ``FEATURES``."""
    matrix = np.zeros((len(pairs), len(FEATURES)))
    for row, pair in zip(matrix, pairs, strict=True):
        row[: len(PAIRS)] = [feature.function(pair, rare) for feature in PAIRS]
    compare_rivals(matrix)
    return matrix


def compare_rivals(matrix: Matrix) -> None:
    """Fill in the features that look at all candidates of one query."""
    if not len(matrix):
        return
    close = matrix[:, _CLOSE].mean(axis=1) + COUNTRY_WORTH * matrix[:, _AT["country"]]
    best = np.sort(close)[::-1]
    best_other = np.where(close == best[0], best[1] if len(best) > 1 else 0.0, best[0])
    matrix[:, _AT["closeness"]] = close
    matrix[:, _AT["gap"]] = close - best_other
    matrix[:, _AT["closer"]] = (close[None, :] > close[:, None]).sum(axis=1)
    matrix[:, _AT["as_close"]] = (np.abs(close[None, :] - close[:, None]) < NEAR).sum(axis=1) - 1
