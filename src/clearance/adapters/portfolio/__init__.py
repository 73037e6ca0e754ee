"""Customers and accounts as operators hand them over."""
