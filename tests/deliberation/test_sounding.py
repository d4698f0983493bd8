"""Residents say what they think while a topic is deliberated; nobody sees who, or a few (观点)."""

from datetime import timedelta

import pytest

from linli.core.verdict import Refused
from linli.deliberation import soundings
from linli.deliberation.actions import sounding, voicing
from linli.deliberation.choices import Said, Showing
from linli.deliberation.models import Sounding, Stance, Statement, Topic
from linli.record import queries as record
from tests.deliberation import topics
from tests.deliberation.topics import Council
from tests.world import TUESDAY, World

pytestmark = [pytest.mark.django_db, pytest.mark.req("C14")]
LATER = TUESDAY + timedelta(hours=1)
SENTENCES = tuple(f"第 {number} 个想法：空地可以这样用" for number in range(1, 9))


@pytest.fixture
def council(world: World) -> Council:
    return topics.gather(world)


def entries(topic: Topic) -> list[str]:
    return [line.title for line in record.timeline(topic.matter.number, limit=99)]


def with_statements(council: Council, number: int = 8) -> Topic:
    """Let neighbours make some statements that are shown at once."""
    topic = topics.sounded(council)
    makers = topics.neighbours(-(-number // soundings.MOST_OF_ONE))
    for place, words in enumerate(SENTENCES[:number]):
        voicing.add(topics.sit(topic, makers[place // soundings.MOST_OF_ONE]), words)
    return topic


def test_who_leads_the_step_begins_and_it_stands_on_record(council: Council) -> None:
    topic = topics.talked_over(council)
    before = len(entries(topic))
    sounding.open_sounding(topics.sit(topic, council.head), is_screened=True)
    assert entries(topic)[-1] == "开始征集观点"
    assert len(entries(topic)) == before + 1
    with pytest.raises(Refused, match="已经征集过"):
        sounding.open_sounding(topics.sit(topic, council.head), is_screened=False)


def test_nobody_else_begins_and_not_before_it_is_talked_over(council: Council) -> None:
    early = topics.propose(council.world.secretary)
    with pytest.raises(Refused, match="还没有到协商"):
        sounding.open_sounding(topics.sit(early, council.world.secretary), is_screened=False)
    topic = topics.talked_over(council)
    with pytest.raises(Refused, match="由主持本步的人办"):
        sounding.open_sounding(topics.sit(topic, council.world.neighbour), is_screened=False)
    assert not Sounding.objects.exists()


def test_a_statement_is_seen_at_once_or_after_it_was_screened(council: Council) -> None:
    screened = topics.sounded(council, is_screened=True)
    waiting = voicing.add(topics.sit(screened, council.world.resident), "种几棵桂花树。")
    neighbour = topics.sit(screened, council.world.neighbour)
    assert soundings.next_for(neighbour) is None
    sounding.screen(topics.sit(screened, council.head), waiting.pk, shows=True)
    asked = soundings.next_for(neighbour)
    assert asked is not None
    assert asked.statement.words == "种几棵桂花树。"
    assert soundings.next_for(topics.sit(screened, council.world.resident)) is None
    screened.refresh_from_db()
    assert Sounding.objects.get().statements == 1
    assert entries(screened)[-1] == "公开一条观点"


def test_a_statement_is_not_shown_with_a_reason_only(council: Council) -> None:
    topic = topics.sounded(council)
    made = voicing.add(topics.sit(topic, council.world.resident), "种几棵桂花树。")
    with pytest.raises(Refused, match="不公开要写理由"):
        sounding.screen(topics.sit(topic, council.head), made.pk, shows=False)
    assert Sounding.objects.get().statements == 1
    sounding.screen(topics.sit(topic, council.head), made.pk, shows=False, reason="与议题无关")
    made.refresh_from_db()
    assert (made.state, made.reason) == (Showing.HIDDEN, "与议题无关")
    assert Sounding.objects.get().statements == 0
    with pytest.raises(Refused, match="由主持本步的人办"):
        sounding.screen(topics.sit(topic, council.world.resident), made.pk, shows=True)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        pytest.param("", "还没有写观点", id="空的"),
        pytest.param("好" * 101, "最多 100 字，现在有 101 字", id="一百零一字"),
        pytest.param("找张师傅，13907140000", "好像有姓名、电话", id="有电话"),
    ],
)
def test_what_will_not_do_is_refused_with_the_reason(council: Council, words: str, why: str) -> None:
    topic = topics.sounded(council)
    with pytest.raises(Refused, match=why):
        voicing.add(topics.sit(topic, council.world.resident), words)
    assert not Statement.objects.exists()


def test_a_hundred_characters_will_do_and_the_same_words_only_once(council: Council) -> None:
    topic = topics.sounded(council)
    voicing.add(topics.sit(topic, council.world.resident), "好" * 100)
    with pytest.raises(Refused, match="已经有人提过"):
        voicing.add(topics.sit(topic, council.world.neighbour), "好" * 100)


def test_one_person_makes_five_statements_at_most(council: Council) -> None:
    topic = topics.sounded(council)
    for words in SENTENCES[:5]:
        voicing.add(topics.sit(topic, council.world.resident), words)
    with pytest.raises(Refused, match="一人最多提 5 条"):
        voicing.add(topics.sit(topic, council.world.resident), SENTENCES[5])
    assert Statement.objects.count() == 5


def test_who_lives_elsewhere_takes_no_part_and_is_told_what_to_do(council: Council) -> None:
    topic = with_statements(council, 1)
    (key,) = soundings.words_of(topic)
    desk = topics.sit(topic, council.world.stranger)
    with pytest.raises(Refused, match="您登记的都不在这里") as caught:
        voicing.say(desk, key, Said.AGREE)
    assert caught.value.refusals[0].remedy
    assert not Stance.objects.exists()


def test_a_person_says_one_thing_to_a_statement_and_the_last_word_counts(council: Council) -> None:
    topic = with_statements(council, 1)
    desk = topics.sit(topic, council.world.neighbour)
    (key,) = soundings.words_of(topic)
    voicing.say(desk, key, Said.AGREE)
    voicing.say(desk, key, Said.DISAGREE)
    assert Stance.objects.get().said == Said.DISAGREE
    assert Statement.objects.get().votes == Sounding.objects.get().votes == 1
    assert [one.said for one in soundings.answered_by(desk)] == [Said.DISAGREE]


def test_nobody_votes_on_their_own_statement(council: Council) -> None:
    topic = topics.sounded(council)
    desk = topics.sit(topic, council.world.resident)
    made = voicing.add(desk, SENTENCES[0])
    with pytest.raises(Refused, match="是您自己提的"):
        voicing.say(desk, made.pk, Said.AGREE)


def test_what_was_least_answered_is_asked_first(council: Council) -> None:
    topic = with_statements(council, 2)
    first, second = soundings.words_of(topic)
    voicing.say(topics.sit(topic, council.world.resident), first, Said.AGREE)
    asked = soundings.next_for(topics.sit(topic, council.world.neighbour))
    assert asked is not None
    assert asked.statement.pk == second


@pytest.mark.parametrize(("people", "is_drawn"), [(4, False), (5, True)], ids=["四人不画", "五人画"])
def test_a_map_is_drawn_once_enough_people_came(council: Council, people: int, is_drawn: bool) -> None:
    topic = with_statements(council)
    topics.voted(topic, topics.neighbours(people), [Said.AGREE] * 8)
    assert sounding.draw_due(at=LATER) == int(is_drawn)


def test_a_map_is_not_drawn_again_for_a_few_more(council: Council) -> None:
    topic = with_statements(council)
    many = topics.neighbours(25)
    topics.voted(topic, many[:10], [Said.AGREE] * 8)
    topics.voted(topic, many[10:15], [Said.AGREE, *[Said.DISAGREE] * 7])
    sounding.draw_due(at=LATER)
    kept = soundings.drawn(topic)
    assert kept is not None
    assert [one["size"] for one in kept["groups"]] == [10, 5]
    topics.voted(topic, many[15:19], [Said.AGREE] * 8)
    assert sounding.draw_due(at=LATER) == 0
    topics.voted(topic, many[19:20], [Said.AGREE] * 8)
    assert sounding.draw_due(at=LATER) == 1
    again = soundings.drawn(topic)
    assert again is not None
    assert [one["size"] for one in again["groups"]] == [15, 5]
    assert "大家都同意：第 1 个想法" in soundings.draft(topic)


def test_when_it_is_closed_whose_votes_they_were_is_forgotten(council: Council) -> None:
    topic = with_statements(council)
    topics.voted(topic, topics.neighbours(6), [Said.AGREE, Said.DISAGREE, Said.PASS])
    before = len(entries(topic))
    sounding.close_sounding(topics.sit(topic, council.head))
    closed = Sounding.objects.get()
    assert not Stance.objects.exists()
    assert closed.box == ["+-0....."] * 6
    assert closed.map is not None
    assert "start" not in closed.map
    assert len(entries(topic)) == before + 1
    (key, *_) = soundings.words_of(topic)
    with pytest.raises(Refused, match="现在不征集观点"):
        voicing.say(topics.sit(topic, council.world.neighbour), key, Said.AGREE)
    with pytest.raises(Refused, match="征集已经结束"):
        sounding.close_sounding(topics.sit(topic, council.head))


def test_of_fewer_than_five_people_nothing_is_published(council: Council) -> None:
    topic = with_statements(council)
    topics.voted(topic, topics.neighbours(4), [Said.AGREE] * 8)
    closed = sounding.close_sounding(topics.sit(topic, council.head))
    assert closed.box == []
    assert closed.map == {"people": 0, "votes": 0, "told": {}, "groups": [], "common": []}


def test_it_ends_when_the_topic_is_talked_over_no_more(council: Council) -> None:
    topic = topics.sounded(council)
    topics.hold(topics.convene(topic, council, at=TUESDAY), council, at=TUESDAY + timedelta(days=1))
    before = len(entries(topic))
    topics.step(topic, "conclude", council.head, at=TUESDAY + timedelta(days=1))
    assert Sounding.objects.get().closed_at is not None
    assert len(entries(topic)) == before + 1


def test_what_somebody_said_is_taken_back_when_they_ask(council: Council) -> None:
    topic = with_statements(council, 1)
    (key,) = soundings.words_of(topic)
    desk = topics.sit(topic, council.world.neighbour)
    own = voicing.add(desk, "放两张长凳。")
    voicing.say(desk, key, Said.AGREE)
    person = council.world.neighbour.person_id or 0
    assert sounding.forget(person) == (1, 1)
    own.refresh_from_db()
    assert own.person_id is None
    assert Statement.objects.get(pk=key).votes == Sounding.objects.get().votes == 0
    assert not soundings.said_ever(person).exists()
    assert not soundings.made_ever(person).exists()
