"""The key that signs sessions and forms (密钥)."""

import os
import secrets
from pathlib import Path

from linli.frame.kept import kept


def secret_key(*, home: Path) -> str:
    """Read the key from the environment or the home folder; write a new one there on the first start."""
    given = os.environ.get("SECRET_KEY", "").strip()
    return given or kept(home / "secret-key", make=lambda: secrets.token_urlsafe(64)).strip()
