"""The acts of deciding together (动作)."""
