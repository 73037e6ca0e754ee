"""From files to what each source says: recognised by content, gathered, digested.

1. An MMDB file, an ``iporigin`` table, a table of blocks and a list of networks are told apart by
   their bytes.
2. Files of one id are one source; its day is the earliest of theirs.
3. A source has an id and a day that is not to come: how old data is must be known.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from ipaddress import IPv6Network
from pathlib import Path

import numpy as np

from clearance.adapters.formats.source import Source as Stream
from clearance.adapters.formats.source import open_source
from clearance.adapters.network import cidr, iporigin, mmdb_source, table
from clearance.adapters.network.addresses import block
from clearance.adapters.network.described import Described, listed
from clearance.adapters.network.gathering import Gathered
from clearance.adapters.network.words import SILENCE, Row, Word
from clearance.model.dates import day_of, text_of_day
from clearance.model.errors import InputError
from clearance.network import special
from clearance.network.origin import Kind
from clearance.network.partition import Blocks
from clearance.network.source import BUILT_IN, Source
from clearance.usecases.build_networks import Told


@dataclass(frozen=True, slots=True)
class Format:
    """One way to write a source down."""

    name: str
    recognised: Callable[[Stream, Described], bool]
    head: Callable[[Stream], Described]
    rows: Callable[[Stream, Described], Iterator[Row]]


FORMATS = (
    Format("mmdb", mmdb_source.recognised, mmdb_source.head, mmdb_source.rows),
    Format("iporigin", iporigin.recognised, iporigin.head, iporigin.rows),
    Format("table", table.recognised, table.head, table.rows),
    Format("networks", cidr.recognised, table.head, cidr.rows),
)
"""In the order in which they are tried; anything may be a list of networks."""


@dataclass(frozen=True, slots=True)
class _Part:
    """One file of a source."""

    stream: Stream
    format: Format
    described: Described


def read_sources(paths: Sequence[Path], day: int) -> tuple[Told, ...]:
    """What the named sources say, and what IANA keeps for special purposes.

    Args:
        paths: files of sources, or TOML files that list them.
        day: today; no data is of a later day.

    Raises:
        InputError: a file is not there, or what must be known of a source is not said.
        SourceError: a file cannot be read as what it is, or contradicts itself.
        StorageError: the machine cannot read it.
    """
    by_id: dict[str, list[_Part]] = {}
    for described in _described(paths):
        for part in _parts(described):
            by_id.setdefault(_known(part, day).id, []).append(part)
    return (_special(), *(_told(id, parts) for id, parts in by_id.items()))


def ipv4_space() -> Blocks:
    """The blocks that hold the IPv4 space."""
    networks = [IPv6Network(text) for text in special.SAME_AS_IPV4]
    ends = [(net.network_address.packed, net.broadcast_address.packed) for net in networks]
    first, last = (np.array(column, "S16") for column in zip(*ends, strict=True))
    return Blocks(first, last, np.zeros(len(networks), np.int64))


def _described(paths: Iterable[Path]) -> Iterator[Described]:
    for path in paths:
        if path.is_dir():
            raise InputError("is a folder", file=str(path), remedy="name files")
        if path.suffix == ".toml":
            yield from listed(path)
        else:
            yield Described((path,))


def _parts(described: Described) -> Iterator[_Part]:
    for path in described.files:
        for stream in open_source(path):
            found = next(one for one in FORMATS if one.recognised(stream, described))
            yield _Part(stream, found, described.over(found.head(stream)))


def _known(part: _Part, day: int) -> Described:
    """What is said of a part, if that is enough."""
    said = part.described
    if said.as_of is None or not said.id:
        raise InputError(
            "does not say whose it is and of which day",
            file=part.stream.name,
            remedy="list it in a TOML file of sources with its 'id' and 'as_of'",
        )
    if said.as_of > day:
        raise InputError(
            f"{text_of_day(said.as_of)} is still to come",
            file=part.stream.name,
            field="as_of",
            remedy="give the day of the data",
        )
    return said


def _told(id: str, parts: Sequence[_Part]) -> Told:
    gathered = Gathered()
    for part in parts:
        gathered.add(
            part.stream.name, part.format.rows(part.stream, part.described), part.described.usual
        )
    source = Source(
        id=id,
        format=parts[0].format.name,
        voice=_same("voice", parts, [part.described.voice for part in parts]) or id,
        as_of=min(part.described.as_of or 0 for part in parts),
        licence=_same("licence", parts, [part.described.licence for part in parts]),
        digest=_digest(part.stream.path for part in parts),
        files=tuple(part.stream.path.name for part in parts),
        blocks=gathered.count,
    )
    return Told(source, gathered.blocks(), gathered.votes(source))


def _same(field: str, parts: Sequence[_Part], texts: Sequence[str]) -> str:
    """What every file of a source says of itself."""
    differs = next((place for place, text in enumerate(texts) if text != texts[0]), None)
    if differs is not None:
        raise InputError(
            f"{texts[differs]!r}, but {parts[0].stream.name} says {texts[0]!r}",
            file=parts[differs].stream.name,
            field=field,
            remedy="give the two files ids of their own",
        )
    return texts[0]


def _digest(paths: Iterable[Path]) -> str:
    """The SHA-256 of files, one after another."""
    found = hashlib.sha256()
    for path in dict.fromkeys(paths):
        with path.open("rb") as stream:
            while piece := stream.read(1 << 20):
                found.update(piece)
    return found.hexdigest()


def _special() -> Told:
    gathered = Gathered()
    words = [Word("", 0, (Kind.RESERVED,), what) if what else SILENCE for _, what in special.BLOCKS]
    ends = [block(text) for text, _ in special.BLOCKS]
    gathered.add("", (Row(0, *pair, word) for pair, word in zip(ends, words, strict=True)))
    digest = hashlib.sha256(repr(special.BLOCKS).encode()).hexdigest()
    as_of = day_of(special.AS_OF)
    source = Source(special.ID, BUILT_IN, special.ID, as_of, "", digest, (), gathered.count)
    return Told(source, gathered.blocks(), gathered.votes(source))
