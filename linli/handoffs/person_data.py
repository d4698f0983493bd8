"""What all rooms together keep of one person, gathered to be handed over (个人信息的查阅、复制)."""

import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.core.files.storage import default_storage
from django.db import transaction
from django.template.loader import render_to_string

from linli.activities import queries as activities
from linli.appraisal import queries as appraisal
from linli.bodies import roster
from linli.cases import queries as cases
from linli.handoffs import person_deciding as deciding
from linli.handoffs import person_granting as granting
from linli.handoffs import person_helping as helping
from linli.handoffs.person_rows import Rows, kept, moment
from linli.matters import followers
from linli.matters import queries as matters
from linli.outbox import queries as letterbox
from linli.people import households
from linli.people import queries as register
from linli.pledges import queries as pledges
from linli.privacy import queries as asked
from linli.privacy.kinds import Item, Ruling, Wish
from linli.projects import queries as projects
from linli.record import actions as record
from linli.record import queries as timeline
from linli.rulebook import queries as rulebook
from linli.societies import queries as societies

if TYPE_CHECKING:
    from linli.matters.models import Matter
    from linli.people.models import Person
    from linli.privacy.models import Claim, Look

# Offices of all times, those long over too.
EVER = date(1900, 1, 1)
_MOST = 500


@dataclass(frozen=True, slots=True)
class Chapter:
    """One kind of what is kept, as rows of name and value (一类信息)."""

    title: str
    entries: tuple[Rows, ...]


def of_person(person: "Person") -> tuple[Chapter, ...]:
    """Gather everything that is kept of a person, room by room (查阅)."""
    raised = list(matters.raised_by(person.pk)[:_MOST])
    return (
        Chapter("本人", (_own(person),)),
        Chapter("任过的职务", tuple(_offices(person))),
        Chapter("负责的社会组织", tuple(_societies(person.pk))),
        Chapter("加入的队伍", tuple(_teams(person.pk))),
        _newest("报过的活动", tuple(_activities(person.pk))),
        _newest("申报过的公益创投", tuple(granting.applied(person.pk, most=_MOST))),
        _newest("公益创投的评审", tuple(granting.reviewed(person.pk, most=_MOST))),
        Chapter("请驻区单位帮过的", tuple(_needs(person.pk))),
        Chapter("提过的居民需求", tuple(_raised(person.pk))),
        Chapter("支持过的居民需求", tuple(_backed(person.pk))),
        Chapter("房屋和家庭", tuple(kept(*told) for told in households.told_of(person.pk))),
        _newest("反映过的事", tuple(_matter(one) for one in raised)),
        _newest("我也遇到的事", tuple(_joined(person.pk))),
        _newest("参加的会议", tuple(deciding.sat(person.pk, most=_MOST))),
        _newest("表决", tuple(deciding.voted(person.pk, most=_MOST))),
        _newest("联名和签约", tuple(deciding.put_names(person.pk, most=_MOST))),
        _newest("观点和表态", tuple(deciding.thought(person.pk, most=_MOST))),
        _newest("提过的异议", tuple(deciding.objected(person.pk, most=_MOST))),
        Chapter("志愿者登记", tuple(helping.offered(person.pk))),
        _newest("做过的志愿服务", tuple(helping.served(person.pk, most=_MOST))),
        _newest("请人帮过的忙", tuple(helping.asked(person.pk, most=_MOST))),
        _newest("寄给您的信", tuple(_letters(person.pk))),
        Chapter("同意过的事", tuple(_consents(person.pk))),
        _newest("谁看过", looks(asked.looks_about(person.pk, matters=[one.pk for one in raised])[:_MOST])),
        Chapter("申请过的事", tuple(_claim(one) for one in asked.claims_of(person.pk))),
    )


def of_matter(matter: "Matter") -> tuple[Chapter, ...]:
    """Gather what is kept of whoever left a matter without an account (查阅)."""
    return (
        Chapter("反映的事", (_matter(matter),)),
        _newest("谁看过", looks(asked.looks_at(matter.pk)[:_MOST])),
        Chapter("申请过的事", tuple(_claim(one) for one in asked.claims_on(matter.pk))),
    )


def looks(rows: "Iterable[Look]") -> tuple[Rows, ...]:
    """Say of each look who it was by office, when, at what and why; never by name (谁看过)."""
    reasons = asked.reasons()
    return tuple(
        kept(
            ("时间", moment(one.at)),
            ("查看人", one.office),
            ("内容", Item(one.item).label),
            ("事由", reasons.get(one.reason, one.reason)),
            ("事项", one.number),
        )
        for one in rows
    )


def bundle(chapters: Sequence[Chapter], *, pictures: Sequence[str], at: datetime) -> bytes:
    """Pack what is kept as a page to read, as JSON for machines, and with the photos (导出)."""
    packed = io.BytesIO()
    plain = {one.title: [dict(rows) for rows in one.entries] for one in chapters}
    page = render_to_string("handoffs/person_data.html", {"chapters": chapters, "at": moment(at)})
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("个人信息.html", page)
        file.writestr("个人信息.json", json.dumps(plain, ensure_ascii=False, indent=2))
        for name in pictures:
            with default_storage.open(name) as picture:
                file.writestr(f"照片/{name.rpartition('/')[2]}", picture.read())
    return packed.getvalue()


def pictures_of(found: "Iterable[Matter]") -> tuple[str, ...]:
    """Name the photos that came with some matters."""
    return tuple(one.file for matter in found for one in matters.attachments(matter))


@transaction.atomic
def hand_over(
    chapters: Sequence[Chapter], *, chain: str, pictures: Sequence[str], by: int | None, at: datetime
) -> bytes:
    """Give a person everything that is kept of them, and put that on record (导出)."""
    record.write(
        chain=chain, act="hand_over", title="导出个人信息", by=by, office="本人", at=at,
        clause=asked.rule("I-7").clause, figures=(("类", str(len(chapters))),),
    )  # fmt: skip
    return bundle(chapters, pictures=pictures, at=at)


def _newest(title: str, entries: tuple[Rows, ...]) -> Chapter:
    """Say of what was too long to hand over whole that it was cut."""
    return Chapter(f"{title}（最新 {_MOST} 条）" if len(entries) == _MOST else title, entries)


def _own(person: "Person") -> Rows:
    account = register.account_of(person)
    return kept(
        ("姓名", person.name),
        ("性别", person.gender),
        ("出生年", str(person.born_in or "")),
        ("电话", person.phone),
        ("公民身份号码", person.id_number),
        ("电子邮箱", person.email),
        ("住处", person.lives_at.name if person.lives_at else ""),
        ("简介", person.about),
        ("行业", _trade(person)),
        ("用户名", account.username if account else ""),
        ("最近一次登录", moment(account.last_login) if account else ""),
    )


def _trade(person: "Person") -> str:
    known = rulebook.current(person.lives_at.pack).trades if person.lives_at else {}
    return known.get(person.trade, person.trade)


def _offices(person: "Person") -> Iterator[Rows]:
    for one in roster.held_by(person.pk, on=EVER):
        until = one.until.isoformat() if one.until else ""
        where = one.body.name if one.body else one.place.name
        yield kept(("地点", where), ("职务", one.title), ("从", one.since.isoformat()), ("到", until))


def _societies(person: int) -> Iterator[Rows]:
    for one in societies.led_by(person):
        yield kept(("地点", one.place.name), ("名称", one.name), ("注销", moment(one.closed_at)))


def _teams(person: int) -> Iterator[Rows]:
    for one in activities.joined_ever(person):
        yield kept(("队伍", one.team.name), ("加入时间", moment(one.joined_at)))


def _activities(person: int) -> Iterator[Rows]:
    for one in activities.signed_up_ever(person)[:_MOST]:
        yield kept(
            ("编号", one.activity.number),
            ("活动", one.activity.title),
            ("报名情况", one.get_standing_display()),
            ("报名时间", moment(one.asked_at)),
            ("签到时间", moment(one.came_at)),
        )


def _needs(person: int) -> Iterator[Rows]:
    for one in pledges.asked_ever(person):
        yield kept(("需求", one.title), ("来自事项", one.matter_number), ("列入时间", moment(one.listed_at)))


def _raised(person: int) -> Iterator[Rows]:
    for one in projects.raised_ever(person):
        yield kept(("需求", one.title), ("说明", one.words), ("提出时间", moment(one.raised_at)))


def _backed(person: int) -> Iterator[Rows]:
    for one in projects.supported_ever(person):
        yield kept(("需求", one.need.title), ("支持时间", moment(one.at)))


def _matter(matter: "Matter") -> Rows:
    case = cases.of_matter(matter.pk)
    score = appraisal.result(matter.pk, turn=matter.reopened)
    return kept(
        ("编号", matter.number),
        ("标题", matter.title),
        ("提出时间", moment(matter.opened_at)),
        ("办结时间", moment(matter.closed_at)),
        ("内容", case.words if case else ""),
        ("位置说明", case.place_words if case else ""),
        ("来自", matters.edition_of(matter).trades.get(case.trade, "") if case else ""),
        ("称呼", case.contact_name if case else ""),
        ("电话", case.contact_phone if case else ""),
        ("办理结果", case.answer if case else ""),
        ("评价", f"{score.title} {score.words}".strip() if score else ""),
        ("经过", "\n".join(_told(line) for line in timeline.timeline(matter.number, limit=_MOST))),
    )


def _joined(person: int) -> Iterator[Rows]:
    for one in followers.followed_by(person)[:_MOST]:
        yield kept(
            ("编号", one.matter.number),
            ("时间", moment(one.joined_at)),
            ("称呼", one.name),
            ("电话", one.phone),
            ("补充", one.words),
        )


def _told(line: timeline.Line) -> str:
    return "　".join(filter(None, (moment(line.at), line.office, line.title, line.words or "")))


def _letters(person: int) -> Iterator[Rows]:
    for one in letterbox.inside(to=person)[:_MOST]:
        yield kept(("时间", moment(one.written_at)), ("标题", one.subject), ("正文", one.body))


def _consents(person: int) -> Iterator[Rows]:
    titles = {one.key: one.title for one in asked.purposes()}
    for one in asked.consents(person):
        yield kept(
            ("目的", titles.get(one.purpose, one.purpose)),
            ("文本版本", one.wording),
            ("同意时间", moment(one.given_at)),
            ("撤回时间", moment(one.withdrawn_at)),
        )


def _claim(one: "Claim") -> Rows:
    return kept(
        ("申请", Wish(one.wish).label),
        ("时间", moment(one.asked_at)),
        ("说明", one.words),
        ("结果", Ruling(one.ruling).label if one.ruling else "办理中"),
        ("答复", one.answer),
    )
