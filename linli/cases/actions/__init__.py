"""What is done to concerns and incidents (动作)."""
