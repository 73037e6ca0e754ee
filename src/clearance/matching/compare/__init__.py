"""One module a kind of evidence: what it says in words, and the numbers that the model reads."""
