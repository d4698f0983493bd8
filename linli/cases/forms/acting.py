"""The form of an act that needs words, and of one that may bring photos (说明与照片)."""

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from linli.cases.access import Desk
from linli.cases.actions import (
    attaching,
    dispatching,
    expediting,
    merging,
    returning,
    showing,
    stepping,
    summoning,
    timing,
)
from linli.cases.actions.stepping import Said
from linli.cases.basis import basis
from linli.cases.candidates import Candidates
from linli.core.acts import ACTS, Words
from linli.core.verdict import Refused
from linli.frame import upload
from linli.frame.upload import Photo
from linli.matters.actions.moving import Figures

if TYPE_CHECKING:
    from linli.matters.models import Matter

SHORT, LONG = 400, 2000
MOST_PHOTOS = 6

# What is asked for, and why it is wanted: label, hint.
ASKED: Mapping[str, tuple[str, str]] = {
    "call_up": ("给社区的话", "现场看到的、已经做了的，写一两句。"),
    "solve": ("怎么解决的", "写清做了什么、现在怎么样，反映人会看到。"),
    "decline": ("不予受理的理由", "写明为什么、可以找谁，反映人会看到。"),
    "return_order": ("退单理由", "为什么不归本单位办。"),
    "uphold_return": ("裁定理由", "双方都会看到。"),
    "reject_return": ("裁定理由", "双方都会看到。"),
    "send_up": ("为什么要上报", "本级做了什么，还差什么。"),
    "hand_back": ("为什么交回", "写明下级可以怎么办。"),
    "finish": ("办理结果", "写清做了什么、现在怎么样，反映人会看到。"),
    "send_back": ("哪里没有办好", "写清还要做什么。"),
    "reopen": ("哪里不满意", "写清还没解决的地方，会连同前面的经过一起交给承办单位。"),
    "withdraw": ("撤回的原因", ""),
    "merge": ("为什么是同一件事", "反映过的人都会看到。"),
    "unmerge": ("为什么要撤出来", "反映人会看到，原来答应的期限不变。"),
    "add_words": ("补充说明", "写上新的情况，办这件事的人都会看到。"),
    "answer": ("反馈内容", "写清本单位做了什么。"),
    "pause": ("说明", "写清缺什么、什么时候会有，反映人会看到。"),
    "ask_extension": ("延期理由", "批准后会告诉反映人。"),
    "refuse_extension": ("不批准的理由", ""),
    "regrade": ("调整理由", ""),
    "summon": ("吹哨事由", "要部门到现场做什么。"),
    "expedite": ("督办要求", "要谁、在什么时候前、做到什么。"),
    "unpublish": ("停止公开的理由", "这句话会留在记录里。"),
}
ROOMY = frozenset({"solve", "decline", "finish", "add_words", "answer"})

Saying = Callable[[Desk, Said], "Matter"]
_SAYING: Mapping[str, Saying] = {
    "take_on": dispatching.take_on,
    "expedite": expediting.expedite,
    "answer": dispatching.answer,
    "uphold_return": lambda desk, said: returning.rule_on(desk, is_upheld=True, said=said),
    "reject_return": lambda desk, said: returning.rule_on(desk, is_upheld=False, said=said),
    "report_in": summoning.report_in,
    "resume": timing.resume,
    "grant_extension": lambda desk, said: timing.rule_on_extension(desk, is_granted=True, said=said),
    "refuse_extension": lambda desk, said: timing.rule_on_extension(desk, is_granted=False, said=said),
    "unpublish": showing.unpublish,
    "unmerge": lambda desk, said: merging.unmerge(desk, said=said),
}


class PhotosInput(forms.FileInput):
    """Let several photos be chosen at once."""

    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Take photos and make them fit to be kept (照片)."""

    widget = PhotosInput
    face = "photos"

    def clean(self, data: Any, initial: Any = None) -> tuple[Photo, ...]:  # noqa: ARG002  (Django gives it)
        """Refuse what is no photo, in the words of the upload."""
        files: list[UploadedFile[bytes]] = [file for file in data or () if file]
        if len(files) > MOST_PHOTOS:
            raise ValidationError(f"最多放 {MOST_PHOTOS} 张照片，选了 {len(files)} 张。请去掉几张。")
        try:
            return tuple(upload.photo(file) for file in files)
        except Refused as refused:
            raise ValidationError([f"{one.sentence}{one.remedy}" for one in refused.refusals]) from refused


class ActForm(forms.Form):
    """What every act asks: words where they are wanted, and which turn stood on the page (动作)."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    based = forms.CharField(widget=forms.HiddenInput, required=False, max_length=1000)
    back = forms.CharField(widget=forms.HiddenInput, required=False, max_length=400)

    def __init__(
        self,
        act: str,
        desk: Desk,
        *,
        candidates: Candidates,
        back: str = "",
        data: QueryDict | None = None,
        files: "MultiValueDict[str, UploadedFile[bytes]] | None" = None,
    ) -> None:
        initial = {"seen": desk.matter.turn, "based": lambda: basis(desk), "back": back}
        super().__init__(data, files, initial=initial, auto_id=f"{act}-%s")
        self.act, self.desk, self.candidates = act, desk, candidates
        self.noted: Figures = ()
        if ACTS[act].words is not Words.NONE:
            self.fields["words"] = words_field(act)
        self.furnish()
        self.order_fields(self.field_order)

    def furnish(self) -> None:
        """Put in the fields that depend on the case; most acts have none."""

    @property
    def said(self) -> Said:
        """Return what was said, with the turn that stood on the page, and when a phone kept it."""
        words, seen = self.cleaned_data.get("words", ""), self.cleaned_data["seen"]
        return Said(words=words, seen=seen, noted=self.noted)

    @property
    def filled_in(self) -> tuple[tuple[str, str], ...]:
        """List what somebody filled in, in the words of the form."""
        told = ((str(bound.label), _shown(bound)) for bound in self.visible_fields())
        return tuple((label, words) for label, words in told if words)

    def carry_out(self, desk: Desk) -> "Matter":
        """Do the act as it was filled in."""
        saying = _SAYING.get(self.act)
        return saying(desk, self.said) if saying else stepping.step(desk, self.act, self.said)


class WithPhotos(ActForm):
    """An act that may show how it looks now (附照片)."""

    photos = PhotosField(label="照片", required=False)

    field_order = ("words", "photos")

    def carry_out(self, desk: Desk) -> "Matter":
        """Do the act, and keep the photos with it."""
        matter = super().carry_out(desk)
        attaching.attach(matter, photos=self.cleaned_data["photos"], act=self.act, at=desk.at)
        return matter


def _shown(bound: forms.BoundField) -> str:
    """Say a field's value as it stood on the page; photos are seen, not said."""
    if isinstance(bound.field, forms.FileField):
        return ""
    value = bound.value()
    if isinstance(bound.field, forms.ChoiceField):
        choices = cast("Iterable[tuple[object, object]]", bound.field.choices)
        return next((str(label) for key, label in choices if str(key) == str(value)), "")
    return str(value or "")


def words_field(act: str) -> forms.CharField:
    """Build the field for the words of an act, required where the act must be explained (说明)."""
    label, hint = ASKED.get(act, ("说明", ""))
    limit = LONG if act in ROOMY else SHORT
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=limit,
        required=ACTS[act].words is Words.REQUIRED,
        widget=forms.Textarea,
        error_messages={
            "required": f"还没有写「{label}」，写一两句就可以。",
            "max_length": "最多 %(limit_value)d 字，现在有 %(show_value)d 字，请删减一些。",
        },
    )
