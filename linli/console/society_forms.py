"""What one fills in about a social organisation, and for each of its acts (社会组织表单)."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import RegexValidator

from linli.societies.actions import Described

_FEN = 100
_MOST_MEMBERS = 1_000_000
_MOST_YUAN = Decimal(1_000_000_000)
_PHONE = RegexValidator(r"^[0-9][0-9 -]{5,18}[0-9]$", "电话只写数字，例如 138 0000 0000、0714-1234567。")
_COUNT = {"invalid": "写整数，没有就写 0。", "min_value": "不能小于 0。", "max_value": "数太大，请核对。"}


class SocietyForm(forms.Form):
    """What an organisation says of itself (情况)."""

    name = forms.CharField(label="名称", max_length=60, error_messages={"required": "还没有写名称。"})
    purpose = forms.CharField(
        label="宗旨", help_text="一句话：做什么、为了谁。", max_length=200, widget=forms.Textarea,
        error_messages={"required": "还没有写宗旨。"},
    )  # fmt: skip
    leader = forms.CharField(label="负责人", max_length=40, required=False, help_text="备案以前要写上。")
    phone = forms.CharField(label="负责人电话", max_length=20, required=False, validators=[_PHONE])
    persons = forms.IntegerField(
        label="个人会员（人）", initial=0, min_value=0, max_value=_MOST_MEMBERS, error_messages=_COUNT
    )
    institutions = forms.IntegerField(
        label="单位会员（个）", initial=0, min_value=0, max_value=_MOST_MEMBERS, error_messages=_COUNT
    )
    yuan = forms.DecimalField(
        label="活动资金（元）", initial=0, min_value=0, max_value=_MOST_YUAN, decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        error_messages={
            **_COUNT,
            "invalid": "写成数字，例如 3000 或 3000.50。",
            "max_decimal_places": "最多到分。",
        },
    )  # fmt: skip
    is_professional = forms.BooleanField(label="是专业社会组织", required=False)

    def __init__(self, *given: Any, kinds: Mapping[str, str], **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["kind"] = forms.ChoiceField(
            label="类别", choices=[("", "请选择"), *kinds.items()],
            error_messages={"required": "还没有选类别。", "invalid_choice": "这里没有这一类。"},
        )  # fmt: skip
        self.order_fields(["name", "kind"])

    @property
    def described(self) -> Described:
        """Return what was filled in, money in fen."""
        told = dict(self.cleaned_data)
        told.pop("certificate", None)
        told["money"] = int(told.pop("yuan") * _FEN)
        told["phone"] = told["phone"].replace(" ", "")
        return Described(**told)


class NewSocietyForm(SocietyForm):
    """The same of an organisation not in the register yet; one already registered says so (入库)."""

    certificate = forms.CharField(
        label="登记证号", max_length=40, required=False,
        help_text="已经在民政部门登记的，照登记证上写；没有登记的不用写。",
    )  # fmt: skip


class FileForm(forms.Form):
    """The sub-committee that a filed group belongs to (备案)."""

    def __init__(self, *given: Any, choices: Sequence[str] = ()) -> None:
        super().__init__(*given)
        if choices:
            self.fields["sub_committee"] = forms.ChoiceField(
                label="对应的下属委员会", choices=[("", "不对应"), *((one, one) for one in choices)],
                required=False, error_messages={"invalid_choice": "这里没有这个下属委员会。"},
            )  # fmt: skip


class IncubateForm(forms.Form):
    """Which tier takes a group in (培育)."""

    def __init__(self, *given: Any, choices: Sequence[str] = ()) -> None:
        super().__init__(*given)
        self.fields["incubator"] = forms.ChoiceField(
            label="培育机构", choices=[(one, one) for one in choices],
            error_messages={"required": "还没有选培育机构。", "invalid_choice": "这里没有这个培育机构。"},
        )  # fmt: skip


class RegisterForm(forms.Form):
    """The number of a certificate of registration (登记)."""

    certificate = forms.CharField(
        label="登记证号", max_length=40, help_text="民政部门颁发的登记证上的号。",
        error_messages={"required": "还没有写登记证号。"},
    )  # fmt: skip


class ReasonForm(forms.Form):
    """Why an organisation leaves (原因)."""

    words = forms.CharField(
        label="原因", max_length=400, widget=forms.Textarea, error_messages={"required": "还没有写原因。"}
    )
