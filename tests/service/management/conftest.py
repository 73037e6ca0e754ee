"""The management API over a state in a file, and keys for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from clearance.adapters.sql.changing import changing
from clearance.adapters.sql.engine import Database
from clearance.adapters.sql.keys import Keys, create_key
from clearance.adapters.sql.migrate import migrate
from clearance.service.management.app import create_app
from clearance.service.management.ports import Office
from clearance.usecases.scopes import Scope

MakeKey = Callable[..., dict[str, str]]
"""Headers with a key of a name and scopes, all of them unless some are given."""


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """A new state."""
    opened = Database(str(tmp_path / "state.db"))
    migrate(opened)
    yield opened
    opened.close()


@pytest.fixture
def client(database: Database) -> Iterator[TestClient[Litestar]]:
    """Asks the API in this process; what goes wrong inside comes back as 500."""
    app = create_app(Office(database, Keys(database)))
    with TestClient(app, raise_server_exceptions=False) as asking:
        yield asking


@pytest.fixture
def key(database: Database) -> MakeKey:
    """Makes keys."""

    def make(*scopes: Scope, name: str = "Ada") -> dict[str, str]:
        with changing(database, "tester") as change:
            _, token = create_key(change, name, frozenset(scopes or Scope))
        return {"Authorization": f"Bearer {token}"}

    return make
