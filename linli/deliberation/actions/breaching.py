"""Keeping in mind which covenant a case is about (反映违约)."""

from linli.deliberation import covenants
from linli.deliberation.models import Breach


def note(number: str, *, matter: int) -> bool:
    """Note that a case reports a breach of a covenant in force, once; tell whether there is such a one."""
    covenant = covenants.in_force(number)
    if covenant is None:
        return False
    Breach.objects.get_or_create(matter_id=matter, defaults={"covenant": covenant})
    return True
