"""The form of showing a case to everybody: masked, and read before it is shown (公开)."""

from typing import TYPE_CHECKING

from django import forms

from linli.cases.access import Desk
from linli.cases.actions import showing
from linli.cases.forms.acting import LONG, ActForm
from linli.core.masking import mask_text

if TYPE_CHECKING:
    from linli.matters.models import Matter

_TOO_LONG = {"max_length": "最多 %(limit_value)d 字，现在有 %(show_value)d 字，请删减一些。"}


class PublishForm(ActForm):
    """Read what everybody will see, masked, and change it where it still says too much (公开预览)."""

    public_title = forms.CharField(
        label="公开的标题", max_length=80, error_messages=_TOO_LONG | {"required": "公开要有标题。"}
    )
    public_words = forms.CharField(
        label="公开的内容",
        max_length=LONG,
        widget=forms.Textarea,
        required=False,
        help_text="姓名、电话、门牌已经遮住。请读一遍，还看得出是谁的，删掉。",
        error_messages=_TOO_LONG,
    )

    def furnish(self) -> None:
        """Write the masked title and words into the fields."""
        desk = self.desk
        names = (desk.case.contact_name,) if desk.case.contact_name else ()
        self.fields["public_title"].initial = mask_text(desk.matter.title, names=names)
        self.fields["public_words"].initial = mask_text(desk.case.words, names=names)

    def carry_out(self, desk: Desk) -> "Matter":
        """Show the case in these words."""
        said = self.cleaned_data
        return showing.publish(desk, title=said["public_title"], words=said["public_words"], said=self.said)
