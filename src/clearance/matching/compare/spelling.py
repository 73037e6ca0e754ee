"""How alike two names are by letters, by words and by sound: figures from 0 to 1."""

from __future__ import annotations

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA, JaroWinkler, Prefix

from clearance.matching.compare.pairs import Pair


def letters(pair: Pair) -> float:
    """Latin letters without legal form, in the order they stand."""
    return _ratio(pair.asked.plain, pair.found.plain)


def ordered(pair: Pair) -> float:
    """The same with the words sorted."""
    return _ratio(pair.asked.ordered, pair.found.ordered)


def joined(pair: Pair) -> float:
    """The same without spaces and without what spellings of one name differ in."""
    return OSA.normalized_similarity(pair.asked.form.joined, pair.found.form.joined)


def whole(pair: Pair) -> float:
    """Everything, legal form included, in its own script and without spaces."""
    return _ratio(pair.asked.whole, pair.found.whole)


def raw(pair: Pair) -> float:
    """Words in their own script."""
    return _ratio(pair.asked.raw, pair.found.raw)


def part(pair: Pair) -> float:
    """The shorter name inside the longer."""
    return fuzz.partial_ratio(pair.asked.plain, pair.found.plain) / 100.0


def beginning(pair: Pair) -> float:
    """Jaro-Winkler: letters in common, the first ones counting more."""
    return JaroWinkler.similarity(pair.asked.plain, pair.found.plain)


def prefix(pair: Pair) -> float:
    """The share of the shorter name that begins both."""
    asked, found = pair.asked.form.joined, pair.found.form.joined
    shorter = min(len(asked), len(found))
    return Prefix.similarity(asked, found) / shorter if shorter else 0.0


def sounds(pair: Pair) -> float:
    """Consonants alone, those that scripts mix up taken as one."""
    return _ratio(pair.asked.sounds, pair.found.sounds)


def first_word(pair: Pair) -> float:
    """1 if the first words stand for each other."""
    asked, found = pair.asked.words, pair.found.words
    if not asked or not found:
        return 0.0
    return max(
        (much for a, b, _, much in pair.words.ties if (a, b) == (asked[0], found[0])), default=0.0
    )


def acronym(pair: Pair) -> float:
    """1 if one name is made of the other's first letters."""
    asked, found = pair.asked.words, pair.found.words
    if pair.words.ties:
        return 0.0
    return float(_is_acronym(asked, found) or _is_acronym(found, asked))


def _is_acronym(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    letters = "".join(word[0] for word in long)
    return len(long) > 2 and len(short) > 0 and short[0] == letters


def _ratio(asked: str, found: str) -> float:
    return fuzz.ratio(asked, found) / 100.0
