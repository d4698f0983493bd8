"""What 12345 and 110 hand over, by their own number: intake, correction, recall, status (热线转办)."""
