"""Letters that acts leave behind and jobs deliver (通知)."""
