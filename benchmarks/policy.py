"""The policy of the benchmark worlds: the shipped ownership rule, asked about one region."""

from __future__ import annotations

from pathlib import Path

from benchmarks.world import SEED_REGION

POLICY = f"""id = "benchmark"
title = "Companies of one region, by location and by ownership"
effective = 2025-09-05
verified = "yes"
unidentified = "review"
contradiction = "review"

[[citations]]
text = "none: made for benchmarks"

[regions]
listing = "unsupported"
codes = ["{SEED_REGION}"]
unlisted = "allow"
unknown = "review"
subdivisions = "alone"

[[region_rules]]
fact = "headquarters"
outcome = "deny"
unstated = "review"
basis = "contract"
ordered_by = "the provider"
citation = "none: made for benchmarks"

[[ownership]]
rule = "provider-regions"
certain = "deny"
presumed = "review"
possible = "review"
control = "review"
undeclared = "review"
basis = "contract"
ordered_by = "the provider"
citation = "none: made for benchmarks"
"""


def write_policy(folder: Path) -> Path:
    """Write it; the path."""
    path = folder / "policy.toml"
    path.write_text(POLICY)
    return path
