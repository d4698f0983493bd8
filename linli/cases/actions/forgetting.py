"""Erasing of a case what points to whoever brought it; what was done about it stays (删除个人信息)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from linli.bodies.actor import RESIDENT
from linli.cases import queries
from linli.cases.actions import indexing
from linli.cases.models import Case
from linli.core.clause import Clause
from linli.core.masking import mask_text
from linli.frame.files import delete_once_through
from linli.matters import queries as matters
from linli.matters.actions import forgetting as thread
from linli.outbox import actions as outbox
from linli.record import actions as record
from linli.record import queries as timeline

if TYPE_CHECKING:
    from linli.matters.models import Matter
    from linli.record.queries import Line

BATCH = 500
# With these acts come the words and the photos of whoever brought the case.
_THEIRS = frozenset({"report", "open", "add_words", "reopen", "withdraw", "rate"})


@dataclass(frozen=True, slots=True)
class By:
    """Who erases, for which office, under which clause and why (经办)."""

    person: int | None
    office: str
    clause: Clause
    reason: str
    at: datetime


def forget_contacts(*, closed_before: datetime) -> int:
    """Erase how to reach people from cases closed long ago; return how many (删除联系方式)."""
    done = 0
    while found := list(
        queries.contacts_kept(closed_before=closed_before).values_list("pk", flat=True)[:BATCH]
    ):
        with transaction.atomic():
            done += _without_contact(found)
    return done


@transaction.atomic
def correct_contact(matter_id: int, *, name: str = "", phone: str = "") -> None:
    """Put right how to reach whoever brought a case (更正联系方式); what is not given stays."""
    case = Case.objects.select_for_update().get(pk=matter_id)
    case.contact_name, case.contact_phone = name or case.contact_name, phone or case.contact_phone
    case.save(update_fields=["contact_name", "contact_phone", "contact_mark"])


@transaction.atomic
def forget(matter: "Matter", *, by: By) -> None:
    """Erase from a closed case who brought it, mask its words and take its photos away (删除).

    The words of the record are erased with an entry each; its chain stays whole.
    """
    case = Case.objects.select_for_update().get(pk=matter.pk)
    names = queries.names_in(case, matter)
    case.words, case.answer = mask_text(case.words, names=names), mask_text(case.answer, names=names)
    case.place_words = mask_text(case.place_words, names=names)
    case.save(update_fields=["words", "answer", "place_words"])
    _without_contact([case.pk])
    _without_photos(matter)
    _without_words(matter, by=by)
    title = mask_text(matter.title, names=names)
    outbox.reword(matter=matter.pk, was=matter.title, now=title)
    thread.loosen(matter, title=title)
    # Nothing is found any more by what is gone, neither from the title nor from the record.
    indexing.write_anew([case.pk])


def _without_contact(numbers: Sequence[int]) -> int:
    rows = Case.objects.filter(pk__in=numbers)
    return rows.update(contact_name="", contact_phone="", contact_mark=None)


def _without_photos(matter: "Matter") -> None:
    files = [
        name for one in matters.attachments(matter) if one.act in _THEIRS for name in (one.file, one.preview)
    ]
    thread.take_pictures_away(matter, acts=_THEIRS)
    delete_once_through(files)


def _without_words(matter: "Matter", *, by: By) -> None:
    for line in _lines(matter.number):
        if line.words and _is_theirs(line, matter):
            record.erase_words(
                chain=matter.number, seq=line.seq, by=by.person, office=by.office,
                at=by.at, reason=by.reason, clause=by.clause,
            )  # fmt: skip


def _lines(number: str) -> "tuple[Line, ...]":
    found: list[Line] = []
    while more := timeline.timeline(number, after=found[-1].seq if found else 0):
        found += more
    return tuple(found)


def _is_theirs(line: "Line", matter: "Matter") -> bool:
    own = line.by is not None and line.by == matter.raised_by_id
    return own or line.office == RESIDENT or line.seq == 1
