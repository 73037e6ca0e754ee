"""Say what a change of policy would do."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path

from clearance.adapters.impact.order import ImpactOrder, ImpactRun
from clearance.adapters.told import Told
from clearance.bootstrap.days import day_or_today
from clearance.model.errors import InputError, shown


def impact(
    reference: Path | str,
    customers: Path | str,
    policy: str,
    against: str,
    *,
    on: str | None = None,
    out: Path | str | None = None,
    resolved: Path | str | None = None,
    readings: Sequence[str] = (),
    line: str | None = None,
    revenue_basis: str = "",
    truth: Path | str | None = None,
    model: Path | str | None = None,
    regions: str | None = None,
    state: str = "",
    told: Told | None = None,
) -> ImpactRun:
    """Compare what two policies say of a portfolio; nobody is decided about.

    Args:
        reference: a snapshot folder.
        customers: CSV, JSON lines or Parquet.
        policy: the later policy, a shipped id or a path.
        against: the earlier one.
        on: the day, YYYY-MM-DD; the later of today (UTC) and the day the policy takes effect.
        out: the folder for the page, the counts and the list of customers; whole or not at all.
        resolved: the ``out`` of a screening, to take from it who each customer is.
        readings: policies to put beside the later one.
        line: customers with this annual revenue or more are counted apart, too.
        revenue_basis: what the revenue is, and of which day.
        truth: customers whose right answer is known: ``customer,denied`` with yes or no.
        model: a model made by ``clearance match train``; the shipped one.
        regions: a region list, by id or path, in place of every policy's own.
        state: a state whose posted facts count, as of now.
        told: who is told how far it is.

    Raises:
        InputError: a policy, the customers, the labels or the earlier results cannot be used.
        StorageError: the folder cannot be written; nothing is left of it then.
        IntegrityError: the snapshot does not agree with its digests.
    """
    from clearance.adapters.impact.running import run_impact

    order = ImpactOrder(
        reference=Path(reference),
        customers=Path(customers),
        policy=policy,
        against=against,
        today=day_or_today(None),
        on=None if on is None else day_or_today(on, "--on"),
        out=_path(out),
        resolved=_path(resolved),
        readings=tuple(readings),
        line=None if line is None else _amount(line),
        revenue_basis=revenue_basis.strip(),
        truth=_path(truth),
        model=_path(model),
        regions=regions,
        state=state,
    )
    return run_impact(order, told or Told())


def _path(place: Path | str | None) -> Path | None:
    return None if place is None else Path(place)


def _amount(text: str) -> Decimal:
    try:
        amount = Decimal(text)
    except InvalidOperation:
        amount = Decimal(-1)
    if not amount.is_finite() or amount < 0:
        raise InputError(f"{shown(text)} is no revenue", file="--line", remedy="write 1000000")
    return amount
