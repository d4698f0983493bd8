"""Gathering opinions on a topic: begun, screened, drawn as a map, closed without names (征集观点)."""

import logging
from datetime import datetime

from django.db import transaction
from django.db.models import F

from linli.core.refusal import Refusal
from linli.core.verdict import Refused
from linli.deliberation import soundings
from linli.deliberation.access import Desk, clause_of
from linli.deliberation.choices import Showing
from linli.deliberation.models import Sounding, Stance, Statement
from linli.frame.clock import now
from linli.methods import opinion_map, opinions
from linli.methods.opinions import Votes
from linli.record import actions as record

_LOG = logging.getLogger(__name__)
Figures = tuple[tuple[str, str], ...]


@transaction.atomic
def open_sounding(desk: Desk, *, is_screened: bool) -> Sounding:
    """Begin to gather opinions; where they are screened, a statement waits for staff (开始征集)."""
    soundings.may_open(desk).require()
    begun = Sounding.objects.create(topic=desk.topic, is_screened=is_screened, opened_at=desk.at)
    _note(desk, "open_sounding", "开始征集观点", (("先审后发", "是" if is_screened else "否"),))
    return begun


@transaction.atomic
def screen(desk: Desk, number: int, *, shows: bool, reason: str = "") -> Statement:
    """Show a statement to everybody, or say why not; who made it is not seen (审核观点)."""
    soundings.may_see_to(desk, "审核观点").require()
    statement = Statement.objects.filter(sounding=desk.topic.pk, pk=number).first()
    if statement is None:
        raise Refused(Refusal("没有这条观点。", remedy="请回到观点列表。", asked="审核观点"))
    if not shows and not reason.strip():
        raise Refused(
            Refusal(
                "不公开要写理由。",
                clause=clause_of(desk),
                remedy="写一句，提出的人看得到。意见不合、说得不好听，都不是理由。",
                asked="审核观点",
            )
        )
    state = Showing.SHOWN if shows else Showing.HIDDEN
    changed = Statement.objects.filter(pk=number, state=statement.state).exclude(state=state)
    if changed.update(state=state, reason="" if shows else reason.strip()[:200]):
        _count(desk.topic.pk, (state == Showing.SHOWN) - (statement.state == Showing.SHOWN))
        title = "公开一条观点" if shows else "一条观点不公开"
        _note(desk, "screen_statement", title, (("观点", str(number)),), words=reason)
    statement.state, statement.reason = state, "" if shows else reason.strip()[:200]
    return statement


@transaction.atomic
def close_sounding(desk: Desk) -> Sounding:
    """Draw the map for good, keep the votes and forget whose they were (结束征集)."""
    soundings.may_see_to(desk, "结束征集").require()
    closed = close(desk.topic.pk, at=desk.at)
    _note(desk, "close_sounding", "结束征集观点", figures(closed))
    return closed


def close(topic: int, *, at: datetime) -> Sounding:
    """Close a sounding whose topic is talked over no more (结束征集)."""
    sounding = Sounding.objects.select_for_update().get(pk=topic)
    keys, votes = _votes(sounding)
    floor = soundings.least()
    sounding.map = opinion_map.draw(votes, keys, least=floor).values
    sounding.box = opinion_map.write(votes) if len(votes) >= floor else []
    sounding.closed_at = sounding.drawn_at = at
    sounding.drawn_votes, sounding.drawn_people = int((votes != opinions.UNSEEN).sum()), len(votes)
    sounding.save()
    Stance.objects.filter(statement__sounding=sounding).delete()
    return sounding


def close_if_over(desk: Desk) -> None:
    """Close a sounding when its topic has left the steps at which it is talked over (随协商结束)."""
    sounding = soundings.of(desk.topic)
    if sounding is not None and sounding.closed_at is None and desk.step.kind not in soundings.DISCUSSED:
        close(desk.topic.pk, at=desk.at)


def figures(sounding: Sounding) -> Figures:
    """Return what goes on record of a map (依据)."""
    kept = sounding.map or {}
    return (
        ("公开的观点", str(sounding.statements)),
        ("表态次数", str(kept.get("votes", 0))),
        ("组数", str(len(kept.get("groups", ())))),
        ("大家都同意或都不同意的", str(len(kept.get("common", ())))),
    )


def draw_due(*, at: datetime) -> int:
    """Draw every map to which enough people came since the last; return how many (重画).

    Fewer would show by the difference of two maps what each of them said.
    """
    drawn = 0
    for sounding in Sounding.objects.filter(closed_at=None, votes__gt=F("drawn_votes")):
        try:
            drawn += draw(sounding, at=at)
        except Exception:  # noqa: BLE001  (whatever is wrong with one of them, the others do not wait for it)
            _LOG.exception("%s was left out of the drawing", sounding)
    return drawn


def draw(sounding: Sounding, *, at: datetime) -> bool:
    """Draw the map of a sounding anew, unless too few people came since the last (画观点图)."""
    keys, votes = _votes(sounding)
    floor = soundings.least()
    if len(votes) < sounding.drawn_people + floor:
        return False
    kept = (sounding.map or {}).get("start")
    told = opinion_map.draw(votes, keys, least=floor, start=opinion_map.recall(kept) if kept else None)
    start = {"start": opinion_map.remember(told.start)} if told.start else {}
    Sounding.objects.filter(pk=sounding.pk, closed_at=None).update(
        map=told.values | start,
        drawn_at=at,
        drawn_votes=int((votes != opinions.UNSEEN).sum()),
        drawn_people=len(votes),
    )
    return True


def often() -> None:
    """Draw the maps that are due: what the worker does every few minutes."""
    draw_due(at=now())


@transaction.atomic
def forget(person: int) -> tuple[int, int]:
    """Take back what somebody says to statements, and let go of whose statements are theirs (删除观点和表态).

    Returns how many of each there were. What was said in gatherings that are closed is nobody's any more.
    """
    said = Stance.objects.filter(person=person)
    numbers = list(said.values_list("statement_id", "statement__sounding_id"))
    for statement, sounding in numbers:
        Statement.objects.filter(pk=statement).update(votes=F("votes") - 1)
        Sounding.objects.filter(pk=sounding).update(votes=F("votes") - 1)
    said.delete()
    own = Statement.objects.filter(person=person)
    waiting = own.exclude(state=Showing.SHOWN)
    let_go = own.filter(state=Showing.SHOWN).update(person=None)
    gone, _ = waiting.delete()
    return let_go + gone, len(numbers)


def _votes(sounding: Sounding) -> tuple[list[int], Votes]:
    shown = Statement.objects.filter(sounding=sounding, state=Showing.SHOWN)
    keys = list(shown.order_by("pk").values_list("pk", flat=True))
    columns = {key: place for place, key in enumerate(keys)}
    rows = Stance.objects.filter(statement__sounding=sounding, statement__state=Showing.SHOWN)
    told = rows.values_list("person_id", "statement_id", "said").iterator()
    votes = ((person, columns[key], said) for person, key, said in told if key in columns)
    return keys, opinions.matrix(votes, statements=len(keys))


def _count(sounding: int, number: int) -> None:
    Sounding.objects.filter(pk=sounding).update(statements=F("statements") + number)


def _note(desk: Desk, act: str, title: str, told: Figures, *, words: str = "") -> None:
    record.write(
        chain=desk.matter.number,
        act=act,
        title=title,
        by=desk.actor.person_id,
        office=desk.actor.words_for(desk.matter.place_path),
        at=desk.at,
        clause=clause_of(desk),
        figures=told,
        words=words.strip(),
    )
