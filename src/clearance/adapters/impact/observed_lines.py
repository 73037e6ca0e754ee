"""A forecast and what became of it, as lines for people and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

import orjson

from clearance.adapters.foreign_text import visible
from clearance.adapters.report.words import number
from clearance.model.plain import Json
from clearance.usecases.impact_observed import Differing, Observed

SHOWN = 20
"""Customers named on a terminal; JSON has all."""


def observed_lines(found: Observed) -> Iterator[str]:
    """What was forecast, what was seen, and to whom something else happened."""
    yield f"{number(found.decisions)} decisions about {number(found.customers)} customers"
    for row in found.rows:
        yield (
            f"{row.move.value}: {number(row.forecast)} forecast; {number(row.as_said)} as said, "
            f"{number(row.within)} within bounds, {number(row.outside)} outside, "
            f"{number(row.not_seen)} not seen"
        )
    for one in found.differing[:SHOWN]:
        said = one.expected.after.word if one.expected else "nothing forecast"
        yield f"  {visible(one.customer)}: {said}, was {one.mildest.word}"
    if len(found.differing) > SHOWN:
        yield f"  and {number(len(found.differing) - SHOWN)} more"


def observed_json(found: Observed) -> str:
    """The same as one JSON object."""
    document: Json = {
        "decisions": found.decisions,
        "customers": found.customers,
        "rows": [{**asdict(row), "move": row.move.value} for row in found.rows],
        "differing": [_differing(one) for one in found.differing],
    }
    return orjson.dumps(document).decode()


def _differing(one: Differing) -> dict[str, Json]:
    return {
        "customer": one.customer,
        "forecast": one.expected.after.word if one.expected else None,
        "was": one.mildest.word,
    }
