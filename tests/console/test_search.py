"""The page that finds: words, numbers, places, people and rules, as far as one may see (检索)."""

import re
from datetime import timedelta
from itertools import pairwise

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from linli.cases.actions import indexing
from linli.cases.actions.stepping import Said
from linli.cases.models import Case
from linli.console import finding, lists
from linli.console.finding import Search
from linli.frame import finding as index
from linli.frame.clock import now
from tests import make
from tests.console import desks
from tests.world import World

WORDS = "三号小区１栋电梯按钮失灵，王奶奶被困了半小时。联系人赵六。"
# At most: matters in four stretches of time, what hangs on them, places with chains, people with offices.
QUERIES, QUERIES_AHEAD = 22, 17


def page(world: World, typed: str, *, by: str = "dispatcher", **query: str) -> str:
    """Return the results for somebody."""
    return desks.text(desks.see("find/", by=world.cast[by], q=typed, **query))


def plainly(text: str) -> str:
    """Leave out what lights hits up."""
    return re.sub("</?mark>", "", text)


def search(world: World, typed: str, *, by: str = "dispatcher") -> Search:
    """Search as somebody."""
    return Search(typed, world.cast[by], world.edition, now())


def titles(world: World, typed: str, *, by: str = "dispatcher") -> list[str]:
    """Return the titles of the matters found."""
    hits = finding.in_matters(search(world, typed, by=by), size=25).hits
    return ["".join(words for words, _ in hit.name) for hit in hits]


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("电梯", id="标题里的词"),
        pytest.param("1栋电梯", id="全角数字也算"),
        pytest.param("王奶奶", id="内容里的词"),
        pytest.param("按钮 半小时", id="两个词都在"),
        pytest.param("失灵的电梯", id="一整句拆成词，虚字不算"),
        pytest.param("三号楼旁", id="位置说明"),
        pytest.param("铜花社区", id="所在地点"),
        pytest.param("井盖", id="分类名称"),
        pytest.param("jinggai", id="分类的拼音"),
        pytest.param("灵", id="一个字"),
    ],
)
@pytest.mark.django_db
def test_a_matter_is_found_by(world: World, typed: str) -> None:
    make.report(world, at=now(), words=WORDS, place_words="三号楼旁边")
    assert len(titles(world, typed)) == 1


@pytest.mark.parametrize("typed", ["水管", "电梯 水管", "梯电", "赵七"])
@pytest.mark.django_db
def test_what_does_not_stand_there_is_not_found(world: World, typed: str) -> None:
    make.report(world, at=now(), words=WORDS)
    assert titles(world, typed) == []


@pytest.mark.parametrize(
    ("part", "finds"),
    [
        ("dispatcher", True),
        ("street_dispatcher", True),
        ("district_dispatcher", True),
        ("grid_worker", True),
        ("enforcer", True),
        ("other_grid_worker", False),
        ("other_dispatcher", False),
        ("fireman", False),
        ("housing_officer", False),
    ],
)
@pytest.mark.django_db
def test_who_finds_a_matter(world: World, part: str, finds: bool) -> None:
    matter = make.taken_on(world, at=now(), words=WORDS)
    assert bool(titles(world, "电梯", by=part)) is finds
    shown = page(world, "电梯", by=part)
    assert (matter.number in shown) is finds
    assert (matter.number in page(world, matter.number[-4:], by=part)) is finds


@pytest.mark.django_db
def test_whoever_holds_no_office_finds_no_such_page(world: World) -> None:
    assert desks.see("find/", by=world.resident, q="电梯").status_code == 404
    assert desks.see("find/ahead/", by=world.resident, q="电梯").status_code == 404


@pytest.mark.django_db
def test_how_to_reach_whoever_reported_is_not_searched(world: World) -> None:
    make.report(world, at=now(), contact_name="钱七八", contact_phone="13900001111")
    assert not titles(world, "钱七八")
    assert not titles(world, "13900001111")


@pytest.mark.django_db
def test_a_whole_number_leads_to_its_matter(world: World) -> None:
    matter = make.report(world, at=now())
    answer = desks.see("find/", by=world.dispatcher, q=f" {matter.number.lower()} ")
    assert answer.status_code == 302
    assert answer["Location"] == reverse("console:matter", args=(matter.number,))
    assert desks.see("find/", by=world.other_dispatcher, q=matter.number).status_code == 200


@pytest.mark.parametrize(
    "part", ["{end:04d}", "{end:06d}", "2026-{end:04d}", "xxl{end:04d}", "XXL2026{end:06d}", "xxl-2026-{end}"]
)
@pytest.mark.django_db
def test_a_part_of_a_number_finds_it(world: World, part: str) -> None:
    matter = make.report(world)
    end = int(matter.number.rpartition("-")[2])
    hits = finding.numbers(search(world, part.format(end=end))).hits
    assert [hit.row.number for hit in hits if hit.row] == [matter.number]


@pytest.mark.django_db
def test_what_is_said_and_answered_later_is_found_too(world: World) -> None:
    matter = make.taken_on(world, at=now() - timedelta(hours=2), words=WORDS)
    make.act(matter, "add_words", by=world.enforcer, at=now(), said=Said("配件要从厂家调货。"))
    assert titles(world, "厂家调货")
    make.act(matter, "finish", by=world.enforcer, at=now(), said=Said("已更换控制板。"))
    assert titles(world, "控制板")
    assert titles(world, "厂家调货")


@pytest.mark.parametrize("at_once", [20_000, 1, 2], ids=["安静的站点", "繁忙的站点", "较忙的站点"])
@pytest.mark.django_db
def test_the_newest_stands_first_and_pages_follow_each_other(
    world: World, at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "_AT_ONCE", at_once)
    index._pace.cache_clear()
    ages = (0, 3, 9, 40, 200, 400, 900, 2)
    made = {days: make.report(world, at=now() - timedelta(days=days)).number for days in ages}
    seen, cursor = [], ""
    while True:
        group = finding.in_matters(search(world, "盖板"), size=3, cursor=cursor)
        seen += [hit.row.number for hit in group.hits if hit.row]
        cursor = group.following
        if not cursor:
            break
    index._pace.cache_clear()
    assert seen == [made[days] for days in sorted(ages)]


@pytest.mark.django_db
def test_places_are_found_by_name_pinyin_and_surroundings(world: World) -> None:
    def names(typed: str, by: str = "street_dispatcher") -> list[str]:
        hits = finding.in_places(search(world, typed, by=by), size=50).hits
        return ["".join(words for words, _ in hit.name) for hit in hits]

    assert "铜花社区" in names("铜花社区")
    assert "铜花社区" in names("thsq")
    assert "铜花社区" in names("tonghua")
    building = world.home[-1].name
    assert set(names(f"铜花 {building}")) == {building}
    assert names(f"铜都 {building}") != names(building)
    assert names("铜花", by="other_dispatcher") == []
    assert names("铜花", by="enforcer") == []


@pytest.mark.parametrize(
    ("part", "finds"),
    [
        ("dispatcher", True),
        ("street_secretary", True),
        ("grid_worker", False),
        ("enforcer", False),
        ("other_dispatcher", False),
    ],
)
@pytest.mark.django_db
def test_people_are_found_by_those_who_keep_their_roll(world: World, part: str, finds: bool) -> None:
    somebody = make.person("欧阳重山", phone="13912340000", lives_at=world.home[-1].id)
    for typed in ("欧阳", "重山", "oyzs", "chongshan", "13912340000"):
        hits = finding.in_people(search(world, typed, by=part), size=6).hits
        assert (
            bool([hit for hit in hits if somebody.name == "".join(words for words, _ in hit.name)]) is finds
        )


@pytest.mark.django_db
def test_clauses_are_found_with_their_source(world: World) -> None:
    shown = page(world, "满意")
    assert "规则" in shown
    assert "/rules/xinxialu/" in shown


@pytest.mark.django_db
def test_hits_are_lit_up_and_words_that_are_not_the_title_are_quoted(world: World) -> None:
    make.report(world, at=now(), title="电梯故障", words=WORDS)
    assert "<mark>电梯</mark>故障" in page(world, "电梯")
    assert "<mark>王奶奶</mark>被困" in page(world, "王奶奶")
    assert "分类：<mark>井盖</mark>与盖板" in page(world, "井盖")


@pytest.mark.django_db
def test_what_somebody_types_stays_words(world: World) -> None:
    make.report(world, at=now(), title="<b>电梯</b>")
    for typed in ("<script>alert(1)</script>", "'; --", '"', "%", "电梯*", "电梯) OR (", "\x00电梯", "🙂"):
        answer = desks.see("find/", by=world.dispatcher, q=typed)
        assert answer.status_code == 200
        assert "<script>alert" not in desks.text(answer)
    assert "<b>电梯" not in page(world, "电梯")


@pytest.mark.django_db
def test_nothing_typed_and_nothing_found_say_what_to_do(world: World) -> None:
    assert "想找什么" in page(world, "")
    nothing = page(world, "没有这样的东西呀")
    assert "没有找到" in nothing
    assert "换个说法" in nothing


@pytest.mark.django_db
def test_the_box_in_the_head_leads_to_the_page(world: World) -> None:
    assert f'action="{reverse("console:find")}"' in desks.text(desks.see("", by=world.dispatcher))


@pytest.mark.django_db
def test_a_few_hits_are_offered_while_one_types(world: World) -> None:
    matter = make.report(world, at=now(), words=WORDS)
    part = desks.text(desks.see("find/ahead/", by=world.dispatcher, q="电梯", htmx=True))
    assert matter.number in part
    assert part.strip().startswith('<div class="ahead" id="ahead">')
    assert matter.number not in desks.text(desks.see("find/ahead/", by=world.other_dispatcher, q="电梯"))


@pytest.mark.django_db
def test_one_kind_is_shown_page_by_page(world: World) -> None:
    for _ in range(finding.PAGE + 1):
        make.report(world, at=now())
    shown = page(world, "盖板", **{"in": "matters"})
    assert shown.count('class="matter-row"') == finding.PAGE
    following = re.search(r'href="([^"]*after=[^"]*)"', shown)
    assert following
    rest = desks.browser(world.dispatcher).get(following[1].replace("&amp;", "&"))
    assert desks.text(rest).count('class="matter-row"') == 1
    assert desks.see("find/", by=world.dispatcher, q="盖板", **{"in": "nothing"}).status_code == 404


@pytest.mark.parametrize("number", [1, 9], ids=["一件", "九件"])
@pytest.mark.django_db
def test_the_number_of_queries_does_not_grow_with_the_hits(
    world: World, number: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(number):
        make.report(world, at=now())
    client = desks.browser(world.dispatcher)
    with django_assert_max_num_queries(QUERIES):
        client.get("/desk/find/", {"q": "盖板"})
    with django_assert_max_num_queries(QUERIES_AHEAD):
        client.get("/desk/find/ahead/", {"q": "盖板"})


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.sampled_from("电梯坏了路灯不亮A1栋，。2 故障"), min_size=2, max_size=12).filter(str.strip))
def test_every_two_letters_of_a_title_find_it(world: World, title: str) -> None:
    matter = make.report(world, at=now(), title=title.strip())
    rows = lists.within_reach(world.dispatcher)
    for part in {a + b for a, b in pairwise(title) if (a + b).isalnum()}:
        found = finding.page_of(search(world, part), rows, size=100).rows
        assert matter.number in {one.number for one in found}, (title, part)


@pytest.mark.django_db
def test_what_is_erased_is_found_no_longer(world: World) -> None:
    matter = make.report(world, at=now(), words=WORDS, title="电梯故障")
    Case.objects.filter(pk=matter.pk).update(words="")
    assert indexing.write_anew([matter.pk]) == 1
    assert not titles(world, "王奶奶")
    assert titles(world, "电梯")
