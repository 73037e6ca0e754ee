"""The producer of proofs; never trusted."""
