"""Questions about resident institutions, their lists and pledges (查询)."""

from django.db.models import QuerySet

from linli.places.path import inside
from linli.pledges.models import OPEN, Listing, LocalInstitution, Pledge, Score, Sort, Stage


def sorts() -> list[tuple[str, str]]:
    """List the three lists with their Chinese names (三张清单)."""
    return [(sort.value, str(sort.label)) for sort in Sort]


def scores() -> list[tuple[str, str]]:
    """List what may be said of what was done (反馈)."""
    return [(score.value, str(score.label)) for score in Score]


def institutions(path: str) -> QuerySet[LocalInstitution]:
    """Return the institutions of a place and of all places within it (驻区单位)."""
    found = LocalInstitution.objects.filter(inside(path, column="place_path"), left_at=None)
    return found.select_related("place").order_by("place_path", "name")


def institution(number: int, *, to_act: bool = False) -> LocalInstitution | None:
    """Find an institution by its number."""
    found = LocalInstitution.objects.select_for_update(of=("self",)) if to_act else LocalInstitution.objects
    return found.select_related("place").filter(pk=number).first()


def listings(path: str, *, sort: str = "") -> QuerySet[Listing]:
    """Return what stands on the lists of a place, or on one of them (清单)."""
    found = Listing.objects.filter(inside(path, column="place_path"), closed_at=None)
    found = found.filter(sort=sort) if sort else found
    return found.select_related("institution", "place").order_by("sort", "-listed_at", "-pk")


def listing(number: int, *, to_act: bool = False) -> Listing | None:
    """Find one line of the lists by its number."""
    found = Listing.objects.select_for_update(of=("self",)) if to_act else Listing.objects
    return found.select_related("institution", "place").filter(pk=number).first()


def pledges(path: str) -> QuerySet[Pledge]:
    """Return the pledges of a place, those to be kept first and the soonest of them first (承诺)."""
    found = Pledge.objects.filter(inside(path, column="place_path"))
    return found.select_related("institution", "need").order_by("due_on", "number")


def pledge(number: str, *, to_act: bool = False) -> Pledge | None:
    """Find a pledge by its number."""
    found = Pledge.objects.select_for_update(of=("self",)) if to_act else Pledge.objects
    related = ("institution", "need", "need__place", "resource")
    return found.select_related(*related).filter(number=number).first()


def open_pledges(listing: Listing) -> QuerySet[Pledge]:
    """Return the pledges for a need that are still to be kept (在办的承诺)."""
    return listing.pledges.filter(stage__in=OPEN)


def is_lent(listing: Listing) -> bool:
    """Tell whether an open pledge makes use of a resource (用着)."""
    return listing.lent.filter(stage__in=OPEN).exists()


def of_matter(number: str) -> QuerySet[Pledge]:
    """Return the pledges for what a matter needed (事项的承诺)."""
    return Pledge.objects.filter(need__matter_number=number).select_related("institution", "need")


def is_done(pledge: Pledge) -> bool:
    """Tell whether what was pledged was done (已做完)."""
    return pledge.stage == Stage.DONE


def asked_ever(person: int) -> QuerySet[Listing]:
    """Return the needs that somebody asked for (提过的需求)."""
    return Listing.objects.filter(asked_by_id=person).order_by("-listed_at")
