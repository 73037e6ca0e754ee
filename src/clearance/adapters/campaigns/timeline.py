"""Requests by day and model: of each campaign, and of everybody."""

from __future__ import annotations

from collections import defaultdict

import pyarrow as pa

from clearance.adapters.campaigns.engines import Engine
from clearance.campaigns.queries import ASKED
from clearance.usecases.findings import Days


def campaigns_days(engine: Engine) -> dict[int, Days]:
    """Requests by campaign, day and model."""
    table = engine.ask(ASKED["timeline"])
    days = table["day"].cast(pa.int32()).to_pylist()
    columns = (table[name].to_pylist() for name in ("campaign", "model", "n"))
    found: dict[int, dict[int, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    for day, campaign, model, n in zip(days, *columns, strict=True):
        found[campaign][day][model] = n
    return {campaign: dict(days) for campaign, days in found.items()}


def everybodys_days(engine: Engine) -> Days:
    """Requests by day and model."""
    table = engine.ask(ASKED["models"])
    days = table["day"].cast(pa.int32()).to_pylist()
    columns = (table[name].to_pylist() for name in ("model", "n"))
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for day, model, n in zip(days, *columns, strict=True):
        found[day][model] = n
    return found
