"""The register of social organisations at the staff door, and what everybody sees of it."""

from dataclasses import replace

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from linli.core.clause import Clause
from linli.pack.edition import Societies, SocietyGoal
from linli.rulebook import queries as rulebook
from linli.societies import actions, queries
from linli.societies.models import Society
from tests.console.desks import browser, see, text
from tests.societies import groups
from tests.world import TUESDAY, World

pytestmark = [pytest.mark.django_db, pytest.mark.req("X10", "C7")]
HERE = "/desk/societies/"
MOST_QUERIES = 12
FILLED = {
    "name": "铜花棋社", "kind": "mutual_aid", "purpose": "教孩子下棋。", "leader": "柳春花",
    "phone": "138 0000 0001", "persons": "12", "institutions": "0", "yuan": "3000.50",
}  # fmt: skip


def post(world: World, act: str, society: Society, told: dict[str, str], *, by: str = "secretary") -> int:
    client = browser(getattr(world, by))
    return client.post(f"{HERE}{society.pk}/act/{act}/", told).status_code


def test_an_organisation_is_entered_through_the_page(world: World) -> None:
    client, path = browser(world.secretary), world.home[2].path
    answer = client.post(f"{HERE}new/?within={path}", FILLED, follow=True)
    society = queries.within(path).get()
    assert (society.persons, society.money) == (12, 300_050)
    page = text(answer)
    assert "「铜花棋社」已入库。" in page
    assert "3,000.50 元" in page
    assert "铜花棋社" in text(see("societies/", by=world.secretary))


def test_a_namesake_is_refused_on_the_form_and_nothing_is_lost(world: World) -> None:
    groups.enter(world.secretary, name="铜花棋社")
    client, path = browser(world.secretary), world.home[2].path
    answer = client.post(f"{HERE}new/?within={path}", FILLED)
    assert answer.status_code == 422
    page = text(answer)
    assert "已经有「铜花棋社」" in page
    assert "教孩子下棋。" in page


def test_a_group_is_filed_incubated_and_refused_registration_with_what_is_missing(world: World) -> None:
    society = groups.enter(world.secretary)
    assert "备案由街道、乡镇办理" in text(see(f"societies/{society.pk}/", by=world.secretary))
    assert post(world, "file", society, {}, by="secretary") == 422
    assert post(world, "file", society, {}, by="street_secretary") == 302
    assert post(world, "incubate", society, {"incubator": "街道社会组织联合会"}) == 302
    page = text(see(f"societies/{society.pk}/", by=world.secretary))
    assert "个人会员 20 人，还差 30 人。" in page
    assert "活动资金 0 元，还差 30,000 元。" in page
    assert f"{HERE}{society.pk}/act/register/" not in page
    assert post(world, "register", society, {"certificate": "001"}) == 422
    grown = FILLED | {"persons": "50", "yuan": "30000"}
    assert post(world, "describe", society, grown) == 302
    assert post(world, "register", society, {"certificate": "001"}) == 302
    assert queries.rung(queries.within(society.place_path).get()) == "registered"


def test_leaving_and_closing_ask_for_a_reason(world: World) -> None:
    society = groups.enter(world.secretary)
    assert post(world, "close", society, {"words": ""}) == 422
    assert post(world, "close", society, {"words": "人散了。"}) == 302
    page = text(see(f"societies/{society.pk}/", by=world.secretary))
    assert "已注销" in page
    assert "人散了。" in page
    assert "/act/" not in page


def test_an_act_nobody_knows_is_a_missing_page(world: World) -> None:
    assert post(world, "praise", groups.enter(world.secretary), {}) == 404


def test_a_community_sees_its_gaps_and_residents_see_no_leader(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    goal = SocietyGoal(professional=1, filed=1, grassroots=1)
    standard = Societies(
        {"mutual_aid": "互助性组织"}, ("community",), ("人民调解",), (), goal, Clause("T-1", "试验")
    )
    edition = replace(world.edition, societies=standard)
    monkeypatch.setattr(rulebook, "current", lambda _: edition)
    society = groups.enter(world.secretary)
    actions.file(society.pk, sub_committee="人民调解", by=world.street_secretary, at=TUESDAY)
    page = text(see("societies/", by=world.secretary))
    assert "专业社会组织还差 1 个；草根组织还差 1 个" in page
    public = text(Client().get(f"/p/{world.home[-1].key}/societies/"))
    assert "铜花舞蹈队" in public
    assert "专业社会组织还差 1 个" in public
    assert "柳春花" not in public
    assert "13800000001" not in public


def test_a_place_without_organisations_says_what_to_do(world: World) -> None:
    assert "从居民自己的团队登记起" in text(see("societies/", by=world.secretary))
    assert "告诉社区，入库以后列在这里" in text(Client().get(f"/p/{world.home[-1].key}/societies/"))


def test_a_pack_without_kinds_says_so(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    edition = replace(world.edition, societies=None)
    monkeypatch.setattr(rulebook, "current", lambda _: edition)
    page = text(see("societies/", by=world.secretary))
    assert "没有写社会组织的类别" in page
    assert see("societies/new/", by=world.secretary).status_code == 404


def test_many_organisations_cost_as_much_as_few(
    world: World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(6):
        groups.enter(world.secretary, name=f"铜花{number}队")
    client = browser(world.secretary)
    client.get(HERE)
    with django_assert_max_num_queries(MOST_QUERIES):
        client.get(HERE)
