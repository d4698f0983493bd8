"""Everything that crosses from one room to another, one corridor a file (流转)."""
