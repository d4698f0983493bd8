"""Where messages go out, and who wants them how (消息表单)."""

from collections.abc import Sequence

from django import forms
from django.http import QueryDict

from linli.gateways.choices import Carried
from linli.gateways.placed import PlacedForm


class CarrierForm(PlacedForm):
    """A robot or a gateway for a place (消息通道)."""

    place_label = "给哪里用"
    field_order = ("place", "kind", "url")
    kind = forms.ChoiceField(
        label="方式", choices=Carried.choices, error_messages={"required": "还没有选方式。"}
    )
    url = forms.CharField(
        label="通道地址",
        help_text="加密保存，存了就不再显示。写法见运维说明「消息」。",
        max_length=600,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "还没有写通道地址。", "max_length": "最多 %(limit_value)d 个字符。"},
    )


class ReachingForm(forms.Form):
    """How I want to be reached (收信方式)."""

    def __init__(self, data: QueryDict | None = None, *, kinds: Sequence[Carried], chosen: str) -> None:
        super().__init__(data)
        self.fields["kind"] = forms.ChoiceField(
            label="除了站内，还发到哪里",
            choices=[("", "只在站内"), *((kind.value, str(kind.label)) for kind in kinds)],
            required=False,
            initial=chosen,
            widget=forms.RadioSelect,
            error_messages={"invalid_choice": "您所在的地方没有这种通道。"},
        )
