"""A path that came with a request may lead only to our own pages (站内地址)."""

from django.utils.http import url_has_allowed_host_and_scheme


def own_path(wanted: str) -> str:
    """Return a path that leads to a page of ours; nothing for any other address."""
    ours = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if ours else ""
