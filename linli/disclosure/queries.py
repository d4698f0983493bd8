"""Questions about what is shown (查询)."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache, reduce
from operator import or_

from django.db.models import Count, Q, QuerySet

from linli.core.clause import Clause
from linli.disclosure.models import Notice, Objection, Publication
from linli.frame.aside import Aside
from linli.frame.compiled import Question
from linli.matters.choices import Visibility
from linli.methods.tokens import Term
from linli.places.path import inside, paths_above
from linli.rulebook import queries as rulebook

_OF_MATTER = Question(lambda matter: Publication.objects.filter(matter=matter, taken_down_at=None))
_NOTICES = Question(
    lambda matter: Notice.objects.filter(matter=matter).select_related("matter").order_by("-shown_at", "-pk")
)


def of_matter(matter_id: int) -> Publication | None:
    """Return the public face of a matter, if it is shown now."""
    return _OF_MATTER.first(matter=matter_id)


def around(path: str) -> QuerySet[Publication]:
    """Return what is shown within a place, the latest movement first (身边事)."""
    return _shown().filter(inside(path, column="matter__place_path"))


def going_on(path: str, *, most: int) -> list[Publication]:
    """Return what is shown within a place and still open, the latest movement first (正在办)."""
    return _going_on(most).ask(within=inside(path, column="path"))


def of_matters(matter_ids: Sequence[int]) -> dict[int, Publication]:
    """Return the public faces of several matters, of those that are shown now, in one query."""
    return {one.matter_id: one for one in _shown_of(matter_ids)}


def texts(matter_ids: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Return the public titles and words of several matters in one query."""
    rows = _shown_of(matter_ids).values_list("matter_id", "title", "words")
    return {pk: (title, words) for pk, title, words in rows}


def says(terms: Sequence[Term], *, of: str = "") -> Q:
    """Build the condition that what is shown, or the place it is at, holds every term (公开检索).

    ``of`` is the way to the publication, such as ``publication__``.
    """
    back = "" if of else "matter__"
    columns = (f"{of}title", f"{of}words", f"{of}answer", f"{back}place__name", f"{back}place__parent__name")
    found = Q(**{f"{of}taken_down_at": None})
    for term in terms:
        held = (Q(**{f"{column}__icontains": phrase}) for column in columns for phrase in term.phrases)
        found &= reduce(or_, held)
    return found


def titles(matter_ids: Sequence[int]) -> dict[int, str]:
    """Return the public titles of several matters in one query."""
    return dict(_shown_of(matter_ids).values_list("matter_id", "title"))


def notices(matter_id: int) -> list[Notice]:
    """Return the notices of a matter, the newest first (公示)."""
    return _NOTICES.ask(matter=matter_id)


def notice_of_number(number: str, *, to_act: bool = False) -> Notice | None:
    """Find a notice by its number; ``to_act`` holds its row until the transaction ends."""
    rows = Notice.objects.select_related("matter", "replaces", "corrected_by", "place")
    rows = rows.select_for_update(of=("self",)) if to_act else rows
    return rows.filter(number=number.strip().upper()).first()


def clause_of(notice: Notice) -> Clause:
    """Return the clause under which a notice hangs (依据)."""
    return rulebook.current(notice.pack).rules[notice.clause].clause


def board(path: str, *, at: datetime) -> QuerySet[Notice]:
    """Return what hangs at a place, within it or above it now, the newest first (公示栏)."""
    return _hanging(at).filter(_around(path))


def newest(path: str, *, at: datetime, most: int) -> list[Notice]:
    """Return the newest of what hangs at a place, within it or above it now (正在公示)."""
    return _newest(most).ask(here=_around(path), at=at)


def came_down(path: str, *, at: datetime) -> QuerySet[Notice]:
    """Return what hung within a place and came down, the newest first (往期公示)."""
    rows = Notice.objects.filter(inside(path, column="place_path")).exclude(
        taken_down_at=None, ends_at__gt=at
    )
    return rows.select_related("place").order_by("-shown_at", "-pk")


def objections(notice: Notice) -> list[Objection]:
    """Return what was held against a notice, the first on top."""
    return list(Objection.objects.filter(notice=notice).select_related("person").order_by("pk"))


def objection(notice: Notice, number: int) -> Objection | None:
    """Find one objection to a notice."""
    return Objection.objects.select_related("notice__matter").filter(notice=notice, pk=number).first()


def unanswered(notice_ids: Sequence[int]) -> int:
    """Count the objections to some notices that nobody has answered."""
    return Objection.objects.filter(notice_id__in=notice_ids, answered_at=None).count()


def unanswered_of(notice_ids: Sequence[int]) -> dict[int, int]:
    """Count for each notice the objections that nobody has answered."""
    rows = Objection.objects.filter(notice_id__in=notice_ids, answered_at=None).values("notice_id")
    return {row["notice_id"]: row["count"] for row in rows.annotate(count=Count("pk"))}


def is_upheld(notice_ids: Sequence[int]) -> bool:
    """Tell whether an objection to any of some notices was found to hold."""
    return Objection.objects.filter(notice_id__in=notice_ids, is_upheld=True).exists()


def objections_ever(person: int) -> QuerySet[Objection]:
    """Return everything somebody held against notices, the newest first (历次异议)."""
    return Objection.objects.filter(person=person).select_related("notice").order_by("-pk")


def objectors(matter_id: int) -> set[int]:
    """Return who held something against the notices of a matter."""
    rows = Objection.objects.filter(notice__matter_id=matter_id)
    return set(rows.values_list("person_id", flat=True))


@cache
def _going_on(most: int) -> Question[Publication]:
    def rows(within: Q) -> QuerySet[Publication]:
        # The index of what is public holds this order; the one of what is open would have to be sorted.
        aside = _shown().alias(path=Aside("matter__place_path"), closed=Aside("matter__closed_at"))
        return aside.select_related(None).select_related("matter__lead").filter(within, closed=None)[:most]

    return Question(rows, varies=True)


@cache
def _newest(most: int) -> Question[Notice]:
    return Question(lambda here, at: _hanging(at).filter(here)[:most], varies=True)


def _hanging(at: datetime) -> QuerySet[Notice]:
    rows = Notice.objects.filter(taken_down_at=None, shown_at__lte=at, ends_at__gt=at)
    return rows.select_related("place").defer("place__outline").order_by("-shown_at", "-pk")


def _shown_of(matter_ids: Sequence[int]) -> QuerySet[Publication]:
    return Publication.objects.filter(matter_id__in=matter_ids, taken_down_at=None)


def _around(path: str) -> Q:
    return inside(path, column="place_path") | Q(place_path__in=paths_above(path))


def _shown() -> QuerySet[Publication]:
    shown = Publication.objects.filter(taken_down_at=None, matter__visibility=Visibility.PUBLIC)
    return shown.select_related("matter__place", "matter__lead").order_by("-matter__moved_at", "-matter__id")
