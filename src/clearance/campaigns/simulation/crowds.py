"""Crowds that look like a campaign and are none: each must stay silent.

A homework prompt on a campus address; companies with one card, address and private prompt, declared
or not; an application where each user brings a key, with one rare prompt and nightly batches; a
public benchmark on its release day; a marketing template; a week of moving to a new model.
Campus, carrier, VPN and cloud addresses, wrappers and personas are in ``ordinary``.
"""

from __future__ import annotations

import numpy as np

from clearance.campaigns.simulation.draft import NONE, Draft, Int64
from clearance.campaigns.simulation.ordinary import HOUR, MINUTE, sessions
from clearance.campaigns.simulation.plan import DAY, START


def crowds(draft: Draft) -> int:
    """Add every crowd, sized by the log; how many accounts they have."""
    before = draft.accounts
    scale = max(1, draft.plan.accounts // 10_000)
    campus = draft.new_addresses(2 + scale)
    for number in range(3 + 2 * min(scale, 11)):
        _homework(draft, int(campus[number % len(campus)]))
    for number in range(4 + 2 * scale):
        _company(draft, declared=number % 2 == 0)
    for _ in range(2 + scale // 4):
        _own_keys(draft)
    _benchmark(draft, 60 + 40 * scale)
    _marketing(draft, 60 + 40 * scale)
    return draft.accounts - before


def _amounts(draft: Draft, count: int, mean: float) -> Int64:
    return 1 + draft.rng.poisson(mean, count)


def _life(draft: Draft, account: Int64, mean: float) -> None:
    """What these accounts do besides."""
    who, time = sessions(draft, account, _amounts(draft, len(account), mean), draft.people[-1].zone)
    draft.add(who, time)


def _homework(draft: Draft, campus: int) -> None:
    """A class of 30 to 60 with one prompt and one address, in lessons on three days."""
    rng = draft.rng
    count = int(rng.integers(30, 61))
    account = draft.people_of("homework", count)
    _life(draft, account, 6)
    task = draft.template(25, 10)
    first = int(rng.integers(0, max(1, draft.plan.days - 3)))
    who = np.repeat(account, 6)
    lesson = START + (first + rng.integers(0, 3, len(who))) * DAY + 13 * HOUR
    time = lesson + rng.integers(0, 90 * MINUTE, len(who))
    draft.add(who, time, task, campus)


def _company(draft: Draft, *, declared: bool) -> None:
    """One card, one address and a private prompt, in office hours."""
    rng = draft.rng
    count = int(rng.integers(15, 60))
    organisation = draft.organisations if declared else NONE
    draft.organisations += declared
    card, home = draft.new_cards(1).repeat(count), draft.new_addresses(1).repeat(count)
    kind = "company-declared" if declared else "company"
    account = draft.people_of(kind, count, home, card, organisation)
    zone = np.full(count, int(rng.integers(-8, 9)))
    who, time = sessions(draft, account, _amounts(draft, count, 40), zone)
    prompt = draft.template(30)
    draft.add(who, time, np.where(rng.random(len(who)) < 0.7, prompt, NONE))


def _own_keys(draft: Draft) -> None:
    """Users of one application, each with a key of its own; a batch runs every night."""
    rng = draft.rng
    count = int(rng.integers(60, 160))
    account = draft.people_of("own-key-application", count)
    _life(draft, account, 8)
    prompt = draft.template(28, 6)
    night = np.repeat(np.arange(draft.plan.days), 4)
    who = np.repeat(account, len(night))
    time = START + np.tile(night, count) * DAY + 2 * HOUR
    late = rng.exponential(20_000_000, len(who)).astype(np.int64)
    kept = rng.random(len(who)) < 0.8
    draft.add(who[kept], (time + late)[kept], prompt)


def _benchmark(draft: Draft, count: int) -> None:
    """Everybody runs a public benchmark within hours of its release."""
    rng = draft.rng
    account = draft.people_of("benchmark", count)
    _life(draft, account, 15)
    frame = draft.template(14, 12)
    release = START + (draft.plan.days // 2) * DAY + 17 * HOUR
    began = release + rng.exponential(3 * HOUR, count).astype(np.int64)
    who = np.repeat(np.arange(count), 25)
    time = began[who] + rng.integers(0, 2 * HOUR, len(who))
    draft.add(account[who], time, frame)


def _marketing(draft: Draft, count: int) -> None:
    """A template from a newsletter, used for some days by whoever read it."""
    rng = draft.rng
    account = draft.people_of("marketing", count)
    _life(draft, account, 10)
    text = draft.template(32)
    who = np.repeat(account, 5)
    sent = START + (draft.plan.days // 3) * DAY + 9 * HOUR
    time = sent + rng.exponential(30 * HOUR, len(who)).astype(np.int64)
    draft.add(who, time, text)
