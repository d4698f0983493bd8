"""What the matters say together: counts, hot problems, coverage (研判)."""
