"""What a pack may name is what the rooms know: the same closed list on both sides."""

from typing import get_args

from linli.insight.columns import headings
from linli.pack.schema import ColumnKey, PlaceKind
from linli.places.models import Kind


def test_a_pack_may_name_every_kind_of_place_and_no_other() -> None:
    assert get_args(PlaceKind) == tuple(Kind.values)


def test_every_column_that_a_pack_may_name_can_be_drawn_up() -> None:
    keys = get_args(ColumnKey)
    assert [heading.key for heading in headings(keys)] == list(keys)
