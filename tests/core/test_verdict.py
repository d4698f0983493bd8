"""Verdicts joined say the first thing that stands against it, and keep all the others."""

import pytest

from linli.core.verdict import Refused, all_of, no, yes


def test_joined_verdicts_speak_with_the_first_refusal() -> None:
    joined = all_of(yes("人数够了。"), no("还没有公示。"), no("还有异议。"))
    assert joined.sentence == "还没有公示。"
    assert [refusal.sentence for refusal in joined.refusals] == ["还没有公示。", "还有异议。"]


def test_joined_verdicts_without_a_refusal_are_a_yes() -> None:
    assert all_of(yes("人数够了。"), yes("已经公示。")).require().sentence == "人数够了。"


def test_a_no_that_is_required_stops_the_act() -> None:
    with pytest.raises(Refused, match="还没有公示"):
        no("还没有公示。").require()
