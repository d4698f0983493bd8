"""Computation that knows neither the web nor the database: selection, partition, matching, text."""
