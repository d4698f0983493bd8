"""What one fills in to take a trouble up, and to act on a campaign (表单)."""

from collections.abc import Sequence
from typing import Any

from django import forms

from linli.core.acts import ACTS, Words

_TOO_LONG = {"max_length": "最多 %(limit_value)d 字，现在有 %(show_value)d 字，请删减一些。"}
Choices = Sequence[tuple[Any, str]]


class MattersField(forms.MultipleChoiceField):
    """Matters to choose from: the number of each, its title, and what else tells it apart (涉及的事项)."""

    def __init__(self, *, cards: Sequence[tuple[str, str, str]], **kwargs: Any) -> None:
        choices = [(number, title) for number, title, _ in cards]
        super().__init__(choices=choices, widget=forms.CheckboxSelectMultiple, **kwargs)
        self.cards = cards


class TakeUpForm(forms.Form):
    """Goal, owner, day and measures of a campaign, and the matters it is about (立项建议)."""

    title = forms.CharField(
        label="名称", max_length=80, error_messages=_TOO_LONG | {"required": "还没有写名称。"}
    )
    goal = forms.CharField(
        label="目标",
        help_text="治到什么程度，反映过的人都会看到。",
        max_length=400,
        widget=forms.Textarea,
        error_messages=_TOO_LONG | {"required": "还没有写目标。"},
    )
    measures = forms.CharField(
        label="措施",
        help_text="一行一条：谁，做什么，什么时候。",
        max_length=2000,
        required=False,
        widget=forms.Textarea,
        error_messages=_TOO_LONG,
    )
    due_on = forms.DateField(
        label="完成日期",
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": "还没有选完成日期。", "invalid": "日期要写成 2026-12-31 这样。"},
    )

    def __init__(
        self, *args: Any, bodies: Choices, numbers: Sequence[tuple[str, str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"] = forms.TypedChoiceField(
            label="牵头单位",
            coerce=int,
            choices=[("", "请选择"), *bodies],
            error_messages={"required": "还没有选牵头单位。", "invalid_choice": "请从名单里选牵头单位。"},
        )
        self.fields["numbers"] = MattersField(
            label="涉及的事项",
            help_text="点一下选上，再点一下去掉。",
            cards=numbers,
            error_messages={"required": "至少选一件。", "invalid_choice": "有的事项不在名单里，请重新选。"},
        )
        self.order_fields(("title", "goal", "owner", "due_on", "measures", "numbers"))


class CampaignActForm(forms.Form):
    """Words for an act on a campaign, and the leading body where one is chosen (动作)."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(
        self, act: str, data: Any, *, bodies: Choices, owner: int | None, initial: dict[str, Any]
    ) -> None:
        super().__init__(data, auto_id=f"{act}-%s", initial=initial)
        if act == "dispatch":
            self.fields["lead"] = forms.TypedChoiceField(
                label="牵头单位",
                coerce=int,
                choices=[("", "请选择"), *bodies],
                initial=owner,
                error_messages={"required": "还没有选牵头单位。", "invalid_choice": "请从名单里选牵头单位。"},
            )
        if ACTS[act].words is not Words.NONE:
            self.fields["words"] = forms.CharField(
                label="说明",
                max_length=2000,
                required=ACTS[act].words is Words.REQUIRED,
                widget=forms.Textarea,
                error_messages=_TOO_LONG | {"required": "还没有写说明，写一两句就可以。"},
            )
