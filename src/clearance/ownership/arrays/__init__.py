"""Reference data as arrays, and the integer arithmetic on them."""
