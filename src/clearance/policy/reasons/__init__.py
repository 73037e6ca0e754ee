"""Reasons: every kind there is, and how region facts and owners give them."""
