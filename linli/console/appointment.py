"""What one fills in to fill an office, to end it, to open an account (任免表单)."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.http import QueryDict

NEW = "new"
_FARTHEST_BACK, _FARTHEST_AHEAD = timedelta(days=365 * 50), timedelta(days=365)
_PHONE = RegexValidator(r"^[0-9][0-9 -]{5,18}[0-9]$", "电话只写数字，例如 138 0000 0000、0714-1234567。")
_USERNAME = RegexValidator(
    r"^[A-Za-z0-9][A-Za-z0-9._-]{2,31}$", "用户名用 3 到 32 个字母、数字，中间可以有点和短横。"
)
Choices = Sequence[tuple[str, str]]


class DayInput(forms.DateInput):
    """A day, picked with the device's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class DayField(forms.DateField):
    """A day not too far from the present one (日期)."""

    def __init__(self, *, label: str, today: date, help_text: str = "") -> None:
        super().__init__(
            label=label,
            help_text=help_text,
            initial=today,
            widget=DayInput(),
            error_messages={
                "required": "还没有选日期。",
                "invalid": "这不是一个日期，请像 2026-11-24 这样写。",
            },
        )
        self.today = today

    def clean(self, value: Any) -> date:
        """Refuse a slip of the year."""
        day: date = super().clean(value)
        if not self.today - _FARTHEST_BACK <= day <= self.today + _FARTHEST_AHEAD:
            raise forms.ValidationError("日期离今天太远，请核对年份。")
        return day


class AppointForm(forms.Form):
    """Who fills which office from when (任职)."""

    name = forms.CharField(label="姓名", max_length=40, required=False)
    phone = forms.CharField(label="电话", max_length=20, required=False, validators=[_PHONE])

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        offices: Choices,
        bodies: Choices,
        of_bodies: frozenset[str],
        people: Sequence[tuple[str, str, str]],
        today: date,
        office: str = "",
        body: str = "",
    ) -> None:
        person = people[0][0] if people else NEW
        super().__init__(data, initial={"office": office, "body": body, "person": person})
        self.of_bodies = of_bodies
        self.fields["office"] = forms.ChoiceField(
            label="职务",
            choices=[("", "请选择"), *offices],
            error_messages={"required": "还没有选职务。", "invalid_choice": "这个职务不能由您任免。"},
        )
        self.fields["body"] = forms.ChoiceField(
            label="所在组织",
            choices=[("", "不在组织里任职"), *bodies],
            required=False,
            help_text="经办人要选；其余职务不用选。",
            error_messages={"invalid_choice": "这个组织不在这里。"},
        )
        self.fields["person"] = forms.ChoiceField(
            label="由谁担任",
            choices=[(key, name) for key, name, _ in (*people, (NEW, "", ""))],
            error_messages={"required": "还没有选人。", "invalid_choice": "找不到这个人，请再找一次。"},
        )
        self.cards = [*people, (NEW, "登记一个新的人", "在下面写姓名和电话")]
        self.fields["since"] = DayField(label="从哪天起", today=today)

    def clean(self) -> dict[str, Any]:
        """Ask for a body where the office needs one, and for a name where the person is new."""
        told = self.cleaned_data
        if told.get("person") == NEW and not told.get("name"):
            self.add_error("name", "登记新的人要写姓名。")
        if told.get("office") in self.of_bodies and not told.get("body"):
            self.add_error("body", "这个职务要选所在的组织。")
        return told

    @property
    def body_id(self) -> int | None:
        """Return the body the office is held in, none for an office held at the place itself."""
        told = self.cleaned_data
        return int(told["body"]) if told["office"] in self.of_bodies else None


class RelieveForm(forms.Form):
    """The last day in an office (离任)."""

    def __init__(self, data: QueryDict | None = None, *, today: date) -> None:
        super().__init__(data)
        self.fields["until"] = DayField(label="任职到哪天", help_text="含当天。", today=today)


class AccountForm(forms.Form):
    """The name somebody will sign in with (开账号)."""

    username = forms.CharField(
        label="用户名",
        help_text="字母和数字，例如 tonghua.li；定了就不改。",
        max_length=32,
        validators=[_USERNAME],
        error_messages={"required": "还没有写用户名。", "max_length": "用户名最多 %(limit_value)d 个字符。"},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
