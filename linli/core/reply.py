"""Whether a reply answers what was asked, and says nothing about people that it need not (答复检查)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from linli.core.masking import mask_text

# What somebody wants to know, and what a reply that says it has in it.
_DATE = (
    r"\d|[一二三四五六七八九十]+(?:日|天|月|号|点|小时|周)|今天|明天|昨天|当天|即日|月底|年底|周[一二三四五六日]"
    r"|立即|已经|已于"
)
_WANTED = (
    ("什么时候", r"什么时候|何时|多久|几时|哪天|几号|几点", _DATE),
    (
        "多少",
        r"多少|几块|几元|多大|多高|多远|怎么收费",
        r"\d|[一二三四五六七八九十百千万]+(?:元|块|个|户|平方|米|%)|免费|不收",
    ),
    ("为什么", r"为什么|为何|凭什么|怎么回事|什么原因", r"因|由于|原因|所以|是由|导致|按照|依据|根据|规定"),
    (
        "找谁、去哪里",
        r"找谁|找哪|去哪|在哪里?办|哪个部门|谁来?管|电话是",
        r"\d{3}|窗口|中心|大厅|社区|街道|单位|部门|所\b|局|站|负责",
    ),
)
_PASSED_ON = re.compile(r"转交|转办|转给|移交|转至|已转|反映给|上报|报告(?:给|至)|函告")
_PROMISE = re.compile(
    r"将(?:会|尽快|及时|进一步|继续)|会尽快|尽快(?:处理|解决|安排)|正在(?:研究|协调|处理|核实)|加强(?:管理|巡查)|引起重视|高度重视"
)
_DONE = re.compile(
    r"已经?(?!转|上?报|收到|反映|函|高度|引起|知悉|要求)|完成|修好|换|清理|拆除|恢复|安装|疏通|清走|解决|补|整改|到位|处罚|劝离|协商|约定|说明|解释|登记|受理|核实|查看"
)
_SHORTEST = 3


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something about a reply that somebody should look at before it leaves (疑点)."""

    key: str
    sentence: str


def doubts(answer: str, *, asked: str, names: Iterable[str] = ()) -> tuple[Doubt, ...]:
    """Return what to look at in a reply to what was asked; a person decides (答复检查)."""
    found = (
        _names_somebody(answer, names=names),
        _says_nothing(answer),
        _only_promises(answer),
        *_not_answered(answer, asked=asked),
    )
    return tuple(one for one in found if one)


def _names_somebody(answer: str, *, names: Iterable[str]) -> Doubt | None:
    if mask_text(answer, names=tuple(names)) == answer:
        return None
    return Doubt(
        "personal", "答复里好像有姓名、电话、证件号、车牌或门牌。反映人以外的人也可能看到，不必写的请去掉。"
    )


def _says_nothing(answer: str) -> Doubt | None:
    said = re.sub(r"\W", "", answer)
    return None if len(said) >= _SHORTEST else Doubt("short", "答复太短，看不出做了什么、现在怎么样。")


def _only_promises(answer: str) -> Doubt | None:
    if _DONE.search(answer):
        return None
    if _PASSED_ON.search(answer):
        return Doubt("passed_on", "只说转给了别的单位，没说结果。转出去还没有办完，先别办结。")
    if _PROMISE.search(answer):
        return Doubt("promise", "只说了会怎么做，没说做了什么。还没做完的，先别办结。")
    return None


def _not_answered(answer: str, *, asked: str) -> tuple[Doubt, ...]:
    return tuple(
        Doubt("unanswered", f"反映里问到「{what}」，答复里好像没有说。")
        for what, question, said in _WANTED
        if re.search(question, asked) and not re.search(said, answer)
    )
