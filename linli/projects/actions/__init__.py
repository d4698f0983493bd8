"""What changes needs (动作)."""
