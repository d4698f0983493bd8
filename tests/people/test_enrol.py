"""Numbers of people lie encrypted and are found however they are written."""

import pytest
from django.db import connection, models
from django.db.migrations.loader import MigrationLoader

from linli.core.verdict import Refused
from linli.frame import keyring, rotating, vault
from linli.frame.converting import decrypt_columns, encrypt_columns
from linli.people import actions, queries
from linli.people.models import Person
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.req("N5")]
ID = "11010519491231002X"
PHONE = "13812345678"


@pytest.fixture(autouse=True)
def own_ring(settings, tmp_path) -> None:
    settings.FIELD_KEYS_FILE = tmp_path / "field-keys"


def raw(number: int, table: str = "people_person") -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} WHERE id = %s", [number])
        return repr(cursor.fetchone())


def test_neither_number_nor_address_stands_readable_in_the_table() -> None:
    person = make.person(phone=PHONE, id_number=ID, email="wang@example.cn")
    kept = raw(person.pk)
    assert not any(value in kept for value in (PHONE, PHONE[-4:], ID, ID[:6], "wang", "example"))
    found = Person.objects.get(pk=person.pk)
    assert (found.phone, found.id_number, found.email) == (PHONE, ID, "wang@example.cn")


def test_an_account_holds_no_second_address_of_its_own() -> None:
    person = make.person(email="wang@example.cn")
    account = actions.open_account(person, username="laowang")
    assert "laowang" in (kept := raw(account.pk, "people_account"))
    assert "example" not in kept


def test_the_same_holds_for_people_entered_in_bulk() -> None:
    (person,) = Person.objects.bulk_create([Person(name="王婷", phone=PHONE, id_number=ID)])
    assert PHONE not in raw(person.pk)
    assert [found.pk for found in queries.of_phone(PHONE)] == [person.pk]


@pytest.mark.parametrize("written", [PHONE, "+86 138 1234 5678", "１３８１２３４５６７８"])
def test_people_are_found_by_telephone_however_it_is_written(written: str) -> None:
    people = [make.person(phone=PHONE), make.person(phone="138-1234-5678")]
    make.person(phone="13812345679")
    assert queries.of_phone(written) == people


@pytest.mark.parametrize("written", [ID, ID.lower(), f" {ID} "])
def test_a_person_is_found_by_identity_number_however_it_is_written(written: str) -> None:
    person = make.person(id_number=ID)
    assert queries.of_id_number(written) == person


def test_no_number_finds_nobody() -> None:
    make.person()
    assert queries.of_phone("") == []
    assert queries.of_id_number("") is None


@pytest.mark.parametrize("wrong", ["110105194912310021", "1101051949123100", "123"])
def test_a_wrong_identity_number_is_refused(wrong: str) -> None:
    with pytest.raises(Refused, match="校验位"):
        make.person(id_number=wrong)


def test_an_identity_number_belongs_to_one_person() -> None:
    make.person(id_number=ID)
    with pytest.raises(Refused, match="另一个人"):
        make.person(id_number=ID.lower())


def test_entering_a_known_person_again_keeps_their_number() -> None:
    first = actions.enrol(name="王婷", key="wt", id_number=ID)
    assert actions.enrol(name="王婷", key="wt", id_number=ID) == first


def test_an_encrypted_column_can_be_asked_whether_it_holds_anything() -> None:
    with_email, without = make.person(email="a@b.cn"), make.person()
    assert list(Person.objects.filter(email__empty=False)) == [with_email]
    assert list(Person.objects.filter(email__empty=True)) == [without]


# ── Keys ──────────────────────────────────────────────────────────────────────────────────────────
def test_everybody_is_brought_under_a_new_key_and_still_found(settings) -> None:
    people = [make.person(phone=PHONE, email="a@b.cn"), make.person(id_number=ID), make.person()]
    settings.LINLI_CIPHER = "sm4"
    keyring.add()
    assert rotating.remaining() == 2
    turned = {one.table: one.rows for one in rotating.rotate(batch=1)}
    assert turned["people_person"] == 2
    assert rotating.remaining() == 0
    keyring.retire()
    assert queries.of_phone(PHONE) == people[:1]
    assert queries.of_id_number(ID) == people[1]
    assert Person.objects.get(pk=people[0].pk).email == "a@b.cn"


def test_a_rotation_that_was_stopped_goes_on_where_it_was(settings) -> None:
    for _ in range(3):
        make.person(phone=PHONE)
    keyring.add()
    found = rotating._after(Person, None)[:1]
    rotating._write(Person, list(found))
    assert rotating.remaining() == 2
    assert sum(one.rows for one in rotating.rotate()) == 2


def test_what_no_key_opens_is_counted_and_left_as_it_is() -> None:
    person = make.person(phone=PHONE)
    keyring.add()
    keyring.retire()
    before = raw(person.pk)
    assert [(one.rows, one.locked) for one in rotating.rotate() if one.table == "people_person"] == [(0, 1)]
    assert raw(person.pk) == before


def test_the_command_changes_the_key_and_keeps_the_old_one_until_told(capsys) -> None:
    from django.core.management import CommandError, call_command

    make.person(phone=PHONE)
    call_command("rotate_keys")
    assert "旧密钥还留着" in capsys.readouterr().out
    assert len(keyring.present().field) == 2
    call_command("rotate_keys", retire=True)
    assert len(keyring.present().field) == 1
    keyring.add()
    with pytest.raises(CommandError, match="还有 1 行在旧密钥下"):
        call_command("rotate_keys", retire=True)


# ── Migration ─────────────────────────────────────────────────────────────────────────────────────
def test_rows_from_before_are_encrypted_and_can_be_brought_back() -> None:
    person = make.person(phone=PHONE, email="a@b.cn")
    state = MigrationLoader(connection).project_state(("people", "0003_keep_numbers_encrypted"))
    for name in ("phone", "email"):
        state.alter_field("people", "person", name, models.TextField(blank=True), preserve_default=True)
    plain = state.apps.get_model("people", "Person")
    decrypt_columns(plain, "phone", "email")
    assert PHONE in raw(person.pk)
    plain.objects.update(phone_mark=None)
    encrypt_columns(plain, "phone", "email", marks={"phone_mark": ("phone", "phone")})
    assert PHONE not in raw(person.pk)
    assert queries.of_phone(PHONE) == [person]
    assert vault.decrypt(plain.objects.get(pk=person.pk).email, of="people_person.email") == "a@b.cn"
