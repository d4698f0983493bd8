"""The acts of the room (动作)."""
