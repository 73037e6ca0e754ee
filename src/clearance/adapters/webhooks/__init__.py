"""Telling receivers of events: signed, retried, and never to where only insiders may reach."""
