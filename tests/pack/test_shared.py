"""What every place shares: meetings with the numbers of the law, procedures with the offices of the place."""

import shutil
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from linli.core.forum import Electorate, Forum
from linli.core.law import Law
from linli.core.procedure import Procedure
from linli.core.separation import doubled
from linli.core.term import Term
from linli.pack.check_forum import weaker
from linli.pack.complaint import PackError
from linli.pack.edition import Edition
from linli.pack.law import read_law
from linli.pack.shelf import read_shelf

PACKS = Path(__file__).parents[2] / "packs"
LAW = PACKS / "law" / "2026"
EDITIONS = {edition.key: edition for edition in read_shelf(PACKS)}
EVERY = pytest.mark.parametrize("edition", EDITIONS.values(), ids=EDITIONS)
SIYI = [
    "党支部会提议", "村“两委”会商议", "党员大会审议", "村民代表会议决议", "决议公开", "分解落实", "组织实施",
    "村务监督", "实施结果公开", "反馈落实情况", "办结",
]  # fmt: skip


@pytest.fixture(scope="module")
def law() -> Law:
    return read_law(LAW)


# forum: whose meeting, notice, quorum, what passes, on whose demand, how often, most proxies
FORUMS = {
    "residents_assembly": ("adults", "RC-26.notice", "RC-27.quorum", "RC-27.passes", "RC-26.call", "", ""),
    "residents_assembly_households": (
        "households",
        "RC-26.notice",
        "RC-27.quorum",
        "RC-27.passes",
        "RC-26.call",
        "",
        "",
    ),
    "delegates_assembly": (
        "delegates",
        "",
        "RC-29.quorum",
        "RC-29.passes",
        "RC-28.call",
        "RC-28.meets_every",
        "RC-19.proxies_by_delegates_most",
    ),
    "residents_election": (
        "adults",
        "",
        "RC-19.valid_by_voters",
        "RC-19.elected_by_voters",
        "",
        "",
        "RC-19.proxies_most",
    ),
    "recall": ("adults", "", "RC-19.valid_by_voters", "RC-20.recalled_by_voters", "RC-20.call", "", ""),
    "villagers_assembly": (
        "adults",
        "VC-25.notice",
        "VC-26.quorum",
        "VC-26.passes",
        "VC-25.call",
        "VC-25.meets_every",
        "",
    ),
    "village_delegates": (
        "delegates",
        "",
        "VC-30.quorum",
        "VC-30.passes",
        "VC-30.call",
        "VC-30.meets_every",
        "",
    ),
    "village_group": ("adults", "", "VC-32.quorum", "VC-32.passes", "", "", ""),
    "village_recall": ("adults", "", "VC-18.valid", "VC-18.elected", "VC-19.call", "", ""),
    "party_members_meeting": ("party_members", "", "D-2.quorum", "D-2.passes", "", "", ""),
    "owners_assembly": ("owners", "O-7.notice", "O-1.takes_part", "O-1.passes", "O-7.call", "", ""),
    "owners_assembly_special": (
        "owners",
        "O-7.notice",
        "O-1.takes_part",
        "O-1.passes_special",
        "O-7.call",
        "",
        "",
    ),
    "lift_owners": ("owners", "O-7.notice", "O-12.takes_part", "O-12.passes", "", "", ""),
}


@pytest.mark.req("N2")
@pytest.mark.parametrize(("key", "row"), FORUMS.items(), ids=FORUMS)
def test_a_meeting_of_the_law_has_the_numbers_of_the_law(law: Law, key: str, row: tuple[str, ...]) -> None:
    forum = law.forums[key]
    assert forum.electorate is Electorate(row[0])
    said = (
        forum.notice and forum.notice.term,
        forum.quorum and forum.quorum.threshold,
        forum.passes and forum.passes.threshold,
        forum.calls[0].threshold if forum.calls else None,
        forum.rhythm and forum.rhythm.every,
        forum.proxies and forum.proxies.most,
    )
    assert said == tuple(law.number(reference) if reference else None for reference in row[1:])


@pytest.mark.parametrize("forum", read_law(LAW).forums.values(), ids=lambda forum: forum.key)
def test_every_number_of_a_meeting_stands_under_a_clause(forum: Forum) -> None:
    bounds = (
        forum.notice,
        forum.quorum,
        forum.passes,
        *forum.calls,
        forum.rhythm,
        forum.proxies,
        forum.debate,
    )
    assert all(bound.clause.source for bound in bounds if bound)


@EVERY
@pytest.mark.req("L1")
def test_no_office_acts_for_another(edition: Edition) -> None:
    assert [one.key for one in edition.procedures.values() if doubled(one)] == []


@EVERY
def test_whoever_acts_holds_an_office_of_the_place(edition: Edition) -> None:
    for procedure in edition.procedures.values():
        offices = {procedure.roles[key].office for key in _named(procedure)} - {""}
        assert offices <= set(edition.offices)


def _named(procedure: Procedure) -> set[str]:
    rules = (*procedure.anytime, *(rule for step in procedure.steps for rule in step.acts))
    return {key for rule in rules for key in rule.by}


def _held(edition: Edition) -> Iterator[tuple[str, str, str]]:
    """List who holds which office where in the demo of a place."""
    told = tomllib.loads((PACKS / edition.key / "demo" / "people.toml").read_text(encoding="utf-8"))
    for person in told["person"]:
        yield from ((person["key"], one["office"], one["place"]) for one in person.get("office", ()))


@EVERY
def test_somebody_in_the_demo_holds_every_office_that_decides(edition: Edition) -> None:
    held = {office for _, office, _ in _held(edition)}
    for method in edition.methods_for("topic"):
        assert {method.roles[key].office for key in _named(method)} - {""} <= held, method.title


@EVERY
@pytest.mark.req("L1")
def test_nobody_in_the_demo_holds_offices_that_go_not_together(edition: Edition) -> None:
    held: dict[tuple[str, str], set[str]] = {}
    for person, office, place in _held(edition):
        held.setdefault((person, place), set()).add(office)
    assert edition.incompatible
    assert not any(rule.offices <= offices for rule in edition.incompatible for offices in held.values())


@EVERY
def test_a_procedure_of_villages_is_there_only_where_there_are_villages(edition: Edition) -> None:
    has_villages = any(place.kind == "village" for place in edition.places)
    assert ("siyi_lianggongkai" in edition.procedures) is has_villages


@EVERY
def test_a_choice_of_methods_fits_the_place_and_begins_with_its_own(edition: Edition) -> None:
    chosen = edition.methods_for("topic", place_kind="community")
    assert chosen
    assert all(one.may_run_at("community") for one in chosen)
    every = [one.key for one in edition.methods_for("topic")]
    shared = {one.key for one in read_law(LAW).procedures}
    assert [key in shared for key in every] == sorted(key in shared for key in every)


@pytest.mark.req("L5")
def test_four_deliberations_and_two_publications_follow_each_other() -> None:
    siyi = EDITIONS["lianyungang"].procedures["siyi_lianggongkai"]
    assert [step.title for step in siyi.steps] == SIYI
    shown = {step.key: step.shown_for for step in siyi.steps if step.kind == "publish"}
    assert {key: str(term) for key, term in shown.items()} == {
        "decision_shown": "15 days",
        "result_shown": "15 days",
    }


@pytest.mark.req("X8")
def test_the_six_steps_bear_the_names_of_the_plan() -> None:
    six = EDITIONS["xinxialu"].procedures["six_steps"]
    assert [step.title for step in six.steps][:6] == [
        "提出协商议题", "确定协商主体", "公告协商信息", "开展协商活动", "实施协商成果", "反馈落实情况",
    ]  # fmt: skip


@pytest.mark.req("X4")
def test_five_times_the_people() -> None:
    five = EDITIONS["xinxialu"].procedures["five_min"]
    titles = [step.title for step in five.steps if step.title.startswith("民事")]
    assert titles == ["民事民提", "民事民议", "民事民决", "民事民办", "民事民评"]


# requirement: place, forum, day of the month, at most so long apart
MEETINGS = {
    "Y1": ("yunlong", "party_joint_meeting", 0, "3 months"),
    "X15": ("xinxialu", "dispute_joint_meeting", 0, "1 months"),
    "X23": ("xinxialu", "council_day", 16, "1 months"),
    "L6": ("lianyungang", "estate_council_day", 10, "1 months"),
    "C16": ("chaoyang", "periodic_dispatch", 0, "1 months"),
}


@pytest.mark.parametrize(("place", "forum", "day", "every"), MEETINGS.values(), ids=MEETINGS)
def test_what_recurs_has_its_rhythm(place: str, forum: str, day: int, every: str) -> None:
    rhythm = EDITIONS[place].forums[forum].rhythm
    assert rhythm
    assert (rhythm.on_day, str(rhythm.every)) == (day, every)


def with_window(folder: Path, rule: str) -> Law:
    """Read the law with owners held to the window of a rule."""
    file = folder / "forums.toml"
    right = 'key = "owners_assembly"\n'
    file.write_text(
        file.read_text(encoding="utf-8").replace(right, f'{right}window = "{rule}"\n', 1), "utf-8"
    )
    return read_law(folder)


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    return Path(shutil.copytree(LAW, tmp_path / "2026"))


def test_a_forum_can_be_held_to_a_window(copied: Path) -> None:
    window = with_window(copied, "O-9").forums["owners_assembly"].window
    assert window
    assert (str(window.shortest), str(window.longest), window.clause.rule) == ("5 days", "60 days", "O-9")


def test_a_rule_without_a_window_is_told(copied: Path) -> None:
    with pytest.raises(PackError, match=r"O-1\.window_shortest"):
        with_window(copied, "O-1")


@pytest.mark.parametrize(
    ("shortest", "longest", "is_weaker"),
    [
        ("5 days", "60 days", False),
        ("7 days", "30 days", False),
        ("4 days", "60 days", True),
        ("5 days", "61 days", True),
    ],
)
def test_a_place_may_only_narrow_the_window(
    copied: Path, shortest: str, longest: str, *, is_weaker: bool
) -> None:
    floor = with_window(copied, "O-9").forums["owners_assembly"]
    assert floor.window
    own = replace(floor.window, shortest=Term.parse(shortest), longest=Term.parse(longest))
    told = [field for field, _ in weaker(replace(floor, window=own), floor)]
    assert told == (["window"] if is_weaker else [])
    assert [field for field, _ in weaker(replace(floor, window=None), floor)] == ["window"]


FAULTS = {
    "会议的数不存在": ("forums.toml", '"RC-27.quorum"', '"RC-27.nothing"', "没有叫「RC-27.nothing」的数"),
    "会议写了两次": ("forums.toml", 'key = "recall"', 'key = "residents_assembly"', "已经用过"),
    "角色写了两次": ("procedures.toml", 'key = "teller"', 'key = "chair"', "已经用过"),
    "程序写了两次": ("procedures.toml", 'key = "recall"', 'key = "charter"', "已经用过"),
    "不办议题": (
        "procedures.toml",
        'serves = ["topic"]',
        'serves = ["concern"]',
        "全国通行的程序只办「topic」",
    ),
    "角色没有写": (
        "procedures.toml",
        'waits_for = ["chair"]',
        'waits_for = ["judge"]',
        "没有叫「judge」的角色",
    ),
    "会议不存在": ("procedures.toml", 'forum = "recall"', 'forum = "trial"', "没有叫「trial」的会议形式"),
}


@pytest.mark.parametrize(("name", "right", "wrong", "said"), FAULTS.values(), ids=FAULTS)
def test_a_fault_in_what_is_shared_is_told(
    tmp_path: Path, name: str, right: str, wrong: str, said: str
) -> None:
    folder = shutil.copytree(LAW, tmp_path / "2026")
    text = (folder / name).read_text(encoding="utf-8")
    assert right in text
    (folder / name).write_text(text.replace(right, wrong, 1), encoding="utf-8")
    with pytest.raises(PackError, match=said) as refused:
        read_law(folder)
    assert {Path(one.file).name for one in refused.value.complaints} == {name}


def test_a_law_without_meetings_and_procedures_can_be_read(tmp_path: Path) -> None:
    shutil.copy(LAW / "semantics.toml", tmp_path)
    law = read_law(tmp_path)
    assert (law.forums, law.procedures) == ({}, ())
