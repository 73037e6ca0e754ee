"""The state of a decision point in a database: SQLite by default, PostgreSQL by URL."""
