"""Invented logs with their truth: campaigns, ways to hide them, and crowds that only look alike."""
