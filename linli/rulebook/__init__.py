"""Which pack edition governs which place, and its calendar (规则)."""
