"""Fields lie encrypted, open only where they belong, and are found by a mark."""

import copy
import logging
import pickle
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from django.core.exceptions import FieldError, ImproperlyConfigured
from django.db import connection, models
from django.db.models.expressions import Value
from django.test.utils import isolate_apps
from hypothesis import given
from hypothesis import strategies as st

from linli.frame import keyring, vault
from linli.frame.ciphers import CIPHERS
from linli.frame.keyring import Key, Ring
from linli.frame.vault import BlindIndex, Broken, EncryptedText, Locked, blind, blinds, decrypt, encrypt

pytestmark = pytest.mark.req("N5")
HERE = "people_person.phone"
BOTH = pytest.mark.parametrize("cipher", ["aes", "sm4"])


@pytest.fixture(autouse=True)
def own_ring(settings, tmp_path: Path) -> None:
    settings.FIELD_KEYS = ""
    settings.FIELD_KEYS_FILE = tmp_path / "field-keys"


# GCM test case 16 of McGrew and Viega (256-bit key, with bound data), and RFC 8998 appendix A.1.
_VECTORS = {
    "aes": (
        "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308",
        "cafebabefacedbaddecaf888",
        (
            "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525"
            "b16aedf5aa0de657ba637b39"
        ),
        "feedfacedeadbeeffeedfacedeadbeefabaddad2",
        (
            "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838"
            "c5f61e6393ba7a0abcc9f662"
            "76fc6ece0f4e1768cddf8853bb2d551b"
        ),
    ),
    "sm4": (
        "0123456789abcdeffedcba9876543210",
        "00001234567800000000abcd",
        (
            "aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbccccccccccccccccdddddddddddddddd"
            "eeeeeeeeeeeeeeeeffffffffffffffffeeeeeeeeeeeeeeeeaaaaaaaaaaaaaaaa"
        ),
        "feedfacedeadbeeffeedfacedeadbeefabaddad2",
        (
            "17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735"
            "d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d"
            "83de3541e4c2b58177e065a9bf7b62ec"
        ),
    ),
}


@BOTH
def test_the_ciphers_answer_the_published_vectors(cipher: str) -> None:
    key, nonce, plain, bound, sealed = map(bytes.fromhex, _VECTORS[cipher])
    assert CIPHERS[cipher].encrypt(key, nonce, plain, bound) == sealed
    assert CIPHERS[cipher].decrypt(key, nonce, sealed, bound) == plain


@pytest.mark.parametrize("at", range(-80, 0))
def test_one_turned_bit_is_seen(at: int) -> None:
    key, nonce, _, bound, sealed = map(bytes.fromhex, _VECTORS["sm4"])
    altered = bytearray(sealed)
    altered[at] ^= 1
    with pytest.raises(InvalidTag):
        CIPHERS["sm4"].decrypt(key, nonce, bytes(altered), bound)


def test_the_national_digest_answers_its_vector() -> None:
    # HMAC over SM3 worked out by its definition from the published SM3 of the inner and outer blocks.
    key = bytes(range(1, 33))
    inner, outer = (bytes(b ^ pad for b in key.ljust(64, b"\0")) for pad in (0x36, 0x5C))
    digest = CIPHERS["sm4"].digest

    def sm3(words: bytes) -> bytes:
        from cryptography.hazmat.primitives.hashes import Hash

        made = Hash(digest())
        made.update(words)
        return made.finalize()

    assert sm3(b"abc").hex() == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    assert CIPHERS["sm4"].fingerprint(key, b"abc") == sm3(outer + sm3(inner + b"abc"))


@BOTH
@given(text=st.text(max_size=200))
def test_what_goes_in_comes_out(cipher: str, text: str) -> None:
    from django.test import override_settings

    with override_settings(LINLI_CIPHER=cipher, FIELD_KEYS=_RING.written()):
        token = encrypt(text, of=HERE, row="7")
        assert token.startswith(f"v1.{cipher}.{_RING.newest.name}.")
        assert decrypt(token, of=HERE, row="7") == text


_RING = Ring((Key("old", b"o" * 32), Key("new", b"n" * 32)), (Key("mark", b"m" * 32),))


@BOTH
def test_the_same_value_never_looks_the_same_twice(settings, cipher: str) -> None:
    settings.LINLI_CIPHER = cipher
    assert len({encrypt("13812345678", of=HERE) for _ in range(100)}) == 100


@BOTH
@pytest.mark.parametrize(
    ("of", "row"), [("people_person.about", "7"), ("cases_case.phone", "7"), (HERE, "8"), (HERE, "")]
)
def test_a_value_moved_elsewhere_does_not_open(settings, cipher: str, of: str, row: str) -> None:
    settings.LINLI_CIPHER = cipher
    token = encrypt("13812345678", of=HERE, row="7")
    with pytest.raises(Broken, match="altered"):
        decrypt(token, of=of, row=row)


@BOTH
def test_an_altered_or_cut_value_does_not_open(settings, cipher: str) -> None:
    settings.LINLI_CIPHER = cipher
    token = encrypt("13812345678", of=HERE)
    head, _, body = token.rpartition(".")
    other = "B" if body[20] != "B" else "C"
    for wrong in (
        f"{head}.{body[:20]}{other}{body[21:]}",
        f"{head}.AAAA",
        f"{head}.",
        head,
        "",
        "13812345678",
    ):
        with pytest.raises(Broken):
            decrypt(wrong, of=HERE)


def test_a_value_does_not_open_under_the_other_cipher() -> None:
    token = encrypt("13812345678", of=HERE)
    with pytest.raises(Broken):
        decrypt(token.replace(".aes.", ".sm4."), of=HERE)


def test_both_ciphers_open_whichever_is_set(settings) -> None:
    first = encrypt("13812345678", of=HERE)
    settings.LINLI_CIPHER = "sm4"
    assert decrypt(first, of=HERE) == "13812345678"
    assert decrypt(encrypt("138", of=HERE), of=HERE) == "138"


def test_many_are_encrypted_at_once_and_empty_ones_stay_empty() -> None:
    first, empty, last = vault.encrypt_many(["甲", "", "乙"], of=HERE)
    assert (decrypt(first, of=HERE), empty, decrypt(last, of=HERE)) == ("甲", "", "乙")


@pytest.mark.parametrize("token", ["", None, "13812345678", "v1.aes", "v2.aes.k.x", "v1.aes.k.x.y"])
def test_what_is_no_token_names_no_key(token: str | None) -> None:
    assert vault.key_name(token) == ""


def test_a_token_names_its_key() -> None:
    assert vault.key_name(encrypt("138", of=HERE)) == keyring.present().newest.name


# ── Marks ─────────────────────────────────────────────────────────────────────────────────────────
@BOTH
@pytest.mark.parametrize(
    ("purpose", "one", "same"),
    [
        ("phone", "13812345678", "138 1234 5678"),
        ("phone", "13812345678", "+86-138-1234-5678"),
        ("phone", "13812345678", "１３８１２３４５６７８"),
        ("phone", "0516-83456789", "051683456789"),
        ("id_number", "11010519491231002X", "１１０１０５１９４９１２３１００２ｘ"),
        ("id_number", "11010519491231002x", " 110105 19491231 002X "),
        ("email", "A.B@Example.CN", "a.b@example.cn "),
    ],
)
def test_the_same_number_written_otherwise_has_the_same_mark(
    settings, cipher: str, purpose: str, one: str, same: str
) -> None:
    settings.LINLI_CIPHER = cipher
    assert blind(one, purpose=purpose) == blind(same, purpose=purpose)


def test_a_mark_differs_by_value_purpose_cipher_and_key(settings) -> None:
    marks = {blind("13812345678", purpose="phone"), blind("13812345679", purpose="phone")}
    marks.add(blind("13812345678", purpose="id_number"))
    settings.LINLI_CIPHER = "sm4"
    marks.add(blind("13812345678", purpose="phone"))
    keyring.add()
    marks.add(blind("13812345678", purpose="phone"))
    assert len(marks) == 5


def test_an_empty_value_has_no_mark_and_finds_nothing() -> None:
    assert blind("", purpose="phone") == blind(" - ", purpose="phone") == ""
    assert blinds("", purpose="phone") == ()


def test_a_look_up_finds_marks_of_older_keys_and_of_the_other_cipher(settings) -> None:
    marks = {blind("13812345678", purpose="phone")}
    settings.LINLI_CIPHER = "sm4"
    marks.add(blind("13812345678", purpose="phone"))
    keyring.add()
    marks.add(blind("13812345678", purpose="phone"))
    assert marks <= set(blinds("13812345678", purpose="phone"))


# ── Keys ──────────────────────────────────────────────────────────────────────────────────────────
def test_the_first_use_makes_a_ring_that_nobody_else_may_read(settings) -> None:
    ring = keyring.present()
    assert keyring.present() == ring
    (kept,) = settings.FIELD_KEYS_FILE.parent.iterdir()
    assert kept.stat().st_mode & 0o077 == 0
    assert Ring.read(kept.read_text()) == ring


def test_a_new_key_encrypts_and_the_old_one_still_decrypts() -> None:
    token = encrypt("甲", of=HERE)
    old = keyring.present().newest
    new = keyring.add().newest
    assert new != old
    assert f".{new.name}." in encrypt("乙", of=HERE)
    assert decrypt(token, of=HERE) == "甲"


def test_a_retired_key_opens_nothing_any_more() -> None:
    token = encrypt("甲", of=HERE)
    keyring.add()
    keyring.retire()
    with pytest.raises(Broken, match="no key"):
        decrypt(token, of=HERE)


def test_a_ring_may_be_given_by_the_environment_and_is_then_not_changed_here(settings) -> None:
    settings.FIELD_KEYS = _RING.written().strip().replace("\n", ",")
    assert keyring.present() == _RING
    with pytest.raises(ImproperlyConfigured, match="LINLI_FIELD_KEYS"):
        keyring.add()
    assert not settings.FIELD_KEYS_FILE.exists()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "缺少"),
        (_RING.written().split("index")[0], "缺少"),
        ("field a", "每行应为"),
        ("other a AAAA", "每行应为"),
        ("field a AAAA", "32 字节"),
        ("field a 不是", "Base64"),
    ],
)
def test_a_ring_that_cannot_be_read_says_what_to_do(settings, text: str, why: str) -> None:
    settings.FIELD_KEYS_FILE.write_text(text)
    with pytest.raises(ImproperlyConfigured, match=f"{why}.*从备份恢复"):
        keyring.present()


# ── Columns ───────────────────────────────────────────────────────────────────────────────────────
@pytest.fixture
def column():
    with isolate_apps("linli.frame"):

        class Note(models.Model):
            words = EncryptedText()
            mark = BlindIndex(of="words", purpose="phone", db_index=True)

            class Meta:
                app_label = "frame"

            def __str__(self) -> str:
                return str(self.words)

        yield Note


def test_a_column_encrypts_what_is_saved_and_decrypts_what_is_read(column) -> None:
    field = column._meta.get_field("words")
    token = field.get_db_prep_save("13812345678", connection)
    assert "138" not in token
    assert field.from_db_value(token, None, connection) == "13812345678"
    assert decrypt(token, of="frame_note.words") == "13812345678"


@pytest.mark.parametrize("nothing", ["", None])
def test_nothing_stays_nothing(column, nothing: str | None) -> None:
    field = column._meta.get_field("words")
    assert field.get_db_prep_save(nothing, connection) == nothing
    assert field.from_db_value(nothing, None, connection) == nothing


def test_an_expression_is_left_to_the_database(column) -> None:
    value = Value("x")
    assert column._meta.get_field("words").get_db_prep_save(value, connection) is value


@pytest.mark.parametrize("how", ["words", "words__contains", "words__in", "words__startswith"])
def test_an_encrypted_column_cannot_be_searched(column, how: str) -> None:
    with pytest.raises(FieldError):
        column.objects.filter(**{how: "1"})


def test_an_encrypted_column_can_be_asked_for_null(column) -> None:
    assert "IS NULL" in str(column.objects.filter(words__isnull=True).query)


def test_a_value_that_cannot_be_decrypted_takes_no_page_down_and_is_saved_as_it_was(column, caplog) -> None:
    field = column._meta.get_field("words")
    with caplog.at_level(logging.ERROR):
        read = field.from_db_value("v1.aes.gone.AAAA", None, connection)
    assert read == "（无法解密）"
    assert "frame_note.words" in caplog.text
    for same in (read, copy.deepcopy(read), pickle.loads(pickle.dumps(read))):
        assert isinstance(same, Locked)
        assert field.get_db_prep_save(same, connection) == "v1.aes.gone.AAAA"


def test_a_mark_follows_its_field(column) -> None:
    note = column(words="138 1234 5678")
    assert column._meta.get_field("mark").pre_save(note, add=True) == blind("13812345678", purpose="phone")
    note.words = Locked("v1.aes.gone.AAAA")
    assert column._meta.get_field("mark").pre_save(note, add=False) == blind("13812345678", purpose="phone")


def test_a_migration_rebuilds_both_columns(column) -> None:
    for name in ("words", "mark"):
        field = column._meta.get_field(name)
        _, path, args, options = field.deconstruct()
        assert path == f"linli.frame.vault.{type(field).__name__}"
        assert type(field)(*args, **options).deconstruct()[2:] == (args, options)
