"""Taking a case in: a resident reports, a grid worker finds, a hotline hands over (反映、发现)."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from django.db import transaction

from linli.bodies.actor import Actor
from linli.cases import finding, queries, routing
from linli.cases.kinds import stays_secret
from linli.cases.models import Case
from linli.core.refusal import Refusal
from linli.core.verdict import Refused
from linli.disclosure.actions import showing as disclosure
from linli.frame import compiled
from linli.matters import queries as matters
from linli.matters.actions.opening import Opening, open_once
from linli.places.queries import Spot
from linli.rulebook import queries as rulebook

if TYPE_CHECKING:
    from linli.matters.models import Matter

TITLE_LENGTH = 80


@dataclass(frozen=True, slots=True)
class Report:
    """What somebody reports (反映内容); ``spots`` is the chain of places from the root down.

    ``due_by`` is the deadline of whoever hands it over; the earlier one counts.
    """

    subject: str
    spots: tuple[Spot, ...]
    words: str
    channel: str
    title: str = ""
    concern_kind: str = ""
    category: str = ""
    order: str = ""
    external_ref: str = ""
    contact_name: str = ""
    contact_phone: str = ""
    spot: tuple[int, int] | None = None
    place_words: str = ""
    raised_by: int | None = None
    is_public: bool = False
    is_secret: bool = False
    trade: str = ""
    due_by: datetime | None = None


def sending(key: str, *, words: str) -> str:
    """Name one sending of a form: with the same words it counts once, with others it is another (防重).

    A form without a key gets no name: nothing is known about it.
    """
    return sha256(f"{key} {words}".encode()).hexdigest() if key else ""


def report(told: Report, *, by: Actor, at: datetime) -> "Matter":
    """Open a case from what was told (反映、发现); the same outside number never opens a second one."""
    matter, _ = report_once(told, by=by, at=at)
    return matter


def report_once(told: Report, *, by: Actor, at: datetime) -> "tuple[Matter, bool]":
    """Open a case from what was told, or find the one of the same outside number; tell whether it is new."""
    if not told.words.strip():
        raise Refused(Refusal("还没有写内容。", remedy="用一两句话写下看到了什么、在哪里。", asked="提交"))
    matter = _open(told, by=by, at=at)
    if matter is not None:
        return matter, True
    known = matters.taken_in(channel=told.channel, external_ref=told.external_ref)
    if known is None:
        raise RuntimeError(f"{told.channel} {told.external_ref} is neither there nor could it be opened")
    return known, False


@transaction.atomic(savepoint=False)
def _open(told: Report, *, by: Actor, at: datetime) -> "Matter | None":
    edition = rulebook.current(told.spots[-1].pack)
    category = told.category or routing.guess_category(edition, words=told.title + told.words)
    is_secret = stays_secret(kind=told.concern_kind, channel=told.channel, is_asked=told.is_secret)
    is_secret = is_secret or edition.categories[category].is_private
    is_public = told.is_public and not is_secret
    matter = open_once(
        Opening(
            subject=told.subject,
            title=told.title or headline(told.words),
            spots=told.spots,
            category=category,
            order=told.order or routing.order_for(edition, category=category, spots=told.spots),
            level=routing.first_level(edition, subject=told.subject, category=category, spots=told.spots),
            channel=told.channel,
            external_ref=told.external_ref,
            raised_by=told.raised_by,
            is_public=is_public,
            words=told.words,
            due_by=told.due_by,
        ),
        by=by,
        at=at,
    )
    if matter is None:
        return None
    case = _keep(matter, told)
    if is_public:
        names = queries.names_in(case, matter)
        disclosure.publish(matter.pk, title=matter.title, words=told.words, answer="", names=names, at=at)
    return matter


def headline(words: str) -> str:
    """Take a title from the first sentence of what was told."""
    first = words.strip().splitlines()[0]
    for mark in "。！？；":
        first = first.split(mark)[0]
    return first if len(first) <= TITLE_LENGTH else first[: TITLE_LENGTH - 1] + "…"


def _keep(matter: "Matter", told: Report) -> Case:
    x, y = told.spot or (None, None)
    case = Case(
        matter_id=matter.pk,
        concern_kind=told.concern_kind,
        words=told.words,
        contact_name=told.contact_name,
        contact_phone=told.contact_phone,
        spot_x=x,
        spot_y=y,
        place_words=told.place_words,
        is_secret=told.is_secret,
        trade=told.trade,
        tokens=finding.tokens(matter, words=told.words, spots=told.spots, others=(told.place_words,)),
    )
    compiled.insert([case])
    return case
