"""One party explained."""
