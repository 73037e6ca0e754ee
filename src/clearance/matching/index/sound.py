"""Does an index hold together? Lengths at opening, everything when a snapshot is validated.

Compiled code checks what it follows as well: a damaged index is an error, never another's memory.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from clearance.matching.index.layout import Index, Stored, Table


def misfits(index: Index) -> Iterator[str]:
    """Arrays whose lengths do not fit each other. **Cost**: none."""
    names, words, grams = index.names, index.words, index.grams
    rows = len(names.party)
    for one in ("name", "form", "weight", "gram_total"):
        if len(getattr(names, one)) != rows:
            yield f"{one}: not one for each of {rows} rows"
    if len(names.text_start) != rows + 1 or len(names.country_start) != len(names.country) + 1:
        yield "text_start, country_start: not one more than there are rows, countries"
    if not len(words.tag) == len(words.weight) == len(words.text_start) - 1:
        yield "word_tag, word_weight, word_text_start: not of the same words"
    if len(words.row_start) != len(words.tag) + 1:
        yield "word_row_start: not one more than there are words"
    if not len(grams.code) == len(grams.weight) == len(grams.row_start) - 1:
        yield "gram_code, gram_weight, gram_row_start: not of the same grams"
    for prefix, table in (("near", index.near), ("core", index.core), ("joined", index.joined)):
        if len(table.tag) != len(table.item) or not len(table.directory):
            yield f"{prefix}_tag, {prefix}_item: not of the same things"


def nonsense(index: Index, parties: int) -> Iterator[str]:
    """Values that point nowhere, lists out of order. **Cost**: reads everything."""
    names, words, grams = index.names, index.words, index.grams
    rows, known = len(names.party), len(words.tag)
    for name, values, low, high in (
        ("party", names.party, -1, parties),
        ("word_row", words.row, 0, rows),
        ("gram_row", grams.row, 0, rows),
        ("core_item", index.core.item, 0, rows),
        ("joined_item", index.joined.item, 0, rows),
        ("near_item", index.near.item, 0, known),
    ):
        if not _within(values, low, high):
            yield f"{name}: a value outside {low} to {high - 1}"
    for name, starts, end in _partitions(index):
        if not _parts(starts, end):
            yield f"{name}: does not part {end} things in order"


def _partitions(index: Index) -> Iterator[tuple[str, Stored, int]]:
    """Arrays that say where each part of something begins, and how much there is of it."""
    names, words, grams = index.names, index.words, index.grams
    yield "country_start", names.country_start, len(names.party)
    yield "text_start", names.text_start, len(names.text)
    yield "word_text_start", words.text_start, len(words.text)
    yield "word_row_start", words.row_start, len(words.row)
    yield "gram_row_start", grams.row_start, len(grams.row)
    yield "word_directory", words.directory, len(words.tag)
    tables: dict[str, Table] = {"near": index.near, "core": index.core, "joined": index.joined}
    for prefix, table in tables.items():
        yield f"{prefix}_directory", table.directory, len(table.tag)


def _within(values: Stored, low: int, high: int) -> bool:
    return not len(values) or (int(values.min()) >= low and int(values.max()) < high)


def _parts(starts: Stored, end: int) -> bool:
    rising = bool(np.less_equal(starts[:-1], starts[1:]).all())
    return rising and int(starts[0]) == 0 and int(starts[-1]) == end
