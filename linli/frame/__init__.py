"""What every room needs from Django, and nothing else."""
