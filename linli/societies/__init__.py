"""Social organisations of a place: their register, the ladder they climb, coverage (社会组织)."""
