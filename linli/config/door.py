"""How people come in: with an account from the office that knows them (账号)."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from linli.bodies.entering import actor_of
from linli.console.landing import landing_of
from linli.core.refusal import Refusal
from linli.core.verdict import Refused


class Door(DefaultAccountAdapter):  # type: ignore[misc]  # the library carries no types
    """Let those in who have an account; an account belongs to a person the office has registered."""

    # The same sentence for a name that exists and one that does not.
    error_messages = DefaultAccountAdapter.error_messages | {
        "too_many_login_attempts": "尝试次数过多，请 5 分钟后再试。",
        "username_password_mismatch": "用户名或密码不对。请核对后再试；忘了密码，请找给您开账号的单位。",
        "enter_current_password": "现在的密码不对，请再输一次。",
    }

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        """Say no: nobody opens an account alone."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Lead everybody to the page they need first (登录后)."""
        if request.user.is_authenticated and request.user.must_change_password:
            return reverse("account_change_password")
        return landing_of(actor_of(request))

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Go on to where signing in leads."""
        return self.get_login_redirect_url(request)

    def clean_password(self, password: str, user: Any = None) -> str:
        """Refuse a starting password as the new one: somebody else has seen it."""
        if user and user.must_change_password and user.check_password(password):
            raise ValidationError("新密码不能和起始密码一样。")
        chosen: str = super().clean_password(password, user=user)
        return chosen

    def set_password(self, user: Any, password: str) -> None:
        """Set the password a person chose; the starting password is history (改密码)."""
        user.must_change_password = False
        super().set_password(user, password)


def without_password(_request: HttpRequest) -> HttpResponse:
    """Refuse to change a password that an account does not have (没有密码)."""
    raise Refused(
        Refusal("这个账号没有密码，不用改。", asked="改密码", remedy="要用密码登录，请找给您开账号的单位。")
    )
