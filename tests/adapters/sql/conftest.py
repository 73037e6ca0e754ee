"""Every test of storage runs on both engines."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from clearance.adapters.sql.engine import Database
from clearance.adapters.sql.migrate import migrate


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a new, empty database is."""
    if request.param == "sqlite":
        return str(tmp_path / "state.db")
    return str(request.getfixturevalue("postgres"))


@pytest.fixture
def database(place: str) -> Iterator[Database]:
    """A database with all its tables."""
    opened = Database(place)
    migrate(opened)
    yield opened
    opened.close()
