"""Which formats there are, and which of them a source is: told by its content.

1. A format is a module with ``recognises(head) -> bool`` and ``read(source) -> Iterator[Batch]``;
   it is imported when a source of its shape is first seen, so that a small job loads little.
2. The order of the table matters only for speed: no source is two formats.
3. What no format recognises is named, never skipped.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Protocol, cast

from clearance.adapters.formats.batch import Batch
from clearance.adapters.formats.head import Head, look
from clearance.adapters.formats.source import Source
from clearance.model.errors import SourceError


class Reader(Protocol):
    """What a format's module offers."""

    def recognises(self, head: Head) -> bool:
        """Is a source that begins like this of this format?"""
        ...

    def read(self, source: Source) -> Iterator[Batch]:
        """Every record of the source, in its order."""
        ...


class NotASource(SourceError):
    """The content is of no known format; the message says what was looked for."""


@dataclass(frozen=True, slots=True)
class Format:
    """A published format.

    **Shape**: ``name`` as shown, ``module`` that reads it, ``shapes`` of a head it may have,
    ``mark`` it is told by.
    """

    name: str
    module: str
    shapes: tuple[str, ...]
    mark: str

    def recognises(self, head: Head) -> bool:
        """Is a source that begins like this of this format?"""
        return head.shape in self.shapes and self._reader().recognises(head)

    def read(self, source: Source) -> Iterator[Batch]:
        """Every record of the source in batches of some 20,000 rows, and what was rejected."""
        return self._reader().read(source)

    def _reader(self) -> Reader:
        return cast(Reader, import_module(f"clearance.adapters.formats.{self.module}"))


_JSON = ("array", "lines")
_TABLE = ("table",)

FORMATS = (
    Format("csv-interests", "csv_interests", _TABLE, "a CSV header with interested_party, subject"),
    Format("csv-parties", "csv_parties", _TABLE, "a CSV header with id"),
    Format("bods", "bods", _JSON, "BODS 0.4 statements (recordType, recordDetails)"),
    Format("ftm", "ftm", _JSON, "FollowTheMoney entities (schema, properties)"),
    Format("gleif-xml", "gleif_xml", ("xml",), "GLEIF XML (LEIData, RelationshipData …)"),
    Format("gleif-json", "gleif_json", _JSON, "GLEIF JSON (LEI, Relationship)"),
    Format("gleif-csv", "gleif_csv", _TABLE, "a GLEIF golden-copy CSV header"),
    Format("uk-psc", "psc", _JSON, "UK PSC records (company_number, data)"),
    Format(
        "uk-companies",
        "companies_house_csv",
        (*_TABLE, *_JSON),
        "UK company data (CompanyName, CompanyNumber)",
    ),
    Format("parquet", "parquet", ("binary",), "Parquet with the columns of the CSV formats"),
)
"""Every format that can be read, in the order in which they are asked."""


def detect(source: Source) -> Format:
    """The format of a source.

    Raises:
        NotASource: none of ``FORMATS`` recognises it.
        SourceError: the source is empty or cannot be decoded.
    """
    head = look(source)
    if head.shape == "empty":
        raise NotASource("the file is empty", file=source.name, remedy="give a file with records")
    for known in FORMATS:
        if known.recognises(head):
            return known
    raise NotASource(
        f"not a source: {_seen(head)}; looked for {', '.join(known.mark for known in FORMATS)}",
        file=source.name,
        remedy="give one of these, or leave the file out",
    )


def _seen(head: Head) -> str:
    if head.shape == "table":
        return f"a table with columns {', '.join(head.columns[:4])[:80]}"
    if head.records:
        return f"JSON records with keys {', '.join(sorted(head.records[0])[:4])[:80]}"
    return {
        "xml": "another XML document",
        "binary": "binary content (or text that is not UTF-8)",
    }.get(head.shape, "JSON without a complete record (cut off, or nested too deep)")
