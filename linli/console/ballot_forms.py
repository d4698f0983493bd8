"""What one fills in to put something to the vote, and to bring votes in that came otherwise (表决表单)."""

from collections.abc import Sequence
from typing import Any

from django import forms

from linli.core.ballot import SPOILT, Kind, Option, Slip

Choices = Sequence[tuple[Any, str]]
_TOO_LONG = {"max_length": "最多 %(limit_value)d 字，现在有 %(show_value)d 字，请删减一些。"}
_MOST_OPTIONS = 60
_MOMENT = ("%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S")
_WHEN = {"required": "还没有选时间。", "invalid": "时间要写成 2026-12-31T19:00 这样。"}


class MomentInput(forms.DateTimeInput):
    """A day and an hour, picked with the device's own calendar."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format=_MOMENT[0])


class AskForm(forms.Form):
    """What is asked, of which meeting, by when (发起表决)."""

    question = forms.CharField(
        label="表决什么",
        help_text="一句话，能回答同意或者反对；选人时写选什么。",
        max_length=300,
        error_messages=_TOO_LONG | {"required": "还没有写表决什么。"},
    )
    explained = forms.CharField(
        label="说明", max_length=4000, required=False, widget=forms.Textarea, error_messages=_TOO_LONG
    )
    kind = forms.ChoiceField(
        label="怎么投",
        choices=[(kind.value, kind.title) for kind in Kind],
        initial=Kind.MOTION.value,
        widget=forms.RadioSelect,
        error_messages={"required": "还没有选怎么投。", "invalid_choice": "请从列出的里面选。"},
    )
    options = forms.CharField(
        label="选项或者候选人",
        help_text="一行一个；赞成或者反对的表决不用写。",
        max_length=4000,
        required=False,
        widget=forms.Textarea,
        error_messages=_TOO_LONG,
    )
    most = forms.IntegerField(
        label="应选几人",
        initial=1,
        min_value=1,
        max_value=_MOST_OPTIONS,
        error_messages={
            "required": "还没有写应选几人。",
            "invalid": "应选几人要写整数。",
            "min_value": "至少选 1 人。",
            "max_value": f"最多选 {_MOST_OPTIONS} 人。",
        },
    )
    opens_at = forms.DateTimeField(
        label="开始时间", widget=MomentInput(), input_formats=_MOMENT, error_messages=_WHEN
    )
    closes_at = forms.DateTimeField(
        label="截止时间", widget=MomentInput(), input_formats=_MOMENT, error_messages=_WHEN
    )
    is_secret = forms.BooleanField(
        label="无记名", help_text="选举一律无记名；按面积计票的不能无记名。", required=False
    )
    noticed = forms.CharField(
        label="会议通知里的议题",
        help_text="照通知抄，一行一项。规则限定议题的会议，通知里没有的不得表决。",
        max_length=2000,
        required=False,
        widget=forms.Textarea,
        error_messages=_TOO_LONG,
    )

    def __init__(self, data: Any = None, *, forums: Choices, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["forum"] = forms.ChoiceField(
            label="按哪种会议的规则",
            choices=[("", "请选择"), *forums],
            error_messages={"required": "还没有选会议形式。", "invalid_choice": "请从列出的里面选。"},
        )
        self.order_fields(("forum", "question"))

    def clean(self) -> dict[str, Any]:
        """Make the slip of what was written, or say why it makes none."""
        said = super().clean() or {}
        try:
            said["slip"] = _slip(said)
        except ValueError as error:
            self.add_error("options", f"{error}。")
        return said

    @property
    def noticed_items(self) -> tuple[str, ...]:
        """Return what the notice named, line by line."""
        return _lines(self.cleaned_data["noticed"])


class EnterForm(forms.Form):
    """What somebody told to staff, and how it is known (代录)."""

    basis = forms.CharField(
        label="凭据",
        help_text="什么时候、打哪个电话，或者哪张书面意见。",
        max_length=200,
        error_messages=_TOO_LONG | {"required": "还没有写凭据。"},
    )

    def __init__(self, data: Any = None, *, slip: Slip, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["chosen"] = chosen_field(slip)
        self.order_fields(("chosen", "basis"))


class TypeForm(forms.Form):
    """The code of a slip, and what is marked on it (录票)."""

    code = forms.CharField(
        label="票上的编码",
        help_text="扫票上的二维码会自动填好。",
        max_length=64,
        error_messages=_TOO_LONG | {"required": "还没有写编码。"},
    )

    def __init__(self, data: Any = None, *, slip: Slip, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["chosen"] = chosen_field(slip, on_paper=True)


class ProxyForm(forms.Form):
    """Who lets whom vote for them, and where the paper is (登记委托)."""

    giver = forms.CharField(
        label="委托人",
        help_text="名册上的姓名；同名的写名册序号。",
        max_length=200,
        error_messages=_TOO_LONG | {"required": "还没有写委托人。"},
    )
    holder = forms.CharField(
        label="受托人",
        help_text="也要在名册上。",
        max_length=200,
        error_messages=_TOO_LONG | {"required": "还没有写受托人。"},
    )
    paper = forms.CharField(
        label="书面凭据",
        help_text="委托书的日期和存放处。",
        max_length=200,
        error_messages=_TOO_LONG | {"required": "还没有写书面凭据。"},
    )


def chosen_field(slip: Slip, *, on_paper: bool = False) -> forms.MultipleChoiceField:
    """Offer what a slip offers; paper can be spoilt as well (所选)."""
    choices = [(one.key, one.title) for one in slip.marks]
    if on_paper:
        choices.append((SPOILT, "废票"))
    return forms.MultipleChoiceField(
        label="选的是" if slip.most == 1 else f"选的是（最多 {slip.most} 个）",
        choices=choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "还没有选。", "invalid_choice": "所选的不在表决票上。"},
    )


def _slip(said: dict[str, Any]) -> Slip:
    kind = Kind(said.get("kind") or Kind.MOTION.value)
    if kind is Kind.MOTION:
        return Slip.motion()
    titles = _lines(said.get("options") or "")[:_MOST_OPTIONS]
    options = tuple(Option(f"o{place}", title[:80]) for place, title in enumerate(titles, start=1))
    return Slip(kind, options, (said.get("most") or 1) if kind is Kind.ELECTION else 1)


def _lines(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
