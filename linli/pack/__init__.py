"""Reading packs, the words and numbers of law and place, into core values (治理包)."""
