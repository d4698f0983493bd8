"""One matter that somebody is just acting on does not keep a sweep from the others (巡检)."""

from datetime import timedelta
from typing import Any

import pytest

from linli.core.refusal import Refusal
from linli.core.verdict import Refused
from linli.handoffs import sweep
from tests import make
from tests.world import TUESDAY, World

pytestmark = pytest.mark.django_db


def test_a_matter_overtaken_in_the_same_instant_is_left_for_the_next_sweep(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    busy, _ = make.taken_on(world), make.taken_on(world)
    escalate = sweep.escalate

    def overtaken(lines: Any) -> int:
        if any(line.matter.number == busy.number for line in lines):
            raise Refused(Refusal("就在刚才，别人已经办了一步。"))
        return escalate(lines)

    late = TUESDAY + timedelta(days=30)
    with monkeypatch.context() as rush:
        rush.setattr(sweep, "escalate", overtaken)
        assert sweep.sweep(at=late).escalated == 1
    assert sweep.sweep(at=late).escalated == 1
    assert sweep.sweep(at=late).escalated == 0
