"""Run by alembic: the steps go over the connection that ``migrate`` opened."""

from __future__ import annotations

from alembic import context

from clearance.adapters.sql.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
