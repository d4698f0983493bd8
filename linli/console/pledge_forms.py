"""What one fills in about resident institutions, their lists and pledges (共建表单)."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.validators import RegexValidator

from linli.pledges import queries
from linli.pledges.actions.listing import Described, Line
from linli.pledges.actions.pledging import Promise

Choices = Sequence[tuple[int, str]]
_PHONE = RegexValidator(r"^[0-9][0-9 -]{5,18}[0-9]$", "电话只写数字，例如 138 0000 0000、0714-1234567。")


class InstitutionForm(forms.Form):
    """What an institution says of itself (驻区单位)."""

    name = forms.CharField(label="单位名称", max_length=60, error_messages={"required": "还没有写名称。"})
    words = forms.CharField(label="做什么", max_length=200, required=False)
    contact = forms.CharField(label="联系人", max_length=40, required=False, help_text="不公开。")
    phone = forms.CharField(label="联系电话", max_length=20, required=False, validators=[_PHONE])

    @property
    def described(self) -> Described:
        """Return what was filled in."""
        return Described(**self.cleaned_data)


class LineForm(forms.Form):
    """One line of the three lists (清单条目)."""

    title = forms.CharField(label="名称", max_length=80, error_messages={"required": "还没有写名称。"})
    words = forms.CharField(
        label="说明", max_length=400, required=False, widget=forms.Textarea,
        help_text="会公开，请不要写个人信息。",
    )  # fmt: skip

    def __init__(self, *given: Any, institutions: Choices, **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["sort"] = forms.ChoiceField(
            label="列入", choices=queries.sorts(), error_messages={"required": "还没有选清单。"}
        )
        self.fields["institution"] = _one_of(
            "单位", institutions, none="社区自己", unknown="这里没有这个单位。", required=False
        )
        self.order_fields(["sort", "institution"])

    @property
    def line(self) -> Line:
        """Return what was filled in."""
        return Line(**self.cleaned_data)


class PledgeForm(forms.Form):
    """Who takes a need up, what they promise, until when (认领)."""

    title = forms.CharField(
        label="承诺的事", max_length=200, error_messages={"required": "还没有写承诺的事。"}
    )
    due_on = forms.DateField(
        label="兑现期限", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "还没有选兑现期限。", "invalid": "日期要写成 2026-12-31 这样。"},
    )  # fmt: skip

    def __init__(
        self, *given: Any, institutions: Choices, resources: Choices, needs_title: bool, **more: Any
    ) -> None:
        super().__init__(*given, **more)
        if needs_title:
            self.fields["need"] = forms.CharField(
                label="需要什么", max_length=80, help_text="列入需求清单，会公开，请不要写个人信息。",
                error_messages={"required": "还没有写需要什么。"},
            )  # fmt: skip
        self.fields["institution"] = _one_of(
            "认领的单位", institutions, none="请选择", unknown="这里没有这个单位。"
        )
        self.fields["resource"] = _one_of(
            "用到的资源", resources, none="不用清单上的资源", unknown="清单上没有这项资源。", required=False
        )
        self.order_fields(["need", "institution", "resource"])

    @property
    def promised(self) -> Promise:
        """Return what was filled in."""
        return Promise(**{name: value for name, value in self.cleaned_data.items() if name != "need"})


class WordsForm(forms.Form):
    """What is said of a step (说明)."""

    words = forms.CharField(
        label="说明", max_length=200, widget=forms.Textarea, error_messages={"required": "还没有写说明。"}
    )


class ScoreForm(forms.Form):
    """Whether what was done met the need (反馈)."""

    words = forms.CharField(
        label="说两句",
        max_length=400,
        required=False,
        widget=forms.Textarea,
        help_text="会公开，请不要写个人信息。",
    )

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["score"] = forms.ChoiceField(
            label="解决了没有", choices=queries.scores(), widget=forms.RadioSelect,
            error_messages={"required": "还没有选解决了没有。", "invalid_choice": "请从三个里选一个。"},
        )  # fmt: skip
        self.order_fields(["score"])


def _one_of(
    label: str, choices: Choices, *, none: str, unknown: str, required: bool = True
) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label, coerce=int, empty_value=None, required=required, choices=[("", none), *choices],
        error_messages={"required": f"还没有选{label}。", "invalid_choice": unknown},
    )  # fmt: skip
