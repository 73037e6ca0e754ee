"""Bytes that nobody meant, for every parser and for the request path; ``python -m tests.fuzz``."""
