"""What is done to people and accounts (动作)."""

from django.db import transaction

from linli.people.models import Account, Person


@transaction.atomic
def enrol(
    *,
    name: str,
    key: str = "",
    gender: str = "",
    born_in: int | None = None,
    phone: str = "",
    email: str = "",
    lives_at: int | None = None,
    about: str = "",
) -> Person:
    """Enter a person into the register (登记); ``lives_at`` is the number of a place."""
    facts = {
        "name": name,
        "gender": gender,
        "born_in": born_in,
        "phone": phone,
        "email": email,
        "lives_at_id": lives_at,
        "about": about,
    }
    if not key:
        return Person.objects.create(**facts)
    return Person.objects.update_or_create(key=key, defaults=facts)[0]


@transaction.atomic
def open_account(
    person: Person, *, username: str, password: str | None = None, runs_site: bool = False
) -> Account:
    """Give a person a way to sign in (开设账号); without a password only other ways work."""
    known = Account.objects.filter(username=username).first()
    if known:
        return known
    return Account.objects.create_user(
        username, password, person=person, email=person.email, runs_site=runs_site
    )
