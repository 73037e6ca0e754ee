"""A DuckDB in memory whose overflow goes where it is told, never into the caller's folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory

import duckdb


@contextmanager
def database(
    threads: int, memory: str, *, in_order: bool = False
) -> Iterator[duckdb.DuckDBPyConnection]:
    """An empty database; what does not fit into memory goes into a folder that is gone afterwards.

    Args:
        threads: how many it may use.
        memory: how much, as DuckDB writes it.
        in_order: whether answers without an order come in that of the rows asked.
    """
    with TemporaryDirectory(prefix="clearance-") as scratch:
        settings: dict[str, str | bool | int | float | list[str]] = {
            "threads": threads,
            "memory_limit": memory,
            "temp_directory": scratch,
            "preserve_insertion_order": in_order,
        }
        with duckdb.connect(config=settings) as opened:
            yield opened
