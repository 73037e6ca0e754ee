"""The plain CSV table of parties: see docs/formats/csv.md."""

from __future__ import annotations

from collections.abc import Iterator

from clearance.adapters.formats.batch import Batch
from clearance.adapters.formats.csv_table import read_table
from clearance.adapters.formats.head import Head
from clearance.adapters.formats.plain_parties import COLUMNS, TYPES, parties
from clearance.adapters.formats.source import Source


def recognises(head: Head) -> bool:
    """Is it a table with the columns that parties cannot do without?"""
    return head.shape == "table" and head.has_columns(*COLUMNS.required)


def read(source: Source) -> Iterator[Batch]:
    """Every row of the source.

    Raises:
        InputError: the header cannot be used, or rows cannot be told apart.
        SourceError: the bytes cannot be read.
    """
    return read_table(source, COLUMNS, TYPES, parties)
