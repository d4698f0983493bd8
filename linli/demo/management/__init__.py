"""Commands of the demo (命令)."""
