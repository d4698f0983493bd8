"""A covenant lives on: signed by households, affirmed anew in time, its breaches counted (公约)."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from linli.bodies import actions as seats
from linli.bodies import queries as bodies
from linli.bodies.actor import Actor
from linli.core.verdict import Refused
from linli.deliberation import access, covenants, queries
from linli.deliberation.access import Desk
from linli.deliberation.actions import breaching, raising, renewing, signing, stepping
from linli.deliberation.actions.raising import Proposal
from linli.deliberation.models import Covenant
from linli.matters import queries as matters
from linli.matters.choices import Wait
from linli.outbox import queries as outbox
from linli.people import actions as people
from linli.people import households
from linli.places import dwellings
from linli.places import queries as places
from linli.places.dwellings import Described
from linli.record import queries as record
from linli.rulebook import actions as rulebook
from linli.rulebook import queries as rules
from tests.world import LONG_AGO, TUESDAY, spots

if TYPE_CHECKING:
    from linli.deliberation.models import Topic
    from linli.people.models import Household

pytestmark = [pytest.mark.django_db, pytest.mark.req("G6")]
GUSU = "gusu"
LANE, HOUSE, ELSEWHERE = "fengchi", "fengchi_9", "niujiaxiang_e1_b1"
PLACES = ("gusu", "pingjiang", "niujiaxiang", "niujiaxiang_g1", LANE, HOUSE, "niujiaxiang_e1", ELSEWHERE)
HOUSEHOLDS, NEEDED = 3, 2
A_ROUND = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Lane:
    """A lane of three households, and whoever directs the committee (弄堂)."""

    director: Actor
    households: tuple[tuple[Actor, "Household"], ...]
    stranger: tuple[Actor, "Household"]


@pytest.fixture
def lane() -> Lane:
    """Install a lane of the place that has covenants, where two of three households are enough."""
    edition = rules.current(GUSU)
    kept = tuple(one for one in edition.places if one.key in PLACES)
    small = tuple(replace(one, households=HOUSEHOLDS) if one.key == HOUSE else one for one in kept)
    rulebook.install(replace(edition, places=small, bodies=()), at=TUESDAY - timedelta(days=400))
    director = people.enrol(name="周丽华")
    office = "committee_director"
    place = spots("niujiaxiang", pack=GUSU)[-1].id
    seats.seat(director.pk, office=office, title="居委会主任", place_id=place, since=LONG_AGO)
    return Lane(
        actor(director.pk, director.name),
        tuple(household(f"住户{number}", f"{number}01", at=HOUSE) for number in range(HOUSEHOLDS)),
        household("外人", "101", at=ELSEWHERE),
    )


def actor(person: int, name: str) -> Actor:
    return bodies.actor(person_id=person, name=name, on=TUESDAY.date())


def household(name: str, label: str, *, at: str) -> "tuple[Actor, Household]":
    place = places.of_key(spots(at, pack=GUSU)[-1].key)
    assert place is not None
    (flat,) = dwellings.enter(place, (Described(label, 800_000, "register"),))
    person = people.enrol(name=name, born_in=1970)
    return actor(person.pk, name), households.house(flat.pk, [person.pk])


def covenant(lane: Lane, *, at: datetime = TUESDAY) -> Covenant:
    """Bring a covenant into force, signed by two of three households."""
    topic = raising.propose(
        Proposal("九号公约", "晾衣不过中线。", "covenant", spots(HOUSE, pack=GUSU)),
        by=lane.households[0][0], at=at,
    )  # fmt: skip
    matters.every().filter(pk=topic.pk).update(step="signing", step_kind="sign")
    topic = of(topic)
    topic.opinion = "晾衣不过中线。"
    topic.save()
    signing.open_for_signing(sit(topic, lane.director, at=at))
    sign(topic, lane, *range(NEEDED), at=at)
    stepping.step(sit(topic, lane.director, at=at), "conclude_signing")
    return Covenant.objects.get(pk=topic.pk)


def of(topic: "Topic") -> "Topic":
    found = queries.of_number(topic.matter.number)
    assert found is not None
    return found


def sit(topic: "Topic", by: Actor, *, at: datetime) -> Desk:
    desk = access.sit(topic.matter.number, by=by, at=at, to_act=True)
    assert desk is not None
    return desk


def sign(topic: "Topic", lane: Lane, *who: int, at: datetime) -> None:
    for one in who:
        person, home = lane.households[one]
        signing.sign(sit(topic, person, at=at), household=home)


def renewed(lane: Lane) -> "tuple[Covenant, Topic, datetime]":
    """Let the round begin that affirms a covenant anew."""
    first = covenant(lane)
    assert first.affirm_by is not None
    at = datetime.combine(first.affirm_by, TUESDAY.timetz()) - A_ROUND
    (topic,) = renewing.begin_rounds(at=at)
    return first, topic, at


def test_the_round_begins_as_long_before_as_the_place_says_and_not_a_day_sooner(lane: Lane) -> None:
    first = covenant(lane)
    assert first.affirm_by is not None
    due = datetime.combine(first.affirm_by, TUESDAY.timetz()) - A_ROUND
    assert renewing.begin_rounds(at=due - timedelta(days=2)) == []
    (topic,) = renewing.begin_rounds(at=due)
    assert topic.matter.title == "重申：九号公约"
    assert renewing.begin_rounds(at=due) == []


def test_a_round_reminds_the_committee_and_whoever_signed(lane: Lane) -> None:
    _, topic, _ = renewed(lane)
    (line,) = matters.waitings(topic.matter)
    assert (line.what, line.office, line.title) == (Wait.STEP, "committee_director", "逐户重新签约")
    signed, silent = (lane.households[one][0].person_id or 0 for one in (0, 2))
    assert any("请重新签约" in one.body for one in outbox.inside(to=signed))
    assert not any("请重新签约" in one.body for one in outbox.inside(to=silent))
    (opened,) = record.timeline(topic.matter.number)
    assert opened.office == "系统"


def test_signed_again_it_holds_on_and_the_old_signatures_stay_as_history(lane: Lane) -> None:
    first, topic, at = renewed(lane)
    with pytest.raises(Refused, match="签约 0 户，还不够"):
        stepping.step(sit(topic, lane.director, at=at), "conclude_signing")
    sign(topic, lane, 1, 2, at=at)
    stepping.step(sit(topic, lane.director, at=at), "conclude_signing")
    second = Covenant.objects.get(pk=topic.pk)
    assert [one.pk for one in covenants.rounds(first)] == [second.pk, first.pk]
    assert [one.signed for one in covenants.rounds(second)] == [NEEDED, NEEDED]
    assert covenants.signers(first) == {lane.households[one][0].person_id for one in (0, 1)}
    assert [one.pk for one in queries.covenants(topic.place_path, most=9)] == [second.pk]
    assert second.affirm_by is not None
    assert first.affirm_by is not None
    assert second.affirm_by > first.affirm_by
    assert of(topic).matter.closed_at == at


def test_while_it_is_signed_again_the_last_round_holds(lane: Lane) -> None:
    first, topic, _ = renewed(lane)
    assert [one.pk for one in queries.covenants(topic.place_path, most=9)] == [first.pk]
    assert covenants.signing_again(first) == topic.matter.number


def test_a_covenant_that_is_not_affirmed_ends_and_whoever_signed_is_told_why(lane: Lane) -> None:
    first, topic, at = renewed(lane)
    stepping.step(sit(topic, lane.director, at=at), "decline", words="住户大多搬走了。")
    assert list(queries.covenants(topic.place_path, most=9)) == []
    assert renewing.begin_rounds(at=at + timedelta(days=1)) == []
    letters = outbox.inside(to=lane.households[0][0].person_id or 0)
    assert any("终止" in one.body and "住户大多搬走了" in one.body for one in letters)
    first.refresh_from_db()
    assert first.ended_at == at


def test_one_that_enough_have_signed_again_cannot_be_ended(lane: Lane) -> None:
    _, topic, at = renewed(lane)
    sign(topic, lane, 0, 1, at=at)
    with pytest.raises(Refused, match="签约 2 户，已经够了"):
        stepping.step(sit(topic, lane.director, at=at), "decline", words="算了。")


def test_nobody_begins_a_round_by_hand(lane: Lane) -> None:
    told = Proposal("重申", "重申。", "covenant_renewal", spots(HOUSE, pack=GUSU))
    with pytest.raises(Refused, match="到期由系统自动开始"):
        raising.propose(told, by=lane.director, at=TUESDAY)


def test_a_household_of_another_place_does_not_sign(lane: Lane) -> None:
    _, topic, at = renewed(lane)
    person, home = lane.stranger
    with pytest.raises(Refused, match="公约由9号的住户签，您家登记的住处不在这里"):
        signing.sign(sit(topic, person, at=at), household=home)


def test_a_breach_is_noted_once_and_only_of_a_covenant_that_holds(lane: Lane) -> None:
    first, topic, _ = renewed(lane)
    number = first.topic.matter.number
    assert not breaching.note(topic.matter.number, matter=topic.pk)
    assert breaching.note(number, matter=topic.pk)
    assert breaching.note(number, matter=topic.pk)
    assert covenants.kept([first]) == covenants.Kept(reported=1, settled=0)
