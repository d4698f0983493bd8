"""What one fills in about needs (需求表单)."""

from collections.abc import Sequence
from typing import Any

from django import forms


class MergeForm(forms.Form):
    """Into which need one is merged (合并)."""

    def __init__(self, *given: Any, others: Sequence[tuple[str, str]], **more: Any) -> None:
        """Offer the other open needs of the place."""
        super().__init__(*given, **more)
        self.fields["into"] = forms.ChoiceField(
            label="并入哪一条", choices=[("", "请选"), *others],
            error_messages={"required": "还没有选并入哪一条。", "invalid_choice": "这里没有这条需求。"},
        )  # fmt: skip


class ReasonForm(forms.Form):
    """Why a need is selected or not (理由)."""

    words = forms.CharField(
        label="理由", max_length=400, widget=forms.Textarea, help_text="会公开，也会写信告诉每个支持的人。",
        error_messages={"required": "还没有写理由。"},
    )  # fmt: skip
