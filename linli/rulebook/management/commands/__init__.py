"""Commands of the rulebook, one a file."""
