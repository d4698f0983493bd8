"""What one fills in about an outside app (应用登记表单)."""

from django import forms

from linli.gateways.burden.actions import Facts
from linli.gateways.choices import Decision, KnownHere, Often
from linli.gateways.placed import PlacedForm

_WEEK = 7 * 24 * 60
_TOO_LONG = {"max_length": "最多 %(limit_value)d 个字，现在有 %(show_value)d 个字。"}


class AppForm(forms.Form):
    """What an app asks, how often, on what basis, and what it costs (应用)."""

    name = forms.CharField(
        label="应用名称", max_length=60, error_messages=_TOO_LONG | {"required": "还没有写应用名称。"}
    )
    owner = forms.CharField(
        label="主管单位", max_length=80, error_messages=_TOO_LONG | {"required": "还没有写主管单位。"}
    )
    basis = forms.CharField(
        label="依据", help_text="文件名和文号；没有就空着。", max_length=200, required=False,
        error_messages=_TOO_LONG,
    )  # fmt: skip
    asks = forms.CharField(
        label="要填哪些数据", help_text="一行一项，例如：走访户数、隐患照片。", max_length=1000,
        widget=forms.Textarea, error_messages=_TOO_LONG | {"required": "还没有写要填哪些数据。"},
    )  # fmt: skip
    often = forms.ChoiceField(
        label="多久填一次", choices=Often.choices, error_messages={"required": "还没有选多久填一次。"}
    )
    minutes_a_week = forms.IntegerField(
        label="一个网格员每周花几分钟", help_text="问几个网格员，取大概的数。", min_value=0, max_value=_WEEK,
        error_messages={
            "required": "还没有写分钟数。", "invalid": "请写一个数。",
            "min_value": "不能是负数。", "max_value": "一周没有这么多分钟。",
        },
    )  # fmt: skip
    known_here = forms.ChoiceField(
        label="这些数据本系统有没有", choices=KnownHere.choices, error_messages={"required": "还没有选。"}
    )
    checks_in = forms.BooleanField(label="要打卡签到", required=False)
    gives_points = forms.BooleanField(label="拿积分、排名考核", required=False)
    counts_online = forms.BooleanField(label="考核在线时长、学习时长", required=False)
    wants_photos = forms.BooleanField(label="要办理用不着的照片、视频、轨迹", required=False)

    @property
    def facts(self) -> Facts:
        """Return what was filled in."""
        return Facts(**{name: self.cleaned_data[name] for name in Facts.__slots__})


class NewAppForm(PlacedForm, AppForm):
    """An app that is new, and where it asks (登记)."""

    place_label = "问哪里的网格员"
    field_order = ("name", "owner", "place")


class DecisionForm(forms.Form):
    """What becomes of an app, and why (处理意见)."""

    decision = forms.ChoiceField(
        label="处理意见", choices=Decision.choices, widget=forms.RadioSelect,
        error_messages={"required": "还没有选处理意见。"},
    )  # fmt: skip
    reason = forms.CharField(
        label="理由", max_length=200, widget=forms.Textarea,
        error_messages=_TOO_LONG | {"required": "还没有写理由。"},
    )  # fmt: skip
