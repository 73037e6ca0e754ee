"""What accounts of a crowd do besides what makes them a crowd."""

from __future__ import annotations

from clearance.campaigns.simulation.draft import Draft, Int64
from clearance.campaigns.simulation.ordinary import sessions


def amounts(draft: Draft, count: int, mean: float) -> Int64:
    """How many requests each of so many accounts sends: at least one."""
    return 1 + draft.rng.poisson(mean, count)


def live(draft: Draft, account: Int64, mean: float) -> None:
    """Requests of the accounts made last, at their own hours, about anything."""
    who, time = sessions(draft, account, amounts(draft, len(account), mean), draft.people[-1].zone)
    draft.add(who, time)
