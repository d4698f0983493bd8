"""Acts on the books; who may do them, the room that calls them asks (记账).

Each act waits for the others on the same purse, and leaves one entry on the purse's chain. The figures there
name accounts by their codes: a code holds nothing personal.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Case, F, Value, When

from linli.books.models import LedgerAccount, Posting, Purse, Transfer
from linli.core.clause import Clause
from linli.core.ledger import Posting as Moved
from linli.core.ledger import Standing, Unit, may_post
from linli.core.ledger import reversal as undone
from linli.core.refusal import Refusal
from linli.core.verdict import Refused
from linli.frame import compiled
from linli.frame.clock import day_of
from linli.matters.numbering import next_number
from linli.record import actions as record

_SERIES = "Z"
_OF_REVERSALS = "-"
_MOST_KEY = 80
MOST_TITLE = 80


@dataclass(frozen=True, slots=True)
class Hand:
    """Say who acts on a book, for which office, and when (经手人); ``by`` is None for the system."""

    by: int | None
    office: str
    at: datetime


@transaction.atomic
def open_purse(name: str, *, unit: Unit, place: int, place_path: str, prefix: str, hand: Hand) -> str:
    """Open a book at a place and return its number (建账)."""
    number = next_number(f"{prefix}-{_SERIES}", year=day_of(hand.at).year)
    Purse.objects.create(
        number=number, name=name, unit=unit.value, place_id=place, place_path=place_path, opened_at=hand.at
    )
    _tell(number, "open_purse", "建账", hand, (("单位", unit.value),))
    return number


@transaction.atomic
def open_account(purse: str, *, code: str, name: str, hand: Hand, is_source: bool = False) -> None:
    """Open an account of a purse, once; a source may go below zero (开户)."""
    held = _hold(purse)
    account = LedgerAccount(purse=held, code=code, name=name, is_source=is_source)
    if compiled.insert([account], or_leave=True):
        _tell(purse, "open_account", "开户", hand, ((code, "来源" if is_source else "账户"),))


@transaction.atomic
def post(
    purse: str,
    *,
    key: str,
    title: str,
    postings: Sequence[Moved],
    hand: Hand,
    clause: Clause | None = None,
) -> bool:
    """Post one transfer, or nothing of it; tell whether it was new (入账).

    ``key`` names the transfer once and for all: sent again it changes nothing, with other amounts it is
    refused. So is what does not sum to zero, what an account cannot bear, and a key kept for reversals.
    """
    _require_room(key, title)
    if key.startswith(_OF_REVERSALS):
        raise Refused(Refusal(f"「{_OF_REVERSALS}」开头的凭证号留给冲正用。", remedy="请换一个凭证号。"))
    held = _hold(purse)
    if known := Transfer.objects.filter(purse=held, key=key).first():
        _require_same(known, postings)
        return False
    _post(held, Transfer(purse=held, key=key, title=title, at=hand.at), postings, hand, clause)
    return True


@transaction.atomic
def reverse(purse: str, *, key: str, reason: str, hand: Hand, clause: Clause | None = None) -> bool:
    """Undo a transfer by its opposite, once; tell whether it was new (冲正)."""
    _require_room(key, reason)
    held = _hold(purse)
    transfer = Transfer.objects.filter(purse=held, key=key).first()
    if transfer is None:
        raise Refused(Refusal(f"账本里没有凭证 {key}。", remedy="请核对凭证号。"))
    if transfer.reverses_id:
        raise Refused(Refusal("冲正的凭证不能再冲正。", remedy="请另记一笔新的。"))
    if Transfer.objects.filter(reverses=transfer).exists():
        return False
    postings = undone(_moved(transfer))
    made = Transfer(
        purse=held, key=f"{_OF_REVERSALS}{transfer.pk}", title=reason, at=hand.at, reverses=transfer
    )
    _post(held, made, postings, hand, clause)
    return True


def _hold(purse: str) -> Purse:
    """Let one writer at a time into a book; SQLite does so by itself."""
    return Purse.objects.select_for_update().get(number=purse)


def _require_room(key: str, title: str) -> None:
    for name, words, most in (("凭证号", key, _MOST_KEY), ("摘要", title, MOST_TITLE)):
        if len(words) > most:
            raise Refused(
                Refusal(
                    f"{name}写了 {len(words)} 个字，最多 {most} 个。",
                    remedy="请写短一些，详情写在附件里。",
                )
            )


def _require_same(known: Transfer, postings: Sequence[Moved]) -> None:
    if sorted(_pairs(_moved(known))) != sorted(_pairs(postings)):
        raise Refused(
            Refusal(
                f"凭证号 {known.key} 已经用在另一笔账上。",
                remedy="请核对是不是记重了；不是，请换一个凭证号。",
            )
        )


def _post(
    held: Purse, transfer: Transfer, postings: Sequence[Moved], hand: Hand, clause: Clause | None
) -> None:
    codes = [posting.account for posting in postings]
    accounts = {account.code: account for account in LedgerAccount.objects.filter(purse=held, code__in=codes)}
    standings = {
        code: Standing(account.name, account.balance, is_source=account.is_source)
        for code, account in accounts.items()
    }
    may_post(postings, standings, unit=Unit(held.unit)).require()
    amounts = {accounts[posting.account].pk: posting.amount for posting in postings}
    moves = [When(pk=pk, then=Value(amount)) for pk, amount in amounts.items()]
    LedgerAccount.objects.filter(pk__in=amounts).update(balance=F("balance") + Case(*moves, default=Value(0)))
    compiled.insert([transfer])
    compiled.insert([_line(transfer, accounts[posting.account], posting.amount) for posting in postings])
    act, word = ("reverse", "冲正") if transfer.reverses_id else ("post", "入账")
    figures = (("凭证", str(transfer.pk)), *((code, str(amount)) for code, amount in _pairs(postings)))
    _tell(held.number, act, word, hand, figures, clause)


def _line(transfer: Transfer, account: LedgerAccount, amount: int) -> Posting:
    return Posting(transfer=transfer, account=account, amount=amount, balance=account.balance + amount)


def _moved(transfer: Transfer) -> tuple[Moved, ...]:
    rows = Posting.objects.filter(transfer=transfer).order_by("id").values_list("account__code", "amount")
    return tuple(Moved(code, amount) for code, amount in rows)


def _pairs(postings: Sequence[Moved]) -> list[tuple[str, int]]:
    return [(posting.account, posting.amount) for posting in postings]


def _tell(
    purse: str,
    act: str,
    title: str,
    hand: Hand,
    figures: tuple[tuple[str, str], ...],
    clause: Clause | None = None,
) -> None:
    record.write(
        chain=purse,
        act=act,
        title=title,
        by=hand.by,
        office=hand.office,
        at=hand.at,
        clause=clause,
        figures=figures,
    )
