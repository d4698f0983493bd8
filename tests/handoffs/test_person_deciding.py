"""What is kept of a person's part in deciding is handed over, and stays with what was decided."""

from datetime import timedelta

import pytest

from linli.bodies import housing
from linli.core.eligibility import Roll, Voter
from linli.core.forum import Electorate
from linli.deliberation import soundings
from linli.deliberation.actions import participating, voicing
from linli.deliberation.choices import Said
from linli.disclosure.actions import objecting
from linli.handoffs import person_claims, person_data
from linli.meetings import queries as meetings
from linli.meetings.actions import subscribing
from linli.people import queries as register
from linli.people.models import Person
from linli.privacy import actions as privacy
from linli.privacy.actions import Subject
from linli.privacy.kinds import Ruling, Wish
from linli.record import queries as record
from tests import flats
from tests.ballots import polls
from tests.deliberation import topics
from tests.disclosure.test_notices import posted
from tests.meetings import halls
from tests.world import TUESDAY, World, spots

pytestmark = [pytest.mark.django_db, pytest.mark.req("N5")]
LATER = TUESDAY + timedelta(days=9)


def person(world: World) -> Person:
    found = register.of_id(world.neighbour.person_id or 0)
    assert found is not None
    return found


def told(who: Person) -> dict[str, list[dict[str, str]]]:
    return {one.title: [dict(rows) for rows in one.entries] for one in person_data.of_person(who)}


def erase(who: Person, world: World) -> str:
    where = Subject(spots("tonghua")[-1].path, person=who.pk)
    claim = privacy.ask(where, wish=Wish.ERASE, words="请删除", at=LATER)
    done = person_claims.answer(
        claim.pk, ruling=Ruling.GRANTED, words="已办。", by=world.dispatcher, at=LATER
    )
    assert done is not None
    return done.words


def on_a_ballot(world: World, *, forum: polls.Forum = polls.ASSEMBLY) -> None:
    who = world.neighbour
    roll = Roll(Electorate.ADULTS, (Voter(f"person:{who.person_id}", who.name, (who.person_id or 0,)),))
    if forum.is_secret:
        polls.cast(polls.election(world, roll), who, "c1")
    else:
        polls.cast(polls.opened(world, roll), who, polls.YES)


def test_meetings_names_and_objections_are_handed_over(world: World) -> None:
    meeting = halls.convened(world)
    topic = topics.propose(world.resident)
    participating.support(topics.sit(topic, world.neighbour))
    objecting.object_to(posted(world), words="价格太高。", by=world.neighbour, at=TUESDAY)
    found = told(person(world))
    assert found["参加的会议"][0]["会议"] == meeting.title
    assert found["联名和签约"][0]["编号"] == topic.matter.number
    assert found["提过的异议"][0]["异议"] == "价格太高。"


@pytest.mark.parametrize(("forum", "says"), [(polls.ASSEMBLY, True), (polls.ELECTION, False)])
def test_what_was_voted_is_told_of_an_open_ballot_only(world: World, forum: polls.Forum, says: bool) -> None:
    on_a_ballot(world, forum=forum)
    (line,) = told(person(world))["表决"]
    assert line["投票方式"]
    assert ("所投" in line) is says


def test_whoever_is_on_no_roll_is_not_told_that_rolls_stay(world: World) -> None:
    assert "名册" not in erase(person(world), world)


def test_the_rolls_of_decisions_stay_and_the_person_is_told_so(world: World) -> None:
    halls.convened(world)
    subscribing.subscribe(world.neighbour.person_id or 0, at=TUESDAY)
    assert "会议、表决、联名和签约的名册是决定有效的凭据" in erase(person(world), world)
    assert meetings.feed_of(world.neighbour.person_id or 0) is None


def test_no_record_of_a_flat_names_whoever_was_erased(world: World) -> None:
    who = person(world)
    number = flats.flat("101")
    housing.add_member(number, who.pk, by=world.secretary, at=TUESDAY)
    assert [one.names for one in housing.history(number)] == [(who.name,)]
    erase(who, world)
    (line,) = record.timeline(housing.chain_of(number))
    assert who.name not in f"{line.figures} {line.words}"
    assert [one.names for one in housing.history(number)] == [(person(world).name,)]


@pytest.mark.req("C14")
def test_opinions_are_handed_over_and_let_go_when_erased(world: World) -> None:
    topic = topics.sounded(topics.gather(world))
    made = voicing.add(topics.sit(topic, world.resident), "种几棵桂花树。")
    voicing.add(topics.sit(topic, world.neighbour), "放两张长凳。")
    voicing.say(topics.sit(topic, world.neighbour), made.pk, Said.PASS)
    own, said = told(person(world))["观点和表态"]
    assert (own["观点"], own["状态"]) == ("放两张长凳。", "公开")
    assert (said["表态"], said["对"]) == ("说不清", "种几棵桂花树。")
    words = erase(person(world), world)
    assert "提过的 1 条观点" in words
    assert "1 次表态" in words
    assert told(person(world))["观点和表态"] == []
    assert list(soundings.words_of(topic).values()) == ["种几棵桂花树。", "放两张长凳。"]
