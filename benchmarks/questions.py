"""The questions put to the engine: bare attribution, whom companies of one region own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from benchmarks.world import SEED_REGION
from clearance.adapters.policies.reading import load_rule
from clearance.adapters.snapshot.folder import open_folder
from clearance.adapters.snapshot.reference import Reference
from clearance.model.dates import day_of
from clearance.model.rule import Rule
from clearance.ownership.attribute import Attribution, attribute

DAY = "2026-01-01"


def opened(snapshot: Path) -> Reference:
    """A snapshot in use."""
    return open_folder(snapshot)


def rule_of(name: str) -> Rule:
    """The rule of that name, its seeds the companies run from the region of the seeds."""
    criteria = replace(load_rule("provider-regions").seeds, regions=(SEED_REGION,))
    return replace(load_rule(name), seeds=criteria)


def answered(reference: Reference, name: str) -> Attribution:
    """The whole world's answer: slice, fusion, both ends."""
    return attribute(reference.graph, rule_of(name), day_of(DAY))
