"""The outside systems that are connected, and their keys (对接系统)."""
