"""The packed table of the Python package ``iporigin``: hosting, CDNs, Tor, crawlers, some VPNs.

1. Every block has a label: who runs it, and its kind in the package's words.
2. Its ``vpn`` holds private relays, too; those keep the country of whoever asks and are ``relay``.

**Source**: iporigin 1.1.2, ``_data.py``: little-endian header ``IPORIGIN``, version 1, time of the
build, counts of labels and of blocks; labels ``operator TAB kind``; blocks with closed ends.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Any

from clearance.adapters.formats.source import Source
from clearance.adapters.network.described import Described, build_day
from clearance.adapters.network.words import KINDS, Row, Word, operator
from clearance.network.origin import Kind

MAGIC = b"IPORIGIN"
_VERSION = 1
_HEADER = struct.Struct("<8sHQHII")
_LENGTH = struct.Struct("<H")
_IPV4 = struct.Struct("<IIH")
_IPV6 = struct.Struct("<16s16sH")
_RELAY = "private relay"


def recognised(source: Source, described: Described) -> bool:
    """Does the file begin as the table does?"""
    return source.magic(len(MAGIC)) == MAGIC


def head(source: Source) -> Described:
    """What the table says of itself: the day it was built."""
    with source.raw() as stream:
        built = _Packed(source, stream.read(_HEADER.size)).take(_HEADER)[2]
    return Described((source.path,), "iporigin", build_day(built, source))


def rows(source: Source, described: Described) -> Iterator[Row]:
    """The blocks of the table, numbered from one.

    Raises:
        SourceError: another version, an unknown kind, or the table ends too early.
    """
    with source.raw() as stream:
        packed = _Packed(source, stream.read())
    _, version, _, labels, ipv4, ipv6 = packed.take(_HEADER)
    if version != _VERSION:
        raise source.error(f"version {version} of the table", remedy="this program reads version 1")
    words = [_word(packed.text(), source) for _ in range(labels)]
    for number in range(1, ipv4 + ipv6 + 1):
        first, last, label = packed.take(_IPV4 if number <= ipv4 else _IPV6)
        if label >= labels:
            raise source.error(f"label {label} of {labels}", line=number)
        if number <= ipv4:
            first, last = first.to_bytes(16, "big"), last.to_bytes(16, "big")
        yield Row(number, first, last, words[label])


class _Packed:
    """Bytes that are taken apart from the front."""

    __slots__ = ("_at", "_octets", "_source")

    def __init__(self, source: Source, octets: bytes) -> None:
        self._source = source
        self._octets = octets
        self._at = 0

    def take(self, form: struct.Struct) -> tuple[Any, ...]:
        octets = self._next(form.size)
        return form.unpack(octets)

    def text(self) -> str:
        (size,) = self.take(_LENGTH)
        return self._next(size).decode("utf-8", "replace")

    def _next(self, size: int) -> bytes:
        octets = self._octets[self._at : self._at + size]
        self._at += size
        if len(octets) < size:
            raise self._source.error("ends too early", remedy="fetch the package again")
        return octets


def _word(label: str, source: Source) -> Word:
    name, _, kind = label.partition("\t")
    if kind not in KINDS:
        raise source.error(f"{kind!r} is no kind of network", field=name)
    relay = kind == Kind.VPN and _RELAY in name.lower()
    return Word("", 0, (Kind.RELAY if relay else KINDS[kind],), operator(name))
