"""Text as keyed numbers: equal passages give equal tokens, and without the key nothing more."""
