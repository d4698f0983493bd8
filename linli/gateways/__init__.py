"""Doors for outside systems, one folder each (对接)."""
