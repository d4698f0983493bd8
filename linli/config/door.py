"""How people get an account: by the office that knows them, not by themselves (账号开设)."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class Door(DefaultAccountAdapter):  # type: ignore[misc]  # the library carries no types
    """Let those in who have an account; an account belongs to a person the office has registered."""

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        """Say no: nobody opens an account alone."""
        return False
