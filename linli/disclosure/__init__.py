"""Making a matter public, for the days the rule asks (公示公开)."""
