"""The invented logs that quality is measured on: every variant, none planted, a ring alone.

Seeds and sizes were not used while developing; whoever changes the detector takes others.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from clearance.campaigns.simulation.plan import VARIANTS, Plan

SIZES = (
    Plan(accounts=5_000, rows=150_000, days=28, members=(30, 80, 250), exchanges=54_000),
    Plan(accounts=4_000, rows=140_000, days=21, members=(20, 60, 200), exchanges=42_000),
    Plan(accounts=6_000, rows=150_000, days=35, members=(40, 120, 300), exchanges=64_000),
)
ALONE = Plan(accounts=3_000, rows=90_000, members=())
RINGS = (20, 50, 100, 300)
NULLS = 10


@dataclass(frozen=True, slots=True)
class Case:
    """A log to be made and searched."""

    kind: str
    name: str
    plan: Plan

    @property
    def id(self) -> str:
        """What tells it apart."""
        return f"{self.kind} {self.name} {self.plan.seed}"


def cases(seed: int) -> Iterator[Case]:
    """Every case, with seeds from this one up."""
    for at in range(NULLS):
        yield Case("none", "nothing planted", replace(ALONE, seed=seed + 100 + at, outputs=at < 3))
    for name, variant in VARIANTS.items():
        for at, plan in enumerate(SIZES):
            outputs = variant.relayed > 0
            made = replace(plan, seed=seed + at, variant=variant, outputs=outputs)
            yield Case("variant", name, made)
    for size in RINGS:
        for at, each in enumerate((150, 60, 30)):
            made = replace(ALONE, seed=seed + 200 + at, members=(size,), exchanges=size * each)
            yield Case("ring", f"{size} accounts × {each} requests", made)
