"""Rule records, region lists and policies: where they stand, read whole, bundled, compared."""
