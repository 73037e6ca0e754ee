"""How fast the decision point answers."""
