"""Concerns and incidents from report to solution (诉求与事件)."""
