"""The acts on a grant round and on its applications (动作)."""
