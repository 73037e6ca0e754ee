"""Supporting traits: what campaigns often have in common and others have too. They never link.

1. A trait is a share of the members against the same share of all actors: accounts made within one
   week, one agent, one issuer, one network. Habits are told against others of whom they are known,
   turns against sessions in random order.
2. It supports if most members have it, three times as often as others, beyond chance.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.stats import binom

from clearance.campaigns.evidence import Int64
from clearance.campaigns.habits import Habit, at_once, much_for_its_plan, round_the_clock, turns
from clearance.campaigns.log_view import Requests

WEEK = 7 * 86_400_000_000
LIFT, COVERAGE, CHANCE = 3.0, 0.5, 1e-6
IN_TURN = 0.8
"""The part of the sessions that come in turn where somebody hands them out."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What each actor states of itself and what it used, as numbers; 0 is not stated."""

    created: Int64
    agent: Int64
    issuer: Int64
    asn: Int64
    plan: Int64
    used: Int64


@dataclass(frozen=True, slots=True)
class Trait:
    """A share of the members and of everybody, and whether it supports a finding."""

    name: str
    observed: float
    expected: float
    supports: bool


class Traits:
    """The traits of one log, ready for many sets of actors."""

    def __init__(self, facts: Facts, requests: Requests) -> None:
        self._facts, self._requests = facts, requests
        self._habits = (
            round_the_clock(requests),
            at_once(requests),
            much_for_its_plan(facts.plan, facts.used),
        )

    def of(self, members: Int64) -> tuple[Trait, ...]:
        """The traits of a set of actors, in a fixed order; what nobody states is left out."""
        facts = self._facts
        found = [_week(members, facts.created)]
        columns = (("agent", facts.agent), ("issuer", facts.issuer), ("network", facts.asn))
        found += [_same(name, members, column) for name, column in columns]
        found += [_wont(members, habit) for habit in self._habits]
        found.append(_in_turn(*turns(members, self._requests)))
        return tuple(one for one in found if one is not None)

    def supporting(self, members: Int64) -> int:
        """How many traits support a finding about them."""
        return sum(one.supports for one in self.of(members))


def _wont(members: Int64, habit: Habit) -> Trait | None:
    """A habit of the members, told against all others of whom it is known."""
    others = habit.known.copy()
    others[members] = False
    if not habit.known[members].any() or not others.any():
        return None
    usual = float(habit.has[others].mean())
    return _judged(habit.name, float(habit.has[members].mean()), usual, len(members))


def _in_turn(observed: float, expected: float, sessions: int) -> Trait | None:
    if not sessions:
        return None
    chance = float(binom.sf(round(observed * sessions) - 1, sessions, expected))
    return Trait("in turn", observed, expected, observed >= IN_TURN and chance <= CHANCE)


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
    """The value that most members have; of several, the one most usual among all."""
    own = column[members][column[members] != 0]
    if not len(own):
        return None
    values, count = np.unique(own, return_counts=True)
    usual = np.bincount(np.searchsorted(values, column[np.isin(column, values)]))
    expected = usual[count == count.max()].max() / len(column)
    return _judged(f"one {name}", count.max() / len(members), expected, len(members))


def _judged(name: str, observed: float, expected: float, members: int) -> Trait:
    share, base = float(observed), min(1.0, max(float(expected), 1e-9))
    chance = float(binom.sf(round(share * members) - 1, members, base))
    supports = share >= COVERAGE and share >= LIFT * base and chance <= CHANCE
    return Trait(name, share, base, supports)
