"""The key that signs sessions and forms (密钥)."""

import os
import secrets
from pathlib import Path


def secret_key(*, home: Path) -> str:
    """Read the key from the environment or the home folder; write a new one there on the first start."""
    given = os.environ.get("SECRET_KEY", "").strip()
    return given or _kept(home / "secret-key")


def _kept(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    if not path.exists():
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(64), encoding="ascii")
        _claim(path, draft)
    return path.read_text(encoding="ascii").strip()


def _claim(path: Path, draft: Path) -> None:
    # A link either appears whole or not at all: two processes starting at once end with one key.
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
