"""A dispatcher writes down a concern for somebody (代为登记)."""

import pytest

from linli.matters import queries as matters
from tests.console import desks
from tests.world import World

SAID = {
    "channel": "12345",
    "external_ref": "20261124-0001",
    "kind": "complaint",
    "words": "楼下夜里装修，吵得睡不着。",
    "name": "王先生",
    "phone": "138-0000-1234",
}


def send(world: World, **fields: str):  # type: ignore[no-untyped-def]
    return desks.browser(world.dispatcher).post(
        "/desk/taken-in/", SAID | {"place": world.home[-1].key} | fields
    )


@pytest.mark.req("X13", "X14")
def test_a_concern_is_taken_in_with_its_channel_and_contact(world: World) -> None:
    answer = send(world)
    matter = matters.within(world.home[-1].path).get()
    assert answer.headers["Location"] == f"/desk/m/{matter.number}/?sent=taken-in"
    assert (matter.channel, matter.external_ref, matter.subject) == ("12345", "20261124-0001", "concern")
    assert "138****1234" in desks.text(desks.see(f"m/{matter.number}/", by=world.dispatcher))


@pytest.mark.req("X14")
def test_the_same_outside_number_is_taken_in_once(world: World) -> None:
    first, second = send(world), send(world, words="又打来一次。")
    assert first.headers["Location"] == second.headers["Location"]
    assert matters.within(world.home[-1].path).count() == 1


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"external_ref": ""}, "热线转来的要写外部编号"),
        ({"words": ""}, "还没有写内容"),
        ({"words": "长" * 2001}, "最多 2000 字，现在有 2001 字"),
        ({"place": ""}, "还没有选地点"),
        ({"phone": "打不通的电话"}, "电话只写数字"),
        ({"channel": ""}, "请选是怎么来的"),
    ],
    ids=["热线没有编号", "没写内容", "太长", "没选地点", "电话不对", "没选来源"],
)
def test_what_is_wrong_is_pointed_out_and_what_was_typed_stays(
    world: World, fields: dict[str, str], sentence: str
) -> None:
    answer = send(world, **fields)
    said = desks.text(answer)
    assert answer.status_code == 422
    assert sentence in said
    assert "王先生" in said
    assert not matters.within(world.home[0].path).exists()


def test_a_place_of_another_community_cannot_be_chosen(world: World) -> None:
    assert send(world, place=world.elsewhere[-1].key).status_code == 422
