"""What the provider allows: rule records and policies as dated, cited data."""
