"""Crowds that share a place and nothing else: a campus, a carrier, a tunnel, a cloud, an office.

Each is a group of its own in the truth. A class with its homework and a company with its private
prompt share words besides.
"""

from __future__ import annotations

import numpy as np

from clearance.campaigns.simulation.draft import NONE, Draft
from clearance.campaigns.simulation.life import amounts, live
from clearance.campaigns.simulation.ordinary import HOUR, MINUTE, sessions
from clearance.campaigns.simulation.plan import DAY, START


def places(draft: Draft, scale: int) -> None:
    """Add every crowd that shares a place."""
    size = 20 + 30 * scale
    campus = draft.new_addresses(2 + scale)
    for number in range(3 + 2 * min(scale, 11)):
        _homework(draft, int(campus[number % len(campus)]))
    for number in range(4 + 2 * scale):
        _company(draft, declared=number % 2 == 0)
    _shared(draft, "campus", size, 1 + scale // 4, roams=0.1)
    _shared(draft, "carrier-nat", size, 3 * scale, roams=1.0)
    _shared(draft, "vpn", size, 4 + scale, roams=0.6)
    _cloud(draft, size)


def _shared(draft: Draft, group: str, count: int, addresses: int, roams: float) -> None:
    """Unrelated customers behind few addresses; some requests come from another one of them."""
    rng = draft.rng
    pool = draft.new_addresses(max(2, addresses))
    account = draft.people_of(group, count, home=rng.choice(pool, count))
    zone = np.full(count, int(rng.integers(-8, 9)))
    who, time = sessions(draft, account, amounts(draft, count, 40), zone)
    away = rng.random(len(who)) < roams
    home = draft.people[-1].home[who - account[0]]
    draft.add(who, time, NONE, np.where(away, rng.choice(pool, len(who)), home))


def _cloud(draft: Draft, count: int) -> None:
    """Programs of unrelated developers, each started by the clock, behind a cloud's two exits."""
    rng = draft.rng
    account = draft.people_of("cloud-egress", count, home=rng.choice(draft.new_addresses(2), count))
    prompt = np.array([draft.template(20) for _ in range(count)])
    hours = rng.choice((1, 2, 3, 6, 12), count)
    every = np.arange(draft.plan.days * 24)
    who, hour = np.nonzero(
        every[None, :] % hours[:, None] == (rng.integers(0, 12, count) % hours)[:, None]
    )
    late = rng.exponential(4_000_000, len(who)).astype(np.int64)
    draft.add(account[who], START + hour * HOUR + late, prompt[who])


def _homework(draft: Draft, campus: int) -> None:
    """A class of 30 to 60 with one prompt and one address, in lessons on three days."""
    rng = draft.rng
    count = int(rng.integers(30, 61))
    account = draft.people_of("homework", count)
    live(draft, account, 6)
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
    who, time = sessions(draft, account, amounts(draft, count, 40), zone)
    prompt = draft.template(30)
    draft.add(who, time, np.where(rng.random(len(who)) < 0.7, prompt, NONE))
