"""What changes needs, volunteers and services (动作)."""
