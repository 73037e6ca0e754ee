"""From paths to answers: customers read, matched, and written as they come."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from clearance.adapters.matching.opening import open_resolver
from clearance.adapters.matching.results import CSV, JSONL, MatchFiles
from clearance.adapters.matching.sharing import MANY, answered
from clearance.adapters.output_folder import output_folder, refuse_if_taken, refuse_within
from clearance.adapters.portfolio.customers import read_customers
from clearance.adapters.snapshot.folder import damage_told
from clearance.adapters.told import Told
from clearance.matching.resolution import Answer, Resolution
from clearance.model.customer import Customer
from clearance.model.record import Record
from clearance.usecases.match import Resolver

FILES = (JSONL, CSV)

Answered = tuple[Record, Resolution]


@dataclass(frozen=True, slots=True)
class MatchRun:
    """Customers matched: how many have which answer, and the answers where no folder holds them."""

    counts: tuple[tuple[Answer, int], ...]
    answers: tuple[Answered, ...]
    out: Path | None = None


def match_file(
    reference: Path, customers: Path, out: Path | None, model: Path | None, told: Told
) -> MatchRun:
    """Match every customer of a file; the answers go to ``out``, or are held.

    Raises:
        InputError: the customers or the model cannot be used.
        StorageError: ``out`` cannot be written; nothing is left of it then.
        IntegrityError: the snapshot is damaged.
    """
    if out is not None:
        refuse_if_taken(out, FILES)
        refuse_within(reference, out)
    told.stage("reading customers")
    asked = read_customers(customers)
    with damage_told(reference):
        resolver = open_resolver(reference, model, sparsely=len(asked) < MANY)
        told.stage("matching")
        stream = _stream(resolver, asked, told)
        if out is None:
            answers = tuple(stream)
            return MatchRun(_counts(who.answer for _, who in answers), answers)
        with output_folder(out, FILES) as folder, MatchFiles(folder) as files:
            return MatchRun(_counts(_written(files, stream)), (), out)


def _stream(resolver: Resolver, asked: Sequence[Customer], told: Told) -> Iterator[Answered]:
    answers = zip(asked, answered(resolver, asked, lambda who: who), strict=True)
    for done, (customer, who) in enumerate(answers, 1):
        if done % 256 == 0:
            told.passed(done, len(asked))
        yield customer.record, who


def _written(files: MatchFiles, stream: Iterable[Answered]) -> Iterator[Answer]:
    for record, who in stream:
        files.add(record, who)
        yield who.answer


def _counts(answers: Iterable[Answer]) -> tuple[tuple[Answer, int], ...]:
    found = Counter(answers)
    return tuple((answer, found[answer]) for answer in Answer)
