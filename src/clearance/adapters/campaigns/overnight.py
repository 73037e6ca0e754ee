"""Echoes that cross midnight: outputs of an evening inside prompts of the day after.

1. They stand with the later day. Whenever a day is made anew, so is the night before it and the
   night after it: the order in which days come decides nothing.
2. Only the evening of the day before is looked at; what is older is no relay's.
"""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet

from clearance.adapters.campaigns.database import database
from clearance.adapters.campaigns.digest import MEMORY, OVERNIGHT, passed_on
from clearance.adapters.campaigns.log_folder import stored
from clearance.campaigns.queries import DIGEST

EVENING = 6 * 3_600_000_000
_DAY = 86_400_000_000
_NO_ECHOES = pa.schema([("giver", pa.int64()), ("taker", pa.int64()), ("n", pa.int64())])


def write_overnight(before: Path | None, today: Path, folder: Path) -> None:
    """Write the echoes of the night between two days.

    Args:
        before: the rows of the day before; ``None`` where the log has no such day.
        today: the rows of the day.
        folder: where the table of echoes goes.

    **Cost**: reading both days' sketches, if the evening has any outputs.
    """
    evening = _evening(before) if before else None
    echoes = _NO_ECHOES.empty_table()
    if evening is not None and len(evening):
        asked = stored(today, ["account", "time", "sketch"])
        with database(1, MEMORY) as opened:
            for name, table in passed_on(evening, asked).items():
                opened.register(name, table)
            echoes = opened.sql(DIGEST["echoes"]).to_arrow_table()
    pyarrow.parquet.write_table(echoes, folder / f"{OVERNIGHT}.parquet", compression="zstd")


def _evening(path: Path) -> pa.Table:
    """The rows of a day's last hours that have an output."""
    rows = stored(path, ["account", "time", "output_sketch"])
    if not len(rows):
        return rows
    late = pc.min(rows["time"]).as_py() // _DAY * _DAY + _DAY - EVENING
    given = pc.greater(pc.fill_null(pc.list_value_length(rows["output_sketch"]), 0), 0)
    return rows.filter(pc.and_(pc.greater_equal(rows["time"], late), given))
