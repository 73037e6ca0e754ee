"""Batches of many sources brought together: two tables, words as numbers, and every reject."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from clearance.adapters.formats.batch import INTERESTS, PARTIES, Batch, Reject
from clearance.adapters.snapshot.vocabulary import Vocabulary
from clearance.model.errors import InputError

PARTY_WORDS = ("jurisdiction", "headquarters", "residence", "unspecified", "source")
INTEREST_WORDS = ("direct", "source", "detail", "unspecified")


@dataclass(frozen=True, slots=True)
class Taken:
    """What one source gave: its records, and the range of its statement dates if it has any."""

    records: int = 0
    first: int | None = None
    last: int | None = None

    def more(self, batch: Batch) -> Taken:
        """This and a batch."""
        tables = [table for table in (batch.parties, batch.interests) if table is not None]
        ranges = [pc.min_max(table.column("statement_date")).as_py() for table in tables]
        firsts = [self.first, *(each["min"] for each in ranges)]
        lasts = [self.last, *(each["max"] for each in ranges)]
        return Taken(
            self.records + batch.records,
            min((day for day in firsts if day is not None), default=None),
            max((day for day in lasts if day is not None), default=None),
        )


@dataclass(slots=True)
class Gathered:
    """What sources said so far.

    **Shape**: ``parties`` and ``interests`` are tables of the batch schemas in which the columns of
    ``PARTY_WORDS`` and ``INTEREST_WORDS`` are numbers of ``words``, and ``place`` says which source
    of the command line a row stands in. ``words["region"]`` serves the three region columns.
    """

    strict: bool = False
    words: dict[str, Vocabulary] = field(default_factory=dict)
    parties: list[pa.Table] = field(default_factory=list)
    interests: list[pa.Table] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    taken: dict[int, Taken] = field(default_factory=dict)

    def add(self, batch: Batch, place: int) -> None:
        """Take a batch of the ``place``-th source.

        Raises:
            InputError: the gathering is strict and the batch has a reject.
        """
        if batch.rejects and self.strict:
            raise error_of(batch.rejects[0])
        self.rejects.extend(batch.rejects)
        self.taken[place] = self.taken.get(place, Taken()).more(batch)
        if batch.parties is not None and len(batch.parties):
            self.parties.append(self._coded(batch.parties, PARTY_WORDS, place))
        if batch.interests is not None and len(batch.interests):
            self.interests.append(self._coded(batch.interests, INTEREST_WORDS, place))

    def reject(self, found: Reject) -> None:
        """Note a reject found while compiling.

        Raises:
            InputError: the gathering is strict.
        """
        if self.strict:
            raise error_of(found)
        self.rejects.append(found)

    def tables(self) -> tuple[pa.Table, pa.Table]:
        """All parties and all interests, as they came; both lists are emptied."""
        parties = pa.concat_tables(self.parties or [self._none(PARTIES, PARTY_WORDS)])
        interests = pa.concat_tables(self.interests or [self._none(INTERESTS, INTEREST_WORDS)])
        self.parties.clear()
        self.interests.clear()
        return parties, interests

    def word(self, column: str) -> Vocabulary:
        """The vocabulary of a column of words."""
        name = "region" if column in ("jurisdiction", "headquarters", "residence") else column
        return self.words.setdefault(name, Vocabulary())

    def _coded(self, table: pa.Table, columns: tuple[str, ...], place: int) -> pa.Table:
        for name in columns:
            position = table.schema.get_field_index(name)
            codes = pa.array(self.word(name).encode(table.column(name)))
            table = table.set_column(position, name, codes)
        return table.append_column("place", pa.array(np.full(len(table), place, np.int32)))

    def _none(self, schema: pa.Schema, columns: tuple[str, ...]) -> pa.Table:
        return self._coded(schema.empty_table(), columns, 0)


def error_of(found: Reject) -> InputError:
    """A reject as the error it is where nothing may be rejected."""
    return InputError(found.reason, file=found.source, line=found.line, field=found.field or None)
