"""The screening report: one HTML file that needs nothing but a browser."""
