"""The rolls through their pages: what is missing, one flat, who owns it and lives there (名册)."""

from io import BytesIO

import pytest
from django.test import Client
from openpyxl import load_workbook

from linli.bodies import housing
from linli.people import households
from linli.people import queries as people
from linli.places import dwellings
from linli.record import queries as record
from tests import flats, make
from tests.console.desks import browser, see, text
from tests.world import World, spots

pytestmark = pytest.mark.req("N1")
ROLLS = "rolls/"
PHONE = "13800001234"


def path(key: str = "tonghua") -> str:
    return spots(key)[-1].path


def entries(number: int) -> list[tuple[str, str | None]]:
    return [(one.title, one.words) for one in record.timeline(housing.chain_of(number))]


def send(client: Client, number: int, act: str, **sent: object):
    return client.post(f"/desk/rolls/flats/{number}/act/{act}/", sent)


def add(client: Client, number: int, part: str, **sent: object):
    return client.post(f"/desk/rolls/flats/{number}/{part}/", {"person": "new"} | sent)


# ——— who may ———


@pytest.mark.parametrize("actor", ["other_dispatcher", "other_grid_worker", "enforcer", "resident"])
def test_for_whoever_does_not_serve_there_a_flat_does_not_exist(world: World, actor: str) -> None:
    number = flats.flat("101")
    client = browser(world.cast[actor])
    assert client.get(f"/desk/rolls/flats/{number}/").status_code == 404
    assert client.get(f"/desk/rolls/?within={path('tonghua_e1_b1')}").status_code == 404
    assert client.get(f"/desk/rolls/export/?within={path('tonghua_e1_b1')}").status_code == 404
    assert send(client, number, "describe", area="99", area_source="register").status_code == 404
    assert add(client, number, "owner", name="甲").status_code == 404
    flat = dwellings.of_id(number)
    assert flat is not None
    assert flat.area == 80 * flats.SQUARE_METRE


@pytest.mark.parametrize("actor", ["grid_worker", "dispatcher", "secretary", "street_dispatcher"])
def test_whoever_serves_there_opens_a_flat(world: World, actor: str) -> None:
    number = flats.flat("101")
    assert see(f"rolls/flats/{number}/", by=world.cast[actor]).status_code == 200


# ——— what is missing ———


def test_the_overview_counts_every_roll_and_leads_to_what_is_missing(world: World) -> None:
    owner = flats.dweller("甲")
    flats.owned("101", owner)
    flats.owned("102", owner, area=None)
    flats.lived_in("103", flats.dweller("乙", born=None), flats.dweller("丙"))
    page = text(see(ROLLS, by=world.secretary))
    assert "1栋102没有登记专有部分面积：不能形成业主名册。" in page
    assert f"/desk/rolls/flats/?within={path()}&amp;lack=area" in page
    assert "乙没有登记出生年份" in page
    assert f"/desk/rolls/flats/?within={path()}&amp;lack=born" in page
    assert "office=delegate" in page
    assert '共 <b class="number">3</b> 套' in page


@pytest.mark.parametrize(
    ("lack", "label"),
    [("area", "甲01"), ("owner", "甲02"), ("household", "甲03"), ("delegate", "甲04"), ("born", "甲05")],
)
def test_the_list_shows_the_flats_that_lack_something(world: World, lack: str, label: str) -> None:
    one = flats.dweller("业主")
    for number in range(1, 6):
        speaker = flats.dweller(f"户{number}", born=None if number == 5 else 1980)
        home = flats.owned(f"甲0{number}", *(() if number == 2 else (one,)), area=None if number == 1 else 80)
        if number != 3:
            households.house(home, (speaker,), delegate=None if number == 4 else speaker)
    page = text(see("rolls/flats/", by=world.secretary, lack=lack))
    assert [known for known in ("甲01", "甲02", "甲03", "甲04", "甲05") if known in page] == [label]


def test_flats_are_found_by_label_building_and_owner(world: World) -> None:
    flats.owned("甲01", flats.dweller("钱多多"))
    flats.flat("甲02", at="tonghua_e4_b1")
    for typed, labels in (("甲02", ["甲02"]), ("钱多", ["甲01"]), ("没有", [])):
        page = text(see("rolls/flats/", by=world.secretary, q=typed))
        assert [known for known in ("甲01", "甲02") if f"{known}</a>" in page] == labels


@pytest.mark.parametrize(("page", "most"), [("rolls/", 14), ("rolls/flats/", 8)])
def test_the_pages_cost_as_many_queries_for_1500_households(
    world: World, django_assert_max_num_queries, page: str, most: int
) -> None:
    flats.neighbourhood(1_500)
    client = browser(world.secretary)
    with django_assert_max_num_queries(most):
        assert client.get(f"/desk/{page}").status_code == 200


# ——— one flat ———


def test_a_flat_is_written_down_once_and_what_was_typed_stays(world: World) -> None:
    client, address = browser(world.secretary), f"/desk/rolls/flats/new/?within={path('tonghua_e1_b1')}"
    wrong = client.post(address, {"label": "1单元302", "area": "89.56"})
    assert wrong.status_code == 422
    assert "写了面积，要选面积是从哪里看来的。" in text(wrong)
    assert 'value="1单元302"' in text(wrong)
    assert 'value="89.56"' in text(wrong)
    told = {"label": "1单元302", "area": "89.56", "area_source": "register"}
    assert client.post(address, told).status_code == 302
    again = client.post(address, told)
    assert again.status_code == 422
    assert "1栋1单元302已经在名册里。" in text(again)
    flat = dwellings.of_label(spots("tonghua_e1_b1")[-1].id, "1单元302")
    assert flat is not None
    assert flat.area == 895_600


def test_a_flat_is_written_down_at_a_building_and_not_at_a_whole_community(world: World) -> None:
    client = browser(world.secretary)
    assert "登记一套房屋</a>" not in text(see(ROLLS, by=world.secretary))
    for answer in (
        client.get("/desk/rolls/flats/new/"),
        client.post("/desk/rolls/flats/new/", {"label": "1"}),
    ):
        assert answer.status_code == 422
        assert "房屋要登记在楼栋下面。" in text(answer)
    building = path("tonghua_e1_b1")
    assert client.get(f"/desk/rolls/flats/new/?within={building}").status_code == 200


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("八十", "面积要写成数字"),
        ("0", "面积要大于零"),
        ("-3", "面积要大于零"),
        ("89.56789", "小数点后最多四位"),
        ("NaN", "面积要写成数字"),
        ("1e9", "面积不能超过"),
    ],
)
def test_an_area_that_cannot_be_one_is_asked_for_again(world: World, typed: str, sentence: str) -> None:
    number = flats.flat("101")
    answer = send(browser(world.secretary), number, "describe", area=typed, area_source="register")
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert f'value="{typed}"' in text(answer)
    flat = dwellings.of_id(number)
    assert flat is not None
    assert flat.area == 80 * flats.SQUARE_METRE


def test_who_changed_what_of_a_flat_stays_on_record_and_whom_it_is_about_by_number_only(world: World) -> None:
    number, client = flats.flat("101", developer="宏远置业"), browser(world.grid_worker)
    send(client, number, "describe", area="88.5", area_source="measured", developer="")
    add(client, number, "owner", name="钱多多", phone=PHONE)
    page = text(see(f"rolls/flats/{number}/", by=world.secretary))
    assert "138****1234" in page
    assert PHONE not in page
    assert "登记业主" in page
    assert "钱多多" in page
    assert entries(number) == [("更正房屋", ""), ("登记业主", "")]
    (changed, added) = record.timeline(housing.chain_of(number))
    assert dict(changed.figures)["面积"] == "80 平方米 → 88.5 平方米"
    assert dict(changed.figures)["建设单位"] == "宏远置业 → 没有"
    assert changed.by == world.grid_worker.person_id
    (owner,) = households.owners(number)
    assert dict(added.figures)[housing.WHO] == str(owner.person_id)


def test_nothing_is_written_where_nothing_changed(world: World) -> None:
    number = flats.flat("101")
    send(browser(world.secretary), number, "describe", area="80", area_source="register")
    assert entries(number) == []


def test_an_owner_is_entered_found_again_and_struck_out(world: World) -> None:
    client, first, second = browser(world.secretary), flats.flat("101"), flats.flat("102")
    add(client, first, "owner", name="钱多多", phone="138 0000 1234")
    (owner,) = (row.person for row in households.owners(first))
    found = text(client.get(f"/desk/rolls/flats/{second}/owner/", {"q": "钱多"}))
    assert f'value="{owner.pk}"' in found
    assert PHONE not in found
    assert add(client, second, "owner", person=owner.pk).status_code == 302
    twice = add(client, second, "owner", person=owner.pk)
    assert twice.status_code == 422
    assert "已经是这套房的业主" in text(twice)
    send(client, first, "remove_owner", person=owner.pk)
    assert households.owners(first) == []
    assert [row.person_id for row in households.owners(second)] == [owner.pk]
    assert send(client, first, "remove_owner", person=owner.pk).status_code == 422


def test_whoever_gives_the_name_and_telephone_of_somebody_known_is_that_person(world: World) -> None:
    known = make.person("钱多多", phone=PHONE)
    number = flats.flat("101")
    add(browser(world.secretary), number, "owner", name="钱多多", phone="138 0000 1234")
    assert [row.person_id for row in households.owners(number)] == [known.pk]


def test_somebody_beyond_my_reach_can_neither_be_found_nor_picked(world: World) -> None:
    client, number = browser(world.secretary), flats.flat("101")
    page = text(client.get(f"/desk/rolls/flats/{number}/owner/", {"q": "何远"}))
    assert "没有找到「何远」" in page
    answer = add(client, number, "owner", person=world.stranger.person_id)
    assert answer.status_code == 422
    assert "找不到这个人" in text(answer)


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"name": " "}, "登记新的人要写姓名。"),
        ({"name": "甲", "phone": "八八八"}, "电话只写数字"),
        ({"name": "甲", "born": "1799"}, "出生年不对"),
        ({"name": "甲", "born": "3000"}, "出生年不能晚于今年"),
        ({"name": "甲" * 41}, "最多 40 字"),
    ],
    ids=["没有姓名", "电话", "太早", "太晚", "太长"],
)
def test_a_member_filled_in_wrongly_is_asked_for_again(
    world: World, sent: dict[str, str], sentence: str
) -> None:
    number = flats.flat("101")
    answer = add(browser(world.secretary), number, "member", **sent)
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert households.members(number) == []


def test_members_move_in_and_one_of_age_speaks_for_them(world: World) -> None:
    client, number = browser(world.secretary), flats.flat("101")
    add(client, number, "member", name="钱多多", born="1980")
    add(client, number, "member", name="钱小宝", born="2015")
    parent, child = households.members(number)
    assert parent.person.lives_at_id == spots("tonghua_e1_b1")[-1].id
    refused = send(client, number, "delegate", person=child.person_id)
    assert refused.status_code == 422
    assert "未满 18 周岁" in text(refused)
    send(client, number, "delegate", person=parent.person_id)
    assert [one.is_delegate for one in households.members(number)] == [True, False]
    send(client, number, "remove_member", person=parent.person_id)
    assert [one.person.name for one in households.members(number)] == ["钱小宝"]


def test_whoever_moves_out_of_a_flat_elsewhere_must_be_let_go_by_those_who_serve_there(world: World) -> None:
    moving = flats.dweller("钱多多", phone=PHONE)
    flats.lived_in("101", moving, at="tongdu_e1_b1")
    number = flats.flat("101")
    answer = add(browser(world.secretary), number, "member", name="钱多多", phone=PHONE, born="1980")
    assert answer.status_code == 422
    assert "不在您管的范围里" in text(answer)
    assert households.members(number) == []
    assert (
        add(browser(world.street_dispatcher), number, "member", name="钱多多", phone=PHONE).status_code == 302
    )


def test_near_kin_are_written_down_and_struck_out(world: World) -> None:
    client, number = browser(world.secretary), flats.flat("101")
    add(client, number, "owner", name="钱多多")
    (owner,) = households.owners(number)
    answer = add(client, number, "kin", of=owner.person_id, name="钱二多", relation="兄弟姐妹")
    assert answer.status_code == 302
    (pair,) = households.kin_of(owner.person_id)
    assert pair.relation == "兄弟姐妹"
    assert "钱二多" in text(see(f"rolls/flats/{number}/", by=world.secretary))
    send(client, number, "unrelate", one=pair.one_id, other=pair.other_id)
    assert households.kin_of(owner.person_id) == []
    itself = add(client, number, "kin", of=owner.person_id, person=owner.person_id, relation="配偶")
    assert itself.status_code == 422
    assert "不能是自己的近亲属" in text(itself)


def test_only_a_flat_that_nobody_owns_or_lives_in_is_struck_out(world: World) -> None:
    client, number = browser(world.secretary), flats.owned("101", flats.dweller("甲"))
    assert send(client, number, "strike_out").status_code == 422
    households.own(number, ())
    assert send(client, number, "strike_out").status_code == 302
    assert dwellings.of_id(number) is None
    assert entries(number)[-1][0] == "删去房屋"


@pytest.mark.parametrize("act", ["nothing", "delegate", "remove_owner", "remove_member", "unrelate"])
def test_an_act_that_names_nobody_does_not_exist(world: World, act: str) -> None:
    assert send(browser(world.secretary), flats.flat("101"), act, person="x").status_code == 404


def test_a_page_for_a_part_that_a_flat_has_not_does_not_exist(world: World) -> None:
    assert see(f"rolls/flats/{flats.flat('101')}/pet/", by=world.secretary).status_code == 404


def test_the_roll_is_handed_over_as_a_workbook_without_telephones_on_record(world: World) -> None:
    one, other = flats.dweller("甲", phone=PHONE), flats.dweller("乙")
    home = flats.owned("101", one, other, area=80)
    households.house(home, (one, other), delegate=one)
    answer = see("rolls/export/", by=world.secretary)
    rows = list(load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True))
    assert rows[2][:4] == ("楼栋", "门牌", "专有部分面积", "面积依据")
    assert rows[3][1:] == ("101", "80", "不动产登记簿", "甲、乙", "", "甲、乙", "甲")
    assert PHONE not in str(rows)
    assert [one.title for one in record.timeline(f"roll-{spots('tonghua')[-1].key}")] == ["导出名册"]
    assert people.of_phone(PHONE)[0].pk == one
