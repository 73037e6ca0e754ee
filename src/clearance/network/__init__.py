"""Where a request comes from: addresses, and what every source says of them."""
