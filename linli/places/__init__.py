"""The tree of places, their plans and their residents' scope (地方)."""
