"""Who fills and ends which office, and what stays on record."""

from datetime import date, timedelta

import pytest

from linli.bodies import access, appointing, queries, roster
from linli.bodies.actor import Actor
from linli.bodies.appointing import Post
from linli.core.verdict import Refused
from linli.people import actions as people
from linli.people import households
from linli.people import queries as register
from linli.record import queries as record
from tests import make
from tests.world import TUESDAY, World, spots

TODAY = TUESDAY.date()
KEEPER = Actor(person_id=None, name="站长", runs_site=True)


def post(world: World, office: str, *, at: str, body: int | None = None) -> Post:
    spot = spots(at)[-1]
    return Post(office, world.edition.offices[office].title, spot.id, spot.path, spot.name, body)


def appoint(world: World, by: Actor, office: str = "mediator", *, at: str = "tonghua", who: str = "高远"):
    newcomer = make.person(who)
    return fill(newcomer.pk, post(world, office, at=at), world=world, by=by)


def fill(person_id: int, wanted: Post, *, world: World, by: Actor):
    known = world.edition.incompatible
    return appointing.appoint(person_id, post=wanted, since=TODAY, by=by, at=TUESDAY, incompatible=known)


@pytest.mark.parametrize(
    ("actor", "office", "at", "is_allowed"),
    [
        ("secretary", "dispatcher", "tonghua", True),
        ("secretary", "secretary", "tonghua", False),
        ("dispatcher", "secretary", "tonghua", False),
        ("dispatcher", "dispatcher", "tonghua", False),
        ("dispatcher", "handler", "tonghua", True),
        ("dispatcher", "grid_worker", "tonghua_g1", True),
        ("dispatcher", "grid_worker", "tongdu_g1", False),
        ("street_dispatcher", "secretary", "tonghua", True),
        ("street_dispatcher", "secretary", "xialu", False),
        ("secretary", "grid_worker", "xinxialu", False),
        ("grid_worker", "grid_worker", "tonghua_g1", False),
        ("enforcer", "handler", "xinxialu", False),
        ("resident", "grid_worker", "tonghua_g1", False),
    ],
    ids=[
        "书记任本级调度员", "书记任本级书记", "调度员任本级书记", "调度员任平级", "调度员任经办人",
        "任下级网格员", "任别的社区", "街道任社区书记", "街道任区书记", "社区任街道", "网格员任网格员",
        "经办人任经办人", "居民任网格员",
    ],
)  # fmt: skip
def test_one_fills_offices_below_ones_own(
    world: World, actor: str, office: str, at: str, is_allowed: bool
) -> None:
    verdict = access.may_seat(world.cast[actor], office=office, path=spots(at)[-1].path)
    assert verdict.is_yes is is_allowed
    assert is_allowed or verdict.refusals[0].remedy


def test_nobody_lifts_themselves_above_their_reach(world: World) -> None:
    me = world.dispatcher.person_id or 0
    for office, at in (("secretary", "tonghua"), ("dispatcher", "xinxialu"), ("dispatcher", "tongdu")):
        with pytest.raises(Refused):
            fill(me, post(world, office, at=at), world=world, by=world.dispatcher)
    assert queries.actor(person_id=me, name="", on=TODAY).offices == world.dispatcher.offices


def test_an_appointment_opens_the_place_from_its_first_day_and_leaves_one_entry(world: World) -> None:
    office = appoint(world, world.secretary)
    entry = record.timeline(f"office-{office.pk}")
    assert [(one.act, one.office) for one in entry] == [("appoint", "铜花社区 书记")]
    assert "高远" not in str(entry[0].figures)
    actor = queries.actor(person_id=office.person_id, name="", on=TODAY)
    assert [held.words for held in actor.offices] == ["铜花社区 调解员"]


def test_the_same_appointment_twice_is_refused(world: World) -> None:
    office = appoint(world, world.secretary)
    again = post(world, "mediator", at="tonghua")
    with pytest.raises(Refused, match="已经在任"):
        fill(office.person_id, again, world=world, by=world.secretary)


@pytest.mark.req("L1")
@pytest.mark.parametrize(
    ("first", "second", "at", "rule"),
    [
        ("committee_director", "oversight_head", "tonghua", "RC-36"),
        ("oversight_head", "committee_director", "tonghua", "RC-36"),
        ("oversight_head", "committee_director", "tongdu", ""),
        ("oversight_head", "delegate", "tonghua", ""),
    ],
    ids=["居委会主任任监委会主任", "监委会主任任居委会主任", "在别的社区任", "监委会主任任居民代表"],
)
def test_who_oversees_does_not_sit_on_the_committee_of_the_place(
    world: World, first: str, second: str, at: str, rule: str
) -> None:
    office = appoint(world, KEEPER, first)
    if not rule:
        assert fill(office.person_id, post(world, second, at=at), world=world, by=KEEPER)
        return
    with pytest.raises(Refused, match="不能兼任") as refused:
        fill(office.person_id, post(world, second, at=at), world=world, by=KEEPER)
    (refusal,) = refused.value.refusals
    assert refusal.clause
    assert (refusal.clause.rule, bool(refusal.remedy)) == (rule, True)


@pytest.mark.req("L1")
@pytest.mark.parametrize(
    ("theirs", "own", "at", "rule"),
    [
        ("committee_director", "oversight_head", "tonghua", "RC-36"),
        ("oversight_head", "committee_director", "tonghua", "RC-36"),
        ("committee_director", "oversight_head", "tongdu", ""),
        ("committee_director", "mediator", "tonghua", ""),
        ("chair", "committee_director", "tonghua", ""),
    ],
    ids=["主任的亲属任监委会主任", "监委会主任的亲属任主任", "在别的社区任", "任调解员", "规则没有说到亲属"],
)
def test_near_kin_of_the_committee_do_not_oversee_it(
    world: World, theirs: str, own: str, at: str, rule: str
) -> None:
    office, newcomer = appoint(world, KEEPER, theirs), make.person("高山")
    households.relate(office.person, newcomer, relation="兄弟")
    if not rule:
        assert fill(newcomer.pk, post(world, own, at=at), world=world, by=KEEPER)
        return
    with pytest.raises(Refused, match="近亲属在任铜花社区") as refused:
        fill(newcomer.pk, post(world, own, at=at), world=world, by=KEEPER)
    (refusal,) = refused.value.refusals
    assert refusal.clause
    assert refusal.clause.rule == rule


@pytest.mark.parametrize(("days", "holds"), [(0, True), (1, False)], ids=["最后一天", "第二天"])
def test_the_last_day_counts(world: World, days: int, holds: bool) -> None:
    office = appoint(world, world.secretary)
    appointing.relieve(office.pk, until=TODAY, by=world.secretary, at=TUESDAY)
    actor = queries.actor(person_id=office.person_id, name="", on=TODAY + timedelta(days=days))
    assert actor.is_staff is holds
    assert [one.act for one in record.timeline(f"office-{office.pk}")] == ["appoint", "relieve"]


@pytest.mark.parametrize(
    ("until", "said"),
    [(TODAY - timedelta(days=1), "早于任职开始"), (TODAY, "已经定在")],
    ids=["早于开始", "再办一次"],
)
def test_an_end_that_makes_no_sense_is_refused(world: World, until: date, said: str) -> None:
    office = appoint(world, world.secretary)
    appointing.relieve(office.pk, until=TODAY, by=world.secretary, at=TUESDAY)
    with pytest.raises(Refused, match=said):
        appointing.relieve(office.pk, until=until, by=world.secretary, at=TUESDAY)


def test_who_may_not_fill_an_office_may_not_end_it(world: World) -> None:
    (held,) = roster.held_by(world.secretary.person_id or 0, on=TODAY)
    with pytest.raises(Refused, match="由上一级任免"):
        appointing.relieve(held.pk, until=TODAY, by=world.dispatcher, at=TUESDAY)


class TestAccounts:
    def test_a_starting_password_must_be_changed(self, world: World) -> None:
        office = appoint(world, world.secretary)
        password = appointing.let_in(office.pk, username="gao", by=world.secretary, at=TUESDAY)
        account = register.account_named("gao")
        assert account is not None
        assert account.check_password(password)
        assert account.must_change_password
        assert password not in str(record.timeline(f"office-{office.pk}"))

    def test_two_starting_passwords_differ(self) -> None:
        assert len({appointing.starting_password() for _ in range(50)}) == 50

    def test_a_lost_one_is_replaced_while_it_was_never_used(self, world: World) -> None:
        office = appoint(world, world.secretary)
        first = appointing.let_in(office.pk, username="gao", by=world.secretary, at=TUESDAY)
        second = appointing.let_in_again(office.pk, by=world.secretary, at=TUESDAY)
        account = register.account_named("gao")
        assert account is not None
        assert (account.check_password(first), account.check_password(second)) == (False, True)

    def test_a_password_somebody_chose_is_replaced_by_the_sites_keeper_only(self, world: World) -> None:
        office = roster.held_by(world.grid_worker.person_id or 0, on=TODAY)[0]
        with pytest.raises(Refused, match="只有系统管理员能重发"):
            appointing.let_in_again(office.pk, by=world.secretary, at=TUESDAY)
        assert appointing.let_in_again(office.pk, by=KEEPER, at=TUESDAY)

    def test_a_small_office_opens_no_door_to_a_great_one(self, world: World) -> None:
        great = make.person("吴书记")
        make.office(great, office="secretary", at="xinxialu")
        small = fill(great.pk, post(world, "mediator", at="tonghua"), world=world, by=world.secretary)
        with pytest.raises(Refused, match="不在您管的范围里"):
            appointing.let_in(small.pk, username="wu", by=world.secretary, at=TUESDAY)
        assert register.account_named("wu") is None

    def test_a_name_that_is_taken_is_refused_and_nothing_is_kept(self, world: World) -> None:
        office = appoint(world, world.secretary)
        with pytest.raises(Refused, match="已经有人用了"):
            appointing.let_in(office.pk, username="dispatcher", by=world.secretary, at=TUESDAY)
        assert len(record.timeline(f"office-{office.pk}")) == 1


@pytest.mark.django_db
def test_one_person_has_one_account() -> None:
    person = make.person("高远")
    people.open_account(person, username="gao")
    with pytest.raises(Refused, match="一人一个账号"):
        people.open_account(person, username="yuan")
