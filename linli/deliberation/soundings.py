"""Opinions on a topic: who may say something, what they are asked next, and what came of it (征集观点)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from linli.core.clause import Clause
from linli.core.masking import mask_text
from linli.core.procedure import Stand
from linli.core.verdict import Verdict, no, yes
from linli.deliberation.access import Desk, clause_of
from linli.deliberation.choices import Said, Showing
from linli.deliberation.models import Sounding, Stance, Statement, Topic
from linli.matters import queries as matters
from linli.matters.choices import Visibility
from linli.people import households
from linli.places.path import inside
from linli.rulebook import queries as rulebook

# The steps at which a topic is talked over, before anything is resolved.
DISCUSSED = frozenset({"participate", "announce", "discuss"})
LONGEST = 100
MOST_OF_ONE, MOST_OF_ALL = 5, 300
_ADD, _SAY = "提出观点", "表态"


def of(topic: Topic) -> Sounding | None:
    """Return the sounding of a topic, if there is one (征集观点)."""
    return getattr(topic, "sounding", None)


def least() -> int:
    """Return of how many people anything may be shown at the least (最小格)."""
    return rulebook.law().rule("LINLI-1").count("smallest_cell")


def clause() -> Clause:
    """Return the rule that nothing of a few is shown (小数不公开)."""
    return rulebook.law().rule("LINLI-1").clause


def is_open(desk: Desk) -> bool:
    """Tell whether opinions are gathered now (正在征集)."""
    sounding = of(desk.topic)
    return sounding is not None and sounding.closed_at is None and desk.step.kind in DISCUSSED


def leads(desk: Desk) -> bool:
    """Tell whether somebody leads the present step, and so the gathering of opinions too (主持协商)."""
    led_by = {key for rule in desk.step.acts for key in rule.by} | {*desk.step.waits_for}
    aside = (Stand.EVERYONE, Stand.RAISER, Stand.SYSTEM)
    return any(desk.procedure.roles[key].stands not in aside for key in led_by & desk.standing)


def may_open(desk: Desk) -> Verdict:
    """Answer whether somebody may begin to gather opinions, and if not, why (能否开始征集)."""
    asked, ruled = "征集观点", clause_of(desk)
    if of(desk.topic) is not None:
        return no("这个议题已经征集过观点。", ruled, remedy="请看观点图。", asked=asked)
    if desk.step.kind not in DISCUSSED:
        return no("议题还没有到协商，或者协商已经结束。", ruled, remedy="观点在协商期间征集。", asked=asked)
    if desk.matter.visibility != Visibility.PUBLIC:
        return no("议题还没有公开。", ruled, remedy="请先公告，再征集观点。", asked=asked)
    return _may_lead(desk, asked)


def may_see_to(desk: Desk, asked: str) -> Verdict:
    """Answer whether somebody may screen statements or close the gathering (能否审核、结束)."""
    sounding = of(desk.topic)
    if sounding is None:
        return no("这个议题没有征集观点。", clause_of(desk), asked=asked)
    if sounding.closed_at is not None:
        return no("征集已经结束。", clause_of(desk), remedy="请看观点图。", asked=asked)
    return _may_lead(desk, asked)


def may_speak(desk: Desk, asked: str = _SAY) -> Verdict:
    """Answer whether somebody may take part: who lives or owns there, or was named (能否参加)."""
    ruled, person = clause_of(desk), desk.actor.person_id
    if not is_open(desk):
        return no("现在不征集观点。", ruled, remedy="请看观点图，或者看议题走到了哪一步。", asked=asked)
    if person is None:
        return no(f"{asked}要先登录。", ruled, remedy="登录以后再来。", asked=asked)
    if any(one.person_id == person for one in desk.participants):
        return yes(asked, ruled)
    if households.is_of(person, path=desk.topic.place_path):
        return yes(asked, ruled)
    here = desk.seat.chain[-1].name
    return no(
        f"{asked}的要住在{here}，或者在{here}有房屋；您登记的都不在这里。",
        ruled,
        remedy="登记有误的，请社区更正。",
        asked=asked,
    )


def may_add(desk: Desk, words: str) -> Verdict:
    """Answer whether somebody may add a statement in such words, and if not, why (能否提出)."""
    verdict, ruled = may_speak(desk, _ADD), clause_of(desk)
    if not verdict:
        return verdict
    wrong = _wrong_with(words)
    if wrong:
        return no(wrong[0], ruled, remedy=wrong[1], asked=_ADD)
    every = Statement.objects.filter(sounding=desk.topic.pk)
    if every.filter(words=words).exists():
        return no("已经有人提过同样的观点。", ruled, remedy="公开的请直接表态，待审的请等一等。", asked=_ADD)
    if every.filter(person=desk.actor.person_id).count() >= MOST_OF_ONE:
        return no(
            f"一人最多提 {MOST_OF_ONE} 条，您已经提满。", ruled, remedy="请对别人的观点表态。", asked=_ADD
        )
    if every.exclude(state=Showing.HIDDEN).count() >= MOST_OF_ALL:
        return no(f"已经有 {MOST_OF_ALL} 条观点。", ruled, remedy="请对已有的观点表态。", asked=_ADD)
    return verdict


@dataclass(frozen=True, slots=True)
class Asked:
    """One statement before one person, with what they said to it before (请您表态)."""

    statement: Statement
    said: Said | None = None


def next_for(desk: Desk) -> Asked | None:
    """Return what somebody is asked next: not answered yet, the one least answered so far (下一条)."""
    person = desk.actor.person_id
    if person is None:
        return None
    answered = Exists(Stance.objects.filter(statement=OuterRef("pk"), person=person))
    rows = _shown(desk.topic.pk).exclude(person=person).filter(~answered)
    first = rows.order_by("votes", "pk").first()
    return Asked(first) if first else None


def ask_again(desk: Desk, number: int) -> Asked | None:
    """Return one statement of others, with what somebody said to it (改表态)."""
    person = desk.actor.person_id
    statement = _shown(desk.topic.pk).exclude(person=person).filter(pk=number).first()
    if statement is None or person is None:
        return None
    own = Stance.objects.filter(statement=statement, person=person).first()
    return Asked(statement, Said(own.said) if own else None)


def answered_by(desk: Desk) -> tuple[Asked, ...]:
    """Return every statement to which somebody said something, the newest first (我的表态)."""
    rows = Stance.objects.filter(person=desk.actor.person_id, statement__sounding=desk.topic.pk)
    told = rows.filter(statement__state=Showing.SHOWN).select_related("statement").order_by("-statement_id")
    return tuple(Asked(one.statement, Said(one.said)) for one in told)


def made_by(desk: Desk) -> tuple[Statement, ...]:
    """Return the statements that somebody made themselves, the newest first (我的观点)."""
    rows = Statement.objects.filter(sounding=desk.topic.pk, person=desk.actor.person_id)
    return tuple(rows.order_by("-pk")) if desk.actor.person_id is not None else ()


def statements(topic: Topic) -> tuple[Statement, ...]:
    """Return every statement of a topic for those who screen them, what waits on top (审核观点)."""
    waits = Q(state=Showing.WAITING)
    rows = Statement.objects.filter(sounding=topic.pk).defer("person").order_by("-pk")
    return (*rows.filter(waits), *rows.exclude(waits))


def drawn(topic: Topic) -> dict[str, Any] | None:
    """Return the map of a topic as it was last drawn (观点图)."""
    kept: dict[str, Any] | None = Sounding.objects.filter(pk=topic.pk).values_list("map", flat=True).first()
    return kept


def words_of(topic: Topic) -> Mapping[int, str]:
    """Return the words of the statements that are shown, by their keys (观点原话)."""
    return dict(_shown(topic.pk).order_by("pk").values_list("pk", "words"))


def draft(topic: Topic) -> str:
    """Word what all groups have in common, for whoever writes down what was agreed (共识草稿)."""
    kept = drawn(topic) if of(topic) is not None else None
    if not kept or not kept["common"]:
        return ""
    words = words_of(topic)
    lines = [
        f"{'大家都同意' if one['agrees'] else '大家都不同意'}：{words[one['statement']]}"
        f"（{one['seen']} 人表态，{one['said']} 人{'同意' if one['agrees'] else '不同意'}）"
        for one in kept["common"]
        if one["statement"] in words
    ]
    return "\n".join(lines)


def to_deliberate(path: str, *, most: int) -> list[Sounding]:
    """Return the soundings within a place whose map is drawn, the liveliest first (观点图)."""
    rows = Sounding.objects.filter(inside(path, column="topic__place_path"), drawn_at__isnull=False)
    open_ones = rows.filter(topic__resolved_at=None, topic__matter__closed_at=None)
    lively = open_ones.select_related("topic__matter").defer("map", "box").order_by("-votes")
    return list(lively[:most])


def made_ever(person: int) -> QuerySet[Statement]:
    """Return every statement somebody made, the newest first (历次观点)."""
    rows = Statement.objects.filter(person=person).select_related("sounding__topic__matter")
    return rows.defer("sounding__map", "sounding__box").order_by("-pk")


def said_ever(person: int) -> QuerySet[Stance]:
    """Return everything somebody said to statements whose gathering goes on, the newest first (历次表态)."""
    rows = Stance.objects.filter(person=person).select_related("statement__sounding__topic__matter")
    return rows.defer("statement__sounding__map", "statement__sounding__box").order_by("-pk")


def still_discussed(sounding: Sounding) -> bool:
    """Tell whether the topic of a sounding is still talked over."""
    return matters.step_of(sounding.topic.matter).kind in DISCUSSED


def _may_lead(desk: Desk, asked: str) -> Verdict:
    if leads(desk):
        return yes(asked, clause_of(desk))
    return no(f"{asked}由主持本步的人办。", clause_of(desk), remedy="可以请他们办。", asked=asked)


def _wrong_with(words: str) -> tuple[str, str] | None:
    """Say what is wrong with the words of a statement and what to do; nothing when they will do."""
    if not words:
        return "还没有写观点。", "写一句话就行。"
    if len(words) > LONGEST:
        return f"观点最多 {LONGEST} 字，现在有 {len(words)} 字。", "一条只写一个意思，几个意思分几条写。"
    if mask_text(words) != words:
        return "观点里好像有姓名、电话、证件号、车牌或门牌。", "观点人人看得到，请去掉再提交。"
    return None


def _shown(sounding: int) -> QuerySet[Statement]:
    return Statement.objects.filter(sounding=sounding, state=Showing.SHOWN)
