"""The thread on which everything that moves is strung (事项)."""
