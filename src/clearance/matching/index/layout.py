"""The arrays of an index of names, and those of questions put to it.

1. A **row** is one name under one country; rows stand in the order of country, party, name, so that
   the rows of a country, and those within every list of rows, lie together.
2. A **word** is a folded token or a pair of raw letters; words are numbered by their hash.
3. A **gram** is three neighbouring letters of the name without spaces, both ends marked.
4. A **table** finds what has a hash: the upper bits choose a place in ``directory``, from where
   ``tag`` holds the lower 32 bits in ascending order. A hash finds candidates; the texts decide.
5. Weights are rarity, 32 · log₂(1 + rows ÷ rows that hold it): the rarer, the more a match says.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
Flags = NDArray[np.bool_]
Shorts = NDArray[np.uint16]
Words = NDArray[np.uint32]
Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Hashes = NDArray[np.uint64]


class Index(NamedTuple):
    """Every array, under the name it is stored by.

    **Shape**: *r* rows, *c* countries, *w* words, *g* grams; ``*_start`` have one more and say
    where each one's part begins. ``country`` is 256 · first letter + second, 0 for none;
    ``party`` is -1 for a row that no longer counts; ``name`` is 0 for the main name of a party,
    then counts its others. ``form`` is a number for the class of the legal form, 0 for none.
    """

    country: Shorts
    country_start: Longs
    party: Ints
    name: Shorts
    form: Bytes
    weight: Shorts
    gram_total: Shorts
    text_start: Words
    text: Bytes
    word_directory: Words
    word_tag: Words
    word_weight: Shorts
    word_text_start: Words
    word_text: Bytes
    word_row_start: Longs
    word_row: Ints
    near_directory: Words
    near_tag: Words
    near_word: Ints
    core_directory: Words
    core_tag: Words
    core_row: Ints
    joined_directory: Words
    joined_tag: Words
    joined_row: Ints
    gram: Ints
    gram_weight: Shorts
    gram_row_start: Longs
    gram_row: Ints


class Packed(NamedTuple):
    """Names as bytes: words with a space between, pairs of raw letters the same way.

    **Shape**: *n* names; ``text_start`` and ``extra_start`` have *n* + 1; ``form`` is a number for
    the class of the legal form, 0 for none.
    """

    text: Bytes
    text_start: Longs
    extra: Bytes
    extra_start: Longs
    form: Bytes


class Asked(NamedTuple):
    """Questions: names, and the countries (by number in the index) where each is looked for."""

    text: Bytes
    text_start: Longs
    extra: Bytes
    extra_start: Longs
    form: Bytes
    country: Ints
    country_start: Longs
