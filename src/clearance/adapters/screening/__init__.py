"""A portfolio screened: cut into lots, judged, written as one folder."""
