"""Questions about topics (查询)."""

from collections.abc import Sequence
from functools import cache
from itertools import islice

from django.db.models import Count, Q, QuerySet

from linli.deliberation.models import (
    Covenant,
    NameSheet,
    Origin,
    Participant,
    Signature,
    Supporter,
    Task,
    Topic,
)
from linli.frame import paging
from linli.frame.aside import Aside
from linli.frame.compiled import Question
from linli.frame.paging import Page
from linli.matters import queries as matters
from linli.matters.choices import Visibility
from linli.pack.edition import Edition
from linli.places.path import inside

TOPIC = "topic"
SIZE = 25
_BY, _KEY = "-since", "matter_id"
_OPEN = Q(closed=None)
_OF_NUMBER = Question(
    lambda number: (
        Topic.objects.filter(matter__number=number)
        .select_related("matter__lead__place", "matter__place", "covenant", "sounding")
        .defer("matter__lead__place__outline", "matter__place__outline", "sounding__map", "sounding__box")
    )
)
_PARTICIPANTS = Question(lambda topic: Participant.objects.filter(topic=topic).order_by("pk"))
_TASKS = Question(
    lambda topic: Task.objects.filter(topic=topic).select_related("body", "person").order_by("due_on", "pk")
)
_ORIGINS = Question(
    lambda topic: (
        Origin.objects.filter(topic=topic)
        .order_by("matter__opened_at", "matter_id")
        .values_list("matter_id", flat=True)
    )
)
_SUPPORTS = Question(
    lambda topic, person: Supporter.objects.filter(topic=topic, person=person, disowned_at=None).values_list(
        "pk", flat=True
    )
)
# What a line of a list says of a topic.
_LINE = (
    "since", "supporters", "met_at", "matter__number", "matter__title", "matter__pack", "matter__edition",
    "matter__procedure", "matter__step", "matter__place__name",
)  # fmt: skip
_LISTED = Question(lambda wanted: _latest().only(*_LINE).filter(wanted)[: SIZE + 1], varies=True)
_DEMANDS = Question(
    lambda paths, procedures: (
        _shown().only(*_LINE).filter(_OPEN, place_path__in=paths, matter__procedure__in=procedures)
    ),
    varies=True,
)


def of_number(number: str, *, to_act: bool = False) -> Topic | None:
    """Find a topic by the number of its matter; ``to_act`` holds that row until the transaction ends."""
    number = number.strip().upper()
    if not to_act:
        return _OF_NUMBER.first(number=number)
    rows = Topic.objects.select_related("matter__lead__place", "matter__place", "covenant", "sounding")
    rows = rows.defer("sounding__map", "sounding__box")
    return rows.select_for_update(of=("matter",)).filter(matter__number=number).first()


def within(path: str) -> QuerySet[Topic]:
    """Return the topics at a place or within it, the latest to move on first (辖内议题)."""
    return _latest().filter(inside(path, column="place_path"))


def shown_within(path: str) -> QuerySet[Topic]:
    """Return the topics within a place that everybody may see, the latest to move on first (公开议题)."""
    return _shown().filter(inside(path, column="place_path"))


def listed(path: str, *, cursor: str, is_shown: bool, is_open: bool | None = None) -> Page[Topic]:
    """Return a page of the topics within a place, all or only what everybody may see (议题列表)."""
    wanted = inside(path, column="place_path")
    if is_shown:
        wanted &= Q(visibility=Visibility.PUBLIC)
    if is_open is not None:
        wanted &= Q(closed__isnull=is_open)
    found = _LISTED.ask(wanted=wanted & paging.beyond(Topic, by=_BY, cursor=cursor, key=_KEY))
    return paging.cut(found, by=_BY, size=SIZE, key=_KEY)


def going_on(path: str, *, most: int) -> list[Topic]:
    """Return the public topics within a place that are still open, the latest to move on first (正在商量)."""
    return _going_on(most).ask(within=inside(path, column="place_path"))


def demands_at(paths: Sequence[str], *, edition: Edition, most: int) -> list[Topic]:
    """Return the joint demands at some places that gather names now, the newest first (正在联名)."""
    calling = [key for key, procedure in edition.procedures.items() if procedure.first.calls]
    found = (
        one for one in _DEMANDS.ask(paths=paths, procedures=calling) if matters.step_of(one.matter).calls
    )
    return list(islice(found, most))


def out_of(matter_id: int) -> list[Topic]:
    """Return the topics that grew out of a matter, the newest first."""
    rows = Topic.objects.filter(origins__matter_id=matter_id).select_related("matter")
    return list(rows.order_by("-pk"))


def origins(topic: Topic) -> list[int]:
    """Return the matters out of which a topic grew, by their keys."""
    return _ORIGINS.ask(topic=topic.pk)


def participants(topic: Topic) -> list[Participant]:
    """Return who takes part, as they were written down."""
    return _PARTICIPANTS.ask(topic=topic.pk)


def tasks(topic: Topic) -> list[Task]:
    """Return what a resolution asks, what is due first on top."""
    return _TASKS.ask(topic=topic.pk)


def supporters(topic: Topic) -> list[int]:
    """Return who supports a topic, by their keys."""
    return list(signed_for(topic))


def signed_for(topic: Topic) -> dict[int, bool]:
    """Return who supports a topic, by their keys, and of each whether on paper (附议、联名)."""
    rows = Supporter.objects.filter(topic=topic, disowned_at=None).values_list("person_id", "sheet_id")
    return {person: sheet is not None for person, sheet in rows}


def disowned(topic: Topic) -> list[int]:
    """Return who said that a name on paper was not written by them, by their keys (否认签名)."""
    rows = Supporter.objects.filter(topic=topic, disowned_at__isnull=False)
    return list(rows.values_list("person_id", flat=True))


def is_on_paper(topic: Topic, person: int | None) -> bool:
    """Tell whether somebody's name counts because it stands on a paper (纸质联名)."""
    rows = Supporter.objects.filter(topic=topic, sheet__isnull=False, disowned_at=None)
    return person is not None and rows.filter(person_id=person).exists()


def sheets(topic: Topic) -> list[NameSheet]:
    """Return the papers with names for a joint demand, the newest first (纸质联名表)."""
    rows = NameSheet.objects.filter(topic=topic).select_related("entered_by")
    disowned = Count("names", filter=Q(names__disowned_at__isnull=False))
    return list(rows.annotate(disowned=disowned).order_by("-entered_at", "-pk"))


def sheet(topic: Topic, number: int) -> NameSheet | None:
    """Find one paper with names of a topic whose file is still kept."""
    return NameSheet.objects.exclude(file="").filter(topic=topic, pk=number).first()


def has_supported(topic: Topic, person: int | None) -> bool:
    """Tell whether somebody supports a topic already."""
    return person is not None and _SUPPORTS.first(topic=topic.pk, person=person) is not None


def covenant_of(topic: Topic) -> Covenant | None:
    """Return the covenant that a topic is about, if it is about one."""
    return getattr(topic, "covenant", None)


def covenants(path: str, *, most: int) -> list[Covenant]:
    """Return the covenants in force within a place, the newest first; of each its last round (现行公约)."""
    return _covenants(most).ask(within=inside(path, column="place__path"))


def has_signed(covenant: Covenant, person: int | None) -> bool:
    """Tell whether somebody signed a covenant for their household."""
    return person is not None and Signature.objects.filter(covenant=covenant, person_id=person).exists()


def supports_ever(person: int) -> QuerySet[Supporter]:
    """Return every name somebody put to a topic, the newest first (历次联名)."""
    return Supporter.objects.filter(person=person).select_related("topic__matter").order_by("-pk")


def signatures_ever(person: int) -> QuerySet[Signature]:
    """Return every covenant that somebody signed, the newest first (历次签约)."""
    return Signature.objects.filter(person=person).select_related("covenant__topic__matter").order_by("-pk")


@cache
def _covenants(most: int) -> Question[Covenant]:
    last = Q(renewed_by=None) | Q(renewed_by__in_force_at=None)
    rows = Covenant.objects.filter(last, in_force_at__isnull=False, ended_at=None)
    newest = rows.select_related("topic__matter", "place").order_by("-in_force_at", "-pk")
    return Question(lambda within: newest.filter(within)[:most], varies=True)


@cache
def _going_on(most: int) -> Question[Topic]:
    return Question(lambda within: _shown().only(*_LINE).filter(within, _OPEN)[:most], varies=True)


def _shown() -> QuerySet[Topic]:
    return _latest().filter(Q(visibility=Visibility.PUBLIC))


def _latest() -> QuerySet[Topic]:
    # Topics are few among the matters: what is open and public is looked up topic by topic.
    rows = Topic.objects.alias(closed=Aside("matter__closed_at"), visibility=Aside("matter__visibility"))
    rows = rows.select_related("matter__place").defer("matter__place__outline")
    return rows.order_by(_BY, f"-{_KEY}")
