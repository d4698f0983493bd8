"""Acts that lead a topic from one step to the next (推进)."""

from typing import TYPE_CHECKING

from django.db import transaction

from linli.core.procedure import ActRule
from linli.deliberation import telling, waits
from linli.deliberation.access import Desk
from linli.deliberation.actions import signing, sounding
from linli.deliberation.models import Topic
from linli.disclosure.actions import showing as disclosure
from linli.matters.actions import moving, remarks

if TYPE_CHECKING:
    from linli.matters.models import Matter

# Which column keeps the words of an act.
KEEPS = {"conclude": "opinion", "resolve": "resolution", "complete": "result", "report_back": "result"}
# What everybody who took part is told, and how it is called.
TOLD = {"resolve": "决议", "report_back": "结果"}
SHOWS = ("adopt", "take_in", "name_participants", "announce")


@transaction.atomic
def step(desk: Desk, act: str, *, words: str = "", seen: int | None = None) -> "Matter":
    """Do an act that needs no more than words; what must be true first is asked of the facts (一般动作)."""
    rule = desk.require(act)
    shows = _opens_up(desk, act)
    move = desk.move(rule, words, seen=seen, figures=desk.happened.figures, shows=shows)
    if not rule.kind.moves:
        return remarks.remark(desk.matter, move)
    matter = moving.move(desk.matter, move)
    _keep(desk, rule, words.strip())
    _show(desk, act, opens_up=shows)
    _follow_up(desk, act, words.strip())
    return matter


def _opens_up(desk: Desk, act: str) -> bool:
    """Tell whether everybody may see the topic from this act on: it is to be deliberated (公开)."""
    return act in SHOWS and "public" not in desk.facts and "may_be_public" in desk.facts


def _keep(desk: Desk, rule: ActRule, words: str) -> None:
    topic, kept = desk.topic, dict[str, object](since=desk.at)
    if rule.act in KEEPS and words:
        kept[KEEPS[rule.act]] = words
    if rule.act == "resolve":
        kept["resolved_at"] = desk.at
    if rule.act == "report_back":
        kept["told_at"] = desk.at
    Topic.objects.filter(pk=topic.pk).update(**kept)
    for name, value in kept.items():
        setattr(topic, name, value)


def _show(desk: Desk, act: str, *, opens_up: bool) -> None:
    matter, topic = desk.matter, desk.topic
    if opens_up:
        disclosure.publish(matter.pk, title=matter.title, words=topic.words, answer="", at=desk.at)
    elif act in KEEPS:
        disclosure.show_answer(matter.pk, answer=topic.result or topic.resolution or topic.opinion)


def _follow_up(desk: Desk, act: str, words: str) -> None:
    """Do what an act brings with it: tasks are asked for, everybody is told, a covenant is signed."""
    sounding.close_if_over(desk)
    if desk.step.kind == "carry_out":
        waits.ask_for_tasks(desk.topic, calendar=desk.calendar, at=desk.at)
    if desk.step.kind == "sign":
        signing.open_for_signing(desk)
    if act == "conclude_signing":
        signing.bring_into_force(desk)
    if act == "decline" and desk.covenant is not None:
        signing.end(desk, words)
    if act == "announce":
        telling.tell_participants(desk.topic, desk.participants, f"公告：{words}", at=desk.at)
    if act in TOLD:
        telling.tell_everybody(desk.topic, f"{TOLD[act]}：{words}", at=desk.at)
