"""Interaction logs on disk, the database that asks them, and the report of what was found."""
