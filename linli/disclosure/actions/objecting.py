"""Holding something against a notice, and answering it (异议)."""

from datetime import datetime

from django.db import transaction

from linli.bodies.actor import Actor
from linli.core.masking import mask_text
from linli.core.refusal import Refusal
from linli.core.verdict import Refused
from linli.disclosure.actions.noticing import chain_of
from linli.disclosure.models import Notice, Objection
from linli.disclosure.queries import clause_of
from linli.matters.letters import instant
from linli.outbox import actions as outbox
from linli.outbox.actions import Draft
from linli.record import actions as record


@transaction.atomic
def object_to(notice: Notice, *, words: str, by: Actor, at: datetime) -> Objection:
    """Hold something against a notice while it hangs (提异议); the next step waits for the answer."""
    asked, clause = "提异议", clause_of(notice)
    if by.person_id is None:
        raise Refused(Refusal("提异议要先登录。", clause=clause, remedy="登录以后再提。", asked=asked))
    if not words.strip():
        raise Refused(Refusal("异议要写明理由。", clause=clause, remedy="写清哪里不对。", asked=asked))
    if notice.taken_down_at is not None or at >= notice.ends_at:
        raise Refused(
            Refusal(
                f"公示期已于 {instant(notice.ends_at)} 届满，不能再提异议。",
                clause=clause,
                remedy="可以用「我要反映」告诉社区。",
                asked=asked,
            )
        )
    objection = Objection.objects.create(
        notice=notice, person_id=by.person_id, words=words.strip(), raised_at=at
    )
    record.write(
        chain=chain_of(notice), act="object", title="提异议", by=by.person_id,
        office=by.words_for(notice.place_path), at=at, clause=clause,
        figures=(("公示", notice.number),), words=words.strip(),
    )  # fmt: skip
    return objection


@transaction.atomic
def answer(objection: Objection, *, words: str, is_upheld: bool, by: Actor, at: datetime) -> Objection:
    """Answer an objection, whether it holds or not, and tell whoever raised it (答复异议)."""
    notice = objection.notice
    asked, clause = "答复异议", clause_of(notice)
    if objection.answered_at is not None:
        raise Refused(Refusal("这件异议已经答复。", clause=clause, asked=asked))
    if not words.strip():
        raise Refused(
            Refusal("答复要写明理由。", clause=clause, remedy="写清成立或不成立的理由。", asked=asked)
        )
    objection.answer, objection.is_upheld, objection.answered_at = words.strip(), is_upheld, at
    objection.save(update_fields=["answer", "is_upheld", "answered_at"])
    said = "异议成立" if is_upheld else "异议不成立"
    record.write(
        chain=chain_of(notice), act="answer_objection", title=f"答复异议：{said}", by=by.person_id,
        office=by.words_for(notice.place_path), at=at, clause=clause,
        figures=(("公示", notice.number), ("结论", said)), words=words.strip(),
    )  # fmt: skip
    body = f"您对公示 {notice.number}「{notice.title}」提的异议，{said}：{mask_text(words.strip())}"
    outbox.write(
        [Draft(objection.person_id, f"{said}：{notice.title}", body)], matter=notice.matter_id, at=at
    )
    return objection
