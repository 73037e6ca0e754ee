"""Ownership attribution, slow and obvious: exact fractions, plain loops, no code of the engine."""
