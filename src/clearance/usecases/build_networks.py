"""Build a database of addresses: lay every source's votes over each other, keep them all.

1. Sources are told in the order in which their votes stand in every record.
2. What IANA keeps for special purposes is a source like any other, and always there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from clearance.network.agreement import Agreement, agreement
from clearance.network.origin import Origin, Vote
from clearance.network.partition import NOTHING, Blocks, Numbers, partition
from clearance.network.source import Source
from clearance.network.tree import tree


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """One source with what it says: ``blocks.vote`` are places in ``votes``."""

    source: Source
    blocks: Blocks
    votes: tuple[Vote, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Compiled:
    """A database that is not yet written: the tree, and what its ends say."""

    sources: tuple[Source, ...]
    sides: Numbers
    origins: tuple[Origin, ...]
    stretches: int
    agreement: Agreement


def build_networks(told: Sequence[Told], ipv4: Blocks) -> Compiled:
    """Every source's vote about every address.

    Args:
        told: the sources, each once.
        ipv4: the blocks that hold the IPv4 space.
    """
    cut = partition([one.blocks for one in told], ipv4)
    origins = tuple(_origin(record, told) for record in cut.records)
    return Compiled(
        sources=tuple(one.source for one in told),
        sides=tree(cut),
        origins=origins,
        stretches=int((cut.record >= 0).sum()),
        agreement=agreement(cut, origins),
    )


def _origin(record: Sequence[int], told: Sequence[Told]) -> Origin:
    pairs = zip(told, record, strict=True)
    return Origin(tuple(one.votes[vote] for one, vote in pairs if vote != NOTHING))
