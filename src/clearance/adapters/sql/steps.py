"""Where a database stands among the migrations, told without loading what runs them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from clearance.adapters.sql.engine import Database
from clearance.model.errors import InputError, StorageError

MIGRATIONS = Path(__file__).parent / "migrations"
_TABLE = "alembic_version"


@cache
def steps() -> tuple[str, ...]:
    """Every step there is, in order: one file each, named by its number."""
    files = (MIGRATIONS / "versions").glob("s[0-9]*_*.py")
    return tuple(sorted(file.name.partition("_")[0] for file in files))


def step_of(database: Database) -> str:
    """The last step that a database took; empty where it took none."""
    if database.file is not None and not database.file.exists():
        return ""
    with database.reading() as connection:
        return step(connection)


def step(connection: Connection) -> str:
    """The last step that was taken over a connection; empty where none was."""
    if not inspect(connection).has_table(_TABLE):
        return ""
    found = connection.execute(text(f"SELECT version_num FROM {_TABLE}")).scalar()  # noqa: S608
    return str(found or "")


def check(database: Database) -> None:
    """Nothing if the database has the tables that this version needs.

    Raises:
        InputError: it is not there, or was never prepared, or lacks steps.
        StorageError: it is newer than the program.
    """
    if database.file is not None and not database.file.exists():
        raise InputError(
            "no such database", file=database.place, remedy="make it by 'clearance state init'"
        )
    found = step_of(database)
    refuse_newer(found, database)
    if found != steps()[-1]:
        what = f"stands at step {found}, not {steps()[-1]}" if found else "holds no state yet"
        verb = "migrate" if found else "init"
        raise InputError(what, file=database.place, remedy=f"run 'clearance state {verb}' first")


def refuse_newer(found: str, database: Database) -> None:
    """Nothing if the program knows the step.

    Raises:
        StorageError: it does not.
    """
    if found and found not in steps():
        raise StorageError(
            f"stands at step {found}, which this version does not know",
            file=database.place,
            remedy="use the newer version that wrote it",
        )
