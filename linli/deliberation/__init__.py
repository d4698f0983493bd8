"""Topics on their way from the first word to a lawful decision and its follow-up (议事协商)."""
