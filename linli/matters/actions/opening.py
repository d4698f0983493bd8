"""Opening a matter: number, clock, first step, counts and record in one transaction (立项)."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from linli.bodies.actor import Actor
from linli.core.calendar import Calendar
from linli.core.chain import START
from linli.core.countdown import Countdown
from linli.core.procedure import Procedure
from linli.core.term import Term, Unit, due
from linli.frame import compiled
from linli.frame.clock import day_of
from linli.matters import letters, tally, waiting
from linli.matters.choices import Visibility
from linli.matters.models import Matter
from linli.matters.numbering import give_back, next_number
from linli.matters.responsible import Seat, answering_level
from linli.pack.edition import Edition, Order
from linli.people import queries as people
from linli.places.queries import Spot
from linli.record import actions as record
from linli.rulebook import queries as rulebook

# A term is written with four digits at most.
LONGEST = 9_999


@dataclass(frozen=True, slots=True)
class Opening:
    """What must be known to open a matter (立项要素); ``spots`` is the chain of places from the root down.

    ``term`` is one that was agreed on for this matter alone, in the place of its order's; ``procedure`` one
    that was chosen among several that serve the subject; ``office`` who opens it, where no person does.
    """

    subject: str
    title: str
    spots: tuple[Spot, ...]
    category: str
    order: str
    level: str
    channel: str
    external_ref: str = ""
    raised_by: int | None = None
    is_public: bool = False
    words: str = ""
    due_by: datetime | None = None
    term: Term | None = None
    procedure: str = ""
    office: str = ""

    def figures(self, order: Order, term: Term) -> tuple[tuple[str, str], ...]:
        """Return what is on record of how urgent it is; a chosen procedure has no kinds of orders (单别)."""
        ordered = () if self.procedure else (("单别", order.title),)
        return (*ordered, ("时限", term.words))

    def procedure_of(self, edition: Edition) -> Procedure:
        """Return the procedure it will run under (程序)."""
        if self.procedure:
            return edition.procedures[self.procedure]
        return edition.procedure_for(self.subject)


@transaction.atomic(savepoint=False)
def open_matter(opening: Opening, *, by: Actor, at: datetime) -> Matter:
    """Open a matter at the first step of the procedure that serves its subject (立项).

    Raises ``ValueError`` when the same outside number was opened before; see ``open_once``.
    """
    matter = open_once(opening, by=by, at=at)
    if matter is None:
        raise ValueError(f"{opening.channel} {opening.external_ref} was opened before")
    return matter


@transaction.atomic(savepoint=False)
def open_once(opening: Opening, *, by: Actor, at: datetime) -> Matter | None:
    """Open a matter unless the same outside number was opened before (立项、防重)."""
    edition = rulebook.current(opening.spots[-1].pack)
    procedure, calendar = opening.procedure_of(edition), rulebook.calendar()
    matter = _draw_up(opening, edition=edition, at=at)
    order = edition.orders[opening.order]
    term = opening.term or term_by(opening.due_by, own=order.resolve, at=at, calendar=calendar)
    waiting.write_clock(matter, Countdown.start(term, at=at), calendar=calendar)
    if not compiled.insert([matter], or_leave=bool(opening.external_ref)):
        give_back(matter.number)
        return None
    seat = Seat(edition, opening.spots, matter.level)
    waiting.begin(matter, procedure=procedure, seat=seat, calendar=calendar, at=at)
    tally.change(None, tally.shape(matter), slot=matter.pk)
    record.write(
        chain=matter.number,
        act="open",
        title=procedure.first.title,
        by=by.person_id,
        office=opening.office or by.words_for(matter.place_path),
        at=at,
        clause=order.clause,
        figures=opening.figures(order, term),
        words=opening.words,
        after=START,
    )
    if opening.raised_by is not None:
        matter.raised_by = people.of_id(opening.raised_by)
    letters.opened(matter, procedure=procedure, at=at)
    return matter


def term_by(by: datetime | None, *, own: Term, at: datetime, calendar: Calendar) -> Term:
    """Return the order's own term, or the minutes to an earlier deadline set outside (对方期限)."""
    if by is None or by >= due(own, at=at, calendar=calendar):
        return own
    minutes = max(int((by - at).total_seconds()) // 60, 1)
    if minutes <= LONGEST:
        return Term(minutes, Unit.MINUTES)
    return Term(min(minutes // 60, LONGEST), Unit.HOURS)


def _draw_up(opening: Opening, *, edition: Edition, at: datetime) -> Matter:
    place, procedure = opening.spots[-1], opening.procedure_of(edition)
    seat = Seat(edition, opening.spots, opening.level)
    level = answering_level(seat, step=procedure.first, roles=procedure.roles, on=day_of(at))
    return Matter(
        number=next_number(edition.number_prefix, year=day_of(at).year),
        subject=opening.subject,
        title=opening.title,
        place_id=place.id,
        place_path=place.path,
        pack=edition.key,
        edition=edition.year,
        procedure=procedure.key,
        step=procedure.first.key,
        step_kind=procedure.first.kind,
        category=opening.category,
        order=opening.order,
        level=level,
        channel=opening.channel,
        external_ref=opening.external_ref,
        due_by=opening.due_by,
        visibility=Visibility.PUBLIC if opening.is_public else Visibility.PARTIES,
        raised_by_id=opening.raised_by,
        opened_at=at,
        moved_at=at,
    )
