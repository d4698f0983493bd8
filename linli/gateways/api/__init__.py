"""The REST interface for outside systems (接口)."""
