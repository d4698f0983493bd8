"""Questions about campaigns (查询)."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet

from linli.campaigns.models import Campaign, Included
from linli.places.path import inside, paths_above


def of_number(number: str, *, to_act: bool = False) -> Campaign | None:
    """Find a campaign by the number of its matter; ``to_act`` holds that row until the transaction ends."""
    rows = Campaign.objects.select_related("matter__lead__place", "owner")
    rows = rows.select_for_update(of=("matter",)) if to_act else rows
    return rows.filter(matter__number=number.strip().upper()).first()


def of_matter(matter_id: int) -> Campaign | None:
    """Find the campaign that takes a matter's trouble up."""
    rows = Campaign.objects.select_related("matter__place", "matter__lead")
    return rows.filter(included__matter_id=matter_id).first()


def running(path: str) -> QuerySet[Campaign]:
    """Return the campaigns that go on at a place, within it or around it, the newest first."""
    near = Q(matter__place_path__in=paths_above(path)) | inside(path, column="matter__place_path")
    rows = Campaign.objects.filter(near, matter__closed_at=None)
    return rows.select_related("matter__place", "matter__lead").order_by("-pk")


def within(path: str) -> QuerySet[Campaign]:
    """Return every campaign at a place or within it, the newest first."""
    rows = Campaign.objects.filter(inside(path, column="matter__place_path"))
    return rows.select_related("matter__place", "matter__lead").order_by("-pk")


def included(campaign: Campaign) -> list[int]:
    """Return the matters whose trouble a campaign takes up, by their keys, the oldest first."""
    rows = Included.objects.filter(campaign=campaign).order_by("matter__opened_at", "matter_id")
    return list(rows.values_list("matter_id", flat=True))


def taken_up(matter_ids: Sequence[int]) -> set[int]:
    """Return which of several matters a campaign has taken up already."""
    return set(Included.objects.filter(matter_id__in=matter_ids).values_list("matter_id", flat=True))
