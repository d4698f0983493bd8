"""Keys of outside systems: drawn once, shown once, kept only as a digest (对接密钥)."""

import hmac
import secrets
from dataclasses import dataclass
from hashlib import sha256

_MARK = "linli"
_PREFIX_BYTES, _SECRET_BYTES = 4, 32
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Drawn:
    """A new key: what is shown once, and what is kept (新密钥)."""

    shown: str
    prefix: str
    digest: str


def draw() -> Drawn:
    """Draw a key nobody can guess."""
    prefix = secrets.token_hex(_PREFIX_BYTES)
    shown = f"{_MARK}_{prefix}_{secrets.token_urlsafe(_SECRET_BYTES)}"
    return Drawn(shown, prefix, digest_of(shown))


def prefix_of(shown: str) -> str:
    """Read the part of a key by which it is found; empty when it is no key of ours."""
    mark, _, rest = shown.partition("_")
    prefix, _, secret = rest.partition("_")
    is_ours = mark == _MARK and secret and len(shown) <= LONGEST and prefix.isascii() and prefix.isalnum()
    return prefix if is_ours and len(prefix) == 2 * _PREFIX_BYTES else ""


def digest_of(shown: str) -> str:
    """Digest a key; 256 random bits need no slow hash."""
    return sha256(shown.encode()).hexdigest()


def fits(shown: str, *, digest: str) -> bool:
    """Tell whether a key is the one that was digested, without telling by the time it takes."""
    return hmac.compare_digest(digest_of(shown), digest)
