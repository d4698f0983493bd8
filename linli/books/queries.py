"""Questions about the books: how an account stands, what moved it, and whether all of it adds up (查账)."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from django.db.models import Count, F, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce

from linli.books.models import LedgerAccount, Posting, Purse, Transfer
from linli.core.ledger import Unit
from linli.frame.compiled import Question

_BALANCE = Question(
    lambda purse, code: LedgerAccount.objects.filter(purse__number=purse, code=code).values_list(
        "balance", flat=True
    )
)
_LEAST_POSTINGS = 2


class Line(NamedTuple):
    """Show one posting of an account, and how the account stood after it (流水)."""

    id: int
    key: str
    title: str
    at: datetime
    amount: int
    balance: int


def unit_of(purse: str) -> Unit:
    """Return in what a purse counts; raises Purse.DoesNotExist (记账单位)."""
    return Unit(Purse.objects.values_list("unit", flat=True).get(number=purse))


def purses(path: str, *, unit: Unit) -> dict[str, str]:
    """Return the names of a place's own purses of a unit, by number (账本)."""
    found = Purse.objects.filter(place_path=path, unit=unit.value).order_by("-id")
    return dict(found.values_list("number", "name"))


def exists(purse: str) -> bool:
    """Tell whether there is a purse of a number (有无账本)."""
    return Purse.objects.filter(number=purse).exists()


def balance(purse: str, *, code: str) -> int | None:
    """Return how an account stands by one row; None when there is no such account (余额)."""
    return _BALANCE.first(purse=purse, code=code)


def balances(purse: str) -> dict[str, int]:
    """Return how every account of a purse stands (余额表)."""
    return dict(
        LedgerAccount.objects.filter(purse__number=purse).order_by("id").values_list("code", "balance")
    )


def statement(purse: str, *, code: str, before: int | None = None, limit: int = 50) -> tuple[Line, ...]:
    """List what moved an account, newest first; ``before`` is the id of the last line seen (对账单)."""
    rows = Posting.objects.filter(account__purse__number=purse, account__code=code)
    if before is not None:
        rows = rows.filter(id__lt=before)
    columns = ("id", "transfer__key", "transfer__title", "transfer__at", "amount", "balance")
    return tuple(Line(*row) for row in rows.order_by("-id").values_list(*columns)[:limit])


def audit() -> Iterator[str]:
    """Check every book in the database, and name each place where it does not add up (审计)."""
    yield from (f"账本 {purse} 的凭证 {key} 两边不相等。" for purse, key in _unequal())
    yield from (f"账本 {purse} 的凭证 {key} 记到了别的账本。" for purse, key in _astray())
    yield from (f"账本 {purse} 的账户 {code} 余额和分录对不上。" for purse, code in _off())


def _unequal() -> Iterator[tuple[str, str]]:
    whole = Transfer.objects.annotate(
        total=Coalesce(Sum("postings__amount"), 0), count=Count("postings")
    ).order_by("id")
    rows = whole.exclude(total=0, count__gte=_LEAST_POSTINGS)
    yield from rows.values_list("purse__number", "key").iterator()


def _astray() -> Iterator[tuple[str, str]]:
    rows = Posting.objects.exclude(account__purse=F("transfer__purse")).order_by("id")
    yield from rows.values_list("transfer__purse__number", "transfer__key").iterator()


def _off() -> Iterator[tuple[str, str]]:
    posted = Posting.objects.filter(account=OuterRef("pk")).order_by().values("account")
    total = Coalesce(Subquery(posted.annotate(total=Sum("amount")).values("total")), 0)
    rows = LedgerAccount.objects.annotate(total=total).exclude(balance=F("total")).order_by("id")
    yield from rows.values_list("purse__number", "code").iterator()
