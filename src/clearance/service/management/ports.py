"""What the management API is told by the decision point beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from clearance.adapters.sql.changing import Clock, now
from clearance.adapters.sql.engine import Database
from clearance.adapters.sql.keys import Keys
from clearance.model.plain import Json


@dataclass(frozen=True, slots=True)
class Figures:
    """The decision point in numbers, at one moment.

    **Shape**: ``outcomes`` counts decisions by outcome's word and policy's id; ``seconds`` are
    decisions that took at most so long, cumulative by upper bound, and ``total`` how long all of
    them took; ``queue`` entries wait for the log, ``lost`` were lost; ``generation`` is the one
    that is answered from.
    """

    outcomes: Mapping[tuple[str, str], int] = field(default_factory=dict)
    seconds: Sequence[tuple[float, int]] = ()
    total: float = 0.0
    queue: int = 0
    lost: int = 0
    generation: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """Something that was loaded, with the day it is of."""

    id: str
    as_of: int


class Point(Protocol):
    """The decision point."""

    def figures(self) -> Figures:
        """What it counts."""
        ...

    def sources(self) -> Sequence[Source]:
        """What its answers rest on."""
        ...

    def trouble(self) -> str:
        """Why it cannot answer now; empty where it can."""
        ...


class Apart:
    """The management API without a decision point beside it."""

    def figures(self) -> Figures:
        """Nothing is counted."""
        return Figures()

    def sources(self) -> Sequence[Source]:
        """Nothing is loaded."""
        return ()

    def trouble(self) -> str:
        """Nothing hinders it."""
        return ""


Tell = Callable[[str, Mapping[str, Json]], None]
"""Takes an event and what is to be said of it: no ids of accounts, no addresses, no bodies."""


def silent(event: str, said: Mapping[str, Json]) -> None:
    """Tells nobody."""


@dataclass(frozen=True, slots=True)
class Office:
    """All that handlers work with.

    **Shape**: ``log`` is where past decisions are, empty for nowhere; ``tell`` takes what the
    operator should know.
    """

    database: Database
    keys: Keys
    point: Point = field(default_factory=Apart)
    log: str = ""
    clock: Clock = now
    tell: Tell = silent
