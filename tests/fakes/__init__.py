"""Stand-ins for ports, one a port: small, honest, in memory."""
