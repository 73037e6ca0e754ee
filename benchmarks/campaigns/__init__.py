"""Finding campaigns in invented logs: how well, how fast, and beside other tools."""
