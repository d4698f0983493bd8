"""The second step of signing in: what the library keeps for it, kept encrypted (动态码、通行密钥)."""

from io import BytesIO
from typing import Any

import segno
from allauth.mfa.adapter import DefaultMFAAdapter

from linli.frame import vault

_KEPT_AS = "mfa_authenticator.data"
_SCALE = 5


class SecondStep(DefaultMFAAdapter):  # type: ignore[misc]  # the library carries no types
    """Encrypt the secrets, draw the code ourselves, and send no mail about it."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "动态码不对或者过期了，请输入现在显示的六位数。",
        "cannot_generate_recovery_codes": "先启用动态码或添加通行密钥，才有备用码。",
    }

    def encrypt(self, text: str) -> str:
        """Encrypt a secret before it is written."""
        return vault.encrypt(text, of=_KEPT_AS)

    def decrypt(self, encrypted_text: str) -> str:
        """Decrypt a secret that was read."""
        return vault.decrypt(encrypted_text, of=_KEPT_AS)

    def get_totp_issuer(self) -> str:
        """Name the product in the authenticator."""
        return "邻里"

    def get_totp_label(self, user: Any) -> str:
        """Name the account in the authenticator."""
        return str(user.username)

    def build_totp_svg(self, url: str) -> str:
        """Draw the code that the authenticator scans."""
        drawn = BytesIO()
        # A picture of its own needs the namespace that one inside a page goes without.
        segno.make(url, encoding="utf-8", micro=False).save(drawn, kind="svg", scale=_SCALE, xmldecl=False)
        return drawn.getvalue().decode()

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Send nothing: the page itself says what changed."""
