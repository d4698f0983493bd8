"""What changes institutions, lists and pledges (动作)."""
