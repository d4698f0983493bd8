"""Addresses of pages by their names, found once a process: they do not change while it runs (网址)."""

from functools import lru_cache

from django.urls import reverse


@lru_cache(maxsize=4096)
def of(name: str, *args: str | int) -> str:
    """Find the address of a page."""
    return reverse(name, args=args)
