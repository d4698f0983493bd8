"""Commands of the rulebook (命令)."""
