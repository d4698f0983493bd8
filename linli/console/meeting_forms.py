"""What one fills in to call a meeting, and to act in it (会议表单)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms

from linli.frame.clock import local
from linli.meetings.actions.convening import Item

Choices = Sequence[tuple[Any, str]]
_TOO_LONG = {"max_length": "最多 %(limit_value)d 字，现在有 %(show_value)d 字，请删减一些。"}
_MOST_ITEMS = 30


class MomentInput(forms.DateTimeInput):
    """A day and an hour, picked with the device's own calendar."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class CallForm(forms.Form):
    """Which meeting, when, where, about what, who presides, who is on the roll (召集会议)."""

    title = forms.CharField(
        label="会议名称", max_length=80, error_messages=_TOO_LONG | {"required": "还没有写会议名称。"}
    )
    meets_at = forms.DateTimeField(
        label="开会时间",
        widget=MomentInput(),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
        error_messages={"required": "还没有选开会时间。", "invalid": "时间要写成 2026-12-31T19:00 这样。"},
    )
    venue = forms.CharField(
        label="会场", max_length=80, error_messages=_TOO_LONG | {"required": "还没有写会场。"}
    )
    agenda = forms.CharField(
        label="议程",
        help_text="一行一项，会上一项一项议。有关事项的，在行末写编号，例如：门禁改造 XXL-2026-000012。",
        max_length=4000,
        widget=forms.Textarea,
        error_messages=_TOO_LONG | {"required": "还没有写议程，至少写一项。"},
    )
    urgent = forms.CharField(
        label="提前召集的理由",
        help_text="通知的天数不够，又有特殊情况时才写；理由会写进通知。",
        max_length=400,
        required=False,
        error_messages=_TOO_LONG,
    )
    is_public = forms.BooleanField(label="居民可以旁听", required=False)

    def __init__(self, data: Any = None, *, forums: Choices, people: Choices, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        named = [("", "请选择"), *people]
        lacking = {"required": "请选一位。", "invalid_choice": "请从名单里选。"}
        self.fields["forum"] = forms.ChoiceField(
            label="会议形式", choices=forums, error_messages={"required": "还没有选会议形式。"}
        )
        for name, label in (("chair", "主持人"), ("recorder", "记录人")):
            self.fields[name] = forms.TypedChoiceField(
                label=label, coerce=int, choices=named, error_messages=lacking
            )
        self.fields["roll"] = forms.TypedMultipleChoiceField(
            label="应到的人",
            help_text="不选，就按登记的名册全部通知；选了，只通知选上的人。",
            coerce=int,
            choices=list(people),
            required=False,
            widget=forms.CheckboxSelectMultiple,
            error_messages={"invalid_choice": "有的人不在名单里，请重新选。"},
        )
        self.order_fields(
            (
                "forum",
                "title",
                "meets_at",
                "venue",
                "agenda",
                "chair",
                "recorder",
                "roll",
                "urgent",
                "is_public",
            )
        )

    def clean_agenda(self) -> tuple[Item, ...]:
        """Read one item a line; a number at its end names the matter."""
        lines = [line.strip() for line in self.cleaned_data["agenda"].splitlines() if line.strip()]
        if len(lines) > _MOST_ITEMS:
            raise forms.ValidationError(f"一次会议最多 {_MOST_ITEMS} 项，请分几次开。")
        return tuple(read_item(line) for line in lines)


def read_item(line: str) -> Item:
    """Read an item as it is typed: its title, then the number of its matter if it has one (议题)."""
    title, _, last = line.rpartition(" ")
    is_number = title and last.isascii() and last.count("-") >= 2
    return Item(title.strip()[:120], matter=last) if is_number else Item(line[:120])


def later(at: datetime) -> str:
    """Write an instant as the field for it takes it."""
    return local(at).strftime("%Y-%m-%dT%H:%M")
