"""Hanging a notice for its days, correcting it, taking it down too early (公示)."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from linli.bodies.actor import Actor
from linli.core.clause import Clause
from linli.core.masking import mask_text
from linli.core.publicity import Publicity
from linli.core.refusal import Refusal
from linli.core.term import Term
from linli.core.verdict import Refused
from linli.disclosure.models import Notice
from linli.disclosure.queries import clause_of
from linli.frame.clock import day_of
from linli.matters.letters import instant
from linli.matters.numbering import next_number
from linli.pack.edition import Edition
from linli.places.queries import Spot
from linli.record import actions as record

SERIES = "G"


@dataclass(frozen=True, slots=True)
class Posting:
    """What hangs where, for how long, under which clause (公示要素); ``matter`` when it belongs to one."""

    kind: str
    title: str
    words: str
    spot: Spot
    term: Term
    clause: Clause
    office: str
    matter: int | None = None


@transaction.atomic
def post(posting: Posting, *, by: Actor, edition: Edition, at: datetime) -> Notice:
    """Hang a notice (公示); one that belongs to no matter opens a record of its own.

    Personal data in it is masked, 个人信息保护法 art. 25. Raises ``Refused`` for a notice without words.
    """
    notice = _hang(posting, edition=edition, at=at)
    if posting.matter is None:
        _note(notice, "post_notice", "公示", by=by, at=at, words=notice.words)
    return notice


@transaction.atomic
def correct(notice: Notice, *, words: str, reason: str, by: Actor, at: datetime) -> Notice:
    """Replace a notice by a corrected one, which hangs for the whole term again (更正)."""
    if not words.strip() or not reason.strip():
        raise _refused("更正要写明新的内容和理由。", clause_of(notice), "补上再提交。", "更正公示")
    if notice.taken_down_at is not None:
        raise _refused("这份公示已经撤下，不能更正。", clause_of(notice), "请重新公示。", "更正公示")
    _come_down(notice, reason=f"更正：{reason.strip()}", at=at)
    fresh = Notice.objects.create(
        number=next_number(notice.number.rsplit("-", 2)[0], year=day_of(at).year),
        matter_id=notice.matter_id,
        place_id=notice.place_id,
        place_path=notice.place_path,
        pack=notice.pack,
        kind=notice.kind,
        title=notice.title,
        words=mask_text(words.strip()),
        office=notice.office,
        clause=notice.clause,
        days=notice.days,
        shown_at=at,
        ends_at=Publicity(at, notice.days).closes_at,
        replaces=notice,
    )
    figures = (("更正", notice.number), ("重新公示到", instant(fresh.ends_at)))
    _note(fresh, "correct_notice", "更正公示", by=by, at=at, words=reason, figures=figures)
    return fresh


@transaction.atomic
def take_down(notice: Notice, *, reason: str, by: Actor, at: datetime) -> Notice:
    """Take a notice down; before its days are over that is on record, and it counts for nothing (撤下)."""
    if not reason.strip():
        raise _refused("撤下公示要写明理由。", clause_of(notice), "写一句为什么。", "撤下公示")
    if notice.taken_down_at is not None:
        raise _refused("这份公示已经撤下。", clause_of(notice), "", "撤下公示")
    is_early = at < notice.ends_at
    _come_down(notice, reason=reason.strip(), at=at)
    title = "提前撤下公示" if is_early else "撤下公示"
    figures = (("公示", notice.number), ("届满", instant(notice.ends_at)))
    _note(notice, "take_down_notice", title, by=by, at=at, words=reason, figures=figures)
    return notice


def _hang(posting: Posting, *, edition: Edition, at: datetime) -> Notice:
    if not posting.title.strip() or not posting.words.strip():
        raise _refused("公示要写明标题和内容。", posting.clause, "补上再提交。", "公示")
    publicity = Publicity.under(posting.term, shown_at=at, clause=posting.clause)
    return Notice.objects.create(
        number=next_number(f"{edition.number_prefix}-{SERIES}", year=day_of(at).year),
        matter_id=posting.matter,
        place_id=posting.spot.id,
        place_path=posting.spot.path,
        pack=edition.key,
        kind=posting.kind,
        title=posting.title.strip(),
        words=mask_text(posting.words.strip()),
        office=posting.office,
        clause=posting.clause.rule,
        days=publicity.days,
        shown_at=at,
        ends_at=publicity.closes_at,
    )


def _come_down(notice: Notice, *, reason: str, at: datetime) -> None:
    notice.taken_down_at, notice.reason = at, reason
    notice.save(update_fields=["taken_down_at", "reason"])


def _note(
    notice: Notice,
    act: str,
    title: str,
    *,
    by: Actor,
    at: datetime,
    words: str = "",
    figures: tuple[tuple[str, str], ...] = (),
) -> None:
    record.write(
        chain=chain_of(notice),
        act=act,
        title=title,
        by=by.person_id,
        office=by.words_for(notice.place_path),
        at=at,
        clause=clause_of(notice),
        figures=figures or (("公示", notice.number), ("届满", instant(notice.ends_at))),
        words=words.strip(),
    )


def chain_of(notice: Notice) -> str:
    """Return the record on which a notice stands: its matter's, or the one of the first of its line."""
    if notice.matter is not None:
        return notice.matter.number
    while notice.replaces is not None:
        notice = notice.replaces
    return notice.number


def _refused(sentence: str, clause: Clause, remedy: str, asked: str) -> Refused:
    return Refused(Refusal(sentence, clause=clause, remedy=remedy, asked=asked))
