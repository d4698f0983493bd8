"""The law's rules are all there, and a fault in them is told exactly."""

from collections.abc import Callable
from pathlib import Path

import pytest

from linli.core.clause import Clause, Mark
from linli.core.law import Law
from linli.core.share import Share
from linli.core.term import Term
from linli.core.threshold import Threshold
from linli.pack.complaint import PackError
from linli.pack.law import read_law
from linli.pack.numbers import read_number

PACKS = Path(__file__).parents[2] / "packs"

ARTICLES = {
    "S": "1 2 3 4 5",
    "RC": "3 8 9 12 13 14 15 16 17 18 19 20 25 26 27 28 29 30 31 32 34 36 37 38 40 42 43",
    "VC": "8 17 18 19 25 26 28 29 30 32 35 43",
    "D": "1 2 3 4 5 6 7 8",
    "O": "1 2 3 4 5 6 7 8 9 10 11 12 13",
    "H": "1 2 3 4",
    "P": "1 2 3 4 5 6 7",
    "L": "1 2 3 4",
    "M": "1 2 3 4 5 6 7 8 9 10 11 12",
    "Y": "1 2 3 4 5 6",
    "C": "1 2 3 4",
    "A": "1 2 3 4 5",
    "G": "1 2 3 4",
    "I": "1 2 3 4 5 6 7 8",
    "E": "1",
}
RULES = {f"{law}-{number}" for law, numbers in ARTICLES.items() for number in numbers.split()}
OWN_RULES = {"LINLI-1", "LINLI-2", "LINLI-3", "LINLI-4", "LINLI-5", "LINLI-6"}

SECONDARY = {"D-1", "D-2", "D-3", "D-4", "H-2", "H-4", "A-4", "A-5", "G-2", "I-7"}
FROM_MEMORY = {"S-2", "O-12", "L-1", "M-9", "M-12", "G-3", "G-4", "I-6", "I-8", "Y-6"}

RULE = """[[rule]]
id = "RC-26"
title = "召集居民会议"
source = "中华人民共和国城市居民委员会组织法"
article = "第二十六条"
mark = "V"
text = "召开前十日通知。"

[rule.numbers]
notice = "10 days"
"""


@pytest.fixture(scope="module")
def law() -> Law:
    return read_law(PACKS / "law" / "2026", root=PACKS.parent)


def complaints_about(tmp_path: Path, **files: str) -> list[str]:
    folder = tmp_path / "packs" / "law" / "2026"
    folder.mkdir(parents=True)
    for name, text in files.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    with pytest.raises(PackError) as refused:
        read_law(folder, root=tmp_path)
    return str(refused.value).splitlines()


def test_every_rule_is_there_and_no_other(law: Law) -> None:
    assert set(law.rules) == RULES | OWN_RULES


def test_what_was_not_read_in_the_law_says_so(law: Law) -> None:
    marked = {
        mark: {rule.id for rule in law.rules.values() if rule.mark is mark}
        for mark in (Mark.SECONDARY, Mark.MEMORY)
    }
    assert marked == {Mark.SECONDARY: SECONDARY, Mark.MEMORY: FROM_MEMORY}
    assert {rule.id for rule in law.unverified} == SECONDARY | FROM_MEMORY


def test_a_residents_or_villagers_rule_stands_under_its_own_article(law: Law) -> None:
    assert law.rule("RC-27").clause == Clause(
        "RC-27", "中华人民共和国城市居民委员会组织法", "第二十七条", Mark.READ
    )
    assert str(law.rule("VC-26").clause) == "《中华人民共和国村民委员会组织法》第二十六条"


def test_villagers_and_residents_each_have_their_own_rules(law: Law) -> None:
    residents = {rule.id for rule in law.rules_for("residents")}
    villagers = {rule.id for rule in law.rules_for("villagers")}
    assert residents - villagers == {rule for rule in RULES if rule.startswith("RC-")}
    assert villagers - residents == {rule for rule in RULES if rule.startswith("VC-")}


def test_every_text_is_a_plain_chinese_sentence(law: Law) -> None:
    for rule in law.rules.values():
        assert rule.text.endswith("。"), rule.id
        assert rule.text.count("。") == 1, rule.id
        assert not set(rule.text) & set(",;:?!()"), rule.id


@pytest.mark.parametrize(
    ("written", "number"),
    [
        (5, 5),
        (0, 0),
        ("10 days", Term.parse("10 days")),
        ("> 1/2", Share.parse("> 1/2")),
        ("voting of entitled by delegate > 2/3", Threshold.parse("voting of entitled by delegate > 2/3")),
    ],
)
def test_a_number_is_known_by_its_form(written: object, number: object) -> None:
    assert read_number(written) == number


def test_a_number_is_found_by_its_reference(law: Law) -> None:
    assert law.number("P-3.extension") == Term.parse("30 days")
    assert law.rule("P-3").count("extensions_most") == 1


@pytest.mark.parametrize(
    ("ask", "reason"),
    [
        pytest.param(lambda law: law.rule("RC-99"), "没有 RC-99", id="没有这条规则"),
        pytest.param(lambda law: law.number("P-3.speed"), "没有名为「speed」的数", id="没有这个数"),
        pytest.param(lambda law: law.rule("P-3").share("extension"), "「extension」不是份额", id="不是份额"),
        pytest.param(lambda law: law.rule("P-3").term("extensions_most"), "不是期限", id="不是期限"),
        pytest.param(lambda law: law.rule("P-3").count("extension"), "不是个数", id="不是个数"),
        pytest.param(lambda law: law.rule("P-3").threshold("extension"), "不是门槛", id="不是门槛"),
        pytest.param(
            lambda law: law.rule("P-3").judge_count("handle", count=1, called="次数"),
            "没有限定「handle」",
            id="没有限定",
        ),
    ],
)
def test_asking_for_what_the_law_does_not_hold_is_told(
    law: Law, ask: Callable[[Law], object], reason: str
) -> None:
    with pytest.raises(LookupError, match=reason):
        ask(law)


@pytest.mark.parametrize(
    ("right", "wrong", "complaint"),
    [
        pytest.param(
            "10 days", "10 moons", "10 rule[0].numbers.notice：期限单位「moons」看不懂", id="期限单位"
        ),
        pytest.param("10 days", "> 0.2", "10 rule[0].numbers.notice：份额「> 0.2」看不懂", id="小数份额"),
        pytest.param(
            "10 days",
            "some of entitled by headcount > 1/2",
            "10 rule[0].numbers.notice：没有「some」这一层",
            id="门槛的层次",
        ),
        pytest.param('"10 days"', "2.5", "10 rule[0].numbers.notice：不能是「2.5」", id="小数"),
        pytest.param('"10 days"', "-1", "10 rule[0].numbers.notice：不能是「-1」", id="负数"),
        pytest.param('"10 days"', "true", "10 rule[0].numbers.notice：不能是「True」", id="真假"),
        pytest.param("第二十六条", "26", "5 rule[0].article：写法不对", id="条次写成数字"),
        pytest.param('mark = "V"', 'mark = "X"', "6 rule[0].mark：只能是 V、S、M、L", id="核实程度"),
        pytest.param('text = "召开前十日通知。"\n', "", "1 rule[0].text：缺少「text」", id="没有正文"),
        pytest.param(
            'mark = "V"', 'mark = "V"\nmarks = 1', "7 rule[0].marks：没有「marks」这一项", id="多出的键"
        ),
        pytest.param("notice =", "Notice =", "10 rule[0].numbers.Notice：写法不对", id="键的写法"),
    ],
)
def test_a_fault_is_told_with_its_line(right: str, wrong: str, complaint: str, tmp_path: Path) -> None:
    assert right in RULE
    (told,) = complaints_about(tmp_path, residents=RULE.replace(right, wrong))
    assert told.startswith(f"packs/law/2026/residents.toml:{complaint}")


def test_a_rule_written_twice_is_told_at_the_second(tmp_path: Path) -> None:
    assert complaints_about(tmp_path, a=RULE, b=f"# again\n{RULE}") == [
        "packs/law/2026/b.toml:3 rule[0].id：编号 RC-26 已经用过，一条规则只能写一次"
    ]


def test_the_faults_of_all_files_are_told_together(tmp_path: Path) -> None:
    told = complaints_about(tmp_path, a=RULE.replace("10 days", "x"), b="rule = 1\n", c="[[rule]\n")
    assert [line.partition("：")[0] for line in told] == [
        "packs/law/2026/a.toml:10 rule[0].numbers.notice",
        "packs/law/2026/b.toml:1 rule",
        "packs/law/2026/c.toml:1",
    ]


def test_an_empty_folder_is_no_law(tmp_path: Path) -> None:
    assert complaints_about(tmp_path)[0].endswith("packs/law/2026：这里没有任何法律规则文件")


# ── Why anything about people is kept ─────────────────────────────────────────────────────────────
PURPOSE = """
[[purpose]]
key = "handle"
title = "办理"
why = "办理。"
items = ["电话"]
rule = "RC-26"
kept_for = "RC-26.notice"
since = "办结后"
then = "删除。"
"""
REASON = """
[[reason]]
key = "visit"
title = "上门"
purpose = "handle"
"""


@pytest.mark.req("N5")
def test_every_purpose_stands_on_a_rule_and_says_how_long(law: Law) -> None:
    assert {one.key for one in law.purposes} >= {"handle", "tell", "sign_in", "office", "look"}
    assert all(one.rule in law.rules and one.kept_words for one in law.purposes)
    assert law.purpose("handle").kept_words == "办结后 24 个月"
    assert {one.purpose for one in law.reasons} <= {one.key for one in law.purposes}


@pytest.mark.req("N5")
def test_a_purpose_nobody_wrote_down_is_not_found(law: Law) -> None:
    with pytest.raises(LookupError, match="sell"):
        law.purpose("sell")


@pytest.mark.req("N5")
@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (PURPOSE.replace('rule = "RC-26"', 'rule = "RC-99"'), "没有编号为 RC-99 的规则"),
        (PURPOSE.replace("RC-26.notice", "RC-26.nothing"), "不是任何规则里的期限"),
        (PURPOSE + REASON.replace("handle", "sell"), "没有处理目的 sell"),
    ],
)
def test_a_purpose_without_a_footing_is_told(tmp_path: Path, wrong: str, told: str) -> None:
    (complaint,) = complaints_about(tmp_path, residents=RULE + wrong)
    assert told in complaint


@pytest.mark.req("N5")
def test_a_reason_leads_to_its_purpose(tmp_path: Path) -> None:
    (tmp_path / "residents.toml").write_text(RULE + PURPOSE + REASON, encoding="utf-8")
    law = read_law(tmp_path)
    assert [(one.title, law.purpose(one.purpose).kept_for) for one in law.reasons] == [
        ("上门", Term.parse("10 days"))
    ]
