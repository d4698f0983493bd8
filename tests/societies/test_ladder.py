"""An organisation is entered, filed, incubated, registered and closed; what the rules forbid is refused."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction

from linli.core.verdict import Refused
from linli.people import queries as people
from linli.record import queries as record
from linli.societies import actions, queries
from linli.societies.models import Society
from tests.societies import groups
from tests.world import TUESDAY, World

pytestmark = [pytest.mark.django_db, pytest.mark.req("X10")]
STREET = "社区社会组织工作室"


def acts(society: Society) -> list[str]:
    return [one.act for one in record.timeline(actions.chain_of(society.pk))]


def fresh(society: Society) -> Society:
    found = queries.of_id(society.pk)
    assert found is not None
    return found


def refused(act: Callable[[], object], society: Society) -> str:
    """Return why an act was refused; nothing of the organisation may have changed."""
    before, on_record = vars(fresh(society)).copy(), acts(society)
    with pytest.raises(Refused) as why, transaction.atomic():
        act()
    after = vars(fresh(society))
    assert {key: after[key] for key in after if key != "_state"} == {
        key: before[key] for key in before if key != "_state"
    }
    assert acts(society) == on_record
    return str(why.value)


def file(world: World, society: Society) -> Society:
    return actions.file(society.pk, by=world.street_secretary, at=TUESDAY)


def test_a_group_climbs_from_grassroots_to_registered_with_one_entry_a_step(world: World) -> None:
    society = groups.enter(world.secretary)
    file(world, society)
    actions.incubate(society.pk, incubator=STREET, by=world.secretary, at=TUESDAY)
    grown = groups.told(persons=50, money=3_000_000, leader="", phone="")
    actions.describe(society.pk, grown, by=world.secretary, at=TUESDAY)
    actions.register_as(society.pk, certificate="鄂石社证 001", by=world.secretary, at=TUESDAY)
    found = fresh(society)
    assert (found.rung, found.certificate, found.incubator) == ("registered", "鄂石社证 001", STREET)
    assert found.leader is not None
    assert found.leader.name == "柳春花"
    assert acts(society) == [
        "enter_society", "file_society", "incubate_society", "describe_society", "register_society",
    ]  # fmt: skip


def test_registration_is_refused_with_the_clause_and_what_is_missing(world: World) -> None:
    society = file(world, groups.enter(world.secretary))
    said = refused(
        lambda: actions.register_as(society.pk, certificate="001", by=world.secretary, at=TUESDAY), society
    )
    assert "个人会员 20 人，还差 30 人" in said
    assert "活动资金 0 元，还差 30,000 元" in said
    verdict = actions.can_be_registered(society)
    assert {one.clause for one in verdict.refusals} == {actions.law().clause}


def test_the_street_files_and_the_community_does_not(world: World) -> None:
    society = groups.enter(world.secretary)
    said = refused(lambda: actions.file(society.pk, by=world.secretary, at=TUESDAY), society)
    assert "备案由街道、乡镇办理" in said
    assert file(world, society).rung == "filed"


def test_nobody_skips_a_step(world: World) -> None:
    society = groups.enter(world.secretary, persons=50, money=3_000_000)
    by = world.secretary
    assert "先备案，再登记" in refused(
        lambda: actions.register_as(society.pk, certificate="001", by=by, at=TUESDAY), society
    )
    assert "先备案，再进培育" in refused(
        lambda: actions.incubate(society.pk, incubator=STREET, by=by, at=TUESDAY), society
    )
    file(world, society)
    assert "不用再备案" in refused(lambda: file(world, society), society)
    assert "不在培育" in refused(
        lambda: actions.leave_incubation(society.pk, words="没有场地。", by=by, at=TUESDAY), society
    )
    assert "还没有选培育机构" in refused(
        lambda: actions.incubate(society.pk, incubator="别处", by=by, at=TUESDAY), society
    )
    assert "还没有写登记证号" in refused(
        lambda: actions.register_as(society.pk, certificate=" ", by=by, at=TUESDAY), society
    )


def test_a_group_without_a_leader_is_not_filed(world: World) -> None:
    society = groups.enter(world.secretary, leader="", phone="")
    assert "还没有负责人" in refused(lambda: file(world, society), society)


def test_leaving_incubation_leaves_it_filed(world: World) -> None:
    society = file(world, groups.enter(world.secretary))
    actions.incubate(society.pk, incubator=STREET, by=world.secretary, at=TUESDAY)
    actions.leave_incubation(society.pk, words="自己有场地了。", by=world.secretary, at=TUESDAY)
    assert (fresh(society).rung, fresh(society).incubator) == ("filed", "")


def test_a_closed_organisation_keeps_its_record_and_frees_its_name(world: World) -> None:
    society = groups.enter(world.secretary)
    actions.close(society.pk, words="人散了。", by=world.secretary, at=TUESDAY)
    assert not queries.within(society.place_path).exists()
    assert acts(society) == ["enter_society", "close_society"]
    assert "已经注销" in refused(lambda: file(world, society), society)
    assert groups.enter(world.secretary).pk != society.pk


def test_a_namesake_and_an_unknown_kind_are_refused(world: World) -> None:
    groups.enter(world.secretary)
    for changes, said in (({}, "已经有「铜花舞蹈队」"), ({"name": "又一队", "kind": "red"}, "没有这一类")):
        with pytest.raises(Refused, match=said):
            groups.enter(world.secretary, **changes)
    assert queries.within(world.home[0].path).count() == 1


def test_only_whoever_leads_the_place_keeps_its_register(world: World) -> None:
    society = groups.enter(world.secretary)
    for by in (world.other_dispatcher, world.grid_worker, world.resident):
        with pytest.raises(Refused, match="书记、调度员"):
            groups.enter(by, name="又一队")
        assert "书记、调度员" in refused(
            lambda by=by: actions.close(society.pk, words="不要了。", by=by, at=TUESDAY), society
        )


def test_one_registered_elsewhere_is_entered_with_its_certificate(world: World) -> None:
    society = groups.enter(world.secretary, certificate="鄂石民证 002", is_professional=True)
    assert (society.rung, society.is_professional) == ("registered", True)


def test_the_database_refuses_a_registered_group_without_a_certificate(world: World) -> None:
    society = groups.enter(world.secretary)
    with pytest.raises(IntegrityError), transaction.atomic():
        Society.objects.filter(pk=society.pk).update(rung="registered")


def test_a_leader_known_by_name_and_telephone_is_not_entered_twice(world: World) -> None:
    one = groups.enter(world.secretary)
    other = groups.enter(world.secretary, name="铜花合唱队")
    assert one.leader_id == other.leader_id
    assert len(people.of_phone("13800000001")) == 1


def test_whoever_is_forgotten_leads_nothing_any_more(world: World) -> None:
    society = groups.enter(world.secretary)
    assert society.leader_id is not None
    assert list(queries.led_by(society.leader_id)) == [society]
    actions.forget_leader(society.leader_id)
    assert fresh(society).leader is None
