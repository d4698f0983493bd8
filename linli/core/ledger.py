"""Double entry in one unit: what is moved, never from nothing and never below nothing (复式记账)."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

from linli.core.verdict import Verdict, all_of, no, yes

_FEN_IN_A_YUAN = 100
_MINUTES_IN_AN_HOUR = 60
_LEAST_POSTINGS = 2


class Unit(Enum):
    """In what a purse counts; every amount is a whole number of it (记账单位)."""

    FEN = "fen"
    MINUTES = "minutes"
    POINTS = "points"

    @property
    def title(self) -> str:
        """Return the smallest piece's Chinese name."""
        return {Unit.FEN: "分", Unit.MINUTES: "分钟", Unit.POINTS: "积分"}[self]

    def show(self, amount: int) -> str:
        """Say an amount: 1,234.50 元, 2 小时 5 分钟, 30 积分."""
        sign, size = "−" if amount < 0 else "", abs(amount)
        if self is Unit.FEN:
            yuan, fen = divmod(size, _FEN_IN_A_YUAN)
            return f"{sign}{yuan:,}.{fen:02d} 元"
        if self is Unit.MINUTES and size >= _MINUTES_IN_AN_HOUR:
            hours, minutes = divmod(size, _MINUTES_IN_AN_HOUR)
            return f"{sign}{hours:,} 小时" + (f" {minutes} 分钟" if minutes else "")
        return f"{sign}{size:,} {self.title}"


@dataclass(frozen=True, slots=True)
class Posting:
    """Put an amount into an account, or take it out when it is below zero (分录)."""

    account: str
    amount: int

    def __post_init__(self) -> None:
        if type(self.amount) is not int:
            raise ValueError(f"金额「{self.amount!r}」不是整数：请用最小的单位（分、分钟、积分）")


@dataclass(frozen=True, slots=True)
class Standing:
    """Say how an account stands; a source may go below zero, as what it gave comes from outside (账户)."""

    name: str
    balance: int = 0
    is_source: bool = False


def may_post(postings: Collection[Posting], standings: Mapping[str, Standing], *, unit: Unit) -> Verdict:
    """Tell whether postings are one whole transfer that the accounts can bear (可否入账)."""
    shape = is_whole(postings)
    if not shape:
        return shape
    missing = [posting.account for posting in postings if posting.account not in standings]
    if missing:
        return no(f"账本里没有账户 {'、'.join(missing)}。", remedy="请先开户，再记这一笔。")
    return all_of(*(_bears(posting, standings[posting.account], unit) for posting in postings))


def is_whole(postings: Collection[Posting]) -> Verdict:
    """Tell whether what goes out of some accounts goes into others, each named once (有借必有贷)."""
    total = sum(posting.amount for posting in postings)
    if len({posting.account for posting in postings}) != len(postings):
        return no("同一个账户在一笔里出现了两次。", remedy="请把同一账户的金额合并成一行。")
    if len(postings) < _LEAST_POSTINGS or any(posting.amount == 0 for posting in postings):
        return no("一笔账至少有一个转出账户、一个转入账户，金额不能是 0。", remedy="请填写金额和两边的账户。")
    if total:
        return no(f"转出和转入不相等，相差 {abs(total)}。", remedy="请核对各行金额，两边相等才能入账。")
    return yes()


def _bears(posting: Posting, standing: Standing, unit: Unit) -> Verdict:
    after = standing.balance + posting.amount
    if posting.amount > 0 or after >= 0 or standing.is_source:
        return yes()
    return no(
        f"{standing.name}余额 {unit.show(standing.balance)}，不够转出 {unit.show(-posting.amount)}，"
        f"还差 {unit.show(-after)}：不能透支。",
        remedy="请减少金额，或者先补足这个账户。",
        余额=unit.show(standing.balance),
        转出=unit.show(-posting.amount),
        还差=unit.show(-after),
    )


def reversal(postings: Iterable[Posting]) -> tuple[Posting, ...]:
    """Return the postings that undo others; a mistake is reversed, never changed (冲正)."""
    return tuple(Posting(posting.account, -posting.amount) for posting in postings)


def balances(transfers: Iterable[Iterable[Posting]]) -> dict[str, int]:
    """Play transfers again from the first and return every balance (重放)."""
    standing: Counter[str] = Counter()
    for postings in transfers:
        for posting in postings:
            standing[posting.account] += posting.amount
    return dict(standing)


@dataclass(frozen=True, slots=True)
class Move:
    """Say what came into an account, or left it, on a day."""

    on: date
    amount: int


def expired(moves: Iterable[Move], *, before: date) -> int:
    """Return how much of what came in before a day is still there; the oldest is spent first (到期).

    Whatever left the account, and whatever expired earlier, counts as spent.
    """
    kept = tuple(moves)
    came = sum(move.amount for move in kept if move.amount > 0 and move.on < before)
    spent = -sum(move.amount for move in kept if move.amount < 0)
    return max(0, came - spent)
