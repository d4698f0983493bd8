"""Money that comes from named sources, is set aside for one thing, is paid on a paper, comes back (专款).

A purse of money has these accounts: ``from/<kind>`` where it came from, ``pool`` what nothing is set aside
for yet, ``for/<number>`` what is set aside for a matter or an agreement, ``paid/<number>`` what was paid for
it. Only a source may stand below zero, so that nothing is spent that is not there. Every act is done once for
its key: sent again it changes nothing.
"""

from typing import NamedTuple

from django.db import transaction

from linli.books import actions, queries
from linli.books.actions import Hand
from linli.core.ledger import Posting, Unit
from linli.core.refusal import Refusal
from linli.core.verdict import Refused

POOL = "pool"
SOURCES = {
    "fiscal": "财政拨款",
    "party": "党组织专项",
    "donation": "捐赠",
    "unit": "单位出资",
    "collective": "集体资金",
    "residents": "居民自筹",
    "income": "活动收入",
}


class Earmark(NamedTuple):
    """Say what was set aside for one thing, paid of it, and is left, in fen (安排、已付、余)."""

    granted: int
    paid: int
    left: int


def receive(purse: str, kind: str, fen: int, *, key: str, hand: Hand, title: str) -> bool:
    """Book what a source gave; tell whether it was new (收入)."""
    if kind not in SOURCES:
        raise Refused(Refusal("没有这一种资金来源。", remedy=f"从这里面选：{'、'.join(SOURCES.values())}。"))
    return _move(purse, f"from/{kind}", POOL, fen, key=key, hand=hand, title=title[: actions.MOST_TITLE])


def earmark(purse: str, number: str, fen: int, *, key: str, hand: Hand, title: str) -> bool:
    """Set money aside for one thing; tell whether it was new (安排)."""
    return _move(purse, POOL, f"for/{number}", fen, key=key, hand=hand, title=title[: actions.MOST_TITLE])


def release(purse: str, number: str, fen: int, *, key: str, hand: Hand, title: str) -> bool:
    """Free what was set aside and not spent; tell whether it was new (结余退回)."""
    return _move(purse, f"for/{number}", POOL, fen, key=key, hand=hand, title=title[: actions.MOST_TITLE])


def pay(purse: str, number: str, fen: int, *, key: str, receipt: str, hand: Hand, title: str) -> bool:
    """Pay out of what is set aside, on a paper that proves it; tell whether it was new (支付)."""
    told = _on_paper(title, receipt)
    return _move(purse, f"for/{number}", f"paid/{number}", fen, key=key, hand=hand, title=told)


def give_back(purse: str, number: str, fen: int, *, key: str, receipt: str, hand: Hand, title: str) -> bool:
    """Book what was paid and came back; tell whether it was new (退款)."""
    told = _on_paper(title, receipt)
    return _move(purse, f"paid/{number}", f"for/{number}", fen, key=key, hand=hand, title=told)


def standing(purse: str, number: str) -> Earmark:
    """Say how one thing stands in its purse (安排、已付、余)."""
    left = queries.balance(purse, code=f"for/{number}") or 0
    paid = queries.balance(purse, code=f"paid/{number}") or 0
    return Earmark(left + paid, paid, left)


@transaction.atomic
def _move(purse: str, out: str, into: str, fen: int, *, key: str, hand: Hand, title: str) -> bool:
    if not queries.exists(purse):
        raise Refused(Refusal(f"没有账本 {purse}。", remedy="请核对账本编号，或者先建账。"))
    if fen <= 0:
        raise Refused(Refusal("金额要大于 0。", remedy="请核对金额。"))
    if queries.unit_of(purse) is not Unit.FEN:
        raise Refused(Refusal(f"账本 {purse} 记的不是钱。", remedy="请选一个记钱的账本。"))
    for code in (out, into):
        is_source = code.startswith("from/")
        actions.open_account(purse, code=code, name=_name(code), hand=hand, is_source=is_source)
    postings = (Posting(out, -fen), Posting(into, fen))
    return actions.post(purse, key=key, title=title, postings=postings, hand=hand)


def _name(code: str) -> str:
    kind, _, told = code.partition("/")
    if kind == "from":
        return SOURCES[told]
    return {POOL: "未安排", "for": f"已安排 {told}", "paid": f"已支付 {told}"}[kind]


def _on_paper(title: str, receipt: str) -> str:
    if not receipt.strip():
        raise Refused(Refusal("还没有凭证。", remedy="写明票据或者回单的号。"))
    paper = f"（凭证 {receipt.strip()}）"
    return f"{title[: max(0, actions.MOST_TITLE - len(paper))]}{paper}"
