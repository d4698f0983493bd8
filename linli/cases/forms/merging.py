"""The form of merging a case into another one (并案)."""

from typing import TYPE_CHECKING

from django import forms

from linli.cases.access import Desk
from linli.cases.actions import merging
from linli.cases.forms.acting import ActForm

if TYPE_CHECKING:
    from linli.matters.models import Matter


class MergeForm(ActForm):
    """Name the case that goes on, and say why both are the same (并入另一件)."""

    into = forms.CharField(
        label="并入哪一件",
        help_text="写编号。应是先到期的那一件；下面「相似的事项」里可以直接选。",
        max_length=24,
        error_messages={
            "required": "还没有写并入哪一件的编号。",
            "max_length": "编号最多 %(limit_value)d 个字。",
        },
    )

    field_order = ("into", "words")

    def carry_out(self, desk: Desk) -> "Matter":
        """Merge the case into the one that was named."""
        return merging.merge(desk, into=self.cleaned_data["into"], said=self.said)
