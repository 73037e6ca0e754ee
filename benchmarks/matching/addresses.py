"""Invented addresses: what a row of the corpus would give, and how a customer would write it.

1. A row's address follows from its number. A third of the companies of one first word and country
   share theirs, as groups do.
2. A customer writes it in its own way: short forms, no postcode, other order. One in seven gives
   another address of its own (a branch, a former seat).
"""

from __future__ import annotations

import zlib

import numpy as np

_STREETS = (
    "Mill Harbour Station Church Market Bridge Garden Castle "
    "Meadow Quarry Orchard Chapel Foundry Weaver Tanner Cooper"
)
STREETS = tuple(_STREETS.split())
KINDS = (("Street", "St."), ("Road", "Rd."), ("Avenue", "Ave."), ("Square", "Sq."))
TOWNS = 40
"""Towns of a country."""
SHARED, MOVED = 1 / 3, 1 / 7


def address_of(row: int, name: str, country: str) -> str:
    """The address that the reference holds of a row."""
    family = zlib.crc32(f"{name.split()[0].lower()} {country}".encode())
    own = zlib.crc32(f"row {row}".encode())
    return _address(family if own % 3_000 < 3_000 * SHARED else own, country)


def as_written(address: str, row: int, country: str, rng: np.random.Generator) -> str:
    """The address as a customer of that row writes it."""
    if rng.random() < MOVED:
        return _address(zlib.crc32(f"branch of {row}".encode()), country)
    street, place = address.split(", ")
    for long, short in KINDS:
        if rng.random() < 0.5:
            street = street.replace(long, short)
    if rng.random() < 0.4:
        place = place.partition(" ")[2]
    return f"{place}, {street}" if rng.random() < 0.2 else f"{street}, {place}"


def _address(seed: int, country: str) -> str:
    street, kind = STREETS[seed % len(STREETS)], KINDS[seed // 16 % len(KINDS)][0]
    number, town = seed // 64 % 180 + 1, seed // 11_520 % TOWNS
    return f"{number} {street} {kind}, {10_000 + town * 37} {_town(town, country)}"


def _town(town: int, country: str) -> str:
    places = ((town * 7 + at * 5 + len(country), town + at) for at in range(3))
    name = "".join("bdfgklmnprstv"[one % 13] + "aeiou"[other % 5] for one, other in places)
    return f"{name.capitalize()}ton"
