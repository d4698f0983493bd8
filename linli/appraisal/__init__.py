"""What the people concerned say about the work done for them (评议)."""
