"""Databases of addresses: build, open, and how old their sources are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from clearance.adapters.network.reader import Networks
from clearance.bootstrap.days import build_day
from clearance.model.dates import day_of
from clearance.network.agreement import Agreement
from clearance.network.source import Source


@dataclass(frozen=True, slots=True)
class Built:
    """What a build made: the digest that names it, its sources, and its figures."""

    digest: str
    sources: tuple[Source, ...]
    stretches: int
    records: int
    agreement: Agreement


def build(out: Path, sources: Sequence[Path]) -> Built:
    """Compile sources into the database ``out``; dated by ``SOURCE_DATE_EPOCH`` if set.

    Raises:
        InputError: a file is not there, or what must be known of a source is not said.
        SourceError: a source cannot be read as what it is, or contradicts itself.
        StorageError: the machine cannot read or write.
    """
    from clearance.adapters.network.reading import ipv4_space, read_sources
    from clearance.adapters.network.writing import write
    from clearance.usecases.build_networks import build_networks

    day = day_of(build_day())
    compiled = build_networks(read_sources(sources, day), ipv4_space())
    digest = write(out, compiled, day)
    records = len(compiled.origins)
    return Built(digest, compiled.sources, compiled.stretches, records, compiled.agreement)


def open_networks(database: Path) -> Networks:
    """A database, checked and mapped.

    Raises:
        InputError: there is no such file, or it is no database of addresses.
        IntegrityError: its bytes are not those that were written.
        StorageError: the machine cannot read it.
    """
    return Networks.open(database)
