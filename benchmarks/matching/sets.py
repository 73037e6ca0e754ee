"""The sets of questions that matching is judged by, each with how often words are in its names."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.matching.labelled import labelled_pairs, strangers
from benchmarks.matching.lists import (
    Listed,
    aliases_held_out,
    in_training,
    listed_persons,
    name_bench,
    ofac,
    other_persons,
    words_in,
)
from benchmarks.matching.open_set import held_questions
from benchmarks.matching.questions import Question as Made
from benchmarks.matching.questions import questions, real_rows
from benchmarks.matching.ready import Ready
from clearance.matching.compare.sides import side
from clearance.model.party import PartyKind
from clearance.usecases.asked import Question

ALIKE = 0.85
"""Names of two entities at least so alike, and not of the same words, are near duplicates."""
SEED = 7


@dataclass(frozen=True, slots=True)
class Set:
    """Questions of one kind: ``made`` are those of the corpus, which another search may ask."""

    name: str
    questions: Sequence[Question]
    count: Callable[[str], int]
    names: int
    made: Sequence[Made] = ()


def open_set(of: Ready, count: int) -> Set:
    """Disturbed names, half of the right answers taken out."""
    made = questions(of.table, count, "test")
    held = list(held_questions(of.corpus, made, of.search, SEED))
    return Set("open set", held, of.source.count, of.source.names, made)


def with_address(of: Ready, count: int) -> Set:
    """The same, each side with an invented address."""
    made = questions(of.table, count, "test", seed=2)
    held = list(held_questions(of.corpus, made, of.search, SEED, addressed=True))
    return Set("with address", held, of.source.count, of.source.names, made)


def near_duplicates(of: Ready, count: int) -> Set:
    """Real names, each beside the most alike of another entity of its country."""
    return Set("near duplicates", list(_near(of, count)), of.source.count, of.source.names)


def _near(of: Ready, count: int) -> Iterator[Question]:
    from clearance.matching.compare.pairs import pair
    from clearance.matching.compare.spelling import letters
    from clearance.matching.rarity import rarity

    rows = real_rows(of.table, "test")
    chosen = np.random.default_rng(SEED).permutation(rows)[: 12 * count].tolist()
    rare = rarity(of.source.count, of.source.names, {})
    queries = [side(of.corpus.record(row)) for row in chosen]
    found = 0
    for row, query, others in zip(chosen, queries, of.search(queries, 10), strict=True):
        records = (of.corpus.record(other) for other in others if other != row)
        twins = (side(record) for record in records if record.countries == query.record.countries)
        pairs = [pair(query, twin, rare) for twin in twins]
        close = [one for one in pairs if letters(one) >= ALIKE and not one.words.equal]
        if close and found < count:
            found += 1
            yield Question(query, (max(close, key=letters).candidate,), -1, False)


def lists() -> Iterator[Set]:
    """OFAC's aliases held out, and the labelled pairs of name_bench."""
    for kind, name in ((PartyKind.ENTITY, "OFAC companies"), (PartyKind.PERSON, "OFAC persons")):
        listed = [one for one in ofac() if one.kind is kind and not in_training(one)]
        yield _of_list(name, list(aliases_held_out(listed)), listed)
    yield Set("name_bench", list(labelled_pairs(name_bench())), lambda _word: 0, 0)


def persons_not_listed(count: int = 0) -> Set:
    """Persons beside a list that they are not on; all of them, or ``count`` drawn."""
    listed = [Listed(str(at), PartyKind.PERSON, [name]) for at, name in enumerate(listed_persons())]
    names = other_persons()
    if count:
        drawn = np.random.default_rng(SEED).permutation(len(names))[:count]
        names = [names[at] for at in drawn.tolist()]
    return _of_list("persons not listed", list(strangers(names, listed)), listed)


def _of_list(name: str, asked: Sequence[Question], listed: list[Listed]) -> Set:
    counted = words_in(listed)
    return Set(name, asked, lambda word: counted[word], sum(len(one.names) for one in listed))
