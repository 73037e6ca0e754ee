"""Readers of published formats: each yields the same columns and names what it rejects."""
