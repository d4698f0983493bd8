"""Questions about people (查询)."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from linli.core.id_number import born_on
from linli.frame.compiled import Question
from linli.frame.finding import matching
from linli.frame.vault import blinds
from linli.methods.tokens import Term
from linli.people.models import Account, Person
from linli.places.path import inside

_OF_ID = Question(lambda number: Person.objects.filter(pk=number))
_ADDRESSES = Question(lambda numbers: Person.objects.filter(pk__in=numbers).values_list("pk", "email"))


_NAMES = Question(lambda numbers: Person.objects.filter(pk__in=numbers).values_list("pk", "name"))


def of_id(number: int) -> Person | None:
    """Find a person by number."""
    return _OF_ID.first(number=number)


def of_key(key: str) -> Person | None:
    """Find a person by the key given at installation."""
    return Person.objects.filter(key=key).first()


def of_phone(number: str) -> list[Person]:
    """Find the people with a telephone number, however it is written (按电话查人)."""
    return list(Person.objects.filter(phone_mark__in=blinds(number, purpose="phone")).order_by("pk"))


def of_id_number(number: str) -> Person | None:
    """Find a person by their identity number, however it is written (按身份号码查人)."""
    return Person.objects.filter(id_number_mark__in=blinds(number, purpose="id_number")).first()


def sought(terms: Sequence[Term], *, typed: str) -> Q:
    """Build the condition that a person is called so, or that the whole number typed is theirs (查找人)."""
    number = "".join(typed.split())
    return (
        matching([Term(one.phrases) for one in terms])
        | Q(phone_mark__in=blinds(number, purpose="phone"))
        | Q(id_number_mark__in=blinds(number, purpose="id_number"))
    )


def birthdays(numbers: Iterable[int]) -> dict[int, date]:
    """Return the birthdays of those people whose identity number is known, in one query (出生日期)."""
    rows = Person.objects.filter(pk__in=set(numbers), id_number_mark__isnull=False)
    told = ((one.pk, born_on(one.id_number)) for one in rows)
    return {number: born for number, born in told if born}


def births(numbers: Iterable[int]) -> dict[int, date | int]:
    """Return birthdays, or the mere years where no more is known, in two queries (出生)."""
    asked = set(numbers)
    years = Person.objects.filter(pk__in=asked, born_in__isnull=False).values_list("pk", "born_in")
    return {pk: year for pk, year in years if year is not None} | birthdays(asked)


def called(typed: str) -> Q:
    """Build the condition that a name holds what was typed, or is the whole telephone number (找人)."""
    return Q(name__contains=typed) | Q(phone_mark__in=blinds("".join(typed.split()), purpose="phone"))


def names(numbers: Iterable[int]) -> dict[int, str]:
    """Return the names of several people in one query."""
    wanted = tuple(set(numbers))
    return dict(_NAMES.ask(numbers=wanted)) if wanted else {}


def account_of(person: Person) -> Account | None:
    """Return the account a person enters with, if there is one."""
    return Account.objects.filter(person=person).first()


def accounts_with_people() -> list[Account]:
    """Return every account with its person, in the order they were made."""
    return list(Account.objects.select_related("person", "person__lives_at").order_by("pk"))


def addresses(numbers: Iterable[int]) -> dict[int, str]:
    """Return the e-mail addresses of those people who gave one."""
    return {number: email for number, email in _ADDRESSES.ask(numbers=tuple(set(numbers))) if email}


def account_named(username: str) -> Account | None:
    """Return an account in use by its name."""
    return Account.objects.filter(username=username, is_active=True).first()


def known_to(*, within: Sequence[str], also: QuerySet[Any]) -> QuerySet[Person]:
    """Return the people who live within some places, and those whose numbers ``also`` holds (可查找的人)."""
    return everybody().filter(Q(pk__in=also) | inside(*within, column="lives_at__path"))


def everybody() -> QuerySet[Person]:
    """Return every person by name, with where they live."""
    return Person.objects.select_related("lives_at").order_by("name", "pk")


def usernames(numbers: Iterable[int]) -> dict[int, tuple[str, bool]]:
    """Return of several people the name they sign in with, and whether their first password still stands."""
    rows = Account.objects.filter(person_id__in=set(numbers))
    return {
        person: (username, must)
        for person, username, must in rows.values_list("person_id", "username", "must_change_password")
    }


def listed(path: str, *, most: int) -> list[tuple[int, str, str, str, int | None, str, str]]:
    """Return who lives within a place: number, key, name, gender, year of birth, remark, path of the home."""
    rows = Person.objects.filter(inside(path, column="lives_at__path")).order_by("lives_at__path", "pk")
    return list(rows.values_list("pk", "key", "name", "gender", "born_in", "about", "lives_at__path")[:most])
