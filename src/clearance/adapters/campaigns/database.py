"""A DuckDB in memory whose overflow goes where it is told, never into the caller's folder."""

from __future__ import annotations

import duckdb


def database(scratch: str, threads: int, memory: str) -> duckdb.DuckDBPyConnection:
    """An empty database.

    Args:
        scratch: a folder for what does not fit into memory; the caller removes it.
        threads: how many it may use.
        memory: how much, as DuckDB writes it.
    """
    settings: dict[str, str | bool | int | float | list[str]] = {
        "threads": str(threads),
        "memory_limit": memory,
        "temp_directory": scratch,
    }
    opened = duckdb.connect(config=settings)
    opened.execute("set preserve_insertion_order = false")
    return opened
