"""Comparisons of speed and memory, side by side with peers, in one run. Never part of the tests."""
