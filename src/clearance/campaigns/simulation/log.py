"""A finished invented log, a day at a time, and the truth about every account.

1. Rows are in order of time; names of accounts say nothing of their group.
2. The log shows facts only; groups stand in ``truth`` alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clearance.campaigns.simulation.crowds import crowds
from clearance.campaigns.simulation.draft import HOME, MODELS, NONE, Draft, Int64, Rows
from clearance.campaigns.simulation.networks import campaigns
from clearance.campaigns.simulation.ordinary import ordinary
from clearance.campaigns.simulation.plan import DAY, START, Plan
from clearance.campaigns.simulation.text import (
    Texts,
    Words,
    joined,
    outputs,
    prompts,
    vocabulary,
)

ASNS, ISSUERS, AGENTS, PLANS = 400, 60, 40, 3


@dataclass(frozen=True, slots=True)
class Accounts:
    """Facts of every account, by index; ``name`` is a permutation, so that order tells nothing."""

    group: tuple[str, ...]
    name: Int64
    home: Int64
    card: Int64
    organisation: Int64
    created: Int64
    moves: Int64
    agent: Int64
    plan: Int64


@dataclass(frozen=True, slots=True)
class Day:
    """The rows of a day in order of time: facts as numbers, texts as bytes."""

    number: int
    account: Int64
    time: Int64
    address: Int64
    model: Int64
    prompt: Texts
    output: Texts | None
    words_in: Int64
    words_out: Int64


@dataclass(frozen=True, slots=True)
class Log:
    """An invented log: its accounts, and its days, made when they are asked for."""

    plan: Plan
    accounts: Accounts
    rows: Rows
    books: tuple[Words, Words, Words]

    def days(self) -> Iterator[Day]:
        """Each day that has rows.

        **Cost**: some 4 µs a row, and the memory of one day.
        """
        first = np.searchsorted(self.rows.time, START + DAY * np.arange(self.plan.days + 1))
        for number in range(self.plan.days):
            here = np.arange(first[number], first[number + 1])
            if len(here):
                yield _day(self, number, here)


def invent(plan: Plan) -> Log:
    """The log of a plan; the same plan gives the same log."""
    rng = np.random.default_rng(plan.seed)
    draft = Draft(plan, rng)
    beside = crowds(draft) if plan.crowds else 0
    already = draft.size
    ordinary(draft, max(0, plan.accounts - beside), max(0, plan.rows - already))
    if plan.members:
        campaigns(draft)
    heads = joined([one for one, _ in draft.templates])
    tails = joined([one for _, one in draft.templates])
    accounts = _accounts(draft)
    return Log(plan, accounts, _in_order(draft, accounts), (heads, tails, vocabulary(rng)))


def _accounts(draft: Draft) -> Accounts:
    people, rng = draft.people, draft.rng
    count = draft.accounts
    return Accounts(
        group=tuple(one.group for one in people for _ in range(len(one))),
        name=rng.permutation(count),
        home=np.concatenate([one.home for one in people]),
        card=np.concatenate([one.card for one in people]),
        organisation=np.concatenate([one.organisation for one in people]),
        created=np.concatenate([one.created for one in people]),
        moves=np.concatenate([one.moves for one in people]),
        agent=np.minimum(rng.zipf(1.5, count) - 1, AGENTS - 1),
        plan=rng.choice(PLANS, count, p=[0.7, 0.25, 0.05]),
    )


def _in_order(draft: Draft, accounts: Accounts) -> Rows:
    """All rows by time; a home stands in for no address, echoes name rows in the new order."""
    parts = draft.rows
    time = np.concatenate([one.time for one in parts])
    order = np.argsort(time, kind="stable")
    account = np.concatenate([one.account for one in parts])[order]
    address = np.concatenate([one.address for one in parts])[order]
    echoes = np.concatenate([one.echoes for one in parts])[order]
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order))
    return Rows(
        account,
        time[order],
        np.where(address == HOME, accounts.home[account], address),
        np.concatenate([one.template for one in parts])[order],
        np.where(echoes == NONE, NONE, place[echoes]),
    )


def _day(log: Log, number: int, here: Int64) -> Day:
    rng = np.random.default_rng((log.plan.seed, number))
    rows = log.rows
    template, echoes = rows.template[here], rows.echoes[here]
    fixed = _fixed(log, template)
    fill = np.maximum(4, rng.poisson(log.plan.words, len(here)) - fixed)
    answered = 20 + rng.poisson(60, len(here))
    moved = log.accounts.moves[rows.account[here]] < rows.time[here]
    seed = log.plan.seed
    return Day(
        number,
        rows.account[here],
        rows.time[here],
        rows.address[here],
        (rows.account[here] % (MODELS - 1)) + moved,
        prompts(here, template, echoes, fill, seed, log.books),
        outputs(here, answered, seed, log.books) if log.plan.outputs else None,
        fixed + fill,
        answered,
    )


def _fixed(log: Log, template: Int64) -> Int64:
    """How many words a row's template has."""
    if not len(log.books[0].starts) > 1:
        return np.zeros(len(template), np.int64)
    size: NDArray[np.int64] = np.diff(log.books[0].starts) + np.diff(log.books[1].starts)
    return np.where(template == NONE, 0, size[template])
