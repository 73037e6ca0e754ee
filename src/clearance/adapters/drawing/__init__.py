"""Ownership pictures as layered drawings in SVG."""
