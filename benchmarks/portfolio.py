"""A portfolio of customers, each a company of a world, found by its register number."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as csv
import pyarrow.parquet as pq

from benchmarks.world import REGISTER

SEGMENTS = ("business", "consumer", "research")


def write_customers(parties: Path, out: Path, wanted: int, seed: int = 2) -> None:
    """Draw ``wanted`` companies from a world's parties (Parquet) and write a CSV of customers."""
    rng = np.random.default_rng(seed)
    table = pq.read_table(parties, columns=["name", "kind", "jurisdiction", "identifiers"])
    table = table.filter(pc.equal(table["kind"], "entity"))
    count = min(wanted, len(table))
    chosen = table.take(pa.array(np.sort(rng.choice(len(table), count, replace=False))))
    ids = pa.array([f"c{number:07d}" for number in range(count)])
    number = pc.utf8_slice_codeunits(chosen["identifiers"], len(REGISTER) + 1)
    customers = pa.table(
        {
            "id": ids,
            "name": chosen["name"],
            "country": chosen["jurisdiction"],
            "register": pa.repeat(REGISTER, count),
            "register_number": number,
            "segment": pa.array(SEGMENTS).take(pa.array(rng.integers(0, 3, count))),
            "annual_revenue": pa.array((rng.pareto(1.2, count) * 2_000).astype(np.int64)),
        }
    )
    csv.write_csv(customers, out)
