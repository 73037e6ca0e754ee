"""Attribute under a rule on a graph on paper."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from clearance.bootstrap.days import day_or_today
from clearance.bootstrap.regions import known_regions
from clearance.model.rule import Reading
from clearance.usecases.attribute import Answer, attribute_all


def attribute(
    rule: str,
    interests: Path | str,
    parties: Path | str | None = None,
    *,
    seeds: Sequence[str] | None = None,
    regions: Sequence[str] | None = None,
    as_of: str | None = None,
    method: Reading | None = None,
    assume_in_force: bool = False,
) -> Answer:
    """Attribute under a rule, shipped or from a file, on a graph on paper.

    Raises:
        InputError: the rule, a file, a row, a seed, a region or the day cannot be used.
        SourceError: a file cannot be read as what it is.
    """
    from clearance.adapters.policies.reading import load_rule
    from clearance.adapters.snapshot.load import in_memory

    record = load_rule(rule)
    reference = in_memory([Path(interests)], [Path(parties)] if parties else [])
    return attribute_all(
        reference,
        record,
        day_or_today(as_of),
        seeds=seeds,
        regions=None if regions is None else known_regions(regions),
        method=method,
        assume_in_force=assume_in_force,
    )
