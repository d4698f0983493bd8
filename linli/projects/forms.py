"""What one fills in to say what a place needs (需求表单)."""

from typing import Any

from django import forms

from linli.projects import queries
from linli.projects.actions.raising import Told


class NeedForm(forms.Form):
    """What is needed, of which kind (提需求)."""

    title = forms.CharField(
        label="缺什么、要办什么", max_length=80, error_messages={"required": "还没有写要办什么。"}
    )
    words = forms.CharField(
        label="说明", max_length=600, required=False, widget=forms.Textarea,
        help_text="在哪里、谁用得上。会公开，请不要写个人信息。",
    )  # fmt: skip

    def __init__(self, *given: Any, **more: Any) -> None:
        """Offer the kinds of needs."""
        super().__init__(*given, **more)
        self.fields["field"] = forms.ChoiceField(
            label="类别", choices=[("", "请选"), *queries.fields()],
            error_messages={"required": "还没有选类别。", "invalid_choice": "没有这个类别。"},
        )  # fmt: skip
        self.order_fields(["title", "field", "words"])

    @property
    def told(self) -> Told:
        """Return what was filled in."""
        return Told(**self.cleaned_data)
