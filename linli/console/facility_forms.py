"""What one fills in about a facility (服务设施表单)."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.validators import RegexValidator

from linli.facilities.actions import Described

_MOST_AREA = 1_000_000
_PHONE = RegexValidator(r"^[0-9][0-9 -]{1,18}[0-9]$", "电话只写数字，例如 0714-1234567。")


class FacilityForm(forms.Form):
    """Where a facility stands, how large, when it is open, who can get in (设施)."""

    name = forms.CharField(label="名称", max_length=60, error_messages={"required": "还没有写名称。"})
    address = forms.CharField(
        label="具体位置", max_length=120, help_text="例如：3栋一楼，东门进。",
        error_messages={"required": "还没有写位置。"},
    )  # fmt: skip
    hours = forms.CharField(
        label="开放时间", max_length=120, help_text="例如：周一到周五 8:30 到 17:30，中午不休息。",
        error_messages={"required": "还没有写开放时间。"},
    )  # fmt: skip
    area = forms.IntegerField(
        label="面积（平方米）", initial=0, min_value=0, max_value=_MOST_AREA, help_text="不知道就写 0。",
        error_messages={
            "required": "还没有写面积，不知道就写 0。", "invalid": "写整数，不知道就写 0。",
            "min_value": "不能小于 0。", "max_value": "数太大，请核对。",
        },
    )  # fmt: skip
    is_accessible = forms.BooleanField(label="轮椅能进", required=False)
    phone = forms.CharField(
        label="公开电话",
        max_length=20,
        required=False,
        validators=[_PHONE],
        help_text="会公开，不要写私人手机。",
    )

    def __init__(self, *given: Any, kinds: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["kind"] = forms.ChoiceField(
            label="类别", choices=[("", "请选择"), *kinds],
            error_messages={"required": "还没有选类别。", "invalid_choice": "这里没有这一类。"},
        )  # fmt: skip
        self.order_fields(["name", "kind"])

    @property
    def described(self) -> Described:
        """Return what was filled in."""
        return Described(**self.cleaned_data)


class ReasonForm(forms.Form):
    """Why a facility goes out of use (原因)."""

    words = forms.CharField(
        label="原因", max_length=200, widget=forms.Textarea, error_messages={"required": "还没有写原因。"}
    )
