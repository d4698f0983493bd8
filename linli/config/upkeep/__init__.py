"""Keeping an installation well: backup, restore, examination, health (运维)."""
