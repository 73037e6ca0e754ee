"""The decision point over HTTP: what a gateway asks, and how it is answered."""
