"""Databases of addresses on disk, and the sources they are compiled from."""
