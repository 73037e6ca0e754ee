"""Databases of the sources in ``tests/data/networks``, and of files that a test writes."""

from __future__ import annotations

from pathlib import Path

from clearance.adapters.network.reader import Networks
from clearance.adapters.network.reading import ipv4_space, read_sources
from clearance.adapters.network.writing import write
from clearance.model.dates import day_of
from clearance.usecases.build_networks import build_networks

SOURCES = Path(__file__).parents[2] / "data" / "networks"
DAY = day_of("2025-11-03")


def build(out: Path, *sources: Path, day: int = DAY) -> Networks:
    """The database of some sources, written on a day and opened."""
    write(out, build_networks(read_sources(sources, day), ipv4_space()), day)
    return Networks.open(out)


def built(folder: Path, name: str, text: str | bytes, about: str = "") -> Networks:
    """The database of one file; ``about`` is more that its list says of it."""
    (folder / name).write_bytes(text.encode() if isinstance(text, str) else text)
    list_of = folder / "sources.toml"
    list_of.write_text(f'[[source]]\nid = "s"\nfile = "{name}"\nas_of = 2025-11-01\n{about}')
    return build(folder / "n.mmdb", list_of)
