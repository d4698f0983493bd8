"""What one fills in about a team, an activity, and who came (文体活动表单)."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.validators import RegexValidator

from linli.activities import queries
from linli.activities.actions.holding import Held
from linli.activities.actions.teaming import Described
from linli.console.meeting_forms import MomentInput

if TYPE_CHECKING:
    from linli.activities.models import SignUp

_MOST = 1_000_000
_PHONE = RegexValidator(r"^[0-9][0-9 -]{5,18}[0-9]$", "电话只写数字，例如 138 0000 0000、0714-1234567。")
_COUNT = {
    "invalid": "写整数，没有就写 0。", "min_value": "不能小于 0。", "max_value": "数太大，请核对。",
    "required": "还没有写人数，没有就写 0。",
}  # fmt: skip
_FORMATS = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]
_INVALID = "时间要写成 2026-12-31T19:00 这样。"
_KIND = {"required": "还没有选类别。", "invalid_choice": "没有这一类。"}


class TeamForm(forms.Form):
    """What a team says of itself (队伍)."""

    name = forms.CharField(label="队伍名称", max_length=60, error_messages={"required": "还没有写名称。"})
    words = forms.CharField(
        label="做什么，什么时候在哪里", max_length=200, error_messages={"required": "还没有写做什么。"}
    )
    leader = forms.CharField(
        label="队长", max_length=40, required=False, help_text="不公开，只有社区看得到。"
    )
    phone = forms.CharField(label="队长电话", max_length=20, required=False, validators=[_PHONE])
    leader_agrees = forms.BooleanField(label="队长本人同意", required=False)
    others = forms.IntegerField(
        label="没有账号的队员（人）", initial=0, min_value=0, max_value=_MOST, error_messages=_COUNT,
        help_text="有账号的由本人在页面上加入，不用算在这里。",
    )  # fmt: skip

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["kind"] = _kind()
        self.order_fields(["name", "kind"])

    @property
    def described(self) -> Described:
        """Return what was filled in."""
        told = dict(self.cleaned_data)
        told["phone"] = told["phone"].replace(" ", "")
        return Described(**told)


class ActivityForm(forms.Form):
    """What is held, where, when, for how many (活动)."""

    title = forms.CharField(label="活动名称", max_length=80, error_messages={"required": "还没有写名称。"})
    venue = forms.CharField(label="活动地点", max_length=80, error_messages={"required": "还没有写地点。"})
    starts_at = forms.DateTimeField(
        label="开始时间", widget=MomentInput(), input_formats=_FORMATS,
        error_messages={"required": "还没有选开始时间。", "invalid": _INVALID},
    )  # fmt: skip
    ends_at = forms.DateTimeField(
        label="结束时间", widget=MomentInput(), input_formats=_FORMATS,
        error_messages={"required": "还没有选结束时间。", "invalid": _INVALID},
    )  # fmt: skip
    capacity = forms.IntegerField(
        label="名额（人）", initial=0, min_value=0, max_value=_MOST, error_messages=_COUNT,
        help_text="0 就是不限。满了以后报名的排候补，有人退出自动递补。",
    )  # fmt: skip
    words = forms.CharField(label="内容", max_length=1000, required=False, widget=forms.Textarea)

    def __init__(self, *given: Any, teams: Sequence[tuple[int, str]] | None = None, **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["kind"] = _kind()
        if teams is not None:
            self.fields["team"] = forms.TypedChoiceField(
                label="主办队伍", coerce=int, empty_value=None, required=False,
                choices=[("", "社区自己办"), *teams], error_messages={"invalid_choice": "这里没有这支队伍。"},
            )  # fmt: skip
        self.order_fields(["title", "kind", "team"])

    @property
    def held(self) -> Held:
        """Return what was filled in."""
        return Held(**{name: value for name, value in self.cleaned_data.items() if name != "team"})


class ReasonForm(forms.Form):
    """Why something ends (原因)."""

    words = forms.CharField(
        label="原因", max_length=200, widget=forms.Textarea, error_messages={"required": "还没有写原因。"}
    )


class CameForm(forms.Form):
    """Who of the list came, and how many without an account (到场)."""

    def __init__(self, *given: Any, line: "Iterable[SignUp]" = (), **more: Any) -> None:
        super().__init__(*given, **more)
        if choices := [(one.person_id, one.person.name) for one in line]:
            self.fields["came"] = forms.TypedMultipleChoiceField(
                label="到场的人", coerce=int, required=False, choices=choices,
                widget=forms.CheckboxSelectMultiple,
                error_messages={"invalid_choice": "有人不在名单上，请重新打开这一页。"},
            )  # fmt: skip
        self.fields["others"] = forms.IntegerField(
            label="没有账号的到场人数", min_value=0, max_value=_MOST, error_messages=_COUNT
        )


def _kind() -> forms.ChoiceField:
    return forms.ChoiceField(label="类别", choices=[("", "请选择"), *queries.kinds()], error_messages=_KIND)
