"""Builds adapters and hands them to use cases: the only room that knows every part.

One module a verb, so that a small question loads only what it needs.
"""
