"""Names by what they are made of: arrays that are built once, mapped, and searched compiled."""
