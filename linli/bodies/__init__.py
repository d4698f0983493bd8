"""Organisations and committees with their seats (组织)."""
