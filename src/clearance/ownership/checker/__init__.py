"""The independent checker: imports the model and the standard library, nothing else."""
