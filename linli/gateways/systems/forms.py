"""What one fills in to connect a system and to change what it may do (对接表单)."""

from datetime import timedelta
from typing import Any

from django import forms

from linli.gateways.choices import Way
from linli.gateways.placed import PlacedForm
from linli.gateways.systems.actions import Terms

_TOO_LONG = {"max_length": "最多 %(limit_value)d 个字，现在有 %(show_value)d 个字。"}
LASTING = (("90", "90 天"), ("180", "180 天"), ("365", "一年"))


class LastingForm(forms.Form):
    """How long a new key is good for (有效期)."""

    lasts = forms.ChoiceField(label="密钥有效期", choices=LASTING, initial="180")

    @property
    def span(self) -> timedelta:
        """Return the chosen time."""
        return timedelta(days=int(self.cleaned_data["lasts"]))


class TermsForm(forms.Form):
    """What a system is called, what it may do, and why (对接条件)."""

    name = forms.CharField(
        label="系统名称",
        help_text="记录里就写这个名字，例如「区 12345 平台」。",
        max_length=40,
        error_messages=_TOO_LONG | {"required": "还没有写系统名称。"},
    )
    owner = forms.CharField(
        label="主管单位和联系人",
        help_text="出了问题找谁。",
        max_length=120,
        error_messages=_TOO_LONG | {"required": "还没有写主管单位和联系人。"},
    )
    reads = forms.BooleanField(
        label="读事项",
        required=False,
        help_text="读范围内公开的事项，和它自己送来的事项。",
    )
    writes = forms.BooleanField(label="报事项", required=False, help_text="送来新事项，补充说明和照片。")
    hands_over = forms.BooleanField(
        label="热线转办", required=False, help_text="12345、110 按工单号转来，可以更正、撤单。"
    )
    way = forms.ChoiceField(
        label="送来的事项算哪个渠道",
        choices=Way.choices,
        initial=Way.SYSTEM,
        error_messages={"required": "还没有选渠道。"},
    )
    purpose = forms.CharField(
        label="使用个人信息的目的和依据",
        help_text="不写，就只给公开的、脱敏的内容。写了，每读一件都留记录。",
        max_length=200,
        required=False,
        widget=forms.Textarea,
        error_messages=_TOO_LONG,
    )
    most_a_minute = forms.IntegerField(
        label="每分钟最多多少次",
        initial=120,
        min_value=1,
        max_value=6000,
        error_messages={
            "required": "还没有写次数。", "invalid": "请写一个数。",
            "min_value": "至少 1 次。", "max_value": "最多 %(limit_value)d 次。",
        },
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Ask for at least one door, and for the hotline's own channel."""
        said = self.cleaned_data
        if not (said.get("reads") or said.get("writes") or said.get("hands_over")):
            self.add_error(None, "至少开放一样：读事项、报事项或者热线转办。")
        if said.get("hands_over") and said.get("way") == Way.SYSTEM:
            self.add_error("way", "热线转办要选「12345 热线」或者「110」。")
        return said

    @property
    def terms(self) -> Terms:
        """Return what was filled in."""
        return Terms(**{name: self.cleaned_data[name] for name in Terms.__slots__})


class ConnectForm(PlacedForm, TermsForm, LastingForm):
    """A system that is new, and where it belongs (接入)."""

    place_help = "只能读到、报到这个地方里面的事项。"
    field_order = (
        "name",
        "owner",
        "place",
        "reads",
        "writes",
        "hands_over",
        "way",
        "purpose",
        "most_a_minute",
    )
