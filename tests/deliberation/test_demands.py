"""Joint demands: names from the rolls alone, counted at each bound, taken in by themselves (联名)."""

from typing import TYPE_CHECKING

import pytest

from linli.bodies.actor import Actor
from linli.core.verdict import Refused
from linli.deliberation import queries
from linli.deliberation.actions import demanding, participating
from linli.matters import queries as matters
from linli.outbox import queries as outbox
from linli.people import queries as register
from linli.record import queries as record
from tests import flats, make
from tests.deliberation import topics
from tests.world import TUESDAY, World, officer, spots

if TYPE_CHECKING:
    from linli.deliberation.models import Topic

pytestmark = [pytest.mark.django_db, pytest.mark.req("N2")]
ADULTS = 20


@pytest.fixture
def residents(world: World) -> list[Actor]:
    """House twenty grown-up people, two to a flat: two names, or one household, are a tenth."""
    numbers = [flats.dweller(f"居民{one}") for one in range(ADULTS)]
    for first in range(0, ADULTS, 2):
        flats.lived_in(f"{first + 101}", numbers[first], numbers[first + 1])
    return [_actor(one) for one in numbers]


def _actor(number: int) -> Actor:
    person = register.of_id(number)
    assert person is not None
    return make.actor(person)


def demand(by: Actor, procedure: str = "recall", at: str = "tonghua") -> "Topic":
    return topics.propose(
        by, procedure=procedure, spots=spots(at), title="罢免副主任", words="连续两年没有公布收支。"
    )


def sign(topic: "Topic", by: Actor) -> None:
    participating.support(topics.sit(topic, by))


def fresh(topic: "Topic") -> "Topic":
    found = queries.of_number(topic.matter.number)
    assert found is not None
    return found


def test_the_name_that_makes_a_tenth_lets_the_demand_go_on_and_everybody_is_told(
    residents: list[Actor],
) -> None:
    topic = demand(residents[0], procedure="audit_call")
    assert matters.step_of(topic.matter).key == "raised"
    sign(topic, residents[1])
    topic = fresh(topic)
    assert matters.step_of(topic.matter).key == "planned"
    assert topic.met_at == TUESDAY
    assert topic.met_said == "共有 20 人，联名 2 人，已达十分之一（2 人）：应当增加审计事项。"
    assert [one.act for one in record.timeline(topic.matter.number)] == ["open", "support", "take_in"]
    letters = outbox.inside(to=residents[0].person_id or 0)
    assert any("联名已经达到" in one.body for one in letters)


def test_one_name_short_nothing_goes_on_and_the_figures_say_why(residents: list[Actor]) -> None:
    topic = demand(residents[0], procedure="audit_call")
    desk = topics.sit(topic, officer("oversight", "丁兰", at="tonghua", office="oversight_head"))
    said = desk.ask("take_in").refusals[0]
    assert "共有 20 人，联名 1 人，未达十分之一（2 人）" in said.sentence
    assert "不能据此增加审计事项" in said.sentence
    assert said.clause is not None
    assert said.clause.rule == "RC-38"


def test_whoever_is_demanded_to_go_is_heard_before_the_ballot(residents: list[Actor]) -> None:
    topic = demand(residents[0])
    procedure = matters.procedure_of(topic.matter)
    order = [step.key for step in procedure.steps]
    assert order.index("heard") < order.index("decided")
    (hearing,) = procedure.step("heard").acts
    assert {"meeting_held", "minutes_signed"} <= set(hearing.needs)


def test_one_household_of_ten_is_a_tenth_though_two_adults_of_twenty_were_needed(
    residents: list[Actor],
) -> None:
    topic = fresh(demand(residents[0]))
    assert topic.met_said == "共有 10 户，联名 1 户，已达十分之一（1 户）：应当受理罢免要求。"
    assert matters.step_of(topic.matter).key == "announced"


def test_the_meter_shows_each_way_of_the_law(residents: list[Actor]) -> None:
    desk = topics.sit(demand(residents[0], procedure="audit_call"), residents[2])
    assert desk.demand is not None
    assert [(one.who, one.signed, one.needed, one.part) for one in desk.demand.gauges] == [
        ("居民代表", "0 人", "1 人", 0.0),
        ("十八周岁以上的居民", "1 人", "2 人", 0.5),
    ]


def test_nobody_signs_twice_and_nobody_who_is_not_on_the_roll(world: World, residents: list[Actor]) -> None:
    topic = demand(residents[0], procedure="audit_call")
    with pytest.raises(Refused, match="您已经附议或者联名过了"):
        sign(topic, residents[0])
    for outsider in (world.stranger, world.resident):
        with pytest.raises(Refused, match="不在名册上"):
            sign(topic, outsider)
    assert fresh(topic).supporters == 1


def test_a_minor_of_the_household_is_not_counted(world: World, residents: list[Actor]) -> None:
    child = flats.dweller("小孩", born=TUESDAY.year - 17)
    flats.lived_in("901", child, flats.dweller("家长"))
    topic = demand(residents[0], procedure="audit_call")
    with pytest.raises(Refused, match="不在名册上"):
        sign(topic, _actor(child))


def test_only_somebody_on_the_roll_raises_a_demand(world: World, residents: list[Actor]) -> None:
    with pytest.raises(Refused, match="不在名册上"):
        demand(world.secretary)


def test_a_name_may_be_taken_back_until_enough_have_signed(residents: list[Actor]) -> None:
    topic = demand(residents[0], procedure="audit_call")
    demanding.take_back(topics.sit(topic, residents[0]))
    assert fresh(topic).supporters == 0
    sign(topic, residents[2])
    assert fresh(topic).met_at is None
    sign(topic, residents[3])
    with pytest.raises(Refused):
        demanding.take_back(topics.sit(fresh(topic), residents[3]))
    assert fresh(topic).supporters == 2


def test_a_fifth_of_the_owners_call_their_meeting(world: World) -> None:
    owners = [flats.dweller(f"业主{one}") for one in range(10)]
    for label, owner in enumerate(owners, start=101):
        flats.owned(str(label), owner)
    topic = demand(_actor(owners[0]), procedure="owners_assembly_call", at="tonghua_e1")
    assert fresh(topic).met_at is None
    sign(topic, _actor(owners[1]))
    assert fresh(topic).met_said.endswith("应当召开业主大会临时会议。")


def test_a_roll_that_lacks_an_area_says_so_and_counts_nobody(world: World) -> None:
    owner = flats.dweller("业主")
    flats.owned("101", owner)
    flats.owned("102", owner, area=None)
    with pytest.raises(Refused, match="1栋102没有登记专有部分面积"):
        demand(_actor(owner), procedure="owners_assembly_call", at="tonghua_e1")
