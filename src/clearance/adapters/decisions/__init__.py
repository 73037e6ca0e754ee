"""Decisions as bytes: what is logged, and what can be read and decided again."""
