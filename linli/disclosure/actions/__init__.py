"""Showing things to everybody, and hearing what stands against them (公开)."""
