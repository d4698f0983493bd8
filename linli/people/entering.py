"""Residents of a list come into the register, many at once, nobody twice (批量登记)."""

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from django.db import transaction
from django.db.models import F, TextField
from django.db.models.functions import Cast

from linli.frame import bulk
from linli.frame.finding import tokens_of_name
from linli.frame.vault import blind_many, decrypt_many, encrypt_many
from linli.people.models import Person
from linli.places.path import is_within

_PLAIN = ("name", "gender", "born_in", "lives_at_id", "about")
_NEW = ("key", *_PLAIN, "tokens", "phone", "phone_mark", "id_number", "id_number_mark", "email")


class Resident(NamedTuple):
    """What a list says of one person; what is empty it does not say (居民)."""

    key: str
    number: int | None
    name: str
    gender: str
    born_in: int | None
    lives_at_id: int
    about: str
    phone: str
    id_number: str
    email: str


class Found(StrEnum):
    """How a person of a list stands to the register (比对结果)."""

    NEW = "new"
    CHANGED = "changed"
    KNOWN = "known"
    NOBODY = "nobody"
    ELSEWHERE = "elsewhere"
    SOMEBODY_ELSE = "somebody_else"


class _Known(NamedTuple):
    id: int
    key: str
    name: str
    gender: str
    born_in: int | None
    lives_at_id: int | None
    about: str
    phone_mark: str | None
    id_number_mark: str | None
    email: str
    path: str | None


class _Line(NamedTuple):
    """A resident with the marks worked out, and the person of the register, if any."""

    said: Resident
    phone_mark: str
    id_number_mark: str
    known: _Known | None
    found: Found


def compare(residents: Sequence[Resident], *, within: str) -> list[Found]:
    """Say how each person of a list stands to the register, and change nothing (比对)."""
    return [line.found for line in _lines(residents, within=within)]


@transaction.atomic
def enter(residents: Sequence[Resident], *, within: str) -> list[Found]:
    """Enter who is new and write what changed; ``within`` is the path that the list speaks for (登记)."""
    lines = _lines(residents, within=within)
    _insert([line for line in lines if line.found is Found.NEW])
    _update([line for line in lines if line.found is Found.CHANGED])
    return [line.found for line in lines]


def _lines(residents: Sequence[Resident], *, within: str) -> list[_Line]:
    phone_marks = blind_many((one.phone for one in residents), purpose="phone")
    id_marks = blind_many((one.id_number for one in residents), purpose="id_number")
    known = _known(residents, [mark for mark in id_marks if mark])
    by_key, by_mark = {one.key: one for one in known}, {one.id_number_mark: one for one in known}
    by_number = {one.id: one for one in known}
    lines = []
    for said, phone_mark, id_mark in zip(residents, phone_marks, id_marks, strict=True):
        same = by_mark.get(id_mark) if id_mark else None
        if said.number is not None:
            named = by_number.get(said.number)
        else:
            named = by_key.get(said.key) if said.key else same
        person = named or same
        found = _judge(said, phone_mark, id_mark, person=person, same=same, within=within)
        lines.append(_Line(said, phone_mark, id_mark, person, found))
    return lines


def _known(residents: Sequence[Resident], id_marks: Sequence[str]) -> list[_Known]:
    keys = [one.key for one in residents if one.key]
    numbers = [one.number for one in residents if one.number is not None]
    everybody = Person.objects.all()
    # Each of the three has an index of its own; that of the key leaves empty ones out.
    found = [
        bulk.among(everybody.exclude(key=""), "key", keys),
        bulk.among(everybody, "id", numbers),
        bulk.among(everybody, "id_number_mark", id_marks),
    ]
    token, path = Cast("email", TextField()), F("lives_at__path")
    columns = (*_Known._fields[:-2], token, path)
    known = [_Known(*row) for rows in found if rows is not None for row in rows.values_list(*columns)]
    emails = decrypt_many((one.email for one in known), of=_kept_as("email"))
    return [one._replace(email=email) for one, email in zip(known, emails, strict=True)]


def _judge(
    said: Resident, phone_mark: str, id_mark: str, *, person: _Known | None, same: _Known | None, within: str
) -> Found:
    if person is None:
        return Found.NOBODY if said.number is not None else Found.NEW
    if same and (same.id != person.id or (said.key and same.key not in {"", said.key})):
        return Found.SOMEBODY_ELSE
    if person.path and not is_within(person.path, within):
        return Found.ELSEWHERE
    is_same = (
        said.name == person.name
        and said.lives_at_id == person.lives_at_id
        and (not said.gender or said.gender == person.gender)
        and (said.born_in is None or said.born_in == person.born_in)
        and (not said.about or said.about == person.about)
        and (not phone_mark or phone_mark == person.phone_mark)
        and (not id_mark or id_mark == person.id_number_mark)
        and (not said.email or said.email == person.email)
    )
    return Found.KNOWN if is_same else Found.CHANGED


def _insert(lines: Sequence[_Line]) -> None:
    said = [line.said for line in lines]
    phones = encrypt_many((one.phone for one in said), of=_kept_as("phone"))
    id_numbers = encrypt_many((one.id_number for one in said), of=_kept_as("id_number"))
    emails = encrypt_many((one.email for one in said), of=_kept_as("email"))
    rows = (
        (one.key, one.name, one.gender, one.born_in, one.lives_at_id, one.about, tokens_of_name(one.name),
         phone, line.phone_mark or None, id_number, line.id_number_mark or None, email)
        for line, one, phone, id_number, email in zip(lines, said, phones, id_numbers, emails, strict=True)
    )  # fmt: skip
    bulk.insert(Person, columns=_NEW, rows=rows)


def _update(lines: Sequence[_Line]) -> None:
    known = [(line, line.known) for line in lines if line.known]
    plain = [
        (one.id, line.said.name, line.said.gender or one.gender, line.said.born_in or one.born_in,
         line.said.lives_at_id, line.said.about or one.about, tokens_of_name(line.said.name))
        for line, one in known
    ]  # fmt: skip
    _write((*_PLAIN, "tokens"), plain)
    phones = [(one.id, line.said.phone, line.phone_mark) for line, one in known if line.phone_mark]
    _write_secret("phone", phones)
    id_numbers = [
        (one.id, line.said.id_number, line.id_number_mark) for line, one in known if line.id_number_mark
    ]
    _write_secret("id_number", id_numbers)
    emails = [(one.id, line.said.email) for line, one in known if line.said.email]
    tokens = encrypt_many((email for _, email in emails), of=_kept_as("email"))
    _write(("email",), [(number, token) for (number, _), token in zip(emails, tokens, strict=True)])


def _write_secret(column: str, rows: Sequence[tuple[int, str, str]]) -> None:
    tokens = encrypt_many((value for _, value, _ in rows), of=_kept_as(column))
    written = [(number, token, mark) for (number, _, mark), token in zip(rows, tokens, strict=True)]
    _write((column, f"{column}_mark"), written)


def _write(columns: Sequence[str], rows: Sequence[bulk.Values]) -> None:
    if rows:
        bulk.update(Person, columns=columns, rows=rows)


def _kept_as(column: str) -> str:
    return f"{Person._meta.db_table}.{column}"
