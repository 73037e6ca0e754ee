"""An invented log in the making: accounts, templates and rows, added group by group.

1. An account is an index; its facts are columns of equal length.
2. A row is (account, time, address, template, model, echoed row); -1 is none.
3. Groups name the truth: ``ordinary``, a crowd's name, or ``campaign-1`` and so on.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from clearance.campaigns.simulation.plan import DAY, START, Plan

Int64 = NDArray[np.int64]
Int32 = NDArray[np.int32]

NONE = -1
HOME = -1
VOCABULARY = 20_000
MODELS = 4


@dataclass(frozen=True, slots=True)
class Rows:
    """Requests of a group, in no order."""

    account: Int64
    time: Int64
    address: Int64
    template: Int64
    echoes: Int64

    def __len__(self) -> int:
        return len(self.account)


@dataclass(frozen=True, slots=True)
class People:
    """Accounts of a group: facts, one an account; ``moves`` is when it changes to a new model."""

    group: str
    home: Int64
    card: Int64
    organisation: Int64
    zone: Int64
    created: Int64
    moves: Int64

    def __len__(self) -> int:
        return len(self.home)


@dataclass(slots=True)
class Draft:
    """Gathers groups; every number that names something new is drawn here, once."""

    plan: Plan
    rng: np.random.Generator
    people: list[People] = field(default_factory=list)
    rows: list[Rows] = field(default_factory=list)
    templates: list[tuple[Int32, Int32]] = field(default_factory=list)
    accounts: int = 0
    addresses: int = 0
    cards: int = 0
    organisations: int = 0

    @property
    def end(self) -> int:
        """The moment after the last day."""
        return START + self.plan.days * DAY

    @property
    def size(self) -> int:
        """How many rows there are so far."""
        return sum(map(len, self.rows))

    def new_addresses(self, count: int) -> Int64:
        """Addresses nobody had before."""
        self.addresses += count
        return np.arange(self.addresses - count, self.addresses)

    def new_cards(self, count: int) -> Int64:
        """Payment fingerprints nobody had before."""
        self.cards += count
        return np.arange(self.cards - count, self.cards)

    def template(self, before: int, after: int = 0) -> int:
        """A new fixed text of so many words before and after what fills it."""
        words = self.rng.integers(0, VOCABULARY, before + after).astype(np.int32)
        self.templates.append((words[:before], words[before:]))
        return len(self.templates) - 1

    def people_of(
        self,
        group: str,
        count: int,
        home: Int64 | None = None,
        card: Int64 | None = None,
        organisation: int = NONE,
        *,
        created: Int64 | None = None,
        moves: Int64 | None = None,
    ) -> Int64:
        """New accounts, each with an address, a card and dates of its own unless some are given."""
        if created is None:
            created = START - self.rng.integers(1, 400 * DAY, count)
        if moves is None:
            moves = START + self.rng.integers(0, 14 * DAY, count)
        self.people.append(
            People(
                group,
                self.new_addresses(count) if home is None else home,
                self.new_cards(count) if card is None else card,
                np.full(count, organisation, np.int64),
                self.rng.integers(-11, 13, count),
                created,
                moves,
            )
        )
        self.accounts += count
        return np.arange(self.accounts - count, self.accounts)

    def add(
        self,
        account: Int64,
        time: Int64,
        template: Int64 | int = NONE,
        address: Int64 | int = HOME,
        echoes: Int64 | int = NONE,
    ) -> None:
        """Requests; what falls outside the days of the log is dropped."""
        inside = (time >= START) & (time < self.end)
        columns = (account, time, address, template, echoes)
        full = (np.broadcast_to(np.asarray(one, np.int64), time.shape) for one in columns)
        self.rows.append(Rows(*(one[inside] for one in full)))
