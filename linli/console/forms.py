"""What staff fill in that is not an act on a case: found on the spot, or taken in for somebody (表单)."""

import secrets
from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from linli.cases import guessing
from linli.cases.forms.acting import PhotosField
from linli.cases.kinds import ConcernKind
from linli.core.acts import ACTS, Words
from linli.core.procedure import ActRule
from linli.matters.choices import Channel
from linli.pack.edition import Edition
from linli.places.queries import Spot

MOST_WORDS = 2000
_KEY_BYTES = 16
_FARTHEST = 100_000
_TOO_LONG = {"max_length": "最多 %(limit_value)d 字，现在有 %(show_value)d 字，请删减一些。"}
_BY_HAND = (Channel.WINDOW, Channel.PHONE, Channel.HOTLINE, Channel.POLICE)
_FROM_OUTSIDE = (Channel.HOTLINE, Channel.POLICE)
Choices = Callable[[], Sequence[tuple[str, str]]]
Files: TypeAlias = "MultiValueDict[str, UploadedFile[bytes]] | None"


def words_field(label: str, hint: str, *, wanted: str = "", limit: int = MOST_WORDS) -> forms.CharField:
    """Build a field for a few sentences, required when there is a sentence that asks for it."""
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=limit,
        required=bool(wanted),
        widget=forms.Textarea,
        error_messages=_TOO_LONG | {"required": wanted},
    )


class PlaceField(forms.ChoiceField):
    """Let one of many places be chosen; all of them are read only to show them (选地点).

    ``chain`` returns a place with all that lies above it, or nothing for one that may not be chosen.
    """

    def __init__(self, *, places: Choices, chain: Callable[[str], tuple[Spot, ...]]) -> None:
        super().__init__(
            label="在哪里",
            choices=lambda: [("", "请选择"), *places()],
            error_messages={
                "required": "还没有选地点。",
                "invalid_choice": "这个地点不在您的范围里，请另选。",
            },
        )
        self._chain = chain
        self.chosen: tuple[Spot, ...] = ()

    def valid_value(self, value: str) -> bool:
        """Tell whether a place may be chosen, and keep it with all that lies above it."""
        self.chosen = self._chain(value)
        return bool(self.chosen)


class TellingForm(forms.Form):
    """What both kinds of report need: words, place, category, and a key so that sending twice counts once."""

    once = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)
    photos = PhotosField(label="照片", required=False)
    words = words_field("看到了什么", "一两句就行。", wanted="还没有写内容，写一两句就可以。")
    place_words = forms.CharField(
        label="位置说明",
        help_text="例如：一单元门前。",
        max_length=120,
        required=False,
        error_messages=_TOO_LONG,
    )

    def __init__(
        self, edition: Edition, *, place: PlaceField, data: QueryDict | None = None, files: Files = None
    ) -> None:
        super().__init__(data, files, initial={"once": secrets.token_urlsafe(_KEY_BYTES)})
        self.edition, self._place = edition, place
        self.fields["place"] = place
        self.fields["category"] = forms.ChoiceField(
            label="分类",
            choices=self._categories,
            required=False,
            help_text="写完内容会先替您选好，不对可以改。",
        )

    def _categories(self) -> list[tuple[str, str]]:
        titles = ((key, one.title) for key, one in self.edition.categories.items())
        return [("", "按内容自动判断"), *titles]

    def guess(self, words: str) -> None:
        """Choose the category that some words suggest, and say why (分类建议)."""
        guessed = guessing.category(self.edition, words=words)
        self.initial["category"] = guessed.key
        self.fields["category"].help_text = f"{guessed.because}。不对请改，改了以后会记住。"

    @property
    def spots(self) -> tuple[Spot, ...]:
        """Return the place chosen with all that lies above it; nothing when none was chosen."""
        return self._place.chosen

    @property
    def chosen_category(self) -> str:
        """Return the category chosen, or the one that the words suggest."""
        said = self.cleaned_data
        return said["category"] or guessing.category(self.edition, words=said["words"]).key


class FoundForm(TellingForm):
    """A grid worker found something, and solves it here or calls it up (发现问题)."""

    place_x = forms.IntegerField(
        required=False, widget=forms.HiddenInput, min_value=-_FARTHEST, max_value=_FARTHEST
    )
    place_y = forms.IntegerField(
        required=False, widget=forms.HiddenInput, min_value=-_FARTHEST, max_value=_FARTHEST
    )
    done = words_field("怎么解决的", "就地解决了才要写：做了什么，现在怎么样。")

    field_order = ("once", "photos", "words", "place", "place_words", "category", "then", "done")

    def __init__(self, edition: Edition, *, acts: Sequence[ActRule], place: PlaceField, **sent: Any) -> None:
        super().__init__(edition, place=place, **sent)
        self.acts = acts
        self.fields["place"].required = False
        asked = "，还是".join(rule.name for rule in acts)
        self.fields["then"] = forms.ChoiceField(
            label="接下来",
            choices=[(rule.act, rule.name) for rule in acts],
            widget=forms.RadioSelect,
            error_messages={"required": f"请选：{asked}。"},
        )
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        """Ask how it was solved when the act must be explained."""
        said = self.cleaned_data
        then = said.get("then", "")
        if then and ACTS[then].words is Words.REQUIRED and not said.get("done"):
            self.add_error("done", "选了就地解决，请写一句是怎么解决的。")
        return said

    @property
    def point(self) -> tuple[int, int] | None:
        """Return the point that was tapped, in units of the plan."""
        x, y = self.cleaned_data.get("place_x"), self.cleaned_data.get("place_y")
        return None if x is None or y is None else (x, y)


class IntakeForm(TellingForm):
    """A dispatcher writes down a concern for somebody (代为登记)."""

    channel = forms.ChoiceField(
        label="怎么来的",
        choices=[(one.value, one.label) for one in _BY_HAND],
        widget=forms.RadioSelect,
        error_messages={"required": "请选是怎么来的。"},
    )
    external_ref = forms.CharField(
        label="外部编号",
        help_text="12345、110 的工单号；有了它，同一件事不会登记两次。",
        max_length=64,
        required=False,
        error_messages=_TOO_LONG,
    )
    kind = forms.ChoiceField(
        label="诉求类型",
        choices=[(one.value, one.label) for one in ConcernKind],
        widget=forms.RadioSelect,
        error_messages={"required": "请选诉求类型。"},
    )
    name = forms.CharField(label="怎么称呼", max_length=40, required=False, error_messages=_TOO_LONG)
    phone = forms.RegexField(
        r"^[\d \-转]+$",
        label="电话",
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
        error_messages=_TOO_LONG | {"invalid": "电话只写数字，可以有横线。"},
    )

    field_order = (
        "once", "channel", "external_ref", "kind", "words", "place", "place_words", "name", "phone",
        "category", "photos",
    )  # fmt: skip

    def __init__(self, edition: Edition, *, place: PlaceField, **sent: Any) -> None:
        super().__init__(edition, place=place, **sent)
        self.fields["words"].label = "说了什么"
        self.fields["words"].help_text = "照原话记，不改意思。"
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        """Ask for the number of a case that another hotline handed over."""
        said = self.cleaned_data
        if said.get("channel") in _FROM_OUTSIDE and not said.get("external_ref"):
            self.add_error("external_ref", "热线转来的要写外部编号，免得重复登记。")
        return said


class ReceptionForm(IntakeForm):
    """What somebody says face to face at a reception: neither by telephone nor handed over (接待登记)."""

    def __init__(self, edition: Edition, *, place: PlaceField, **sent: Any) -> None:
        super().__init__(edition, place=place, **sent)
        for name in ("channel", "external_ref"):
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Fill in by which way it came."""
        return super().clean() | {"channel": Channel.RECEPTION, "external_ref": ""}
