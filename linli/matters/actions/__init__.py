"""What is done to any matter, whatever its subject (动作)."""
