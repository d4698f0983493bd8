"""SQLite as Django speaks to it, and statements whose marks are rewritten but once."""
