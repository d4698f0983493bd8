"""Minutes write themselves, are signed by chair and recorder, and then stand (会议纪要)."""

from datetime import timedelta

import pytest

from linli.core.floor import Side
from linli.core.verdict import Refused
from linli.meetings import minutes, queries
from linli.meetings.actions import holding, minuting
from linli.meetings.actions.holding import Hands
from linli.meetings.models import Meeting
from tests.meetings import halls
from tests.meetings.halls import MEETS, MOTION, do
from tests.world import World

pytestmark = pytest.mark.req("Y12")
LATER = MEETS + timedelta(hours=1)


def closed(world: World) -> Meeting:
    meeting = halls.debated(world)
    do(meeting, world.stranger, holding.ask_to_speak, Side.AGAINST)
    do(meeting, world.secretary, holding.call)
    do(meeting, world.secretary, holding.finish)
    do(meeting, world.secretary, holding.put)
    do(meeting, world.secretary, holding.count, Hands(4, 1))
    do(meeting, world.secretary, holding.close, at=LATER)
    return halls.fresh(meeting)


def test_they_say_who_came_what_was_moved_who_spoke_and_what_was_decided(world: World) -> None:
    written = minutes.write(closed(world))
    facts = dict(written.facts)
    assert facts["应到"] == "6 人"
    assert facts["到会"] == "5 人"
    assert "已达三分之二" in facts["法定人数"]
    assert world.resident.name in facts["到会人员"]
    first = written.sections[0]
    happened = "\n".join(first.lines)
    assert f"{world.resident.name}提出动议，{world.neighbour.name}附议：{MOTION}" in happened
    assert f"{world.stranger.name}发言（反方）" in happened
    assert happened.index("提出动议") < happened.index("反方") < happened.index("赞成 4 票")
    assert "通过" in first.decisions[0]
    assert "依据：" in first.decisions[0]
    assert written.sections[1].lines == ("没有议到。",)


def test_both_sign_what_they_read_and_then_nothing_changes(world: World) -> None:
    meeting = closed(world)
    digest = minutes.write(meeting).digest
    assert not do(meeting, world.secretary, minuting.sign, digest=digest, at=LATER)
    with pytest.raises(Refused, match="由主持人和记录人签名"):
        do(meeting, world.resident, minuting.sign, digest=digest, at=LATER)
    assert do(meeting, world.dispatcher, minuting.sign, digest=digest, at=LATER)
    assert halls.fresh(meeting).minutes_signed
    with pytest.raises(Refused, match="不能再改"):
        do(meeting, world.dispatcher, minuting.remark, "补一句", at=LATER)
    assert minutes.write(halls.fresh(meeting)).digest == digest


def test_a_change_after_the_first_signature_makes_it_void(world: World) -> None:
    meeting = closed(world)
    digest = minutes.write(meeting).digest
    do(meeting, world.secretary, minuting.sign, digest=digest, at=LATER)
    do(meeting, world.dispatcher, minuting.remark, "居委会答复：月底前公示报价。", at=LATER)
    with pytest.raises(Refused, match="又有改动"):
        do(meeting, world.dispatcher, minuting.sign, digest=digest, at=LATER)
    fresh = minutes.write(halls.fresh(meeting)).digest
    assert not do(meeting, world.dispatcher, minuting.sign, digest=fresh, at=LATER)
    assert [one.role for one in queries.signatures(meeting)] == ["recorder"]
    assert do(meeting, world.secretary, minuting.sign, digest=fresh, at=LATER)


def test_they_are_signed_only_after_the_meeting(world: World) -> None:
    meeting = halls.opened(world)
    with pytest.raises(Refused, match="散会以后"):
        do(meeting, world.secretary, minuting.sign, digest=minutes.write(meeting).digest)


def test_a_remark_stands_where_it_belongs_and_can_be_taken_out(world: World) -> None:
    meeting = closed(world)
    item = queries.items(meeting)[0]
    added = do(meeting, world.dispatcher, minuting.remark, "请物业到场说明。", item=item.pk, at=LATER)
    assert "请物业到场说明。" in minutes.write(meeting).sections[0].lines
    do(meeting, world.dispatcher, minuting.change_remark, added.pk, "", at=LATER)
    assert "请物业到场说明。" not in minutes.write(meeting).sections[0].lines
