"""Many complaints about one thing, taken up as one piece of work with an owner (专项治理)."""
