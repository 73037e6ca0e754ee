"""Deciding beside policy engines: one policy of twenty rules, the same questions to each."""
