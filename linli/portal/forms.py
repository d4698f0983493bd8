"""What residents send, checked before any rule is asked (表单)."""

import secrets
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.validators import RegexValidator

from linli.cases.forms.acting import PhotosField
from linli.cases.forms.summoning import ScoreField
from linli.cases.kinds import ConcernKind
from linli.core.verdict import Refused
from linli.frame import upload
from linli.frame.upload import Photo
from linli.matters.actions.following import Voice

MOST_PHOTOS = 4
MOST_WORDS = 2000
MOST_JOINED_WORDS = 400
_ONCE_BYTES = 16
_FARTHEST = 100_000
_NO_PHONE = "电话要写 11 位手机号，或者带区号的座机号，例如 138 0000 0000、0714-1234567。"
PHONE = RegexValidator(r"^(1\d{10}|0\d{2,3}-?\d{4,8}(-\d{1,4})?|\d{3}-\d{4}-\d{4})$", _NO_PHONE)

KINDS = (
    (ConcernKind.HELP, "求助", "东西坏了、需要人帮忙", "work"),
    (ConcernKind.COMPLAINT, "投诉", "有人没做好、影响了您", "warning"),
    (ConcernKind.CONSULT, "咨询", "想问清楚一件事", "info"),
    (ConcernKind.SUGGESTION, "建议", "您觉得可以更好", "leaf"),
    (ConcernKind.REPORT, "举报", "违法违规，永不公开", "lock"),
)


class PhoneField(forms.CharField):
    """A telephone number, written with or without blanks (电话)."""

    def to_python(self, value: Any) -> str:
        """Leave the blanks out."""
        return str(super().to_python(value)).replace(" ", "")


class ReportForm(forms.Form):
    """A concern as a resident writes it (我要反映)."""

    kind = forms.ChoiceField(
        label="这是哪一类",
        choices=[(kind.value, kind.label) for kind in ConcernKind],
        error_messages={"required": "请选一类。", "invalid_choice": "请选一类。"},
    )
    words = forms.CharField(
        label="发生了什么",
        max_length=MOST_WORDS,
        widget=forms.Textarea,
        error_messages={
            "required": "还没有写内容。写一两句就行：看到了什么，在哪里。",
            "max_length": "写了 %(show_value)d 字，最多 %(limit_value)d 字，请删短一些。",
        },
    )
    spot_x = forms.IntegerField(required=False, min_value=-_FARTHEST, max_value=_FARTHEST)
    spot_y = forms.IntegerField(required=False, min_value=-_FARTHEST, max_value=_FARTHEST)
    place_words = forms.CharField(
        label="位置再说清楚一点",
        max_length=120,
        required=False,
        error_messages={"max_length": "位置最多写 %(limit_value)d 字。"},
    )
    name = forms.CharField(
        label="怎么称呼您",
        max_length=40,
        required=False,
        error_messages={"max_length": "称呼最多 %(limit_value)d 字。"},
    )
    phone = PhoneField(
        label="您的电话",
        max_length=20,
        required=False,
        validators=[PHONE],
        error_messages={"max_length": _NO_PHONE},
    )
    open = forms.BooleanField(label="可以公开", required=False)
    join = forms.CharField(max_length=24, required=False)
    looked = forms.BooleanField(required=False)
    once = forms.CharField(max_length=64, required=False)
    covenant = forms.CharField(max_length=24, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, spots: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.photos: tuple[Photo, ...] = ()
        self.fields["spot"] = self._spot_field(spots)

    def _spot_field(self, spots: Iterable[tuple[str, str]]) -> forms.ChoiceField:
        return forms.ChoiceField(
            label="在哪里",
            required=False,
            choices=[("", ""), *spots],
            error_messages={"invalid_choice": "没有这个地点，请重新选。"},
        )

    @property
    def voice(self) -> Voice:
        """Return what was said by somebody who joins a matter instead (同遇)."""
        said = self.cleaned_data
        return Voice(None, said["name"], said["phone"], said["words"][:MOST_JOINED_WORDS], said["open"])

    def clean_once(self) -> str:
        """Give a form that came without its own key a new one."""
        return str(self.cleaned_data["once"]) or new_key()

    def clean(self) -> dict[str, Any]:
        """Take the photos in; what is wrong with one is said, and the words stay."""
        try:
            self.photos = self._take_photos()
        except Refused as refused:
            for one in refused.refusals:
                self.add_error(None, f"{one.sentence}{one.remedy}")
        return self.cleaned_data

    def _take_photos(self) -> tuple[Photo, ...]:
        sent = self.files.getlist("photos") if hasattr(self.files, "getlist") else []
        if len(sent) > MOST_PHOTOS:
            self.add_error(None, f"选了 {len(sent)} 张照片，最多 {MOST_PHOTOS} 张，请少选几张。")
            return ()
        return tuple(upload.photo(file) for file in sent)


class RiderForm(ReportForm):
    """A concern as somebody on the road writes it: words, a photo, a place, and their trade (骑手随手报)."""

    def __init__(self, *args: Any, trades: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].required = False
        self.fields["trade"] = forms.ChoiceField(
            label="您是",
            choices=list(trades),
            error_messages={"required": "请选一个行业。", "invalid_choice": "请选一个行业。"},
        )

    def clean_kind(self) -> str:
        """Take what is seen on the road for something that somebody should see to."""
        return str(self.cleaned_data["kind"]) or ConcernKind.HELP


class JoinForm(forms.Form):
    """What somebody may add when they join a matter (我也遇到)."""

    words = forms.CharField(
        label="您遇到的情况",
        help_text="想补充的写一两句，不写也可以。",
        max_length=MOST_JOINED_WORDS,
        widget=forms.Textarea,
        required=False,
        error_messages={"max_length": "最多 %(limit_value)d 字，现在有 %(show_value)d 字，请删短一些。"},
    )
    photos = PhotosField(label="照片", required=False)
    is_open = forms.BooleanField(label="这几句话可以公开", required=False)
    name = forms.CharField(
        label="怎么称呼您",
        max_length=40,
        required=False,
        error_messages={"max_length": "称呼最多 %(limit_value)d 字。"},
    )
    phone = PhoneField(
        label="您的电话",
        max_length=20,
        required=False,
        validators=[PHONE],
        error_messages={"max_length": _NO_PHONE},
    )

    @property
    def voice(self) -> Voice:
        """Return what was said."""
        said = self.cleaned_data
        return Voice(None, said["name"], said["phone"], said["words"], said["is_open"])

    @property
    def photos_taken(self) -> tuple[Photo, ...]:
        """Return the photos, fit to be kept."""
        taken: tuple[Photo, ...] = self.cleaned_data["photos"]
        return taken


class RateJoinedForm(forms.Form):
    """How good the result is, for somebody who joined (评价)."""

    score = ScoreField(label="结果怎么样")
    words = forms.CharField(label="想说的话", max_length=400, required=False, widget=forms.Textarea)


class FindForm(forms.Form):
    """What one needs to find a matter without an account (查进度)."""

    number = forms.CharField(label="编号", max_length=24, required=False)
    last_four = forms.CharField(
        label="电话后四位",
        max_length=4,
        required=False,
        validators=[RegexValidator(r"^\d{4}$", "电话后四位是 4 个数字。")],
        error_messages={"max_length": "电话后四位是 4 个数字。"},
    )
    code = forms.CharField(
        label="查询码", max_length=200, required=False, error_messages={"max_length": "查询码太长了。"}
    )

    def clean_code(self) -> str:
        """Take the code also out of a pasted address."""
        pasted = str(self.cleaned_data["code"]).partition("?")[0].rstrip("/")
        return pasted.rpartition("/")[2].lower()

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two ways in."""
        given = self.cleaned_data
        if not self.errors and not given["code"] and not (given["number"] and given["last_four"]):
            self.add_error(None, "请填编号和电话后四位，或者填查询码。")
        return given


def new_key() -> str:
    """Draw the key by which a form that is sent twice is taken once."""
    return secrets.token_urlsafe(_ONCE_BYTES)
