"""Crowds that look like a campaign and are none: each must stay silent.

Those that share a place are in ``places``. Here are those that share words or a date: users of a
popular wrapper or persona; an application where each user brings a key, with one rare prompt and
nightly batches; a public benchmark on its release day; a marketing template; a week of moving to a
new model; and, where outputs are logged, an output that many unrelated people quote.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from clearance.campaigns.simulation.draft import HOME, NONE, Draft
from clearance.campaigns.simulation.life import live
from clearance.campaigns.simulation.ordinary import HOUR
from clearance.campaigns.simulation.places import places
from clearance.campaigns.simulation.plan import DAY, START


def crowds(draft: Draft) -> int:
    """Add every crowd, sized by the log; how many accounts they have."""
    before = draft.accounts
    scale = max(1, draft.plan.accounts // 10_000)
    size = 20 + 30 * scale
    places(draft, scale)
    for _ in range(2 + scale // 4):
        _own_keys(draft)
    _benchmark(draft, 60 + 40 * scale)
    _marketing(draft, 60 + 40 * scale)
    _fixed(draft, "wrapper", size, 24)
    _fixed(draft, "persona", size, 40)
    _migration(draft, size)
    if draft.plan.outputs:
        _quoted(draft, size)
    return draft.accounts - before


def _fixed(draft: Draft, group: str, count: int, words: int) -> None:
    """Unrelated users of one published text, which begins nearly all that they ask."""
    account = draft.people_of(group, count)
    text = draft.template(words)
    live(draft, account, 30)
    rows = draft.rows[-1]
    with_text = np.where(draft.rng.random(len(rows)) < 0.9, text, NONE)
    draft.rows[-1] = replace(rows, template=with_text)


def _migration(draft: Draft, count: int) -> None:
    """An old model ends: within a week all move to a new one, with checks published for it."""
    rng = draft.rng
    week = START + draft.plan.days // 2 * DAY
    moves = week + rng.integers(0, 7 * DAY, count)
    account = draft.people_of("migration-week", count, moves=moves)
    live(draft, account, 30)
    checks = draft.template(22, 6)
    who = np.repeat(np.arange(count), 12)
    time = moves[who] + rng.integers(-2 * HOUR, 2 * HOUR, len(who))
    draft.add(account[who], time, checks)


def _quoted(draft: Draft, count: int) -> None:
    """Outputs that one customer publishes, and that unrelated people ask about within days."""
    rng = draft.rng
    account = draft.people_of("quoted", count)
    live(draft, account, 15)
    base, began = draft.size, START + DAY
    draft.add(account[:1].repeat(5), began + np.arange(5) * HOUR)
    who = np.repeat(account[1:], 3)
    time = began + 6 * HOUR + rng.exponential(DAY // 2, len(who)).astype(np.int64)
    draft.add(who, time, NONE, HOME, base + rng.integers(0, 5, len(who)))


def _own_keys(draft: Draft) -> None:
    """Users of one application, each with a key of its own; a batch runs every night."""
    rng = draft.rng
    count = int(rng.integers(60, 160))
    account = draft.people_of("own-key-application", count)
    live(draft, account, 8)
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
    live(draft, account, 15)
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
    live(draft, account, 10)
    text = draft.template(32)
    who = np.repeat(account, 5)
    sent = START + (draft.plan.days // 3) * DAY + 9 * HOUR
    time = sent + rng.exponential(30 * HOUR, len(who)).astype(np.int64)
    draft.add(who, time, text)
