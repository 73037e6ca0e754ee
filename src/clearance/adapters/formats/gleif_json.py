"""GLEIF records in JSON: wrapped in ``"$"`` or not, in an envelope or not, of one kind or mixed."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.json import Decoder

from clearance.adapters.formats.batch import Batch
from clearance.adapters.formats.columns import Gathered
from clearance.adapters.formats.gleif_level1 import facts_of, take_entity
from clearance.adapters.formats.gleif_level2 import (
    Exceptions,
    exception_of,
    relationship_of,
    take_relationship,
)
from clearance.adapters.formats.gleif_tree import Tree, at
from clearance.adapters.formats.head import Head
from clearance.adapters.formats.json_records import records
from clearance.adapters.formats.source import Source

_DECODER = Decoder(Tree)


def recognises(head: Head) -> bool:
    """Records of Level 1 (LEI, Entity), Level 2 (Relationship) or exceptions."""
    return (
        head.has_record("LEI", "Entity")
        or head.has_record("LEI", "ExceptionCategory")
        or any(at(record, "Relationship", "StartNode") is not None for record in head.records)
    )


def read(source: Source) -> Iterator[Batch]:
    """Every record of the source."""
    gathered = Gathered(source.name)
    takes = Records(gathered)
    for line, record in records(source, gathered, _DECODER):
        takes.take(line, record)
        if gathered.full:
            yield gathered.take()
    yield gathered.take()


class Records:
    """GLEIF records in tree shape, told apart by what they hold."""

    def __init__(self, gathered: Gathered) -> None:
        self._gathered = gathered
        self._exceptions = Exceptions(gathered)

    def take(self, line: int, record: Tree) -> None:
        """Add one record, or reject it."""
        self._gathered.records += 1
        if "Relationship" in record:
            take_relationship(self._gathered, line, relationship_of(record))
        elif "ExceptionCategory" in record:
            self._exceptions.take(line, exception_of(record))
        elif "Entity" in record:
            take_entity(self._gathered, line, facts_of(record))
        else:
            keys = ", ".join(sorted(record)[:4])
            self._gathered.reject(line, "", f"not a GLEIF record, its keys are {keys}")
