"""Questions to a corpus with half of the right answers taken out, and what was found for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import pyarrow as pa

from benchmarks.matching.addresses import address_of, as_written
from benchmarks.matching.questions import Question
from clearance.matching.compare.sides import Side, side
from clearance.model.party import PartyKind
from clearance.model.record import Record
from clearance.usecases import asked

LIMIT = 20
UNSTATED, WRONG = 0.45, 0.05
"""Shares of the questions whose country is left out, or another one."""
KINDS = {"entity": PartyKind.ENTITY, "person": PartyKind.PERSON}

Search = Callable[[Sequence[Side], int], Sequence[Sequence[int]]]
"""For each query the rows found, best first."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """A corpus as sides of comparisons."""

    names: list[str]
    countries: list[str]
    kinds: list[PartyKind]

    def record(self, row: int, addressed: bool = False) -> Record:
        """The record of a row, with its invented address if asked for."""
        address = (self.address(row),) if addressed else ()
        named, countries = (self.names[row],), (self.countries[row],)
        return Record(str(row), named, self.kinds[row], countries, addresses=address)

    def address(self, row: int) -> str:
        """The invented address of a row."""
        return address_of(row, self.names[row], self.countries[row])


def corpus_of(table: pa.Table) -> Corpus:
    """The rows of a corpus."""
    kinds = [KINDS[kind] for kind in table["kind"].to_pylist()]
    return Corpus(table["name"].to_pylist(), table["country"].to_pylist(), kinds)


def held_questions(
    corpus: Corpus, made: Sequence[Question], search: Search, seed: int, addressed: bool = False
) -> Iterator[asked.Question]:
    """Each question with what was found for it, the absent never among it."""
    rng = np.random.default_rng(seed)
    records = [_asked(corpus, question, rng) for question in made]
    if addressed:
        records = [_addressed(corpus, *one, rng) for one in zip(records, made, strict=True)]
    queries = list(map(side, records))
    sides = lru_cache(200_000)(lambda row: side(corpus.record(row, addressed)))
    found = search(queries, LIMIT + 1)
    for question, query, rows in zip(made, queries, found, strict=True):
        hidden = question.truth if question.absent else -1
        kept = [row for row in rows if row != hidden][:LIMIT]
        right = kept.index(question.truth) if question.truth in kept else -1
        stated = "country" if query.countries else "no country"
        given = "with address" if addressed else "name only"
        script = query.names[0].form.script
        labels = (given, question.kind, stated, f"noise {question.noise}", f"script {script}")
        yield asked.Question(query, tuple(map(sides, kept)), right, not question.absent, labels)


def _asked(corpus: Corpus, question: Question, rng: np.random.Generator) -> Record:
    chance = rng.random()
    country = "" if chance < UNSTATED else question.country
    if UNSTATED <= chance < UNSTATED + WRONG:
        country = corpus.countries[int(rng.integers(len(corpus.countries)))]
    stated = (country,) if country else ()
    return Record("", (question.name,), KINDS[question.kind], stated)


def _addressed(
    corpus: Corpus, record: Record, question: Question, rng: np.random.Generator
) -> Record:
    country = corpus.countries[question.truth]
    written = as_written(corpus.address(question.truth), question.truth, country, rng)
    return replace(record, addresses=(written,))
