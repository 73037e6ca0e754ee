"""Documents read: rule records, region lists and policies, with a line for every mistake."""
