"""Databases of others in the MMDB format: countries, autonomous systems, kinds of network.

1. Fields are found by the names publishers give them (``words.FIELDS``), also inside ``traits``;
   what has another name is passed over.
2. A database in which no field is known stops the build: it would be a source that never speaks.
3. It is read without the C extension, which ends the whole process on some broken files.
4. The day of the data is the day of the build, as the metadata has it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing
from ipaddress import IPv4Network, IPv6Network

from maxminddb import MODE_MMAP, InvalidDatabaseError, Reader

from clearance.adapters.formats.source import Source
from clearance.adapters.network.about import DATABASE_TYPE, MARK
from clearance.adapters.network.described import Described, build_day
from clearance.adapters.network.words import FIELDS, SILENCE, Row, Word, word
from clearance.model.errors import InputError

_BROKEN = (InvalidDatabaseError, ValueError, LookupError, TypeError, OverflowError, RecursionError)
"""What the reader raises where bytes are not what they should be."""

_TAIL = 128 * 1024


def recognised(source: Source, described: Described) -> bool:
    """Does the file end as such a database does?"""
    if source.member:
        return False
    with source.path.open("rb") as stream:
        stream.seek(max(source.path.stat().st_size - _TAIL, 0))
        return MARK in stream.read()


def head(source: Source) -> Described:
    """What the metadata says: the day of the build, and the kind of database for an id."""
    with closing(_opened(source)) as reader:
        metadata = reader.metadata()
    day = build_day(metadata.build_epoch, source)
    return Described((source.path,), metadata.database_type.lower(), day)


def rows(source: Source, described: Described) -> Iterator[Row]:
    """The networks of a database, numbered from one.

    Raises:
        SourceError: it cannot be read, or nothing in it is known.
    """
    spoke = described.usual != SILENCE
    with closing(_opened(source)) as reader:
        try:
            for number, (network, record) in enumerate(reader, 1):
                found = _word(record, described, source, number)
                spoke = spoke or found != SILENCE
                yield Row(number, *_ends(network), found)
        except _BROKEN as error:
            raise source.error(str(error), remedy="fetch the database again") from None
    if not spoke:
        raise source.error("no field that is known", remedy=f"known are {', '.join(FIELDS)}")


def _opened(source: Source) -> Reader:
    """The database, unless it is one of ours: votes are compiled from their sources."""
    try:
        reader = Reader(source.path, MODE_MMAP)
        metadata = reader.metadata()
    except _BROKEN as error:
        raise source.error(str(error), remedy="fetch the database again") from None
    if not isinstance(metadata.build_epoch, int) or not isinstance(metadata.database_type, str):
        raise source.error("metadata of another type", remedy="fetch the database again")
    if metadata.database_type == DATABASE_TYPE:
        raise source.error("holds votes already", remedy="build from the sources of it")
    return reader


def _ends(network: IPv4Network | IPv6Network) -> tuple[bytes, bytes]:
    ends = network.network_address.packed, network.broadcast_address.packed
    return ends[0].rjust(16, b"\0"), ends[1].rjust(16, b"\0")


def _word(record: object, described: Described, source: Source, number: int) -> Word:
    fields = tuple(
        (name, text)
        for name, text in _flat("", record)
        if name in FIELDS and name not in described.ignore
    )
    try:
        return word(fields)
    except InputError as error:
        raise source.error(
            error.what, line=number, field=error.field, remedy=error.remedy or ""
        ) from None


def _flat(name: str, value: object) -> Iterator[tuple[str, str]]:
    """The leaves of a record with their paths, ``traits`` left out of these."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _flat(f"{name}.{key}".removeprefix(".").removeprefix("traits."), inner)
    elif isinstance(value, list):
        yield name, " ".join(map(str, value))
    else:
        yield name, str(value)
