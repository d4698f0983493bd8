"""Two reports of one trouble are worked on as one; no voice and no promise is lost (并案)."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from linli.bodies.actor import NOBODY, Actor
from linli.cases import access
from linli.cases.actions.stepping import Said
from linli.core.verdict import Refused
from linli.matters import counts, followers, queries, slices, tally
from linli.matters.actions import following
from linli.matters.actions.following import Voice
from linli.matters.slices import Measure, Slice
from linli.record import queries as record
from tests import make
from tests.cases.pages import send, text
from tests.letters import letters_to
from tests.world import TUESDAY, World

if TYPE_CHECKING:
    from linli.matters.models import Matter

pytestmark = pytest.mark.req("X13")
LATER = TUESDAY + timedelta(minutes=30)
SAME = Said("同一块盖板。")


def merge(matter: "Matter", into: "Matter", *, by: Actor, **more: Any) -> "Matter":
    return make.act(matter, "merge", by=by, at=LATER, said=SAME, into=into.number, **more)


def two(world: World, **changes: Any) -> "tuple[Matter, Matter]":
    """The earlier report, and the neighbour's of the same cover a little later."""
    first = make.report(world, is_public=True)
    second = make.report(world, by=world.neighbour, at=TUESDAY + timedelta(minutes=10), **changes)
    return first, second


def refused(matter: "Matter", into: "Matter", *, by: Actor) -> str:
    with pytest.raises(Refused) as wrong:
        merge(matter, into, by=by)
    assert all(one.clause for one in wrong.value.refusals)
    return str(wrong.value.refusals[0].sentence)


def test_a_duplicate_is_closed_and_leads_to_the_one_that_goes_on(world: World) -> None:
    first, second = two(world)
    matter = make.fresh(merge(second, first, by=world.dispatcher))
    assert (matter.step, matter.outcome, matter.answered_at, matter.solved_level) == (
        "closed",
        "merge",
        None,
        "",
    )
    assert followers.main_of(matter) == first
    assert [one.number for one in followers.duplicates(first)] == [second.number]


def test_every_voice_comes_along(world: World) -> None:
    first, second = two(world, is_public=True, words="盖板破了，我母亲摔了一跤。")
    following.join(
        second.number, Voice(world.stranger.person_id, words="我也是"), by=world.stranger, at=LATER
    )
    following.join(second.number, Voice(name="老王"), by=NOBODY, at=LATER)
    merge(second, first, by=world.dispatcher)
    told = [(one.person_id, one.words, one.merged_from) for one in followers.standing(first)]
    assert told == [
        (world.neighbour.person_id, "盖板破了，我母亲摔了一跤。", second),
        (world.stranger.person_id, "我也是", second),
        (None, "", second),
    ]
    assert make.fresh(first).joined == 3


def test_its_letters_follow_the_one_that_goes_on(world: World) -> None:
    first, second = two(world)
    merge(second, first, by=world.dispatcher)
    assert "已经并在一起办" in letters_to(world.neighbour, about=second)[-1].body
    make.act(first, "solve", by=world.dispatcher, at=LATER, said=Said("盖板换好了。"))
    [told] = letters_to(world.neighbour, about=first)
    assert "盖板换好了" in told.body


def test_both_chains_say_so(world: World) -> None:
    first, second = two(world)
    merge(second, first, by=world.dispatcher)
    assert record.acts(second.number)[-1] == "merge"
    assert record.acts(first.number)[-1] == "came"


def test_who_raised_both_is_told_once(world: World) -> None:
    first = make.report(world)
    second = make.report(world, at=TUESDAY + timedelta(minutes=10))
    merge(second, first, by=world.dispatcher)
    assert make.fresh(first).joined == 0


def test_who_joined_both_is_counted_once(world: World) -> None:
    first, second = two(world)
    following.join(first.number, Voice(world.neighbour.person_id), by=world.neighbour, at=LATER)
    merge(second, first, by=world.dispatcher)
    assert make.fresh(first).joined == 1


def test_a_merged_matter_counts_neither_as_solved_nor_as_answered(world: World) -> None:
    first, second = two(world)
    merge(second, first, by=world.dispatcher)
    on = TUESDAY.date()
    flow = counts.flow(world.home[0].path, since=on, until=on)
    assert (flow["closed", on], flow["in_time", on], flow["late", on], flow["merged", on]) == (0, 0, 0, 1)
    assert counts.stock(world.home[0].path)["all", ""] == 1


def test_the_list_behind_each_number_is_as_long_as_the_number(world: World) -> None:
    first, second = two(world)
    merge(second, first, by=world.dispatcher)
    make.closed(world)
    on, path = TUESDAY.date(), world.home[0].path
    flow = counts.flow(path, since=on, until=on)
    for measure in (Measure.CLOSED, Measure.MERGED, Measure.IN_TIME, Measure.OPENED):
        listed = slices.rows(Slice(path, measure, since=on, until=on), at=LATER)
        assert listed.count() == flow[measure.value, on], measure


def test_nobody_waits_longer_than_promised(world: World) -> None:
    first = make.report(world)
    second = make.report(world, by=world.neighbour, at=TUESDAY + timedelta(days=1))
    with pytest.raises(Refused) as wrong:
        make.act(
            first, "merge", by=world.dispatcher, at=TUESDAY + timedelta(days=1, hours=1), into=second.number
        )
    [one] = wrong.value.refusals
    assert one.clause
    assert one.remedy == f"反过来：把 {second.number} 并入 {first.number}。"
    sentence = one.sentence
    assert "并进去就晚了" in sentence
    assert make.fresh(first).closed_at is None


def test_a_paused_matter_takes_no_other_in(world: World) -> None:
    first = make.taken_on(world)
    make.act(first, "pause", by=world.enforcer, at=LATER, reason=next(iter(world.edition.pauses)))
    second = make.report(world, by=world.neighbour, at=LATER)
    assert "计时已暂停" in refused(second, first, by=world.dispatcher)


def test_what_was_answered_takes_no_other_in(world: World) -> None:
    first, second = make.handled(world), make.report(world, by=world.neighbour, at=LATER)
    assert "已经答复" in refused(second, first, by=world.dispatcher)


def test_an_information_stays_alone(world: World) -> None:
    first, second = two(world, concern_kind="report")
    assert "单独办理" in refused(second, first, by=world.dispatcher)


def test_nothing_is_merged_into_itself_or_out_of_reach(world: World) -> None:
    first, second = two(world)
    elsewhere = make.report(world, spots=world.elsewhere)
    assert refused(first, first, by=world.dispatcher) == "不能并入它自己。"
    assert refused(second, elsewhere, by=world.dispatcher).startswith("没有这个编号")


@pytest.mark.parametrize("of_both", [0, 1])
def test_who_asks_for_secrecy_is_answered_alone(world: World, of_both: int) -> None:
    wishes = [{"is_secret": number == of_both} for number in range(2)]
    first, second = (make.report(world, **wish) for wish in wishes)
    assert "要求保密" in refused(second, first, by=world.dispatcher)


def test_only_dispatchers_merge(world: World) -> None:
    first, second = two(world)
    with pytest.raises(Refused, match="办理"):
        merge(second, first, by=world.grid_worker)


def test_a_merged_matter_is_not_reopened_or_rated_by_itself(world: World) -> None:
    first, second = two(world)
    merge(second, first, by=world.dispatcher)
    desk = make.desk(second, world.neighbour, at=LATER)
    for act in ("reopen", "rate"):
        [no] = desk.ask(act).refusals
        assert first.number in no.sentence


def test_what_was_merged_by_mistake_is_taken_out_with_its_old_deadline(world: World) -> None:
    first, second = two(world)
    following.join(first.number, Voice(world.stranger.person_id), by=world.stranger, at=LATER)
    promised = second.due_at
    merge(second, first, by=world.dispatcher)
    make.act(second, "unmerge", by=world.dispatcher, at=LATER + timedelta(hours=1))
    again = make.fresh(second)
    assert (again.step, again.due_at, again.closed_at, again.merged_into) == ("called", promised, None, None)
    assert [one.person_id for one in followers.standing(first)] == [world.stranger.person_id]
    assert make.fresh(first).joined == 1
    assert queries.waitings(again)


def test_only_a_merged_matter_is_taken_out(world: World) -> None:
    desk = make.desk(make.closed(world), world.dispatcher, at=LATER + timedelta(hours=2))
    assert not desk.ask("unmerge")


def test_the_number_and_the_code_of_a_merged_matter_keep_working(world: World) -> None:
    first, second = two(world)
    merge(second, first, by=world.dispatcher)
    assert access.follow(second.token, by=NOBODY, at=LATER) is not None
    assert queries.of_number(second.number) == second


def test_the_form_merges_and_says_what_is_missing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: LATER)
    first, second = two(world)
    wrong = send(second, "merge", by=world.dispatcher, words="同一块盖板")
    assert wrong.status_code == 422
    assert "还没有写并入哪一件的编号" in text(wrong)
    send(second, "merge", by=world.dispatcher, words="同一块盖板", into=first.number.lower())
    assert make.fresh(second).merged_into == first


def test_a_chain_of_merges_leads_to_the_last(world: World) -> None:
    first, second = two(world)
    third = make.report(world, by=world.stranger, at=TUESDAY + timedelta(minutes=20))
    merge(third, second, by=world.dispatcher)
    merge(second, first, by=world.dispatcher)
    assert followers.main_of(make.fresh(third)) == first
    assert make.fresh(first).joined == 2
    assert tally.standing() == tally.recount()
