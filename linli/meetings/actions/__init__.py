"""What is done in and around a meeting (动作)."""
