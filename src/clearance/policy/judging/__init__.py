"""From facts, findings and a request to one decision."""
