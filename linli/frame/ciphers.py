"""The ciphers a field may be kept under: international and national (加密算法)."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher as Machine
from cryptography.hazmat.primitives.ciphers import modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.ciphers.algorithms import SM4
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

SECRET_BYTES = 32
NONCE_BYTES = 12
_TAG_BYTES = 16


@dataclass(frozen=True, slots=True, eq=False)
class Cipher:
    """An authenticated cipher with the digest that goes with it; keys of ``key_bytes`` (算法)."""

    name: str
    title: str
    key_bytes: int
    digest: Callable[[], hashes.HashAlgorithm]
    encrypt: Callable[[bytes, bytes, bytes, bytes], bytes]
    decrypt: Callable[[bytes, bytes, bytes, bytes], bytes]

    def key_of(self, secret: bytes) -> bytes:
        """Derive this cipher's own key from a kept secret, so that no two ciphers share one."""
        return _derived(secret, self)

    def fingerprint(self, secret: bytes, words: bytes) -> bytes:
        """Return the keyed digest of some words (HMAC)."""
        digest = _keyed(secret, self).copy()
        digest.update(words)
        return digest.finalize()


def _aes_encrypt(key: bytes, nonce: bytes, plain: bytes, bound: bytes) -> bytes:
    return _aes(key).encrypt(nonce, plain, bound)


def _aes_decrypt(key: bytes, nonce: bytes, sealed: bytes, bound: bytes) -> bytes:
    return _aes(key).decrypt(nonce, sealed, bound)


def _sm4_encrypt(key: bytes, nonce: bytes, plain: bytes, bound: bytes) -> bytes:
    machine = Machine(SM4(key), modes.GCM(nonce)).encryptor()
    machine.authenticate_additional_data(bound)
    return machine.update(plain) + machine.finalize() + machine.tag


def _sm4_decrypt(key: bytes, nonce: bytes, sealed: bytes, bound: bytes) -> bytes:
    body, tag = sealed[:-_TAG_BYTES], sealed[-_TAG_BYTES:]
    machine = Machine(SM4(key), modes.GCM(nonce, tag)).decryptor()
    machine.authenticate_additional_data(bound)
    return machine.update(body) + machine.finalize()


# To begin with a key costs more than the few bytes of a field.
_aes = lru_cache(maxsize=64)(AESGCM)


@lru_cache(maxsize=64)
def _keyed(secret: bytes, cipher: Cipher) -> HMAC:
    return HMAC(secret, cipher.digest())


@lru_cache(maxsize=64)
def _derived(secret: bytes, cipher: Cipher) -> bytes:
    info = f"linli field {cipher.name}".encode()
    return HKDF(algorithm=cipher.digest(), length=cipher.key_bytes, salt=None, info=info).derive(secret)


CIPHERS = {
    cipher.name: cipher
    for cipher in (
        Cipher("aes", "AES-256-GCM", 32, hashes.SHA256, _aes_encrypt, _aes_decrypt),
        Cipher("sm4", "SM4-GCM", 16, hashes.SM3, _sm4_encrypt, _sm4_decrypt),
    )
}
