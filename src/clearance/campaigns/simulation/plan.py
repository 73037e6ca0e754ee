"""What an invented log shall hold: sizes, the variant of the campaigns, the crowds beside them.

1. Everything follows from the plan and its seed; nothing else is random.
2. A variant says what campaigns share and how they hide; crowds are the same in every variant.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

DAY = 86_400_000_000
"""Microseconds of a day: the unit of time in a log is the microsecond."""

START = 1_767_571_200_000_000
"""Monday 5 January 2026, midnight UTC: the first day of every invented log."""


@dataclass(frozen=True, slots=True)
class Variant:
    """How campaigns act.

    **Shape**: ``synchronous`` is the part of requests sent in bursts; ``shared_cards`` and
    ``shared_addresses`` whether accounts share them; ``paraphrased`` gives every account a
    template of its own; ``mixed`` is the part of an account's requests that are unrelated
    customers'; ``relayed`` the part of prompts that hold another account's output.
    """

    synchronous: float = 0.5
    shared_cards: bool = True
    shared_addresses: bool = True
    paraphrased: bool = False
    mixed: float = 0.0
    relayed: float = 0.0


VARIANTS: Mapping[str, Variant] = {
    "base": Variant(),
    "own-infrastructure": Variant(shared_cards=False, shared_addresses=False),
    "synchrony-30": Variant(0.3, shared_cards=False, shared_addresses=False),
    "synchrony-20": Variant(0.2, shared_cards=False, shared_addresses=False),
    "synchrony-10": Variant(0.1, shared_cards=False, shared_addresses=False),
    "no-synchrony": Variant(0.0),
    "paraphrase": Variant(paraphrased=True),
    "hydra": Variant(mixed=0.5),
    "relay": Variant(0.0, shared_cards=False, shared_addresses=False, relayed=0.3),
    "relay-whole": Variant(0.0, shared_cards=False, shared_addresses=False, relayed=1.0),
    "all-own": Variant(0.0, shared_cards=False, shared_addresses=False),
}


@dataclass(frozen=True, slots=True)
class Plan:
    """Sizes of an invented log.

    **Shape**: ``members`` are the campaigns' sizes in accounts; ``exchanges`` their rows in all;
    ``rows`` and ``accounts`` are the others, crowds included; ``words`` the mean of a prompt.
    """

    seed: int = 1
    accounts: int = 2_000
    rows: int = 60_000
    days: int = 28
    members: tuple[int, ...] = (20, 50, 170)
    exchanges: int = 40_000
    variant: Variant = field(default_factory=Variant)
    crowds: bool = True
    words: int = 60
    outputs: bool = False
