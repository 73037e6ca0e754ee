"""Policies, rules and what changed between them, in words."""
