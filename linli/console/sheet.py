"""One matter as whoever works on it reads it (事项页)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.html import format_html

from linli.appraisal.aspects import Aspect
from linli.bodies.actor import RESIDENT
from linli.cases.access import Desk
from linli.cases.kinds import ConcernKind, Part
from linli.cases.panel import panel
from linli.console import joining, plan, posts
from linli.console.behind import clock_of
from linli.core.masking import mask_name, mask_phone
from linli.frame import addresses, paging, qr, wording
from linli.frame.anatomy import Clock, Due, Entry
from linli.frame.citing import cite, cite_words
from linli.frame.clock import day_of
from linli.insight.naming import titles
from linli.matters import queries as matters
from linli.matters import story
from linli.matters.choices import Channel, Visibility
from linli.matters.story import Next
from linli.meetings.actions.receiving import RECEIVED
from linli.pack.edition import Edition
from linli.people import queries as people
from linli.record.queries import Line

# Elsewhere the outside number is only the key of a form that was sent once.
_FROM_OUTSIDE = (Channel.HOTLINE, Channel.POLICE, Channel.IMPORT)
_SEALED = frozenset({"finish", "solve", "decline", "verify", "lapse", "uphold_return", "reject_return"})
_SHOWN_IN_HEAD = 1
Pairs = tuple[tuple[str, str], ...]
Pictures = Mapping[str, tuple[tuple[str, str, str], ...]]


@dataclass(frozen=True, slots=True)
class Duty:
    """What a body was asked to do, by when, and what came of it (工单、报到)."""

    body: str
    part: str
    task: str
    clock: Clock
    words: str
    scores: Pairs = ()


def lay_out(request: HttpRequest, desk: Desk, *, back: str, beside: bool) -> dict[str, Any]:
    """Gather all that the page of a matter shows; the number of queries does not grow with the matter."""
    matter, edition = desk.matter, matters.edition_of(desk.matter)
    told, pictures = story.tell(matter, before=paging.before(request)), _pictures(desk)
    nexts = told.nexts
    drawing = None if beside else plan.draw(desk.seat.grid)
    own_href = addresses.of("console:matter", matter.number)
    return {
        "matter": matter,
        "case": desk.case,
        "beside": beside,
        "kind": _kind(desk, edition),
        "crumbs": _crumbs(desk),
        "order": edition.orders[matter.order],
        "is_public": matter.visibility == Visibility.PUBLIC,
        "stops": told.stations,
        "next_words": _next(nexts[0], desk.at) if nexts else "",
        "next_clause": cite(next((one.clause for one in nexts if one.clause), None), matter.pack),
        "besides": tuple(_besides(one, nexts[0], desk.at) for one in nexts[1:]),
        "clock_now": clock_of(matter, at=desk.at),
        "panel": panel(desk, back=back, brings_all=bool(posts.walking(desk.actor))),
        "fact_rows": _facts(desk, edition),
        "pictures": pictures.get("report", ()) + pictures.get("open", ()),
        "duties": _duties(desk),
        "summoned": _summoned(desk),
        "returns": desk.returns,
        "entries": _entries(told.lines, pictures, pack=matter.pack),
        **joining.voices(desk, told),
        "joined_pictures": pictures.get("join", ()),
        "latest_href": own_href if paging.before(request) else "",
        "earlier_href": f"{own_href}?before={told.earlier}" if told.earlier else "",
        "drawing": drawing,
        "pins": drawing.pin(desk.seat.chain[-1], metres=_metres(desk)) if drawing else (),
        "page_href": own_href,
        **(_code(request, desk) if not beside else {}),
    }


def _kind(desk: Desk, edition: Edition) -> str:
    subject = titles(edition, "subject").get(desk.matter.subject, "")
    concern = ConcernKind(desk.case.concern_kind).label if desk.case.concern_kind else ""
    return f"{subject} · {concern}" if concern else subject


def _crumbs(desk: Desk) -> tuple[tuple[str, str], ...]:
    """Lead from each place within reach to the list of its matters."""
    every = addresses.of("console:all")
    chain = desk.seat.chain[_SHOWN_IN_HEAD:] or desk.seat.chain
    return tuple(
        (spot.name, f"{every}?place={spot.path}" if desk.actor.reaches(spot.path) else "") for spot in chain
    )


def _next(one: Next, at: datetime) -> str:
    if one.is_paused:
        return f"等{one.who}办「{one.title}」，计时已暂停。"
    if one.due_at is None:
        return f"等{one.who}办「{one.title}」。"
    by = wording.deadline(one.due_at, today=day_of(at))
    return f"{one.who}应在 {by} 前完成「{one.title}」，{wording.remaining(one.due_at, now=at)}。"


def _besides(one: Next, first: Next, at: datetime) -> str:
    """Say who else must do something, or who may do the same instead."""
    if one.title == first.title:
        return f"「{one.title}」也可以由{one.who}办。"
    by = f"，{wording.deadline(one.due_at, today=day_of(at))} 前" if one.due_at else ""
    return f"另外还在等{one.who}（{one.title}{by}）。"


def _facts(desk: Desk, edition: Edition) -> Pairs:
    matter, case = desk.matter, desk.case
    outside = matter.external_ref if matter.channel in _FROM_OUTSIDE else ""
    source = Channel(matter.channel).label + (f"（{outside}）" if outside else "")
    rows = (
        ("内容", case.words),
        ("位置说明", case.place_words),
        ("分类", edition.categories[matter.category].title),
        ("单别", f"{edition.orders[matter.order].title}，{edition.orders[matter.order].resolve.words}"),
        ("层级", edition.level(matter.level).title),
        ("主办", matter.lead.name if matter.lead else ""),
        ("来源", f"{source}，{wording.moment(matter.opened_at, today=day_of(desk.at))}"),
        ("来自", edition.trades.get(case.trade, "")),
        ("联系人", _contact(desk)),
        ("最晚办结", wording.deadline(matter.due_at, today=day_of(desk.at)) if matter.due_at else ""),
        ("暂停", edition.pauses[matter.pause_reason].title if matter.pause_reason else ""),
        ("办理结果", case.answer),
    )
    return tuple((name, words) for name, words in rows if words)


def _contact(desk: Desk) -> str:
    """Say masked whom to call; those who have a part in the work may see it whole, once they say why."""
    name, phone = desk.case.contact_name or raiser_of(desk), desk.case.contact_phone
    words = " ".join(filter(None, (mask_name(name) if name else "", mask_phone(phone) if phone else "")))
    if not words or not desk.standing:
        return words
    href = addresses.of("console:contact", desk.matter.number)
    return format_html('{} <a href="{}">查看<span class="away">联系人</span></a>', words, href)


def raiser_of(desk: Desk) -> str:
    """Return who brought a concern with an account of their own, where no other name was left (反映人)."""
    raiser = desk.matter.raised_by
    return raiser.name if raiser and desk.case.concern_kind else ""


def _pictures(desk: Desk) -> Pictures:
    """Group the photos by the act they came with."""
    found: dict[str, tuple[tuple[str, str, str], ...]] = {}
    for one in matters.attachments(desk.matter) if desk.case.has_pictures else ():
        where = (desk.matter.number, one.pk)
        small, whole = addresses.of("cases:photo_small", *where), addresses.of("cases:photo", *where)
        found[one.act] = (*found.get(one.act, ()), (small, one.words or "照片", whole))
    return found


def _duties(desk: Desk) -> tuple[Duty, ...]:
    return tuple(
        Duty(
            body=order.body.name,
            part=str(Part(order.part).label) + ("（已结束）" if order.ended_at else ""),
            task=order.task,
            clock=clock_of(Due(order.due_at, order.answered_at, order.ended_at), at=desk.at),
            words=order.answer,
        )
        for order in desk.orders
    )


def _summoned(desk: Desk) -> tuple[Duty, ...]:
    if not desk.summonses:
        return ()
    by_body: dict[int, Pairs] = {
        one.body_id: (("配合", one.title),)
        for one in desk.ratings
        if one.aspect == Aspect.DEPARTMENT and one.body_id
    }
    back = tuple(("部门评社区", one.title) for one in desk.ratings if one.aspect == Aspect.SUMMONER)
    return tuple(
        Duty(
            body=one.body.name,
            part="已报到" if one.reported_in_at else "还没报到",
            task=one.reason,
            clock=_reported(one.due_at, one.reported_in_at, desk.at),
            words="",
            scores=by_body.get(one.body_id, ()) + (back if one == desk.summonses[0] else ()),
        )
        for one in desk.summonses
    )


def _reported(due_at: datetime, reported_in_at: datetime | None, at: datetime) -> Clock:
    if reported_in_at is None:
        return clock_of(Due(due_at, None), at=at)
    return Clock("done", "按时报到" if reported_in_at <= due_at else "迟到")


def _entries(lines: tuple[Line, ...], photos: Pictures, *, pack: str) -> tuple[Entry, ...]:
    names = people.names(line.by for line in lines if line.by is not None)
    last = {line.act: line.seq for line in lines}
    return tuple(
        _entry(line, names, photos if last[line.act] == line.seq else {}, pack=pack) for line in lines[::-1]
    )


def _entry(line: Line, names: Mapping[int, str], photos: Pictures, *, pack: str) -> Entry:
    name = names.get(line.by, "") if line.by is not None else ""
    if line.office == RESIDENT:
        name = mask_name(name)
    return Entry(
        at=line.at,
        act=line.title,
        who=name or line.office,
        office=line.office if name else "",
        words=_words(line),
        clause=cite_words(line.clause_words, rule=line.clause, pack=pack),
        tone="official" if line.act in _SEALED else "",
        photos=photos.get(line.act, ()),
        papers=_papers(line),
    )


def _papers(line: Line) -> Pairs:
    """Link the reception at which a matter was brought."""
    held = dict(line.figures).get("会议", "") if line.act == RECEIVED else ""
    return ((f"{held} 的接待情况", addresses.of("console:meeting", held)),) if held else ()


def _words(line: Line) -> str:
    figures = "；".join(f"{key}：{value}" for key, value in line.figures)
    said = "（内容已按规定删除）" if line.words is None else line.words
    return "。".join(filter(None, (figures, said)))


def _metres(desk: Desk) -> tuple[int, int] | None:
    x, y = desk.case.spot_x, desk.case.spot_y
    return None if x is None or y is None else (x, y)


def _code(request: HttpRequest, desk: Desk) -> dict[str, Any]:
    href = request.build_absolute_uri(f"/m/{desk.matter.number}/")
    title = f"事项 {desk.matter.number} 的二维码"
    return {"code": qr.svg(href, title=title), "code_href": href}
