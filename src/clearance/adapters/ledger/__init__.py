"""Where a log is kept, and who writes it.

1. One process writes a log: ``writer`` queues, ``sequencer`` commits in batches, ``mark`` holds the
   lock and remembers what was promised.
2. ``store`` says what is kept, in words that SQLite and PostgreSQL share; ``place`` opens either.
3. ``reader`` answers while somebody writes; ``export`` and ``source`` are the log as files.
"""
