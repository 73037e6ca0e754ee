"""Names at scale: a corpus, noise, and questions whose right answers are known."""
