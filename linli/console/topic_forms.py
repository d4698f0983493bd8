"""What one fills in to raise a topic, and to act on one (表单)."""

from collections.abc import Sequence
from typing import Any

from django import forms

from linli.core.acts import ACTS, Words

_TOO_LONG = {"max_length": "最多 %(limit_value)d 字，现在有 %(show_value)d 字，请删减一些。"}
_NO_DAY = {"required": "还没有选完成日期。", "invalid": "日期要写成 2026-12-31 这样。"}
Choices = Sequence[tuple[Any, str]]


class RaiseForm(forms.Form):
    """What is to be deliberated, and by which method (提出议题)."""

    title = forms.CharField(
        label="议题", max_length=80, error_messages=_TOO_LONG | {"required": "还没有写议题。"}
    )
    words = forms.CharField(
        label="内容",
        help_text="要议什么、为什么、涉及哪些人。公开后人人看得到，请不要写个人信息。",
        max_length=4000,
        widget=forms.Textarea,
        error_messages=_TOO_LONG | {"required": "还没有写内容。"},
    )

    def __init__(self, *args: Any, methods: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["procedure"] = forms.ChoiceField(
            label="用哪种程序",
            choices=list(methods),
            widget=forms.RadioSelect,
            error_messages={"required": "还没有选程序。", "invalid_choice": "请从名单里选程序。"},
        )


class TopicActForm(forms.Form):
    """Words for an act on a topic, and what else that act asks for (动作)."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(
        self, act: str, data: Any, *, bodies: Choices, tasks: Choices, initial: dict[str, Any]
    ) -> None:
        super().__init__(data, auto_id=f"{act}-%s", initial=initial)
        asks = {"name_participants": self._ask_who, "add_task": self._ask_what, "report_task": self._ask_how}
        if act in asks:
            asks[act](bodies, tasks)
        if act == "post_notice":
            self.fields["title"] = forms.CharField(
                label="公示标题",
                max_length=80,
                error_messages=_TOO_LONG | {"required": "还没有写公示标题。"},
            )
        words = Words.REQUIRED if act == "post_notice" else ACTS[act].words
        if act != "add_task" and words is not Words.NONE:
            self.fields["words"] = forms.CharField(
                label="公示内容" if act == "post_notice" else "说明",
                max_length=4000,
                required=words is Words.REQUIRED,
                widget=forms.Textarea,
                error_messages=_TOO_LONG | {"required": "还没有写内容，写一两句就可以。"},
            )

    def _ask_who(self, bodies: Choices, _tasks: Choices) -> None:
        self.fields["bodies"] = forms.TypedMultipleChoiceField(
            label="请哪些单位",
            coerce=int,
            choices=list(bodies),
            required=False,
            widget=forms.CheckboxSelectMultiple,
            error_messages={"invalid_choice": "有的单位不在名单里，请重新选。"},
        )
        self.fields["others"] = forms.CharField(
            label="请哪些人",
            help_text="一行一个，例如：3 号楼 1 单元住户代表、社区民警。",
            required=False,
            max_length=2000,
            widget=forms.Textarea,
            error_messages=_TOO_LONG,
        )

    def _ask_what(self, bodies: Choices, _tasks: Choices) -> None:
        self.fields["title"] = forms.CharField(
            label="做什么", max_length=120, error_messages=_TOO_LONG | {"required": "还没有写做什么。"}
        )
        self.fields["body"] = forms.TypedChoiceField(
            label="谁来做",
            coerce=int,
            choices=[("", "请选择"), *bodies],
            error_messages={"required": "还没有选责任单位。", "invalid_choice": "请从名单里选责任单位。"},
        )
        self.fields["due_on"] = forms.DateField(
            label="完成日期", widget=forms.DateInput(attrs={"type": "date"}), error_messages=_NO_DAY
        )

    def _ask_how(self, _bodies: Choices, tasks: Choices) -> None:
        self.fields["task"] = forms.TypedChoiceField(
            label="哪一项任务",
            coerce=int,
            choices=list(tasks),
            error_messages={"required": "还没有选任务。", "invalid_choice": "这项任务不是交给您的。"},
        )
        self.fields["is_done"] = forms.BooleanField(label="已经完成", required=False)

    def clean(self) -> dict[str, Any]:
        """Ask for somebody to take part at all."""
        said = super().clean() or {}
        if "others" in self.fields and not said.get("bodies") and not (said.get("others") or "").strip():
            raise forms.ValidationError("还没有写协商主体：至少选一个单位，或者写一类居民。")
        return said


class NamesForm(forms.Form):
    """A paper list of names, and the paper itself (纸质联名)."""

    names = forms.CharField(
        label="名单",
        help_text="一行一个：姓名 房号 日期，例如：王秀英 1栋101 2026-11-20。没有写日期的，按下面的日期。",
        max_length=20_000,
        widget=forms.Textarea,
        error_messages=_TOO_LONG | {"required": "还没有写名单。"},
    )
    day = forms.DateField(
        label="签名日期",
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": "还没有选签名日期。", "invalid": "日期要写成 2026-12-31 这样。"},
    )
    file = forms.FileField(
        label="纸质名单的照片或者扫描件",
        help_text="录入时附上，原件留存备查；先核对的可以不附。",
        widget=forms.FileInput,
        error_messages={
            "required": "还没有附上纸质名单，请拍照或者扫描。",
            "empty": "文件是空的，请重新选。",
        },
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    @property
    def only_looks(self) -> bool:
        """Tell whether the list is looked over first, and nothing entered (先核对)."""
        return "look" in self.data

    def clean(self) -> dict[str, Any]:
        """Ask for the paper only where names are to be entered."""
        if self.only_looks:
            self.errors.pop("file", None)
        return self.cleaned_data
