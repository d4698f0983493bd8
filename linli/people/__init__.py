"""Persons, their accounts and the offices they hold (人)."""
