"""Bringing a database to the tables this version knows.

1. A change of the tables is one transaction: it happens whole, or the database is as it was.
2. A database that is newer than the program is refused; nothing is ever taken back.
"""

from __future__ import annotations

from alembic import command
from alembic.config import Config

from clearance.adapters.sql.engine import Database, private_file
from clearance.adapters.sql.steps import MIGRATIONS, refuse_newer, step, steps


def migrate(database: Database) -> tuple[str, str]:
    """Take every step that is missing; from where, to where.

    Raises:
        StorageError: the database is newer than the program, or cannot be changed.
    """
    if database.file is not None:
        private_file(database.file)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "newline")
    with database.writing() as connection:
        before = step(connection)
        refuse_newer(before, database)
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        return before, steps()[-1]
