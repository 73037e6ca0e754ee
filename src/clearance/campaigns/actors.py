"""Accounts that openly are one customer are one actor.

1. Accounts of one declared organisation are one actor.
2. So are accounts with the same main card and the same main address (half of their requests and
   more): whoever hides behind many accounts does not pay and call from one place. A company that
   gives each employee an account does, declared or not.
3. All others stand for themselves. Actors are numbered by their first account's first request.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from clearance.campaigns.evidence import Int64


@dataclass(frozen=True, slots=True)
class Accounts:
    """Facts of accounts in canonical order (first request, then volume).

    **Shape**: ``account`` keyed hashes; ``organisation`` a number, 0 for none; ``card`` and
    ``address`` the main ones, 0 for none; ``requests`` counts.
    """

    account: Int64
    organisation: Int64
    card: Int64
    address: Int64
    requests: Int64


@dataclass(frozen=True, slots=True)
class Actors:
    """The actor of each account, and how many requests each actor has."""

    of: Int64
    requests: Int64

    def __len__(self) -> int:
        return len(self.requests)


def actors_of(accounts: Accounts) -> Actors:
    """Who is one with whom.

    >>> ones = np.ones(3, np.int64)
    >>> said = Accounts(np.arange(3), 0 * ones, 5 * ones, np.array([7, 8, 7]), ones)
    >>> actors_of(said).of.tolist()
    [0, 1, 0]
    """
    count = len(accounts.account)
    open_house = (accounts.card != 0) & (accounts.address != 0)
    declared = accounts.organisation != 0
    kind = np.where(declared, 2, np.where(open_house, 1, 0))
    first = np.select([declared, open_house], [accounts.organisation, accounts.card], 0)
    first = np.where(kind == 0, np.arange(count), first)
    second = np.where(kind == 1, accounts.address, 0)
    order = np.lexsort((np.arange(count), second, first, kind))
    starts = np.ones(count, np.bool_)
    for column in (kind, first, second):
        starts[1:] &= column[order][1:] == column[order][:-1]
    starts[1:] = ~starts[1:]
    leader = np.empty(count, np.int64)
    leader[order] = order[np.maximum.accumulate(np.where(starts, np.arange(count), 0))]
    _, of = np.unique(leader, return_inverse=True)
    requests = np.bincount(of, weights=accounts.requests.astype(np.float64))
    return Actors(of.astype(np.int64), requests.astype(np.int64))
