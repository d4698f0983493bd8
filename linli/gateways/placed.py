"""Saying where something belongs, among the places one keeps (范围)."""

from collections.abc import Sequence

from django import forms
from django.http import QueryDict

from linli.bodies import access
from linli.bodies.actor import Actor
from linli.places import queries as places
from linli.places.queries import Spot

# What is connected belongs to an office's place, not to a building.
_KINDS = (
    "city", "district", "county", "subdistrict", "township", "community", "village", "converted_village",
)  # fmt: skip


def spots_of(actor: Actor) -> tuple[Spot, ...]:
    """List the places to which somebody may connect anything (可选范围)."""
    paths = [root.path for root in places.roots()] if actor.runs_site else access.led_by(actor)
    return places.spots(places.within_any(paths, kinds=_KINDS))


class PlacedForm(forms.Form):
    """A form that asks where something belongs (范围)."""

    place_label = "范围"
    place_help = ""

    def __init__(self, data: QueryDict | None = None, *, spots: Sequence[Spot]) -> None:
        super().__init__(data)
        self._spots = {spot.key: spot for spot in spots}
        self.fields["place"] = forms.ChoiceField(
            label=self.place_label,
            help_text=self.place_help,
            choices=[("", "请选择"), *((one.key, f"{one.name}（{one.kind_title}）") for one in spots)],
            error_messages={"required": "还没有选地方。", "invalid_choice": "这个地方不由您管。"},
        )
        self.order_fields(self.field_order)

    @property
    def spot(self) -> Spot:
        """Return the chosen place."""
        return self._spots[self.cleaned_data["place"]]
