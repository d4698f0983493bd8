"""``linli check-counts``: the running counts against a recount."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from linli.matters import tally
from tests.world import World


def check(**options: bool) -> str:
    said = StringIO()
    call_command("check_counts", stdout=said, **options)
    return said.getvalue()


def spoil(path: str) -> None:
    tally.add({(path, "open", "all", "", tally.NO_DAY): 2}, slot=3)


@pytest.mark.req("A4")
def test_counts_that_were_kept_by_the_acts_agree(busy: World) -> None:
    assert check() == "计数和重新清点的结果一致。\n"


@pytest.mark.req("A4")
def test_a_cell_that_differs_is_named_with_both_numbers_and_repaired(busy: World) -> None:
    path = busy.home[1].path
    spoil(path)
    with pytest.raises(CommandError, match="有 1 格不一致"):
        check()
    assert f"{path} open：计数 11，重新清点 9" in check(repair=True)
    assert check() == "计数和重新清点的结果一致。\n"
