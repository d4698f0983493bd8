"""Questions about matters (查询)."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from linli.bodies import queries as bodies
from linli.bodies.actor import Actor
from linli.core.procedure import Procedure, Step
from linli.frame.compiled import Question
from linli.matters import inboxes
from linli.matters.choices import Visibility, Wait
from linli.matters.models import Attachment, Extension, Matter, Waiting
from linli.matters.responsible import Seat
from linli.pack.edition import Edition
from linli.places.path import inside
from linli.places.queries import Spot, chain
from linli.rulebook import queries as rulebook

# What the sweep reads of a matter to know its rules, and of an overdue line to show it: not the half of them.
_RULES = tuple(f"matter__{name}" for name in ("number", "pack", "edition", "procedure", "step"))
_OVERDUE = (
    *("what", "title", "role", "office", "person", "due_at", "place__name", "body__name"),
    *(f"matter__{name}" for name in ("title", "place_path", "level", "answered_at", "due_at")),
)
# The order of every list of matters: what was taken over from earlier years stands below today's.
NEWEST = "-opened_at"

_OF_IDS = Question(
    lambda keys: (
        Matter.objects.filter(pk__in=keys)
        .select_related("place", "lead")
        .defer("place__outline")
        .order_by("opened_at", "pk")
    )
)
_HOLD = Question(
    lambda number: Matter.objects.select_for_update().filter(number=number).values_list("pk", flat=True)
)
_HOLD_FREE = Question(
    lambda number: (
        Matter.objects.select_for_update(skip_locked=True).filter(number=number).values_list("pk", flat=True)
    )
)
_EXTENSIONS = Question(lambda matter: Extension.objects.filter(matter=matter).order_by("pk"))
# The index holds only matters with an outside number; a condition without values lets it be used.
_TAKEN_IN = Question(
    lambda channel, external_ref: Matter.objects.extra(where=["NOT external_ref = ''"]).filter(
        channel=channel, external_ref=external_ref
    )
)
_WAITINGS = Question(
    lambda matter: (
        Waiting.objects.filter(matter=matter)
        .exclude(what=Wait.ESCALATION)
        .select_related("place", "body")
        .defer("place__outline")
        .order_by("pk")
    )
)
_ATTACHMENTS = Question(lambda matter: Attachment.objects.filter(matter=matter).order_by("pk"))
_TO_ACT_ON = Question(
    lambda number: (
        Matter.objects.select_for_update(of=("self",)).select_related("lead__place").filter(number=number)
    )
)


def of_number(number: str) -> Matter | None:
    """Find a matter by its number."""
    return Matter.objects.select_related("lead__place").filter(number=number.strip().upper()).first()


def of_id(number: int) -> Matter | None:
    """Find a matter by its key in the database."""
    return Matter.objects.select_related("lead").filter(pk=number).first()


def of_ids(keys: Sequence[int]) -> list[Matter]:
    """Return several matters by their keys, the oldest first."""
    return _OF_IDS.ask(keys=keys)


def numbers(keys: Sequence[int]) -> dict[int, str]:
    """Return the numbers of several matters by their keys, in one query."""
    return dict(Matter.objects.filter(pk__in=set(keys)).values_list("pk", "number"))


def to_act_on(number: str) -> Matter | None:
    """Load a matter for an act and hold its row until the act is done; call it inside a transaction."""
    return _TO_ACT_ON.first(number=number.strip().upper())


def hold(number: str) -> None:
    """Hold a matter's row until the transaction ends; where one writer at a time may begin, it is held."""
    if connection.features.has_select_for_update:
        _HOLD.ask(number=number)


def hold_beside(number: str, *, held: str) -> bool:
    """Hold a second matter's row as well; false when somebody else holds it and must not be waited for.

    Only the later number is waited for: two who hold one each never wait for one another.
    """
    if not connection.features.has_select_for_update:
        return True
    if number > held:
        _HOLD.ask(number=number)
        return True
    return bool(_HOLD_FREE.ask(number=number)) or not Matter.objects.filter(number=number).exists()


def of_token(token: str) -> Matter | None:
    """Find a matter by the secret of its follow-up link (查询码)."""
    return Matter.objects.select_related("lead").filter(token=token.strip().lower()).first()


def taken_in(*, channel: str, external_ref: str) -> Matter | None:
    """Find a matter that came in before from the same outside source."""
    return _TAKEN_IN.first(channel=channel, external_ref=external_ref) if external_ref else None


def edition_of(matter: Matter) -> Edition:
    """Return the edition that a matter began under and keeps."""
    return rulebook.edition(matter.pack, matter.edition)


def procedure_of(matter: Matter) -> Procedure:
    """Return the procedure a matter runs under."""
    return edition_of(matter).procedures[matter.procedure]


def step_of(matter: Matter) -> Step:
    """Return the present step of a matter."""
    return procedure_of(matter).step(matter.step)


def seat_of(matter: Matter, *, spots: tuple[Spot, ...] = ()) -> Seat:
    """Return where a matter stands; ``spots`` spares the query when the chain is known."""
    return Seat(edition_of(matter), spots or chain(matter.place_path), matter.level)


def every() -> QuerySet[Matter]:
    """Return all matters; whoever asks narrows them to what the reader may see."""
    return Matter.objects.all()


def public() -> QuerySet[Matter]:
    """Return the matters that anybody may see."""
    return Matter.objects.filter(visibility=Visibility.PUBLIC)


def public_within(path: str) -> QuerySet[Matter]:
    """Return the matters at a place or within it that anybody may see (身边事)."""
    return within(path).filter(visibility=Visibility.PUBLIC).select_related("lead")


def paths_going_on(path: str, *, most: int) -> list[str]:
    """Return where public matters within a place still go on, the latest moved first (正在办)."""
    return _paths_going_on(most).ask(within=inside(path, column="place_path"))


@cache
def _paths_going_on(most: int) -> Question[str]:
    def rows(within: Q) -> QuerySet[Matter, str]:
        public = Matter.objects.filter(within, visibility=Visibility.PUBLIC, closed_at=None)
        return public.order_by("-moved_at").values_list("place_path", flat=True)[:most]

    return Question(rows, varies=True)


def within(path: str) -> QuerySet[Matter]:
    """Return the matters at a place or within it, by one index range (辖区内事项)."""
    return within_any((path,))


def within_any(paths: Sequence[str]) -> QuerySet[Matter]:
    """Return the matters within any of some places."""
    return Matter.objects.filter(inside(*paths, column="place_path"))


def raised_by(person_id: int) -> QuerySet[Matter]:
    """Return the matters a person brought, newest first."""
    return Matter.objects.filter(raised_by_id=person_id).select_related("place", "lead").order_by("-pk")


def open_and_due(path: str, *, by: datetime) -> QuerySet[Matter]:
    """Return what is unanswered within a place and due by an instant."""
    return within(path).filter(closed_at=None, answered_at=None, due_at__lte=by)


def inbox(actor: Actor) -> QuerySet[Waiting]:
    """Return what waits for somebody, the most pressing first (收件箱)."""
    lines = Waiting.objects.filter(inbox__in=inboxes.of(actor)).order_by("due_at", "pk")
    return lines.select_related("matter", "matter__place", "body")


def waitings(matter: Matter) -> list[Waiting]:
    """Return whom a matter waits for."""
    lines = _WAITINGS.ask(matter=matter.pk)
    for line in lines:
        line.matter = matter
    return lines


def holder_of(line: Waiting) -> str:
    """Name whom a line waits for as it stands on the door, a body or an office: 铜花社区调度员."""
    if line.body:
        return line.body.name
    place = line.place.name if line.place else ""
    role = procedure_of(line.matter).roles.get(line.role)
    if role is None:
        return place
    return place + (edition_of(line.matter).offices[role.office].title if role.office else role.title)


def people_of(line: Waiting, *, on: date) -> list[int]:
    """Return who may do what a line waits for on a day: the holders of its office, its body's people."""
    if line.body_id:
        return bodies.members(line.body_id, on=on)
    if line.place_id:
        return bodies.holders(on=on, office=line.office, place_id=line.place_id)
    return [line.person_id] if line.person_id else []


def extensions(matter: Matter) -> list[Extension]:
    """Return every request for more time, oldest first (延期)."""
    return _EXTENSIONS.ask(matter=matter.pk)


def is_extension_asked(matter: OuterRef) -> Exists:
    """Tell in a query whether more time was ever asked for (申请过延期)."""
    return Exists(Extension.objects.filter(matter=matter))


def is_pictured(matter: OuterRef) -> Exists:
    """Tell in a query whether a matter has pictures (有照片)."""
    return Exists(Attachment.objects.filter(matter=matter))


def unread() -> tuple[str, ...]:
    """Name what no act reads of a case's raiser, lead and its place, to be left where it is."""
    raiser: Any = Matter._meta.get_field("raised_by").related_model
    lead: Any = Matter._meta.get_field("lead").related_model
    place = lead._meta.get_field("place").related_model
    return (
        *_all_but(raiser, "matter__raised_by", "id", "name", "email"),
        *_all_but(lead, "matter__lead", "id", "name", "place", "telephone"),
        *_all_but(place, "matter__lead__place", "id", "path", "kind", "name"),
    )


def _all_but(model: Any, path: str, *read: str) -> list[str]:
    return [f"{path}__{one.name}" for one in model._meta.concrete_fields if one.name not in read]


def extension_asked(matter: Matter) -> Extension | None:
    """Return the request for more time that still waits for an answer."""
    return Extension.objects.filter(matter=matter, ruled_at=None).first()


def attachments(matter: Matter) -> list[Attachment]:
    """Return the pictures of a matter."""
    return _ATTACHMENTS.ask(matter=matter.pk)


def lines_due(*, at: datetime, limit: int, after: Waiting | None = None) -> list[Waiting]:
    """Return the lines that became overdue and were not shown one level up yet, the oldest first."""
    due = _overdue().filter(due_at__lt=at)
    if after:
        due = due.filter(Q(due_at__gt=after.due_at) | Q(due_at=after.due_at, pk__gt=after.pk))
    return list(due.select_related("matter").only("what", "due_at", *_RULES).order_by("due_at", "pk")[:limit])


def hold_overdue(lines: Sequence[int]) -> list[Waiting]:
    """Hold the matters of overdue lines and return the lines; what somebody else holds is left out."""
    rows = _overdue().filter(pk__in=lines).select_related("matter", "body", "place").only(*_OVERDUE, *_RULES)
    held = rows.select_for_update(of=("matter",), skip_locked=connection.features.has_select_for_update)
    return list(held.order_by("due_at", "pk"))


def mark_escalated(lines: Sequence[int]) -> int:
    """Note on overdue lines that they were shown at the instant they were due; return how many there were."""
    return _overdue().filter(pk__in=lines).update(escalated_at=F("due_at"))


def _overdue() -> QuerySet[Waiting]:
    return Waiting.objects.filter(escalated_at=None, due_at__isnull=False).exclude(what=Wait.ESCALATION)


def is_awaited(matter: Matter, *, until: datetime) -> bool:
    """Tell whether the present step was to be done by an instant, and was not."""
    return Waiting.objects.filter(matter=matter, what=Wait.STEP, due_at__lte=until).exists()


def due_from_year(year: int, *, after: int = 0, limit: int | None = None) -> dict[int, str]:
    """Return by key the numbers of the open matters for which something is due in a year or later."""
    lines = Waiting.objects.filter(matter=OuterRef("pk"), due_at__year__gte=year)
    own = Q(answered_at=None, due_at__year__gte=year)
    rows = Matter.objects.filter(own | Exists(lines), closed_at=None, pk__gt=after).order_by("pk")
    return dict(rows.values_list("pk", "number")[:limit])


def attachment(matter: Matter, number: int) -> Attachment | None:
    """Find one picture of a matter."""
    return Attachment.objects.filter(matter=matter, pk=number).first()
