"""Databases of addresses: build, open, and how old their sources are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from clearance.adapters.network.addresses import carried, plain
from clearance.adapters.network.reader import Networks
from clearance.bootstrap.days import build_day, day_or_today
from clearance.model.dates import day_of
from clearance.network.agreement import Agreement
from clearance.network.origin import Origin
from clearance.network.source import Source, stale


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


@dataclass(frozen=True, slots=True)
class Looked:
    """An address that was looked up on a day.

    **Shape**: ``network`` is the widest around it in which nothing else is said; ``origin`` is
    ``None`` where no source knows it; ``stale`` names sources of its votes; ``carried`` is the IPv4
    address inside an IPv6 one, after the means.
    """

    address: str
    network: str
    origin: Origin | None
    stale: tuple[str, ...]
    carried: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class Described:
    """A database on a day: what it is made of, and which sources are stale."""

    networks: Networks
    day: int
    stale: tuple[Source, ...]


def look_up(
    database: Path, addresses: Sequence[str], as_of: str | None, limit: int
) -> tuple[Looked, ...]:
    """What every source says of addresses; data older than ``limit`` days is stale.

    Raises:
        InputError: no such database, no day, or a text that is no address.
        IntegrityError: the database's bytes are not those that were written.
        StorageError: the machine cannot read it.
    """
    day = day_or_today(as_of)
    networks = Networks.open(database)
    return tuple(_looked(networks, plain(text), day, limit) for text in addresses)


def _looked(networks: Networks, address: str, day: int, limit: int) -> Looked:
    origin = networks.lookup(address)
    late = origin.stale(day, limit) if origin else ()
    return Looked(address, networks.block(address), origin, late, carried(address))


def describe(database: Path, as_of: str | None, limit: int) -> Described:
    """What a database was compiled from, and what of it is older than ``limit`` days.

    Raises:
        InputError: no such database, or no day.
        IntegrityError: the database's bytes are not those that were written.
        StorageError: the machine cannot read it.
    """
    day = day_or_today(as_of)
    networks = Networks.open(database)
    return Described(networks, day, stale(networks.sources, day, limit))
