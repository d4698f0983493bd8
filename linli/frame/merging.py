"""Several ordered lists read as one: each stops after its own first rows (合并清单)."""

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models import QuerySet


def together(every: QuerySet[Any, Any], *, parts: Sequence[QuerySet[Any, Any]]) -> QuerySet[Any, Any]:
    """Narrow rows down to those whose keys any of some sliced queries gives."""
    if len(parts) == 1:
        return every.filter(pk__in=parts[0])
    first, *others = parts
    if not connection.features.supports_slicing_ordering_in_compound:
        # SQLite takes no LIMIT within a UNION, so that each part is asked once more, by its keys.
        first, *others = (every.filter(pk__in=part).values("pk") for part in parts)
    return every.filter(pk__in=first.union(*others, all=True))
