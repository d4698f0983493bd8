"""What somebody writes when they ask for their data to be put right or erased (申请表)."""

from typing import Any

from django import forms

from linli.portal.forms import PHONE, PhoneField
from linli.privacy.kinds import Wish

_MOST_WORDS = 400
_TOO_LONG = {"max_length": "最多 %(limit_value)d 字，现在有 %(show_value)d 字，请删减一些。"}
WISHES = (
    (Wish.CORRECT.value, "更正", "哪里不对，改成什么"),
    (Wish.ERASE.value, "删除", "办结的事删掉称呼、电话、原话和照片；有账号的，账号也停用"),
)


class ClaimForm(forms.Form):
    """A claim as the person writes it (个人信息申请)."""

    wish = forms.ChoiceField(
        label="要我们做什么",
        choices=[(key, label) for key, label, _ in WISHES],
        widget=forms.RadioSelect,
        error_messages={"required": "选一项：更正，或者删除。", "invalid_choice": "没有这一项，请重新选。"},
    )
    new_name = forms.CharField(
        label="正确的称呼",
        max_length=40,
        required=False,
        error_messages=_TOO_LONG,
        help_text="要改称呼才填。",
    )
    new_phone = PhoneField(
        label="正确的电话",
        max_length=20,
        required=False,
        validators=[PHONE],
        help_text="要改电话才填。",
        error_messages=_TOO_LONG,
    )
    words = forms.CharField(
        label="说明", max_length=_MOST_WORDS, required=False, widget=forms.Textarea, error_messages=_TOO_LONG
    )

    def clean(self) -> dict[str, Any]:
        """Ask what is wrong, when something is to be put right."""
        said = self.cleaned_data
        told = said.get("words") or said.get("new_name") or said.get("new_phone")
        if said.get("wish") == Wish.CORRECT and not told and "new_phone" not in self.errors:
            self.add_error("words", "写清楚哪一项不对，应该是什么。")
        return said
