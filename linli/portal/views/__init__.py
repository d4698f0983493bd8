"""The pages of the residents' door (居民页面)."""
