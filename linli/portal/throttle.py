"""A brake on guessing and flooding; the rates stand in the settings (限流)."""

from allauth.core import ratelimit
from django.http import HttpRequest


def is_too_often(request: HttpRequest, *, act: str) -> bool:
    """Count one more try, and tell whether there were too many from the same address."""
    return not ratelimit.consume(request, action=act)
