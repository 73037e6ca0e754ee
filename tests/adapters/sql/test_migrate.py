"""Migrations: they make the tables that the program knows, on both engines, or nothing."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from clearance.adapters.sql.engine import Database
from clearance.adapters.sql.migrate import migrate
from clearance.adapters.sql.steps import MIGRATIONS, check, step_of, steps
from clearance.adapters.sql.tables import metadata
from clearance.model.errors import InputError, StorageError


def test_migrations_make_exactly_the_tables_that_the_program_knows(database: Database) -> None:
    with database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_the_steps_that_files_name_are_those_that_alembic_knows() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "newline")
    known = [one.revision for one in ScriptDirectory.from_config(config).walk_revisions()]
    assert steps() == tuple(reversed(known))


def test_migrating_twice_changes_nothing(place: str) -> None:
    database = Database(place)
    assert migrate(database) == ("", steps()[-1])
    assert migrate(database) == (steps()[-1], steps()[-1])
    check(database)
    database.close()


def test_every_sqlite_table_of_ours_is_strict(tmp_path: Path) -> None:
    database = Database(str(tmp_path / "state.db"))
    migrate(database)
    with database.reading() as connection:
        rows = connection.exec_driver_sql("PRAGMA table_list").mappings().all()
    database.close()
    strict = {row["name"]: row["strict"] for row in rows}
    assert {name: strict[name] for name in metadata.tables} == dict.fromkeys(metadata.tables, 1)


def test_the_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "state.db"
    database = Database(str(path))
    migrate(database)
    with database.reading() as connection:
        connection.exec_driver_sql("SELECT 1")
        modes = {stat.S_IMODE(one.stat().st_mode) for one in tmp_path.iterdir()}
    database.close()
    assert modes == {0o600}


def test_a_database_that_lacks_steps_is_refused_with_what_to_do(place: str) -> None:
    database = Database(place)
    with pytest.raises(InputError, match="clearance state init"):
        check(database)
    database.close()


def test_a_database_of_a_newer_program_is_refused(database: Database) -> None:
    with database.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = 's9999'")
    with pytest.raises(StorageError, match="newer version"):
        check(database)
    with pytest.raises(StorageError, match="newer version"):
        migrate(database)


def test_a_step_that_fails_leaves_the_database_as_it_was(place: str) -> None:
    database = Database(place)
    with database.writing() as connection:
        connection.exec_driver_sql("CREATE TABLE outbox (id TEXT)")
    with pytest.raises(StorageError):
        migrate(database)
    assert step_of(database) == ""
    with database.reading() as connection:
        assert "customer" not in database.engine.dialect.get_table_names(connection)
    database.close()


@pytest.mark.parametrize(
    ("place", "message"),
    [
        ("mysql://user@host/name", "'mysql' is no database that can be used"),
        ("nonsense://", "no database"),
        ("sqlite://", "no database"),
        ("postgresql://host:port/name", "is no database URL"),
    ],
)
def test_what_is_no_database_is_told(place: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        Database(place)


def test_a_server_that_does_not_answer_is_told_without_the_password() -> None:
    database = Database("postgresql://somebody:hidden-word@127.0.0.1:1/nothing")
    with pytest.raises(StorageError) as told:
        check(database)
    assert "hidden-word" not in told.value.message()
