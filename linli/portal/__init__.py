"""The residents' door (居民端)."""
