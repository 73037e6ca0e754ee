"""Matching and the outside: index files, models, judgements, answers."""
