"""Grant rounds: from the call for applications to the last receipt (公益创投)."""
