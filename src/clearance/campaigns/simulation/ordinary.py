"""Ordinary customers: sessions at each one's own hours, popular wrappers, shared networks.

1. How much a customer asks is lognormal; when, by hours of its own zone and habit.
2. A quarter uses a popular wrapper's default prompt, a tenth a popular persona, some a private one.
3. Campus, carrier, VPN and cloud addresses serve many customers who have nothing to do with
   each other.
4. Some come while the log runs, and ask more as they learn what to ask.
"""

from __future__ import annotations

import numpy as np

from clearance.campaigns.simulation.draft import HOME, NONE, Draft, Int64
from clearance.campaigns.simulation.plan import DAY, START

MINUTE = DAY // 1440
HOUR = DAY // 24
NEW = 0.15
"""The part of the customers who come while the log runs."""


def shares_of(draft: Draft, count: int, rows: int) -> Int64:
    """How many of ``rows`` each of ``count`` accounts sends: lognormal, at least one."""
    weight = draft.rng.lognormal(0.0, 1.0, count)
    amounts: Int64 = np.maximum(1, np.round(weight / weight.sum() * rows)).astype(np.int64)
    return amounts


def sessions(
    draft: Draft, account: Int64, amount: Int64, zone: Int64, since: Int64 | int = 0
) -> tuple[Int64, Int64]:
    """Requests in sessions of some five, at hours that each account keeps to.

    Whoever comes ``since`` a later day than the first asks little at the beginning.

    Returns:
        The account and the time of each request.
    """
    rng = draft.rng
    visits = np.maximum(1, amount // 5)
    habit = rng.normal(15.0, 3.0, len(account)) - zone
    who = np.repeat(np.arange(len(account)), visits)
    hour = habit[who] + rng.normal(0.0, 2.5, len(who))
    first_day = np.broadcast_to(np.asarray(since, np.int64), account.shape)[who]
    part = rng.random(len(who)) ** np.where(first_day > 0, 0.5, 1.0)
    day = first_day + (part * (draft.plan.days - first_day)).astype(np.int64)
    weekend = (day % 7 >= 5) & (rng.random(len(who)) < 0.5)
    day = np.where(weekend & (day - 3 >= first_day), day - 3, day)
    began = START + day * DAY + ((hour % 24) * HOUR).astype(np.int64)
    row = np.repeat(np.arange(len(account)), amount)
    first = np.repeat(np.cumsum(visits) - visits, amount)
    visit = first + (rng.random(len(row)) * visits[row]).astype(np.int64)
    within = rng.exponential(4 * MINUTE, len(row)).astype(np.int64)
    return account[row], began[visit] + within


def ordinary(draft: Draft, count: int, rows: int) -> None:
    """So many unrelated customers with so many requests."""
    if not count:
        return
    rng = draft.rng
    home = draft.new_addresses(count)
    crowd = _shared_addresses(draft, count)
    network = rng.choice(len(crowd), count, p=[0.70, 0.08, 0.14, 0.04, 0.04])
    for kind, addresses in enumerate(crowd):
        if kind and len(addresses):
            some = network == kind
            home[some] = rng.choice(addresses, int(some.sum()))
    since = np.where(rng.random(count) < NEW, rng.integers(0, draft.plan.days, count), 0)
    created = START + since * DAY - rng.integers(1, DAY, count)
    created = np.where(since > 0, created, START - rng.integers(1, 400 * DAY, count))
    account = draft.people_of("ordinary", count, home=home, created=created)
    amount = shares_of(draft, count, rows)
    who, time = sessions(draft, account, amount, draft.people[-1].zone, since)
    template = _habits(draft, count)[who - account[0]]
    template = np.where(rng.random(len(who)) < 0.6, template, NONE)
    roaming = rng.random(len(who)) < 0.15
    mobile = rng.choice(crowd[2], len(who)) if len(crowd[2]) else home[who - account[0]]
    draft.add(who, time, template, np.where(roaming, mobile, HOME))


def _shared_addresses(draft: Draft, count: int) -> tuple[Int64, ...]:
    """Addresses that many share: none, campus, carrier, VPN, cloud egress."""
    sizes = (0, max(1, count // 4000), max(2, count // 400), max(2, count // 500), 2)
    return tuple(draft.new_addresses(size) for size in sizes)


def _habits(draft: Draft, count: int) -> Int64:
    """The fixed text each customer is wont to use: a wrapper's, a persona's, its own, or none."""
    rng = draft.rng
    wrappers = np.array([draft.template(int(size)) for size in rng.integers(8, 30, 12)])
    personas = np.array([draft.template(int(size)) for size in rng.integers(15, 40, 60)])
    private = np.array([draft.template(12) for _ in range(max(1, count // 20))])
    kind = rng.choice(4, count, p=[0.60, 0.25, 0.10, 0.05])
    popular = np.minimum(rng.zipf(1.4, count) - 1, len(wrappers) - 1)
    habit = np.full(count, NONE, np.int64)
    habit[kind == 1] = wrappers[popular[kind == 1]]
    habit[kind == 2] = rng.choice(personas, int((kind == 2).sum()))
    alone = np.flatnonzero(kind == 3)[: len(private)]
    habit[alone] = private[: len(alone)]
    return habit
