"""Money comes from a source, is set aside, paid on a paper and freed; nothing is spent that is not there."""

from collections.abc import Callable

import pytest
from django.db import transaction

from linli.books import actions, earmarks, queries
from linli.books.actions import Hand
from linli.core.ledger import Unit
from linli.core.verdict import Refused
from linli.places import queries as places
from tests.world import TUESDAY, World

pytestmark = [pytest.mark.django_db, pytest.mark.req("L25")]
HAND = Hand(None, "试验", TUESDAY)
TOLD = {"hand": HAND, "title": "试验"}


def purse() -> str:
    spot = places.of_key("xinxialu.tonghua")
    assert spot is not None
    return actions.open_purse(
        "专款", unit=Unit.FEN, place=spot.pk, place_path=spot.path, prefix="XXL", hand=HAND
    )


def refused(act: Callable[[], object], number: str) -> str:
    """Return why an act was refused; no balance may have changed."""
    before = queries.balances(number)
    with pytest.raises(Refused) as why, transaction.atomic():
        act()
    assert queries.balances(number) == before
    return str(why.value)


def test_money_of_several_sources_goes_its_whole_way_and_sums_to_zero(world: World) -> None:
    number = purse()
    earmarks.receive(number, "fiscal", 700, key="1", **TOLD)
    earmarks.receive(number, "donation", 300, key="2", **TOLD)
    earmarks.earmark(number, "A", 800, key="3", **TOLD)
    earmarks.pay(number, "A", 500, key="4", receipt="回单 1", **TOLD)
    earmarks.give_back(number, "A", 100, key="5", receipt="回单 2", **TOLD)
    earmarks.release(number, "A", 150, key="6", **TOLD)
    assert earmarks.standing(number, "A") == (650, 400, 250)
    assert queries.balances(number) == {
        "from/fiscal": -700, "from/donation": -300, "pool": 350, "for/A": 250, "paid/A": 400,
    }  # fmt: skip
    assert "凭证 回单 1" in queries.statement(number, code="paid/A")[-1].title
    assert not list(queries.audit())


def test_an_act_sent_twice_is_done_once(world: World) -> None:
    number = purse()
    assert earmarks.receive(number, "unit", 500, key="1", **TOLD)
    assert not earmarks.receive(number, "unit", 500, key="1", **TOLD)
    assert queries.balance(number, code="pool") == 500
    assert "已经用在另一笔账上" in refused(
        lambda: earmarks.receive(number, "unit", 501, key="1", **TOLD), number
    )


REFUSALS: dict[str, tuple[Callable[[str], object], str]] = {
    "安排超过一分": (lambda number: earmarks.earmark(number, "A", 1001, key="x", **TOLD), "不能透支"),
    "没有安排就付": (lambda number: earmarks.pay(number, "A", 1, key="x", receipt="1", **TOLD), "不能透支"),
    "没有付就退": (
        lambda number: earmarks.give_back(number, "A", 1, key="x", receipt="1", **TOLD),
        "不能透支",
    ),
    "没有凭证": (lambda number: earmarks.pay(number, "A", 1, key="x", receipt=" ", **TOLD), "还没有凭证"),
    "金额是零": (lambda number: earmarks.earmark(number, "A", 0, key="x", **TOLD), "金额要大于 0"),
    "没有这种来源": (lambda number: earmarks.receive(number, "gift", 1, key="x", **TOLD), "没有这一种"),
    "没有账本": (lambda number: earmarks.receive(f"{number}9", "unit", 1, key="x", **TOLD), "没有账本"),
}


@pytest.mark.parametrize("row", REFUSALS.values(), ids=REFUSALS)
def test_what_is_not_there_is_refused_and_changes_nothing(
    world: World, row: tuple[Callable[[str], object], str]
) -> None:
    act, said = row
    number = purse()
    earmarks.receive(number, "fiscal", 1000, key="1", **TOLD)
    assert said in refused(lambda: act(number), number)


def test_a_book_of_minutes_takes_no_money(world: World) -> None:
    spot = places.of_key("xinxialu.tonghua")
    assert spot is not None
    number = actions.open_purse(
        "时间银行", unit=Unit.MINUTES, place=spot.pk, place_path=spot.path, prefix="XXL", hand=HAND
    )
    assert "记的不是钱" in refused(lambda: earmarks.receive(number, "unit", 1, key="1", **TOLD), number)


def test_a_paper_too_long_to_be_kept_whole_is_refused(world: World) -> None:
    number = purse()
    earmarks.receive(number, "fiscal", 100, key="1", **TOLD)
    earmarks.earmark(number, "A", 100, key="2", **TOLD)
    assert "最多" in refused(lambda: earmarks.pay(number, "A", 1, key="3", receipt="票" * 80, **TOLD), number)


def test_a_long_title_gives_way_to_its_paper(world: World) -> None:
    number = purse()
    earmarks.receive(number, "fiscal", 100, key="1", hand=HAND, title="长" * 100)
    earmarks.earmark(number, "A", 100, key="2", hand=HAND, title="长" * 100)
    earmarks.pay(number, "A", 1, key="3", receipt="回单 1", hand=HAND, title="长" * 100)
    told = queries.statement(number, code="paid/A")[0].title
    assert told.endswith("（凭证 回单 1）")
    assert len(told) == 80
