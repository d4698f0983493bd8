"""What is done to people and accounts (动作)."""

from django.db import transaction
from django.db.models import Q

from linli.core.id_number import is_valid, normal
from linli.core.refusal import Refusal
from linli.core.verdict import Refused
from linli.people import queries
from linli.people.models import Account, Kin, Member, Person

# What stands in the place of a name that was erased.
FORGOTTEN = "（已删除）"


@transaction.atomic
def enrol(
    *,
    name: str,
    key: str = "",
    gender: str = "",
    born_in: int | None = None,
    phone: str = "",
    email: str = "",
    id_number: str = "",
    lives_at: int | None = None,
    about: str = "",
) -> Person:
    """Enter a person into the register (登记); ``lives_at`` is the number of a place.

    Raises ``Refused`` for an identity number that cannot be one, or that is somebody else's.
    """
    facts = {
        "name": name,
        "gender": gender,
        "born_in": born_in,
        "phone": phone,
        "email": email,
        "id_number": _checked(id_number, key=key),
        "lives_at_id": lives_at,
        "about": about,
    }
    if not key:
        return Person.objects.create(**facts)
    return Person.objects.update_or_create(key=key, defaults=facts)[0]


def _checked(number: str, *, key: str) -> str:
    number = normal(number)
    if not number:
        return ""
    if not is_valid(number):
        raise Refused(
            Refusal("这个身份号码不对：位数、出生日期或者校验位有误。", remedy="请对照身份证再填一次。")
        )
    known = queries.of_id_number(number)
    if known and not (key and known.key == key):
        raise Refused(
            Refusal("这个身份号码已经登记在另一个人名下。", remedy="请在名册里查找这个人，不要重复登记。")
        )
    return number


@transaction.atomic
def open_account(
    person: Person,
    *,
    username: str,
    password: str | None = None,
    runs_site: bool = False,
    must_change: bool = False,
) -> Account:
    """Give a person a way to sign in (开设账号); without a password only other ways work.

    Doing it again changes nothing; raises ``Refused`` for a name that is taken and for a second account.
    """
    known = Account.objects.filter(username=username).first()
    if known and known.person_id == person.pk:
        return known
    if known:
        raise Refused(Refusal(f"用户名「{username}」已经有人用了。", remedy="换一个用户名，例如加上地名。"))
    if own := Account.objects.filter(person=person).first():
        raise Refused(Refusal(f"{person.name}已经有账号「{own.username}」，一人一个账号。"))
    return Account.objects.create_user(
        username,
        password,
        person=person,
        runs_site=runs_site,
        must_change_password=must_change,
    )


@transaction.atomic
def start_over(account: Account, *, password: str) -> None:
    """Give an account a new starting password, to be changed at the first sign-in (重发起始密码)."""
    account.set_password(password)
    account.must_change_password = True
    account.save(update_fields=["password", "must_change_password"])


@transaction.atomic
def correct(person: Person, *, name: str = "", phone: str = "") -> None:
    """Put a person's name or telephone right (更正); what is not given stays."""
    person.name, person.phone = name or person.name, phone or person.phone
    person.save()


@transaction.atomic
def belong(person: Person, *, trade: str) -> None:
    """Note the trade a person says they work in, or that they no longer say so (行业)."""
    person.trade = trade
    person.save(update_fields=["trade"])


@transaction.atomic
def forget(person: Person, *, keep_name: bool) -> None:
    """Erase what is known of a person and close their account (删除个人信息, 个人信息保护法 47).

    The row stays, so that the record's numbers lead somewhere; ``keep_name`` is for those who held office.
    What somebody owns stays, too: decisions of owners are counted by it.
    """
    person.name = person.name if keep_name else FORGOTTEN
    person.trade = ""
    person.gender = person.phone = person.id_number = person.email = person.about = ""
    person.born_in = person.lives_at = None
    person.save()
    Member.objects.filter(person=person).delete()
    Kin.objects.filter(Q(one=person) | Q(other=person)).delete()
    account = queries.account_of(person)
    if account is None:
        return
    account.username, account.is_active = f"closed-{account.pk}", False
    account.set_unusable_password()
    account.save()
