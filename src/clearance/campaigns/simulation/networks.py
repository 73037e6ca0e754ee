"""Campaigns: accounts that one hand moves, in each of the ways of ``Variant``.

1. Jobs come in bursts: some tens of accounts are given prompts within seconds, at any hour.
2. Cards serve about five accounts each; addresses come from a pool that ordinary customers of the
   same providers use too, and change from request to request.
3. A campaign has a handful of templates; an account is given one or two of them.
4. A campaign begins within the first quarter of the log and is at full speed at once; it moves to
   a new model within the hour. Where cards are shared, accounts were made within four days.
5. A relay hands each request to the account least recently used, keeps a session for an hour, and
   carries the last output into the next prompt.
"""

from __future__ import annotations

import heapq

import numpy as np

from clearance.campaigns.simulation.draft import HOME, NONE, Draft, Int64
from clearance.campaigns.simulation.ordinary import HOUR
from clearance.campaigns.simulation.plan import DAY, START

BURST = 30
SECOND = 1_000_000
TURNS = 6


def campaigns(draft: Draft) -> None:
    """Add the campaigns of the plan; rows are shared out by members."""
    total = sum(draft.plan.members)
    for number, size in enumerate(draft.plan.members, 1):
        rows = round(draft.plan.exchanges * size / total)
        _campaign(draft, f"campaign-{number}", size, rows)


def _campaign(draft: Draft, group: str, size: int, rows: int) -> None:
    variant = draft.plan.variant
    rng = draft.rng
    began = START + int(rng.integers(0, max(1, draft.plan.days // 4))) * DAY
    moves = began + int(rng.integers(0, max(1, draft.end - began))) + rng.integers(0, HOUR, size)
    card = created = None
    if variant.shared_cards:
        card = rng.choice(draft.new_cards(max(2, size // 5)), size)
        created = began - rng.integers(1, 4 * DAY, size)
    account = draft.people_of(group, size, card=card, created=created, moves=moves)
    pool = draft.new_addresses(max(3, size))
    _strangers(draft, pool)
    unrelated = round(rows * variant.mixed)
    relayed = round(rows * variant.relayed)
    together = round((rows - unrelated) * variant.synchronous)
    alone = rows - unrelated - together - relayed
    template = _templates(draft, account, variant.paraphrased)
    _add(draft, *_bursts(draft, size, together, began), account, template, pool)
    _add(draft, *_scattered(draft, size, alone, began), account, template, pool)
    who, time = _scattered(draft, size, unrelated, began)
    draft.add(account[who], time, NONE, _addresses(draft, pool, len(who)))
    _relay(draft, account, template, relayed, began)


def _strangers(draft: Draft, pool: Int64) -> None:
    """Ordinary customers who sit behind some addresses of the pool."""
    rng = draft.rng
    home = rng.choice(pool, max(1, len(pool) // 10))
    account = draft.people_of("ordinary", len(home), home=home)
    who = np.repeat(account, 1 + rng.poisson(12, len(account)))
    draft.add(who, START + rng.integers(0, draft.plan.days * DAY, len(who)))


def _templates(draft: Draft, account: Int64, paraphrased: bool) -> Int64:
    """Two templates an account, as rows of an array."""
    rng = draft.rng
    count = len(account) if paraphrased else max(2, min(20, len(account) // 60))
    made = np.array([draft.template(int(size), 8) for size in rng.integers(14, 26, count)])
    if paraphrased:
        return np.stack((made, made), axis=1)
    return rng.choice(made, (len(account), 2))


def _bursts(draft: Draft, size: int, rows: int, since: int) -> tuple[Int64, Int64]:
    """Requests in bursts within ten seconds, each by other members."""
    rng = draft.rng
    wide = min(BURST, max(4, size // 2))
    count = rows // wide
    began = rng.integers(since, draft.end, count)
    who = rng.integers(0, size, count * wide)
    time = np.repeat(began, wide) + rng.exponential(3 * SECOND, len(who)).astype(np.int64)
    return who, time


def _scattered(draft: Draft, size: int, rows: int, since: int) -> tuple[Int64, Int64]:
    """Requests at any time, round the clock."""
    who = draft.rng.integers(0, size, rows)
    return who, draft.rng.integers(since, draft.end, rows)


def _add(
    draft: Draft, who: Int64, time: Int64, account: Int64, template: Int64, pool: Int64
) -> None:
    which = draft.rng.integers(0, 2, len(who))
    address = _addresses(draft, pool, len(who))
    draft.add(account[who], time, template[who, which], address)


def _addresses(draft: Draft, pool: Int64, rows: int) -> Int64 | int:
    if not draft.plan.variant.shared_addresses:
        return HOME
    return draft.rng.choice(pool, rows)


def _relay(draft: Draft, account: Int64, template: Int64, rows: int, since: int) -> None:
    """Conversations that move on to another account when their hour is over."""
    if not rows:
        return
    rng = draft.rng
    count = rows // TURNS
    gap = rng.integers(HOUR // 6, HOUR // 2, (count, TURNS)).cumsum(axis=1)
    time = (rng.integers(since, draft.end, count)[:, None] + gap).ravel()
    talk, hour = np.repeat(np.arange(count), TURNS), (gap // HOUR).ravel()
    follows = np.zeros(len(time), np.bool_)
    follows[1:] = talk[1:] == talk[:-1]
    stays = follows.copy()
    stays[1:] &= hour[1:] == hour[:-1]
    holder = np.cumsum(~stays) - 1
    opens = np.flatnonzero(~stays)
    closes = np.append(opens[1:], len(time)) - 1
    who = _least_recently_used(len(account), time[opens], time[closes])[holder]
    inside = time < draft.end
    place = inside.cumsum() - 1 + draft.size
    echoes = np.where(follows, np.roll(place, 1), NONE)
    draft.add(account[who], time, template[who, 0], HOME, echoes)


def _least_recently_used(accounts: int, opens: Int64, closes: Int64) -> Int64:
    """The account of each session: the one whose last request is longest ago."""
    idle = [(0, account) for account in range(accounts)]
    who = np.empty(len(opens), np.int64)
    for session in np.argsort(opens, kind="stable").tolist():
        _, account = heapq.heappop(idle)
        who[session] = account
        heapq.heappush(idle, (int(closes[session]), account))
    return who
