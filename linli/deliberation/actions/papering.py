"""Names on paper for a joint demand: entered by who receives it, disowned by anybody (纸质联名)."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from linli.core.paper_names import Found
from linli.core.refusal import Refusal
from linli.core.verdict import Refused
from linli.deliberation import access, telling
from linli.deliberation.access import Desk
from linli.deliberation.actions import demanding
from linli.deliberation.models import NameSheet, Supporter
from linli.frame.clock import day_of
from linli.frame.files import delete_once_through
from linli.frame.upload_papers import Paper
from linli.matters import queries as matters
from linli.matters.actions import remarks

if TYPE_CHECKING:
    from linli.core.procedure import ActRule
    from linli.matters.models import Matter


@transaction.atomic
def enter(desk: Desk, found: Sequence[Found], paper: Paper, *, seen: int | None = None) -> NameSheet:
    """Count the names of a paper list and keep the paper; each person is told and may object (录入纸质联名).

    Raises ``Refused`` when a line is unclear, or none of them counts.
    """
    rule = desk.require("enter_names")
    names = _countable(found, rule)
    sheet = _keep(desk, paper, lines=len(found), counted=len(names))
    Supporter.objects.bulk_create(
        Supporter(
            topic=desk.topic,
            person_id=person,
            supported_at=desk.at,
            sheet=sheet,
            signed_on=one.line.day,
        )
        for person, one in names.items()
    )
    demanding.add(desk.topic, len(names))
    left_out = "；".join(f"第 {one.line.at} 行：{one.why}" for one in found if not one.counts)
    figures = (("纸上行数", str(len(found))), ("计入人数", str(len(names))))
    demanding.count(desk, rule, words=left_out, figures=figures, seen=seen)
    telling.tell(
        desk.topic,
        names,
        "社区录入了一张纸质联名表，上面有您的名字。不是您签的，请打开这个议题，点「这不是我签的」，就不再计入。",
        at=desk.at,
    )
    return sheet


@transaction.atomic
def disown(desk: Desk) -> "Matter":
    """Take one's name out that somebody else wrote on a paper; nobody enters it again (这不是我签的).

    Once enough had signed the demand goes on; who works on it is told how many names are left.
    """
    rule = desk.require("disown")
    own = Supporter.objects.filter(topic=desk.topic, person_id=desk.actor.person_id or 0, disowned_at=None)
    gone = own.update(disowned_at=desk.at)
    demanding.add(desk.topic, -gone)
    said = access.count_names(desk.topic, desk.procedure, edition=desk.seat.edition, at=desk.at).verdict
    matter = remarks.remark(desk.matter, desk.move(rule, figures=said.figures))
    working = {
        person
        for line in matters.waitings(desk.matter)
        for person in matters.people_of(line, on=day_of(desk.at))
    }
    sentence = f"有人声明纸质联名表上的名字不是自己签的，已经不计，请核对原件。{said.sentence}"
    telling.tell(desk.topic, working, sentence, at=desk.at)
    return matter


@transaction.atomic
def forget_sheets(*, closed_before: datetime) -> int:
    """Take the files of the papers away whose demand ended long ago; return how many (清理纸质联名表)."""
    rows = NameSheet.objects.exclude(file="").filter(topic__matter__closed_at__lt=closed_before)
    files = list(rows.values_list("file", flat=True))
    rows.update(file="")
    delete_once_through(files)
    return len(files)


def _countable(found: Sequence[Found], rule: "ActRule") -> dict[int, Found]:
    unclear = next((one for one in found if one.is_unclear), None)
    if unclear is not None:
        sentence = f"第 {unclear.line.at} 行 {unclear.line.name}：{unclear.why}。"
        raise Refused(Refusal(sentence, clause=rule.clause, remedy="改好再录入。", asked=rule.name))
    names = {one.person: one for one in found if one.counts and one.person is not None}
    if not names:
        sentence = "名单里没有能计入的名字。"
        raise Refused(Refusal(sentence, clause=rule.clause, remedy="核对姓名和房号再录入。", asked=rule.name))
    return names


def _keep(desk: Desk, paper: Paper, *, lines: int, counted: int) -> NameSheet:
    sheet = NameSheet(
        topic=desk.topic,
        title=paper.title[:120],
        lines=lines,
        counted=counted,
        entered_by_id=desk.actor.person_id or 0,
        entered_at=desk.at,
    )
    sheet.file.save(f"topics/{desk.matter.number}/{paper.stored_as}", paper.file, save=True)
    return sheet
