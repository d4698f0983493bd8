"""What residents of a place need, and which of it is worked out as a project of theirs (居民自治项目化)."""
