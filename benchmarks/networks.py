"""A database of addresses: ``python -m benchmarks.networks make|make-systems|ask FILE``.

Invented sources the size of published ones, 400,000 blocks of IPv4 and 250,000 of IPv6: two of
countries, hosting, VPN and relays; on demand 60,000 autonomous systems. The addresses asked for lie
anywhere and never come again: every one waits for memory. Prints one line of JSON.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from ipaddress import IPv4Address, IPv6Address
from pathlib import Path

import maxminddb
import numpy as np
from numpy.typing import NDArray

from clearance.adapters.network.reader import Networks
from clearance.adapters.network.reading import ipv4_space, read_sources
from clearance.adapters.network.writing import write
from clearance.network.origin import Kind, Vote
from clearance.network.partition import Blocks, Keys, Numbers
from clearance.network.source import Source
from clearance.usecases.build_networks import Told, build_networks

DAY = 20_000
ASKED = 300_000
REPEAT = 5
SYSTEMS = 60_000
COUNTRIES = tuple(f"X{letter}" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ")

IPV6 = np.uint64(0x2A << 56)
"""Where the invented IPv6 blocks lie, as the upper half of an address."""


def made(with_systems: bool) -> list[Told]:
    """The invented sources: who runs a block decides its country, on which two sources differ."""
    draw = np.random.default_rng(11)
    first, last = _blocks(draw, 400_000, 250_000)
    system = (draw.random(len(first)) ** 3 * SYSTEMS).astype(np.int64)
    country = system % len(COUNTRIES)
    differs = draw.random(len(first)) < 0.05
    second = np.where(differs, draw.integers(0, len(COUNTRIES), len(first)), country)
    countries = [Vote("", code) for code in COUNTRIES]
    systems = [Vote("", asn=64_496 + number) for number in range(SYSTEMS)]
    few = [draw.random(len(first)) < share for share in (0.05, 0.02, 0.003)]
    nothing = np.zeros_like(system)
    return [
        _told("country-a", first, last, countries, country),
        _told("country-b", first, last, countries, second),
        *([_told("systems", first, last, systems, system)] if with_systems else []),
        *(
            _told(kind.value, first[some], last[some], [Vote("", kinds=(kind,))], nothing[some])
            for kind, some in zip((Kind.HOSTING, Kind.VPN, Kind.RELAY), few, strict=True)
        ),
    ]


def make(path: Path, with_systems: bool = False) -> dict[str, object]:
    """Lay the invented sources over each other, and write the database."""
    told = [*read_sources([], DAY), *made(with_systems)]
    started = time.perf_counter()
    compiled = build_networks(told, ipv4_space())
    write(path, compiled, DAY)
    return {
        "built": time.perf_counter() - started,
        "size": path.stat().st_size,
        "stretches": compiled.stretches,
        "records": len(compiled.origins),
    }


def ask(path: Path) -> dict[str, object]:
    """Open the database and ask it; beside it the bare readers of the format."""
    opened = statistics.median(_clocked(lambda: Networks.open(path)) for _ in range(REPEAT))
    networks = Networks.open(path)
    bare = maxminddb.open_database(path, maxminddb.MODE_MMAP_EXT)
    plain = maxminddb.open_database(path, maxminddb.MODE_MMAP)
    four, six = _addresses()
    votes = [len(origin.votes) for one in four[:10_000] if (origin := networks.lookup(one))]
    return {
        "opened": opened,
        "votes": statistics.mean(votes),
        "compiled": networks.compiled,
        "four": _rate(networks.lookup, four),
        "six": _rate(networks.lookup, six),
        "bare": _rate(bare.get, four),
        "plain": _rate(plain.get, four[:20_000]),
    }


COMMANDS: dict[str, Callable[[Path], dict[str, object]]] = {
    "make": make,
    "make-systems": partial(make, with_systems=True),
    "ask": ask,
}


def _blocks(draw: np.random.Generator, four: int, six: int) -> tuple[Keys, Keys]:
    """First and last addresses of disjoint blocks."""
    cuts = np.unique(draw.integers(1 << 24, 0xE000_0000, four, dtype=np.uint64) >> 8 << 8)
    upper = np.unique(draw.integers(0, 1 << 28, six, dtype=np.uint64)) << np.uint64(16) | IPV6
    nothing, everything = np.zeros_like(upper), ~np.zeros_like(upper)
    zeros = np.zeros_like(cuts)
    first = [_keys(zeros, cuts)[:-1], _keys(upper, nothing)[:-1]]
    last = [_keys(zeros, cuts - 1)[1:], _keys(upper - 1, everything)[1:]]
    return np.concatenate(first), np.concatenate(last)


def _keys(upper: NDArray[np.uint64], lower: NDArray[np.uint64]) -> Keys:
    return np.stack([upper, lower], axis=1).astype(">u8").view("S16").reshape(-1)


def _told(id: str, first: Keys, last: Keys, votes: Sequence[Vote], said: Numbers) -> Told:
    source = Source(id, "invented", id, DAY, "", "0" * 64, (), len(first))
    own = tuple(replace(vote, source=id, as_of=DAY, voice=id) for vote in votes)
    return Told(source, Blocks(first, last, said), own)


def _addresses() -> tuple[list[str], list[str]]:
    """Addresses to ask for, IPv4 and IPv6."""
    draw = np.random.default_rng(12)
    four = draw.integers(1 << 24, 0xE000_0000, ASKED).tolist()
    six = (draw.integers(0, 1 << 44, ASKED, dtype=np.uint64) | IPV6).tolist()
    return [str(IPv4Address(one)) for one in four], [str(IPv6Address(one << 64)) for one in six]


def _rate(ask: Callable[[str], object], asked: Sequence[str]) -> float:
    """Answers a second, the best of some runs: what else the machine does takes from the others."""
    return max(len(asked) / _clocked(lambda: _all(ask, asked)) for _ in range(REPEAT))


def _all(ask: Callable[[str], object], asked: Sequence[str]) -> None:
    for one in asked:
        ask(one)


def _clocked(call: Callable[[], object]) -> float:
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


if __name__ == "__main__":
    print(json.dumps(COMMANDS[sys.argv[1]](Path(sys.argv[2]))))
