"""One day of a graph, as one rule reads it: live, fused, totalled."""
