"""Putting a matter into another category: it is counted there from then on (改分类)."""

from dataclasses import replace

from django.db import transaction

from linli.matters import queries, tally
from linli.matters.actions.moving import Move, note, seize, stand_of
from linli.matters.models import Matter


@transaction.atomic(savepoint=False)
def reclassify(matter: Matter, act: Move, *, category: str) -> Matter:
    """Change the category; step, clock and whoever works on it stay (改分类)."""
    was, before = stand_of(matter), tally.shape(matter)
    categories = queries.edition_of(matter).categories
    old, new = categories[matter.category], categories[category]
    matter.category = category
    seize(matter, act, was=was, columns=("category",))
    tally.change(before, tally.shape(matter), slot=matter.pk)
    note(matter, replace(act, figures=(("原", old.title), ("改为", new.title))))
    return matter
