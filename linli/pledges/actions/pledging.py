"""A pledge from the promise to what the one who needed it says of it (承诺、兑现、反馈)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from linli.bodies.access import speaks_as
from linli.bodies.actor import Actor
from linli.core.refusal import Refusal
from linli.core.verdict import Refused
from linli.frame.clock import day_of
from linli.matters.numbering import next_number
from linli.outbox import actions as outbox
from linli.outbox.actions import Draft
from linli.pledges import access, queries
from linli.pledges.models import Listing, Pledge, Score, Sort, Stage
from linli.record import actions as record
from linli.rulebook import queries as rulebook

_SERIES = "GJ"
_ASKED = "认领需求"


@dataclass(frozen=True, slots=True)
class Promise:
    """What an institution promises, until when, with which of its resources (承诺)."""

    institution: int
    title: str
    due_on: date
    resource: int | None = None


@transaction.atomic
def promise(need: int, told: Promise, *, by: Actor, at: datetime) -> Pledge:
    """Let an institution take up a need, out of a resource of its own or otherwise (认领需求)."""
    line = _need(need, by=by)
    owner = queries.institution(told.institution, to_act=True)
    if owner is None or owner.left_at is not None or not access.may_keep(by, path=owner.place_path):
        raise Refused(Refusal("没有这个驻区单位，或者已经迁出。", remedy="从列出的里面选。", asked=_ASKED))
    if line.institution_id == owner.pk:
        raise Refused(Refusal("不能认领自己提出的需求。", remedy="请别的单位认领。", asked=_ASKED))
    if told.due_on < day_of(at):
        raise Refused(Refusal("兑现期限已经过去。", remedy="请选今天或者以后的日子。", asked=_ASKED))
    if queries.open_pledges(line).filter(institution=owner).exists():
        raise Refused(Refusal(f"「{owner.name}」已经认领了这个需求，还没有了结。", asked=_ASKED))
    prefix = rulebook.current(line.pack).number_prefix
    pledge = Pledge.objects.create(
        number=next_number(f"{prefix}-{_SERIES}", year=day_of(at).year), institution=owner, need=line,
        resource=_resource(told.resource, owner=owner.pk) if told.resource else None,
        place_path=line.place_path, title=told.title, due_on=told.due_on, promised_at=at,
    )  # fmt: skip
    _note(pledge, "promise", "承诺", by=by, at=at, figures=(("兑现期限", told.due_on.isoformat()),))
    _tell(pledge, f"有单位认领：{line.title}", f"{owner.name}承诺：{told.title}。期限 {told.due_on}。", at=at)
    return pledge


@transaction.atomic
def begin(number: str, *, words: str, by: Actor, at: datetime) -> Pledge:
    """Note that an institution began to keep its pledge (开始做)."""
    pledge = _open(number, by=by)
    if pledge.stage != Stage.PROMISED:
        raise Refused(Refusal("已经开始了。", asked="开始做"))
    pledge.stage = Stage.BEGUN
    pledge.save(update_fields=["stage"])
    _note(pledge, "begin_pledge", "开始做", by=by, at=at, words=words.strip())
    return pledge


@transaction.atomic
def finish(number: str, *, words: str, by: Actor, at: datetime) -> Pledge:
    """Note what was done, and ask the one who needed it whether it helped (做完)."""
    pledge = _open(number, by=by)
    if not words.strip():
        raise Refused(Refusal("还没有写做了什么。", remedy="写明做了什么，大家都看得到。", asked="做完"))
    pledge.stage, pledge.done_at, pledge.done_words = Stage.DONE, at, words.strip()
    pledge.save(update_fields=["stage", "done_at", "done_words"])
    _note(pledge, "finish_pledge", "做完", by=by, at=at, words=words.strip())
    asked = f"{pledge.institution.name}说：{words.strip()} 请打开承诺的页面，说说有没有解决。"
    _tell(pledge, f"请您反馈：{pledge.need.title}", asked, at=at)
    return pledge


@transaction.atomic
def withdraw(number: str, *, words: str, by: Actor, at: datetime) -> Pledge:
    """Note that a pledge will not be kept, and why; the need is open again (撤回)."""
    pledge = _open(number, by=by)
    if not words.strip():
        raise Refused(Refusal("还没有写原因。", remedy="原因会公开。", asked="撤回"))
    pledge.stage, pledge.withdrawn_why = Stage.WITHDRAWN, words.strip()
    pledge.save(update_fields=["stage", "withdrawn_why"])
    _note(pledge, "withdraw_pledge", "撤回", by=by, at=at, words=words.strip())
    _tell(pledge, f"承诺撤回：{pledge.need.title}", f"原因：{words.strip()}", at=at)
    return pledge


@transaction.atomic
def rate(number: str, *, score: str, words: str, by: Actor, at: datetime) -> Pledge:
    """Say whether what was done met the need; a need that was met leaves the list (反馈)."""
    pledge = _found(number)
    access.may_rate(by, pledge).require()
    if score not in Score.values:
        raise Refused(Refusal("还没有选解决了没有。", asked="反馈"))
    pledge.score, pledge.score_words = score, words.strip()
    pledge.save(update_fields=["score", "score_words"])
    if score == Score.MET:
        Listing.objects.filter(pk=pledge.need_id, closed_at=None).update(closed_at=at)
    figures = (("反馈", str(Score(score).label)),)
    _note(pledge, "rate_pledge", "反馈", by=by, at=at, figures=figures, words=words.strip())
    return pledge


def _need(number: int, *, by: Actor) -> Listing:
    line = queries.listing(number, to_act=True)
    if line is None or line.sort != Sort.NEED or line.closed_at is not None:
        raise Refused(Refusal("需求清单上没有这一条，或者已经划去。", remedy="请重新选。", asked=_ASKED))
    access.may_keep(by, path=line.place_path).require()
    return line


def _resource(number: int, *, owner: int) -> Listing:
    line = queries.listing(number)
    if line is None or line.sort != Sort.RESOURCE or line.closed_at or line.institution_id != owner:
        raise Refused(
            Refusal("这个单位没有列出这项资源。", remedy="选它自己的资源，或者不选。", asked=_ASKED)
        )
    return line


def _found(number: str) -> Pledge:
    pledge = queries.pledge(number, to_act=True)
    if pledge is None:
        raise Refused(Refusal("没有这件承诺。", remedy="请重新选。"))
    return pledge


def _open(number: str, *, by: Actor) -> Pledge:
    pledge = _found(number)
    access.may_keep(by, path=pledge.place_path).require()
    if not pledge.is_open:
        raise Refused(Refusal(f"这件承诺{pledge.get_stage_display()}。"))
    return pledge


def _tell(pledge: Pledge, subject: str, words: str, *, at: datetime) -> None:
    """Write to whoever needed it, when the register knows them."""
    asker = pledge.need.asked_by_id
    if asker is not None:
        outbox.write([Draft(asker, subject, f"{words}\n编号 {pledge.number}。")], matter=None, at=at)


def _note(
    pledge: Pledge, act: str, title: str, *, by: Actor, at: datetime,
    figures: tuple[tuple[str, str], ...] = (), words: str = "",
) -> None:  # fmt: skip
    record.write(
        chain=pledge.number, act=act, title=title, by=by.person_id,
        office=speaks_as(by, path=pledge.place_path), at=at, figures=figures, words=words,
    )  # fmt: skip
