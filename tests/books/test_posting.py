"""Posting: whole or not at all, once for a key, never below nothing, never altered."""

from datetime import UTC, datetime

import pytest
from django.db import Error, connection, transaction

from linli.books import actions, queries
from linli.books.actions import Hand
from linli.books.models import LedgerAccount, Posting, Transfer
from linli.core.ledger import Posting as Moved
from linli.core.ledger import Unit
from linli.core.ledger import balances as replayed
from linli.core.verdict import Refused
from linli.record import queries as record
from tests.world import TUESDAY, World

pytestmark = [pytest.mark.django_db, pytest.mark.req("G11", "X12")]
HAND = Hand(by=None, office="系统", at=TUESDAY)


def opened(world: World) -> str:
    spot = world.home[1]
    purse = actions.open_purse(
        "社区基金", unit=Unit.FEN, place=spot.id, place_path=spot.path, prefix="XXL", hand=HAND
    )
    actions.open_account(purse, code="source", name="来源", hand=HAND, is_source=True)
    for code in ("fund", "paid"):
        actions.open_account(purse, code=code, name=code, hand=HAND)
    return purse


def move(purse: str, key: str, amount: int, *, out: str = "source", into: str = "fund") -> bool:
    return actions.post(
        purse, key=key, title="一笔", postings=(Moved(out, -amount), Moved(into, amount)), hand=HAND
    )


@pytest.fixture
def purse(built_world: World) -> str:
    return opened(built_world)


def state(purse: str) -> tuple[dict[str, int], int, int, int]:
    return queries.balances(purse), Transfer.objects.count(), Posting.objects.count(), record.head(purse).seq


def test_a_transfer_moves_both_balances_and_leaves_one_entry(purse: str) -> None:
    before = record.head(purse).seq
    assert move(purse, "1", 500)
    assert queries.balances(purse) == {"source": -500, "fund": 500, "paid": 0}
    assert record.head(purse).seq == before + 1
    assert record.timeline(purse)[-1].figures[1:] == (("source", "-500"), ("fund", "500"))


def test_the_same_key_posts_once(purse: str) -> None:
    move(purse, "1", 500)
    before = state(purse)
    assert not move(purse, "1", 500)
    assert state(purse) == before


def test_the_same_key_with_another_amount_is_refused(purse: str) -> None:
    move(purse, "1", 500)
    before = state(purse)
    with pytest.raises(Refused, match="已经用在另一笔"):
        move(purse, "1", 501)
    assert state(purse) == before


@pytest.mark.parametrize("amount", [500, 501], ids=["正好", "多一分"])
def test_an_account_pays_what_it_has_and_no_more(purse: str, amount: int) -> None:
    move(purse, "1", 500)
    before = state(purse)
    if amount == 500:
        move(purse, "2", amount, out="fund", into="paid")
        assert queries.balance(purse, code="fund") == 0
        return
    with pytest.raises(Refused, match="不能透支"):
        move(purse, "2", amount, out="fund", into="paid")
    assert state(purse) == before


def test_what_is_reversed_stands_as_before_and_cannot_be_reversed_twice(purse: str) -> None:
    move(purse, "1", 500)
    assert actions.reverse(purse, key="1", reason="记错了", hand=HAND)
    assert not actions.reverse(purse, key="1", reason="记错了", hand=HAND)
    assert set(queries.balances(purse).values()) == {0}
    with pytest.raises(Refused, match="不能再冲正"):
        actions.reverse(purse, key=queries.statement(purse, code="fund")[0].key, reason="又错", hand=HAND)


def test_what_was_spent_since_cannot_be_reversed(purse: str) -> None:
    move(purse, "1", 500)
    move(purse, "2", 200, out="fund", into="paid")
    before = state(purse)
    with pytest.raises(Refused, match=r"还差 2\.00 元"):
        actions.reverse(purse, key="1", reason="记错了", hand=HAND)
    assert state(purse) == before


@pytest.mark.parametrize(
    ("key", "title", "why"),
    [("-1", "一笔", "留给冲正"), ("k" * 81, "一笔", "81"), ("1", "长" * 81, "81")],
)
def test_a_key_kept_for_reversals_and_words_too_long_are_refused(
    purse: str, key: str, title: str, why: str
) -> None:
    postings = (Moved("source", -1), Moved("fund", 1))
    with pytest.raises(Refused, match=why):
        actions.post(purse, key=key, title=title, postings=postings, hand=HAND)
    assert not Transfer.objects.exists()


def test_a_reason_too_long_is_refused_and_reverses_nothing(purse: str) -> None:
    move(purse, "k" * 80, 100)
    with pytest.raises(Refused, match="81"):
        actions.reverse(purse, key="k" * 80, reason="长" * 81, hand=HAND)
    assert queries.balance(purse, code="fund") == 100


def test_an_unknown_transfer_is_not_reversed(purse: str) -> None:
    with pytest.raises(Refused, match="没有凭证 9"):
        actions.reverse(purse, key="9", reason="记错了", hand=HAND)


def test_the_statement_pages_by_key_and_the_replay_equals_the_balances(purse: str) -> None:
    for number in range(5):
        move(purse, str(number), 100 + number)
    first = queries.statement(purse, code="fund", limit=3)
    rest = queries.statement(purse, code="fund", before=first[-1].id, limit=3)
    assert [line.key for line in (*first, *rest)] == ["4", "3", "2", "1", "0"]
    told = [
        [Moved(code, int(amount)) for code, amount in line.figures[1:]]
        for line in record.timeline(purse)
        if line.act == "post"
    ]
    assert replayed(told) == {code: held for code, held in queries.balances(purse).items() if held}


def test_an_account_is_opened_once(purse: str) -> None:
    before = state(purse)
    actions.open_account(purse, code="fund", name="又一个", hand=HAND)
    assert state(purse) == before


@pytest.mark.parametrize("table", ["books_transfer", "books_posting"])
@pytest.mark.parametrize("change", ["UPDATE {} SET id = id + 1000", "DELETE FROM {}"], ids=["改", "删"])
def test_the_database_refuses_to_alter_what_was_posted(purse: str, table: str, change: str) -> None:
    move(purse, "1", 500)
    with pytest.raises(Error, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change.format(table))


def test_the_database_refuses_an_overdraft(purse: str) -> None:
    with pytest.raises(Error, match="account_is_not_overdrawn"), transaction.atomic():
        LedgerAccount.objects.filter(code="fund").update(balance=-1)


def test_the_audit_finds_a_balance_that_somebody_changed(purse: str) -> None:
    move(purse, "1", 500)
    assert not list(queries.audit())
    LedgerAccount.objects.filter(code="fund").update(balance=700)
    assert list(queries.audit()) == [f"账本 {purse} 的账户 fund 余额和分录对不上。"]


def test_the_audit_finds_a_transfer_with_one_side(purse: str) -> None:
    move(purse, "1", 500)
    transfer = Transfer.objects.get()
    account = LedgerAccount.objects.get(code="paid")
    Posting.objects.create(transfer=transfer, account=account, amount=3, balance=3)
    assert f"账本 {purse} 的凭证 1 两边不相等。" in set(queries.audit())


def test_the_audit_finds_a_posting_in_another_book(purse: str, built_world: World) -> None:
    move(purse, "1", 500)
    other = opened(built_world)
    account = LedgerAccount.objects.get(purse__number=other, code="paid")
    Posting.objects.create(transfer=Transfer.objects.get(), account=account, amount=3, balance=3)
    assert f"账本 {purse} 的凭证 1 记到了别的账本。" in set(queries.audit())


def test_a_purse_opened_on_new_years_morning_is_numbered_in_the_new_year(built_world: World) -> None:
    spot = built_world.home[1]
    at = datetime(2026, 12, 31, 16, 0, tzinfo=UTC)
    number = actions.open_purse(
        "社区基金",
        unit=Unit.FEN,
        place=spot.id,
        place_path=spot.path,
        prefix="XXL",
        hand=Hand(by=None, office="系统", at=at),
    )
    assert number == "XXL-Z-2027-000001"
