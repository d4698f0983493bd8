"""The secret part of a follow-up link: short enough for a QR, too long to guess (查询码)."""

import secrets

_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
LENGTH = 12


def new_token() -> str:
    """Draw a token of 59 random bits without letters that look alike."""
    return "".join(secrets.choice(_LETTERS) for _ in range(LENGTH))
