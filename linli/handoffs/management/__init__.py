"""Commands (命令)."""
