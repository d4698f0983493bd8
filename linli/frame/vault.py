"""Fields that lie encrypted in the database, and the marks by which they are found (字段加密)."""

import base64
import logging
import secrets
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Self

from cryptography.exceptions import InvalidTag
from django.conf import settings
from django.db import models

from linli.core import id_number, phone
from linli.frame import keyring
from linli.frame.ciphers import CIPHERS, NONCE_BYTES, Cipher
from linli.frame.keyring import Key, Ring

_log = logging.getLogger(__name__)
_VERSION = "v1"
_DOTS = 3
_MARK_CHARACTERS = 32
_ASKABLE = frozenset({"isnull", "empty"})
_FIXED = {"max_length": _MARK_CHARACTERS, "null": True, "blank": True, "editable": False}


def _plainly(words: str) -> str:
    return unicodedata.normalize("NFKC", words).strip().casefold()


# How the values of one kind are written before they are compared.
NORMAL: Mapping[str, Callable[[str], str]] = {
    "phone": phone.normal,
    "id_number": id_number.normal,
    "email": _plainly,
}


class Broken(ValueError):
    """A token that no key here opens, or that was altered or moved (解不开)."""


class Locked(str):
    """Stands where a value could not be decrypted; saved again, it writes the same token back (无法解密)."""

    __slots__ = ("token",)
    token: str

    def __new__(cls, token: str) -> Self:
        """Show words in the place of the value."""
        made = super().__new__(cls, "（无法解密）")
        made.token = token
        return made

    def __getnewargs__(self) -> tuple[str]:
        """Let copies keep the token."""
        return (self.token,)


def encrypt(text: str, *, of: str, row: str = "") -> str:
    """Encrypt a text under the newest key, bound to a column ``of`` a table and, if given, a row (加密)."""
    return _sealer(_bound(of, row))(text)


def encrypt_many(texts: Iterable[str], *, of: str) -> list[str]:
    """Encrypt the values of one column for rows written in bulk; an empty one stays empty (批量加密)."""
    sealed = _sealer(_bound(of))
    return [sealed(text) if text else "" for text in texts]


def decrypt(token: str, *, of: str, row: str = "") -> str:
    """Decrypt a token; raises ``Broken`` when it was altered, moved, or its key is gone (解密)."""
    return _opened(token, keyring.present(), _bound(of, row))


def decrypt_many(tokens: Iterable[str], *, of: str) -> list[str]:
    """Decrypt the values of one column as the field of it would, one by one (批量解密)."""
    ring, bound = keyring.present(), _bound(of)
    return [_legible(token, ring, bound) if token else "" for token in tokens]


def blind(value: str, *, purpose: str) -> str:
    """Return the mark by which an encrypted value is found; empty for an empty one (检索标记)."""
    return _mark(value, _cipher(), keyring.present().index[-1], purpose)


def blind_many(values: Iterable[str], *, purpose: str) -> list[str]:
    """Return the marks of the values of many rows (批量检索标记)."""
    cipher, key = _cipher(), keyring.present().index[-1]
    return [_mark(value, cipher, key, purpose) if value else "" for value in values]


def blinds(value: str, *, purpose: str) -> tuple[str, ...]:
    """Return every mark a value may lie under, while keys or ciphers change: look up with ``__in``."""
    if not NORMAL[purpose](value):
        return ()
    return tuple(
        _mark(value, cipher, key, purpose) for key in keyring.present().index for cipher in CIPHERS.values()
    )


def newest_prefix() -> str:
    """Return how every token begins that needs no new encryption."""
    return f"{_VERSION}.{_cipher().name}.{keyring.present().newest.name}."


def key_name(token: str | None) -> str:
    """Name the key a token lies under; empty for what is no token."""
    version, _, rest = (token or "").partition(".")
    return rest.split(".")[1] if version == _VERSION and rest.count(".") == _DOTS - 1 else ""


class EncryptedText(models.TextField):  # type: ignore[type-arg]  # (generic only to the checker)
    """A text that only its own column can decrypt (加密文字).

    It cannot be filtered by, except for null and, with ``__empty``, for whether there is any text.
    """

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        """Encrypt what is about to be written, in single rows and in bulk."""
        if value in {None, ""} or hasattr(value, "resolve_expression"):
            return super().get_db_prep_save(value, connection)
        return value.token if isinstance(value, Locked) else encrypt(str(value), of=self.kept_as)

    def from_db_value(self, value: str | None, *_: object) -> str | None:
        """Decrypt what was read; what cannot be decrypted takes no page down."""
        return _legible(value, keyring.present(), _bound(self.kept_as)) if value else value

    def get_lookup(self, lookup_name: str) -> Any:
        """Refuse to compare: the same text never looks the same twice."""
        return super().get_lookup(lookup_name) if lookup_name in _ASKABLE else None

    @property
    def kept_as(self) -> str:
        """Name the table and the column a value is bound to."""
        return f"{self.model._meta.db_table}.{self.column}"


@EncryptedText.register_lookup
class Empty(models.Lookup):
    """Ask whether an encrypted field holds any text (是否为空)."""

    lookup_name = "empty"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """Compare with the empty text, which is kept as it is."""
        column, params = self.process_lhs(compiler, connection)
        return f"{column} {'=' if self.rhs else '<>'} ''", params


class BlindIndex(models.CharField):  # type: ignore[type-arg]
    """The mark of an encrypted field, worked out anew whenever the row is saved; null for nothing (检索标记).

    ``save(update_fields=...)`` must name both; ``update`` must be given ``blind(...)``.
    """

    def __init__(self, *args: Any, of: str, purpose: str, **options: Any) -> None:
        self.of, self.purpose = of, purpose
        super().__init__(*args, **(options | _FIXED))

    def deconstruct(self) -> Any:
        """Tell a migration what the mark is made of."""
        name, path, args, options = super().deconstruct()
        own = {key: value for key, value in options.items() if key not in _FIXED}
        return name, path, args, {**own, "of": self.of, "purpose": self.purpose}

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Work the mark out from the field beside it."""
        value = getattr(model_instance, self.of)
        if not isinstance(value, Locked):
            setattr(model_instance, self.attname, blind(value or "", purpose=self.purpose) or None)
        return super().pre_save(model_instance, add)


def _cipher() -> Cipher:
    return CIPHERS[settings.LINLI_CIPHER]


def _bound(of: str, row: str = "") -> bytes:
    return "\0".join((of, row)).encode()


def _sealer(bound: bytes) -> Callable[[str], str]:
    """Return what encrypts texts under the newest key."""
    cipher, key = _cipher(), keyring.present().newest
    secret, prefix = cipher.key_of(key.secret), f"{_VERSION}.{cipher.name}.{key.name}."

    def sealed(text: str) -> str:
        nonce = secrets.token_bytes(NONCE_BYTES)
        body = nonce + cipher.encrypt(secret, nonce, text.encode(), bound)
        return prefix + base64.urlsafe_b64encode(body).decode()

    return sealed


def _legible(token: str, ring: Ring, bound: bytes) -> str:
    try:
        return _opened(token, ring, bound)
    except Broken as error:
        _log.error("%s holds a value that cannot be decrypted: %s", bound.decode().rstrip("\0"), error)
        return Locked(token)


def _opened(token: str, ring: Ring, bound: bytes) -> str:
    version, name, key_name, sealed = _taken_apart(token)
    cipher, key = CIPHERS.get(name), ring.of(key_name)
    if version != _VERSION or cipher is None or key is None:
        raise Broken(f"no key {key_name} for {name}")
    nonce, body = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
    try:
        return cipher.decrypt(cipher.key_of(key.secret), nonce, body, bound).decode()
    # A cut token is too short for a nonce or a tag, of which the libraries complain each in its way.
    except (InvalidTag, ValueError) as error:
        raise Broken(f"altered under key {key_name}") from error


def _taken_apart(token: str) -> tuple[str, str, str, bytes]:
    try:
        version, name, key_name, body = token.split(".")
        return version, name, key_name, base64.b64decode(body, altchars=b"-_", validate=True)
    except ValueError as error:
        raise Broken("not a token") from error


def _mark(value: str, cipher: Cipher, key: Key, purpose: str) -> str:
    normal = NORMAL[purpose](value)
    if not normal:
        return ""
    return cipher.fingerprint(key.secret, _bound(purpose, normal)).hex()[:_MARK_CHARACTERS]
