"""Screen a portfolio into a folder."""

from __future__ import annotations

from pathlib import Path

from clearance.adapters.screening.run import ScreenOrder, ScreenRun
from clearance.adapters.told import Told
from clearance.bootstrap.days import day_or_today


def screen(
    reference: Path | str,
    policy: str,
    customers: Path | str,
    out: Path | str,
    *,
    as_of: str | None = None,
    previous: Path | str | None = None,
    regions: str | None = None,
    proofs: bool = True,
    names: Path | str | None = None,
    model: Path | str | None = None,
    told: Told | None = None,
) -> ScreenRun:
    """Screen a portfolio against a snapshot under a policy; every digest is checked first.

    Args:
        reference: a snapshot folder.
        policy: a shipped policy's id, or a path.
        customers: CSV, JSON lines or Parquet.
        out: the folder for results, report and proofs; whole or not at all.
        as_of: the day, YYYY-MM-DD; today (UTC).
        previous: the ``out`` of an earlier run, to say what changed.
        regions: a region list, by id or path, in place of the policy's.
        proofs: write a proof for every customer.
        names: display names of regions, lines of code TAB name, over the cited ones.
        model: a model made by ``clearance match train``; the shipped one.
        told: who is told how far it is.

    Raises:
        InputError: the policy, the customers or the earlier run cannot be used.
        StorageError: the folder cannot be written; nothing is left of it then.
        IntegrityError: the snapshot does not agree with its digests.
    """
    from clearance.adapters.screening.screening import screen_portfolio

    day = day_or_today(as_of)
    order = ScreenOrder(
        Path(reference),
        policy,
        Path(customers),
        Path(out),
        day,
        previous=_path(previous),
        regions=regions,
        proofs=proofs,
        names=_path(names),
        model=_path(model),
    )
    return screen_portfolio(order, told or Told())


def _path(place: Path | str | None) -> Path | None:
    return None if place is None else Path(place)
