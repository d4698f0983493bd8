"""Commands of the corridors (命令)."""
