"""Questions about meetings (查询)."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Count, F, Max, Q, QuerySet, Sum

from linli.core.eligibility import Roll, Voter
from linli.core.floor import Floor, Kind, Motion, Point, Side, Speech, Stage
from linli.core.forum import Electorate, Forum
from linli.core.funnel import Count as Counted
from linli.core.funnel import Funnel, Measure
from linli.frame.compiled import Question
from linli.meetings import models
from linli.meetings.models import AgendaItem, Meeting, MeetingPaper, Progress, Recusal, Seat
from linli.places.path import inside, paths_above
from linli.rulebook import queries as rulebook

if TYPE_CHECKING:
    from linli.matters.models import Matter

# In person, or through whoever holds their written proxy and is there in person.
PRESENT = Q(signed_in_at__isnull=False, left_at=None) | Q(
    held_by__signed_in_at__isnull=False, held_by__left_at=None
)

_OF_MATTER = Question(
    lambda matter: (
        Meeting.objects.filter(
            ~Q(progress=Progress.CLOSED) | Q(items__ended_at__isnull=False), items__matter_id=matter
        )
        .exclude(progress=Progress.CANCELLED)
        .distinct()
        .order_by("-meets_at", "-pk")
    )
)
_TURN = Question(lambda number: Meeting.objects.filter(number=number).values_list("turn", "stirs", "token"))


class Turn(NamedTuple):
    """How often a meeting has changed, for everybody and for the desk; ``token`` is of this meeting only."""

    turn: int
    stirs: int
    token: str


def of_number(number: str, *, to_act: bool = False) -> Meeting | None:
    """Find a meeting by its number; ``to_act`` holds its row until the transaction ends."""
    rows = Meeting.objects.select_related("place", "body")
    rows = rows.select_for_update(of=("self",)) if to_act else rows
    return rows.filter(number=number.strip().upper()).first()


def turn_of(number: str) -> Turn | None:
    """Return the turn of a meeting by the cheapest question there is (步次)."""
    found = _TURN.first(number=number)
    return Turn(*found) if found else None


def forum_of(meeting: Meeting) -> Forum:
    """Return the kind of meeting as the edition has it under which it was called (会议形式)."""
    return rulebook.edition(meeting.pack, meeting.edition).forums[meeting.forum]


def of_matter(matter_id: int) -> tuple[Meeting, ...]:
    """Return the meetings that are to deal with a matter, or did, the newest first (事项的会议).

    One that ended before it came to the matter is as if it had not been called for it.
    """
    return tuple(_OF_MATTER.ask(matter=matter_id))


def took_part(matter_id: int) -> set[int]:
    """Return everybody who sat in a meeting that had a matter on its agenda (参加过的人)."""
    met = Meeting.objects.filter(items__matter=matter_id)
    return set(Seat.objects.filter(meeting__in=met).values_list("sitters__person", flat=True)) - {None}


def items(meeting: Meeting) -> tuple[AgendaItem, ...]:
    """Return the agenda in order, with the matters (议程)."""
    return tuple(AgendaItem.objects.filter(meeting=meeting).select_related("matter"))


def item_on(meeting: Meeting) -> AgendaItem | None:
    """Return the item that is being dealt with (当前议程)."""
    rows = AgendaItem.objects.filter(meeting=meeting, began_at__isnull=False, ended_at=None)
    return rows.select_related("matter").first()


def brought(held: Sequence[Meeting]) -> "dict[int, list[Matter]]":
    """Return the matters that residents brought to some receptions, in order (接待中反映的事).

    What is brought is put on the agenda and dealt with at once; what was on it before was not brought.
    """
    rows = AgendaItem.objects.filter(meeting__in=held, matter__isnull=False, began_at=F("added_at"))
    rows = rows.select_related("matter")
    found: dict[int, list[Matter]] = {}
    for one in rows.order_by("meeting", "position"):
        if one.matter is not None:
            found.setdefault(one.meeting_id, []).append(one.matter)
    return found


def who_came(held: Sequence[Meeting]) -> dict[int, list[str]]:
    """Return who of the roll of some meetings came, by name (到会的人)."""
    rows = Seat.objects.filter(meeting__in=held, is_entitled=True, signed_in_at__isnull=False)
    found: dict[int, list[str]] = {}
    for meeting, name in rows.order_by("pk").values_list("meeting_id", "name"):
        found.setdefault(meeting, []).append(name)
    return found


def begun(path: str, *, forums: Sequence[str], most: int) -> list[Meeting]:
    """Return the last public meetings of some forums around a place that were opened (已开的会)."""
    rows = around(path).filter(forum__in=forums, is_public=True, opened_at__isnull=False)
    return list(rows.order_by("-opened_at")[:most])


def waiting_items(matter_id: int) -> tuple[AgendaItem, ...]:
    """Return where a matter stands on an agenda and nobody has begun with it, the oldest first (待议)."""
    return tuple(_waiting().filter(matter_id=matter_id).select_related("meeting").order_by("pk"))


def waiting_item(number: int) -> AgendaItem | None:
    """Return an item of an agenda if nobody has begun with it."""
    return _waiting().filter(pk=number).first()


def sittings(meeting: Meeting) -> list[models.Sitting]:
    """Return the times before this one that a meeting came together, in order (会次)."""
    return list(models.Sitting.objects.filter(meeting=meeting).order_by("number"))


def papers(meeting: Meeting) -> tuple[MeetingPaper, ...]:
    """Return what is to be read before (会议材料)."""
    return tuple(MeetingPaper.objects.filter(meeting=meeting).order_by("pk"))


def paper(meeting: Meeting, number: int) -> MeetingPaper | None:
    """Return one paper of a meeting."""
    return MeetingPaper.objects.filter(meeting=meeting, pk=number).first()


def seats(meeting: Meeting) -> QuerySet[Seat]:
    """Return all seats, those with a vote first, by name (席位)."""
    rows = Seat.objects.filter(meeting=meeting).select_related("held_by")
    return rows.order_by("-is_entitled", "name", "pk")


def seat(meeting: Meeting, key: str) -> Seat | None:
    """Return one seat by its key."""
    return Seat.objects.filter(meeting=meeting, key=key).first()


def seats_of(meeting: Meeting, person: int | None) -> tuple[Seat, ...]:
    """Return the seats that a person may act for, one with a vote first."""
    if person is None:
        return ()
    rows = Seat.objects.filter(meeting=meeting, sitters__person_id=person).select_related("held_by")
    return tuple(rows.order_by("-is_entitled", "pk"))


def person_in(meeting: Meeting, key: str) -> int | None:
    """Return the first person who acts for a seat."""
    rows = models.Sitter.objects.filter(seat__meeting=meeting, seat__key=key).order_by("pk")
    return rows.values_list("person_id", flat=True).first()


def answers(meeting: Meeting) -> dict[str, int]:
    """Count the answers that came in, and those that somebody has still to confirm (回执)."""
    return Seat.objects.filter(meeting=meeting).aggregate(
        yes=Count("pk", filter=Q(answer=models.Answer.YES)),
        no=Count("pk", filter=Q(answer=models.Answer.NO)),
        none=Count("pk", filter=Q(answer="")),
        unconfirmed=Count("pk", filter=~Q(answer="") & Q(confirmed_at=None)),
    )


def people_of(meeting: Meeting) -> list[int]:
    """Return everybody who sits in a meeting, once each."""
    rows = models.Sitter.objects.filter(seat__meeting=meeting).order_by("person_id")
    return list(rows.values_list("person_id", flat=True).distinct())


def names(meeting: Meeting, keys: Collection[str]) -> dict[str, str]:
    """Return the names on several seats in one query."""
    wanted = {key for key in keys if key}
    if not wanted:
        return {}
    return dict(Seat.objects.filter(meeting=meeting, key__in=wanted).values_list("key", "name"))


def recused(item: AgendaItem | None) -> dict[str, str]:
    """Return who takes no part in an item, with the reason (回避)."""
    if item is None:
        return {}
    return dict(Recusal.objects.filter(item=item).order_by("pk").values_list("seat__key", "reason"))


def attendance(meeting: Meeting, forum: Forum) -> Funnel:
    """Count who is entitled and who came, under every measure the roll knows, in one query (到会).

    Whoever is there may vote: before a vote, a bar on those voting is put to those who came.
    """
    found = Seat.objects.filter(meeting=meeting, is_entitled=True).aggregate(
        heads=Count("pk"),
        came=Count("pk", filter=PRESENT),
        homes=Count("household", filter=~Q(household=""), distinct=True),
        homes_came=Count("household", filter=~Q(household="") & PRESENT, distinct=True),
        metres=Sum("area"),
        metres_came=Sum("area", filter=PRESENT),
    )
    heads, came = found["heads"], found["came"]
    counts = [Counted(Measure.HEADCOUNT, heads, came, came)]
    if forum.electorate is Electorate.DELEGATES:
        counts.append(Counted(Measure.DELEGATE, heads, came, came))
    if found["homes"]:
        counts.append(Counted(Measure.HOUSEHOLD, found["homes"], found["homes_came"], found["homes_came"]))
    if forum.electorate is Electorate.OWNERS:
        metres, there = found["metres"] or 0, found["metres_came"] or 0
        counts.append(Counted(Measure.FLOOR_AREA, metres, there, there))
    return Funnel(tuple(counts))


def voters_present(meeting: Meeting, item: AgendaItem | None) -> int:
    """Count those with a vote who are there and take part in an item (可表决人数)."""
    return _voting(meeting, item).count()


def roll_present(meeting: Meeting, item: AgendaItem | None, *, forum: Forum) -> Roll:
    """Return the roll of those who are there and take part in an item, for a ballot (到会名册)."""
    rows = _voting(meeting, item).prefetch_related("sitters")
    return Roll(forum.electorate, tuple(_voter(one) for one in rows.order_by("pk")))


def roll_entitled(meeting: Meeting, *, forum: Forum) -> Roll:
    """Return the whole roll as it stood when the meeting was called (应到名册)."""
    rows = Seat.objects.filter(meeting=meeting, is_entitled=True).prefetch_related("sitters")
    return Roll(forum.electorate, tuple(_voter(one) for one in rows.order_by("pk")))


def proxies(meeting: Meeting) -> list[models.SeatProxy]:
    """Return every proxy that was registered, those that ended too, in order (委托)."""
    rows = models.SeatProxy.objects.filter(seat__meeting=meeting)
    return list(rows.select_related("seat", "holder").order_by("pk"))


def proxy_of(seat: Seat) -> models.SeatProxy | None:
    """Return the proxy that a seat has given and that stands."""
    return models.SeatProxy.objects.filter(seat=seat, ended_at=None).first()


def held(meeting: Meeting, *, person: int) -> int:
    """Count the proxies that a person holds in a meeting (已受委托)."""
    return models.SeatProxy.objects.filter(seat__meeting=meeting, holder_id=person, ended_at=None).count()


def floor(
    meeting: Meeting, item: AgendaItem | None, *, forum: Forum, motions: Sequence[models.Motion]
) -> Floor:
    """Return the floor as it stands, for the rules of order (会场)."""
    return Floor(
        chair=meeting.chair,
        presiding=meeting.presiding,
        item=str(item.pk) if item else "",
        motions=tuple(_motion(one) for one in motions),
        speeches=tuple(_speech(one) for one in speeches(item)),
        points=tuple(_point(one) for one in models.PointOfOrder.objects.filter(meeting=meeting, upheld=None)),
        debate=forum.debate,
    )


def motions(item: AgendaItem | None) -> tuple[models.Motion, ...]:
    """Return what was moved on an item, in order (动议)."""
    return tuple(models.Motion.objects.filter(item=item).order_by("number")) if item else ()


def speeches(item: AgendaItem | None) -> list[models.Speech]:
    """Return who asked to speak and spoke on an item, in order (发言)."""
    return list(models.Speech.objects.filter(item=item).order_by("number")) if item else []


def points(meeting: Meeting) -> list[models.PointOfOrder]:
    """Return the points of order, in order (秩序问题)."""
    return list(models.PointOfOrder.objects.filter(meeting=meeting).order_by("number"))


def remarks(meeting: Meeting) -> list[models.Remark]:
    """Return what the recorder added (纪要补充)."""
    return list(models.Remark.objects.filter(meeting=meeting).order_by("pk"))


def signatures(meeting: Meeting) -> list[models.MinutesSignature]:
    """Return who signed the minutes (纪要签名)."""
    return list(models.MinutesSignature.objects.filter(meeting=meeting).order_by("pk"))


def within(path: str) -> QuerySet[Meeting]:
    """Return every meeting at a place or within it, the next first (会议)."""
    return (
        Meeting.objects.filter(inside(path, column="place_path"))
        .select_related("place")
        .order_by("-meets_at")
    )


def open_to(person: int | None, *, path: str) -> QuerySet[Meeting]:
    """Return the meetings within a place in which somebody sits, or to which anybody may listen."""
    mine = Seat.objects.filter(sitters__person=person).values("meeting")
    return within(path).filter(Q(is_public=True) | Q(pk__in=mine))


def around(path: str) -> QuerySet[Meeting]:
    """Return the meetings at a place, above it or within it."""
    near = Q(place_path__in=paths_above(path)) | inside(path, column="place_path")
    return Meeting.objects.filter(near).select_related("place").order_by("meets_at", "pk")


def of_person(person: int) -> QuerySet[Meeting]:
    """Return the meetings a person sits in, the next first (我的会议)."""
    rows = Meeting.objects.filter(seats__sitters__person_id=person).select_related("place")
    return rows.distinct().order_by("-meets_at", "-pk")


def seats_ever(person: int) -> QuerySet[Seat]:
    """Return every seat a person ever had, the meeting with it, the newest first (坐过的席位)."""
    return Seat.objects.filter(sitters__person_id=person).select_related("meeting").order_by("-pk")


def ahead(rows: QuerySet[Meeting], *, at: datetime) -> QuerySet[Meeting]:
    """Keep those that are still to come or under way (将要召开)."""
    coming = Q(progress__in=(Progress.CALLED, Progress.ADJOURNED), meets_at__gte=at)
    still = Q(progress=Progress.OPEN) | coming
    return rows.filter(still).order_by("meets_at", "pk")


def last_held(path: str) -> Mapping[tuple[str, str], date]:
    """Return for each forum, at each place within a path, on which day it last met (最近一次)."""
    rows = Meeting.objects.filter(inside(path, column="place_path"), progress=Progress.CLOSED).order_by()
    found = rows.values_list("forum", "place_path").annotate(last=Max(F("meets_at")))
    return {(forum, place): last.date() for forum, place, last in found}


def feed_of(person: int) -> models.CalendarFeed | None:
    """Return the secret address of a person's calendar, if they have one (日历订阅)."""
    return models.CalendarFeed.objects.filter(person_id=person).first()


def feed(token: str) -> models.CalendarFeed | None:
    """Find whose calendar lies under a secret address."""
    return models.CalendarFeed.objects.filter(token=token).select_related("person").first()


def of_numbers(numbers: Sequence[int]) -> list[Meeting]:
    """Return meetings by their keys, the next first."""
    return list(Meeting.objects.filter(pk__in=numbers).order_by("meets_at"))


def _voting(meeting: Meeting, item: AgendaItem | None) -> QuerySet[Seat]:
    """Return whoever votes on an item; one who is recused from it stands for nobody else there either."""
    rows = Seat.objects.filter(PRESENT, meeting=meeting, is_entitled=True)
    if item is None:
        return rows
    away = Recusal.objects.filter(item=item).values("seat")
    return rows.exclude(pk__in=away).exclude(held_by__in=away)


def _waiting() -> QuerySet[AgendaItem]:
    over = (Progress.CLOSED, Progress.CANCELLED)
    return AgendaItem.objects.filter(began_at=None).exclude(meeting__progress__in=over)


def _voter(seat: Seat) -> Voter:
    people = tuple(one.person_id for one in seat.sitters.all())
    return Voter(seat.key, seat.name, people, seat.household, seat.area)


def _motion(row: models.Motion) -> Motion:
    return Motion(
        row.number, Kind(row.kind), row.words, row.mover, row.seconder, Stage(row.stage), row.is_closed
    )


def _speech(row: models.Speech) -> Speech:
    return Speech(row.number, row.motion, row.speaker, Side(row.side), row.began_at, row.ended_at)


def _point(row: models.PointOfOrder) -> Point:
    return Point(row.number, row.raiser, row.words, row.upheld)
