"""Published reference data fetched."""
