"""Questions about hooks and what is on its way (查询)."""

from django.db.models import Count, Q, QuerySet

from linli.gateways.models import Delivery, Hook, System

SHOWN = 30


def of_system(system: System) -> QuerySet[Hook]:
    """Return the hooks of a system with how much waits, arrived and was given up."""
    told = {
        "waiting": Q(deliveries__arrived_at=None, deliveries__given_up_at=None) & Q(deliveries__isnull=False),
        "arrived": Q(deliveries__arrived_at__isnull=False),
        "given_up": Q(deliveries__given_up_at__isnull=False),
    }
    counted = {name: Count("deliveries", filter=condition) for name, condition in told.items()}
    return Hook.objects.filter(system=system).annotate(**counted).order_by("ended_at", "pk")


def of_id(number: int) -> Hook | None:
    """Find a hook."""
    return Hook.objects.select_related("system__place").filter(pk=number).first()


def latest(system: System) -> list[Delivery]:
    """Return the last parcels of a system's hooks."""
    return list(Delivery.objects.filter(hook__system=system).select_related("hook").order_by("-pk")[:SHOWN])
