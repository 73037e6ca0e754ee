"""Who owns whom, and whom a restriction therefore reaches."""
