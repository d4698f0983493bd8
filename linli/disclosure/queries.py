"""Questions about what is shown (查询)."""

from collections.abc import Sequence
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from linli.disclosure.models import Publication
from linli.frame.aside import Aside
from linli.matters.choices import Visibility
from linli.methods.tokens import Term
from linli.places.path import inside


def of_matter(matter_id: int) -> Publication | None:
    """Return the public face of a matter, if it is shown now."""
    return Publication.objects.filter(matter_id=matter_id, taken_down_at=None).first()


def around(path: str) -> QuerySet[Publication]:
    """Return what is shown within a place, the latest movement first (身边事)."""
    return _shown().filter(inside(path, column="matter__place_path"))


def going_on(path: str) -> QuerySet[Publication]:
    """Return what is shown within a place and still open, the latest movement first (正在办)."""
    # The index of what is public holds this order; the one of what is open would have to be sorted.
    aside = _shown().alias(path=Aside("matter__place_path"), closed=Aside("matter__closed_at"))
    return aside.filter(inside(path, column="path"), closed=None)


def texts(matter_ids: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Return the public titles and words of several matters in one query."""
    shown = Publication.objects.filter(matter_id__in=matter_ids, taken_down_at=None)
    return {pk: (title, words) for pk, title, words in shown.values_list("matter_id", "title", "words")}


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
    shown = Publication.objects.filter(matter_id__in=matter_ids, taken_down_at=None)
    return dict(shown.values_list("matter_id", "title"))


def _shown() -> QuerySet[Publication]:
    shown = Publication.objects.filter(taken_down_at=None, matter__visibility=Visibility.PUBLIC)
    return shown.select_related("matter__place", "matter__lead").order_by("-matter__moved_at", "-matter__id")
