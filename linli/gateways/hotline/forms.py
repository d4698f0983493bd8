"""What another system's words are called here, filled in on one page (对照表单)."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django import forms
from django.http import QueryDict

from linli.gateways.choices import Facet

if TYPE_CHECKING:
    from linli.gateways.models import Match

Options = dict[Facet, list[tuple[str, str]]]
_NONE = ("", "还没有对照")


class MatchesForm(forms.Form):
    """One choice for each word, and room for a new one (对照)."""

    def __init__(self, data: QueryDict | None = None, *, rows: "Iterable[Match]", options: Options) -> None:
        super().__init__(data)
        self.rows = tuple(rows)
        for row in self.rows:
            facet = Facet(row.facet)
            self.fields[f"match{row.pk}"] = forms.ChoiceField(
                label=f"{facet.label}：{row.theirs}",
                choices=[_NONE, *options[facet]],
                required=False,
                initial=row.ours,
                error_messages={"invalid_choice": "没有这一项，请重新选。"},
            )

    @property
    def changed(self) -> list[tuple[Facet, str, str]]:
        """Return what was chosen anew: facet, theirs, ours."""
        said = ((row, self.cleaned_data[f"match{row.pk}"]) for row in self.rows)
        return [(Facet(row.facet), row.theirs, ours) for row, ours in said if ours != row.ours]


class NewMatchForm(forms.Form):
    """A word that is known before it first comes (新对照)."""

    facet = forms.ChoiceField(label="哪一项", choices=Facet.choices)
    theirs = forms.CharField(
        label="对方的说法", max_length=80,
        error_messages={"required": "还没有写对方的说法。", "max_length": "最多 %(limit_value)d 个字。"},
    )  # fmt: skip
