"""The library's forms of the second step, with their fields named in Chinese (动态码、通行密钥)."""

from typing import Any

from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm


class CodeForm(AuthenticateForm):  # type: ignore[misc]  # the library carries no types
    """Ask for the code that shows now, or one of those kept for a lost phone (动态码)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = "动态码或备用码"


class FirstCodeForm(ActivateTOTPForm):  # type: ignore[misc]
    """Ask for the first code of a phone (启用动态码)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = "动态码"


class AddKeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """Ask what a new key is called (添加通行密钥)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = "给它起个名字"


class RenameKeyForm(EditWebAuthnForm):  # type: ignore[misc]
    """Ask what a key is called from now on (改名)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = "名字"
