"""What changes teams, activities and who came (动作)."""
