"""Bringing a database to the tables this version knows, and telling where it is.

1. A change of the tables is one transaction: it happens whole, or the database is as it was.
2. A database that is newer than the program is refused; nothing is ever taken back.
"""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from clearance.adapters.sql.engine import Database, private_file
from clearance.model.errors import InputError, StorageError


def newest() -> str:
    """The step that this version of the program needs."""
    return _scripts(_config()).get_current_head() or ""


def step_of(database: Database) -> str:
    """The last step that a database took; empty where it took none."""
    if database.file is not None and not database.file.exists():
        return ""
    with database.reading() as connection:
        return _step(connection)


def migrate(database: Database) -> tuple[str, str]:
    """Take every step that is missing; from where, to where.

    Raises:
        StorageError: the database is newer than the program, or cannot be changed.
    """
    if database.file is not None:
        private_file(database.file)
    config = _config()
    with database.writing() as connection:
        before = _step(connection)
        _refuse_newer(before, database)
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        return before, newest()


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
    step = step_of(database)
    _refuse_newer(step, database)
    if step != newest():
        what = f"stands at step {step}, not {newest()}" if step else "holds no state yet"
        verb = "migrate" if step else "init"
        raise InputError(what, file=database.place, remedy=f"run 'clearance state {verb}' first")


def _refuse_newer(step: str, database: Database) -> None:
    known = {script.revision for script in _scripts(_config()).walk_revisions()}
    if step and step not in known:
        raise StorageError(
            f"stands at step {step}, which this version does not know",
            file=database.place,
            remedy="use the newer version that wrote it",
        )


def _step(connection: Connection) -> str:
    return MigrationContext.configure(connection).get_current_revision() or ""


def _scripts(config: Config) -> ScriptDirectory:
    return ScriptDirectory.from_config(config)


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "newline")
    return config
