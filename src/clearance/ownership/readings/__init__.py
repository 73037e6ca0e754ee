"""What "indirectly" means: each reading answers one question for all parties."""
