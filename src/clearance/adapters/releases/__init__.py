"""Releases of policies as files in a folder."""
