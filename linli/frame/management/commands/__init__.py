"""Commands of the house, one a file."""
