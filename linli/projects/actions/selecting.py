"""Merging needs that are alike, and the initial selection among them (合并、需求初选)."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from linli.bodies.actor import Actor
from linli.core.refusal import Refusal
from linli.core.verdict import Refused
from linli.outbox import actions as outbox
from linli.outbox.actions import Draft
from linli.projects import access, queries
from linli.projects.actions.raising import found, note
from linli.projects.models import Backer, Stage, Wish


@transaction.atomic
def merge(number: str, *, into: str, by: Actor, at: datetime) -> Wish:
    """Merge a need into one that is alike, which keeps the supporters of both, each once (合并)."""
    if number == into:
        raise Refused(Refusal("不能并入自己。", remedy="选另一条需求。", asked="合并"))
    rows = {key: _open(key, by=by, asked="合并") for key in sorted((number, into))}
    gone, kept = rows[number], rows[into]
    if gone.place_id != kept.place_id:
        raise Refused(Refusal("两条需求不在同一个地点。", remedy="只合并同一个地点的。", asked="合并"))
    told = _persons(gone)
    known = set(_persons(kept))
    Backer.objects.filter(need=gone).exclude(person_id__in=known).update(need=kept)
    kept.supports = kept.backers.count()
    kept.save(update_fields=["supports"])
    gone.stage, gone.merged_into = Stage.MERGED, kept
    gone.save(update_fields=["stage", "merged_into"])
    gone.merged.update(merged_into=kept)
    note(gone, "merge_need", "合并", by=by, at=at, words=f"并入 {kept.number}「{kept.title}」")
    note(kept, "take_in_need", "并入", by=by, at=at, words=f"并入 {gone.number}「{gone.title}」")
    words = f"您支持的「{gone.title}」和「{kept.title}」是同一类，已经合并，您的支持还算数。"
    _tell(kept, told, f"需求合并：{kept.title}", words, at=at)
    return kept


@transaction.atomic
def select(number: str, *, words: str, by: Actor, at: datetime) -> Wish:
    """Select a need to be worked out as a project, and say why (初选入选)."""
    return _decide(number, Stage.SELECTED, words.strip(), by=by, at=at)


@transaction.atomic
def decline(number: str, *, words: str, by: Actor, at: datetime) -> Wish:
    """Say why a need is not worked out as a project (初选未入选)."""
    return _decide(number, Stage.DECLINED, words.strip(), by=by, at=at)


def _decide(number: str, stage: Stage, reason: str, *, by: Actor, at: datetime) -> Wish:
    need, name = _open(number, by=by, asked="初选"), str(stage.label)
    if not reason:
        raise Refused(Refusal("还没有写理由。", remedy="写明为什么，理由会公开。", asked=name))
    place = queries.rank(need)
    need.stage, need.decided_at, need.reason = stage, at, reason
    need.save(update_fields=["stage", "decided_at", "reason"])
    note(need, f"need_{stage.value}", name, by=by, at=at, words=reason)
    words = f"「{need.title}」有 {need.supports} 人支持，在征集的需求里排第 {place}。{name}。理由：{reason}"
    _tell(need, _persons(need), f"{name}：{need.title}", words, at=at)
    return need


def _open(number: str, *, by: Actor, asked: str) -> Wish:
    need = found(number)
    access.may_keep(by, path=need.place_path).require()
    if not need.is_open:
        raise Refused(Refusal(f"这条需求{need.get_stage_display()}。", asked=asked))
    return need


def _persons(need: Wish) -> list[int]:
    """Return who supports a need, and who raised it."""
    backers = list(need.backers.order_by("pk").values_list("person_id", flat=True))
    raiser = need.raised_by_id
    return backers if raiser is None or raiser in backers else [raiser, *backers]


def _tell(need: Wish, persons: Iterable[int], subject: str, words: str, *, at: datetime) -> None:
    body = f"{words}\n编号 {need.number}。"
    outbox.write([Draft(person, subject, body) for person in persons], matter=None, at=at)
