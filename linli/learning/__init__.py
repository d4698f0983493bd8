"""What closed matters teach: suggestions with their reason and confidence (建议)."""
