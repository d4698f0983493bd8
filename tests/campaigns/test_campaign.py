"""A recurring trouble is taken up as a whole, and everybody is told what came of it (专项治理)."""

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from linli.bodies.actor import Actor
from linli.campaigns import access, actions, queries
from linli.campaigns.actions import Proposal
from linli.core.verdict import Refused
from linli.disclosure import queries as disclosure
from linli.handoffs import cases_to_campaign as corridor
from linli.matters import tally
from linli.matters.actions import following
from linli.matters.actions.following import Voice
from linli.outbox import queries as outbox
from linli.record import queries as record
from tests import make
from tests.world import TUESDAY, World, spots

if TYPE_CHECKING:
    from linli.campaigns.models import Campaign
    from linli.matters.models import Matter

pytestmark = pytest.mark.req("X13")
LATER = TUESDAY + timedelta(hours=1)
GOAL = "一个月内换好全部破损的盖板。"


@pytest.fixture(autouse=True)
def the_running_counts_equal_a_recount(world: World) -> Iterator[None]:
    yield
    assert tally.standing() == tally.recount()


def proposal(world: World, **changes: Any) -> Proposal:
    told: dict[str, Any] = {
        "title": "下水道盖板专项治理",
        "goal": GOAL,
        "category": "manhole",
        "spots": spots("tonghua_e1"),
        "due_on": TUESDAY.date() + timedelta(days=30),
        "owner": world.enforcement,
    }
    return Proposal(**told | changes)


def proposed(world: World, *, by: Actor | None = None, **changes: Any) -> "tuple[Campaign, list[Matter]]":
    """Two concerns and somebody who joined one of them, taken up by the community."""
    cases = [make.report(world, is_public=True), make.report(world, by=world.neighbour)]
    following.join(cases[0].number, Voice(world.stranger.person_id), by=world.stranger, at=TUESDAY)
    campaign = corridor.take_up(
        proposal(world, **changes), numbers=[one.number for one in cases], by=by or world.secretary, at=LATER
    )
    return campaign, cases


def sit(campaign: "Campaign", by: Actor) -> access.Desk:
    desk = access.sit(campaign.matter.number, by=by, at=LATER, to_act=True)
    assert desk is not None
    return desk


def walked(world: World, campaign: "Campaign", *, until: str) -> None:
    """Bring a campaign to a step, through the acts people use."""
    way = (
        ("carried_out", lambda: actions.begin(sit(campaign, world.secretary), lead=world.enforcement)),
        ("accepted", lambda: actions.step(sit(campaign, world.enforcer), "finish", words="换了 12 块盖板。")),
        ("reported", lambda: actions.step(sit(campaign, world.dispatcher), "verify")),
        ("closed", lambda: actions.report_back(sit(campaign, world.secretary), words="换了 12 块盖板。")),
    )
    for name, act in way:
        with transaction.atomic():
            act()
        if name == until:
            return


def letters(about: "Campaign", to: Actor) -> list[str]:
    return [one.body for one in outbox.about(about.matter_id).filter(to_id=to.person_id, channel="inside")]


def test_everybody_concerned_is_told_that_it_is_taken_up(world: World) -> None:
    campaign, [first, second] = proposed(world)
    assert f"您反映的 {first.number}" in letters(campaign, world.resident)[0]
    assert f"您反映的 {second.number}" in letters(campaign, world.neighbour)[0]
    assert GOAL in letters(campaign, world.stranger)[0]


def test_a_campaign_runs_under_its_own_procedure_until_the_day_agreed_on(world: World) -> None:
    campaign, _ = proposed(world)
    matter = make.fresh(campaign.matter)
    assert (matter.subject, matter.procedure, matter.step, matter.level) == (
        "campaign", "campaign", "proposed", "community",
    )  # fmt: skip
    assert matter.due_at is not None
    assert matter.due_at.date() >= TUESDAY.date() + timedelta(days=30)


def test_it_goes_from_decision_to_result_and_everybody_reads_the_result(world: World) -> None:
    campaign, _ = proposed(world)
    walked(world, campaign, until="closed")
    matter = make.fresh(campaign.matter)
    assert (matter.step, matter.outcome) == ("closed", "report_back")
    assert list(record.acts(matter.number)) == ["open", "dispatch", "finish", "verify", "report_back"]
    for reader in (world.resident, world.neighbour, world.stranger):
        assert "换了 12 块盖板" in letters(campaign, reader)[-1]


def test_every_act_stands_under_its_clause(world: World) -> None:
    campaign, _ = proposed(world)
    walked(world, campaign, until="closed")
    lines = record.timeline(campaign.matter.number)
    assert all(line.clause in ("XXL-41", "XXL-23") for line in lines), [line.clause for line in lines]


def test_the_cases_keep_their_own_step_and_deadline(world: World) -> None:
    campaign, cases = proposed(world)
    walked(world, campaign, until="accepted")
    for case in cases:
        assert (make.fresh(case).step, make.fresh(case).due_at) == ("raised", case.due_at)


def test_a_later_complaint_is_attached_and_told(world: World) -> None:
    campaign, _ = proposed(world)
    later = make.report(world, by=world.stranger)
    corridor.attach(later.number, to=campaign.matter.number, by=world.dispatcher, at=LATER)
    assert later.pk in queries.included(campaign)
    assert record.acts(later.number)[-1] == "included"
    assert f"您反映的 {later.number}" in letters(campaign, world.stranger)[-1]


def test_nobody_attaches_to_what_is_closed_or_twice(world: World) -> None:
    campaign, [first, _] = proposed(world)
    with pytest.raises(Refused, match="已经归入"):
        corridor.attach(first.number, to=campaign.matter.number, by=world.dispatcher, at=LATER)
    walked(world, campaign, until="closed")
    with pytest.raises(Refused, match="已经结项"):
        corridor.attach(make.report(world).number, to=campaign.matter.number, by=world.dispatcher, at=LATER)


@pytest.mark.parametrize("who", ["grid_worker", "enforcer", "other_dispatcher", "resident"])
def test_who_may_not_decide_proposes_nothing_and_nothing_is_kept(world: World, who: str) -> None:
    with pytest.raises(Refused), transaction.atomic():
        proposed(world, by=world.cast[who])
    assert not queries.within(world.home[0].path).exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        pytest.param({"goal": " "}, "还没有写目标", id="没有目标"),
        pytest.param({"due_on": TUESDAY.date()}, "完成日期要在今天以后", id="期限是今天"),
    ],
)
def test_what_is_missing_is_said_with_the_clause(
    world: World, changes: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence) as refused:
        proposed(world, **changes)
    assert refused.value.refusals[0].clause


def test_the_result_needs_words(world: World) -> None:
    campaign, _ = proposed(world)
    walked(world, campaign, until="carried_out")
    with pytest.raises(Refused, match="要写说明"), transaction.atomic():
        actions.step(sit(campaign, world.enforcer), "finish")


def test_what_was_not_done_well_goes_back_to_the_same_body(world: World) -> None:
    campaign, _ = proposed(world)
    walked(world, campaign, until="accepted")
    actions.step(sit(campaign, world.secretary), "send_back", words="东门还有三块。")
    matter = make.fresh(campaign.matter)
    assert (matter.step, matter.lead_id) == ("carried_out", world.enforcement)


def test_a_public_campaign_shows_goal_and_result_and_may_be_joined(world: World) -> None:
    campaign, _ = proposed(world)
    actions.publish(sit(campaign, world.secretary))
    shown = disclosure.of_matter(campaign.matter_id)
    assert shown is not None
    assert GOAL in shown.words
    following.join(campaign.matter.number, Voice(world.neighbour.person_id), by=world.neighbour, at=LATER)
    walked(world, campaign, until="closed")
    shown = disclosure.of_matter(campaign.matter_id)
    assert shown is not None
    assert "换了 12 块盖板" in shown.answer


def test_telling_many_is_as_many_statements_as_telling_few(
    world: World, django_assert_num_queries: Any
) -> None:
    campaign, _ = proposed(world)
    for _ in range(20):
        late = make.report(world, by=world.stranger)
        corridor.attach(late.number, to=campaign.matter.number, by=world.dispatcher, at=LATER)
    walked(world, campaign, until="reported")
    desk = sit(campaign, world.secretary)
    with CaptureQueriesContext(connection) as asked:
        actions.report_back(desk, words="换好了。")
    assert len(asked) <= 24


def test_taking_up_many_is_as_many_statements_as_taking_up_few(world: World) -> None:
    counted = []
    for number in (2, 12):
        numbers = [make.report(world).number for _ in range(number)]
        with CaptureQueriesContext(connection) as asked:
            corridor.take_up(proposal(world), numbers=numbers, by=world.secretary, at=LATER)
        counted.append(len(asked))
    assert counted[0] == counted[1]


@pytest.mark.parametrize("number", ["XXL-0-0", ""])
def test_what_is_not_there_is_not_taken_up(world: World, number: str) -> None:
    with pytest.raises(Refused, match="不在您的范围里"):
        corridor.take_up(proposal(world), numbers=[number], by=world.secretary, at=LATER)


def test_a_duplicate_stands_for_the_one_that_is_worked_on(world: World) -> None:
    [main, *others] = [make.report(world) for _ in range(3)]
    for other in others:
        make.act(other, "merge", by=world.dispatcher, at=TUESDAY + timedelta(minutes=1), into=main.number)
    numbers = [one.number for one in others]
    campaign = corridor.take_up(proposal(world), numbers=numbers, by=world.secretary, at=LATER)
    assert queries.included(campaign) == [main.pk]
