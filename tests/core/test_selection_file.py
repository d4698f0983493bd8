"""Whoever has the published file can choose again, and sees when it was tampered with."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from linli.ballots.recount import main
from linli.core.recount import NotABallot
from linli.core.selection import Completion, Method, Rule, Tie
from linli.core.selection_file import read, reckon_again, written
from tests.core.elections import election, elections

pytestmark = pytest.mark.req("C14")

RULE = Rule(Method.EQUAL_SHARES, completion=Completion.RAISE_THEN_VOTES, raised_by=100)


def published() -> dict[str, Any]:
    one = election({"a": 5000, "b": 5000, "c": 3600}, {"ab": 5, "c": 3, "": 2}, 10000, RULE)
    document: dict[str, Any] = json.loads(json.dumps(written(one)))
    return document


@settings(max_examples=50)
@given(elections())
def test_every_election_can_be_chosen_again_from_its_file(one) -> None:
    document = json.loads(json.dumps(written(one)))
    assert reckon_again(document) == (document["outcome"], ())


def change(document: dict[str, Any], where: tuple[Any, ...], to: object) -> dict[str, Any]:
    inner: Any = document
    for key in where[:-1]:
        inner = inner[key]
    inner[where[-1]] = to
    return document


@pytest.mark.parametrize(
    ("where", "to", "what"),
    [
        (("outcome", "winners"), ["b", "c"], "选中的项目：文件里是 b、c，重新计算是 a、c"),
        (("outcome", "left"), 0, "余额：文件里是 0，重新计算是 1400"),
        (("ballots", 1, "people"), 4, "各轮每票出资"),
    ],
    ids=["改了结果", "改了余额", "多塞一票"],
)
def test_a_changed_file_is_found_out(where, to: object, what: str, tmp_path: Path, capsys) -> None:
    file = tmp_path / "changed.json"
    file.write_text(json.dumps(change(published(), where, to)), encoding="utf-8")
    assert main([str(file)]) == 1
    said = capsys.readouterr().out
    assert what in said
    assert "不一致" in said


def test_the_command_tells_every_round(tmp_path: Path, capsys) -> None:
    file = tmp_path / "published.json"
    file.write_text(json.dumps(published()), encoding="utf-8")
    assert main([str(file)]) == 0
    said = capsys.readouterr().out
    assert "第 2 轮：选中「项目c」" in said
    assert "完全一致" in said


BREAKS: dict[str, Callable[[dict[str, Any]], object]] = {
    "没有项目": lambda one: one.pop("projects"),
    "费用是小数": lambda one: one["projects"][0].update(cost=1.5),
    "不认识的规则": lambda one: one["rule"].update(method="guess"),
    "名单外的项目": lambda one: one["ballots"][0]["given"].update(z=1),
    "别的文件": lambda one: one.update(format="linli.ballot/1"),
}


@pytest.mark.parametrize("breaks", BREAKS.values(), ids=BREAKS)
def test_a_file_without_its_form_is_refused(breaks: Callable[[dict[str, Any]], object]) -> None:
    document = published()
    breaks(document)
    with pytest.raises(NotABallot, match="文件"):
        read(document)


def test_a_lot_that_is_not_drawn_cannot_be_reckoned() -> None:
    one = election({"a": 10, "b": 10}, {"a": 3, "b": 3}, 10, Rule(Method.VOTES, ties=(Tie.LOT,), seed="0731"))
    document = written(one)
    document["rule"]["seed"] = ""
    with pytest.raises(NotABallot, match="抽签"):
        reckon_again(document)
