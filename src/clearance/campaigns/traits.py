"""Supporting traits: what campaigns often have in common and others have too. They never link.

1. A trait is a share of the members against the same share of all actors: accounts made within one
   week, one agent, one issuer, one network; and requests spread evenly round the clock.
2. It supports if most members have it, three times as often as others, beyond chance.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binom

from clearance.campaigns.evidence import Int64
from clearance.campaigns.log_view import Requests

WEEK = 7 * 86_400_000_000
HOUR = 3_600_000_000
LIFT, COVERAGE, CHANCE = 3.0, 0.5, 1e-6
EVEN = 0.9
"""Entropy over the hours, of the most there can be, from which on an actor rests at no hour."""

FEWEST = 48
"""Requests from which on hours say anything."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What each actor states of itself, as numbers; 0 is not stated."""

    created: Int64
    agent: Int64
    issuer: Int64
    asn: Int64


@dataclass(frozen=True, slots=True)
class Trait:
    """A share of the members and of everybody, and whether it supports a finding."""

    name: str
    observed: float
    expected: float
    supports: bool


def round_the_clock(requests: Requests) -> NDArray[np.bool_]:
    """Which actors rest at no hour of the day."""
    actors = len(requests.start) - 1
    size = np.diff(requests.start)
    owner = np.repeat(np.arange(actors), size)
    hour = (requests.time // HOUR) % 24
    table = np.bincount(owner * 24 + hour, minlength=actors * 24).reshape(actors, 24)
    share = table / np.maximum(size, 1)[:, None]
    entropy = -(share * np.log(np.where(share > 0, share, 1.0))).sum(axis=1) / np.log(24)
    even: NDArray[np.bool_] = (entropy >= EVEN) & (size >= FEWEST)
    return even


def traits(members: Int64, facts: Facts, awake: NDArray[np.bool_]) -> tuple[Trait, ...]:
    """The traits of a set of actors, in a fixed order; what nobody states is left out."""
    found = [_week(members, facts.created)]
    columns = (("agent", facts.agent), ("issuer", facts.issuer), ("network", facts.asn))
    found += [_same(name, members, column) for name, column in columns]
    found.append(_judged("round the clock", awake[members].mean(), awake.mean(), len(members)))
    return tuple(one for one in found if one is not None)


def _week(members: Int64, created: Int64) -> Trait | None:
    """The week in which most members were made."""
    own = np.sort(created[members][created[members] != 0])
    if not len(own):
        return None
    within = np.searchsorted(own, own + WEEK) - np.arange(len(own))
    first = own[int(within.argmax())]
    all_made = created[created != 0]
    expected = ((all_made >= first) & (all_made < first + WEEK)).mean()
    return _judged("made in one week", within.max() / len(members), expected, len(members))


def _same(name: str, members: Int64, column: Int64) -> Trait | None:
    own = column[members][column[members] != 0]
    if not len(own):
        return None
    values, count = np.unique(own, return_counts=True)
    top = values[int(count.argmax())]
    return _judged(f"one {name}", count.max() / len(members), (column == top).mean(), len(members))


def _judged(name: str, observed: float, expected: float, members: int) -> Trait:
    share, base = float(observed), min(1.0, max(float(expected), 1e-9))
    chance = float(binom.sf(round(share * members) - 1, members, base))
    supports = share >= COVERAGE and share >= LIFT * base and chance <= CHANCE
    return Trait(name, share, base, supports)
