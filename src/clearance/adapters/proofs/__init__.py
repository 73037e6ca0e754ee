"""Proofs written and read back."""
