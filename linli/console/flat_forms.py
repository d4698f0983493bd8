"""What one fills in to write down a flat, and who owns it or lives there (名册表单)."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import RegexValidator

from linli.bodies.housing import SQUARE_METRE, Newcomer
from linli.places.dwellings import SOURCES, Described

NEW = "new"
RELATIONS = ("配偶", "父母", "子女", "兄弟姐妹", "祖父母、外祖父母", "孙子女、外孙子女")
EARLIEST_BIRTH = 1900
_LARGEST = 100_000
_PHONE = RegexValidator(r"^[0-9][0-9 -]{5,18}[0-9]$", "电话只写数字，例如 138 0000 0000、0714-1234567。")
_TOO_LONG = {"max_length": "最多 %(limit_value)d 字，现在有 %(show_value)d 字，请删减一些。"}
Cards = Sequence[tuple[str, str, str]]


class FlatForm(forms.Form):
    """The floor area of a flat and where it was read; who built it while it is unsold (房屋)."""

    label = forms.CharField(
        label="门牌",
        help_text="例如：1单元302。",
        max_length=30,
        error_messages=_TOO_LONG | {"required": "还没有写门牌。"},
    )
    area = forms.DecimalField(
        label="专有部分面积（平方米）",
        help_text="不知道就先空着；业主表决前要补上。",
        required=False,
        min_value=Decimal("0.01"),
        max_value=_LARGEST,
        decimal_places=4,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        error_messages={
            "invalid": "面积要写成数字，例如 89.56。",
            "min_value": "面积要大于零。",
            "max_value": f"面积不能超过 {_LARGEST:,} 平方米，请核对。",
            "max_decimal_places": "小数点后最多四位。",
        },
    )
    area_source = forms.ChoiceField(
        label="面积依据",
        help_text="先用不动产登记簿；没有登记的用实测，没有实测的用买卖合同。",
        choices=[("", "请选择"), *SOURCES],
        required=False,
    )
    developer = forms.CharField(
        label="建设单位",
        help_text="还没有卖出，或者卖了还没有交付时才写；交付以后删掉。",
        max_length=80,
        required=False,
        error_messages=_TOO_LONG,
    )

    def clean(self) -> dict[str, Any]:
        """Ask where an area was read."""
        told = self.cleaned_data
        if told.get("area") and not told.get("area_source"):
            self.add_error("area_source", "写了面积，要选面积是从哪里看来的。")
        return told

    @property
    def described(self) -> Described:
        """Return the flat as it was filled in, its area in square centimetres."""
        told = self.cleaned_data
        area = int(told["area"] * SQUARE_METRE) if told["area"] else None
        return Described(told.get("label", ""), area, told["area_source"], told["developer"])


class OldFlatForm(FlatForm):
    """The same of a flat that is known: its label stays (更正房屋)."""

    label = None  # type: ignore[assignment]


class WhoForm(forms.Form):
    """Somebody whom the register knows, or a newcomer (找人或者登记)."""

    name = forms.CharField(label="姓名", max_length=40, required=False, error_messages=_TOO_LONG)
    phone = forms.CharField(label="电话", max_length=20, required=False, validators=[_PHONE])

    def __init__(self, data: Any = None, *, people: Cards, today: Any, asks_age: bool) -> None:
        super().__init__(data, initial={"person": people[0][0] if people else NEW})
        self.cards = [*people, (NEW, "登记一个新的人", "在下面写姓名和电话")]
        self.fields["person"] = forms.ChoiceField(
            label="是谁",
            choices=[(key, name) for key, name, _ in self.cards],
            error_messages={"required": "还没有选人。", "invalid_choice": "找不到这个人，请再找一次。"},
        )
        if asks_age:
            self.fields["born"] = forms.IntegerField(
                label="出生年",
                help_text="四位数字，例如 1980；没有出生年的人列不进居民名册。",
                required=False,
                min_value=EARLIEST_BIRTH,
                max_value=today.year,
                widget=forms.TextInput(attrs={"inputmode": "numeric"}),
                error_messages={
                    "invalid": "出生年写四位数字，例如 1980。",
                    "min_value": "出生年不对，请核对。",
                    "max_value": "出生年不能晚于今年。",
                },
            )

    def clean(self) -> dict[str, Any]:
        """Ask for a name where the person is new."""
        if self.cleaned_data.get("person") == NEW and not self.cleaned_data.get("name", "").strip():
            self.add_error("name", "登记新的人要写姓名。")
        return self.cleaned_data

    @property
    def newcomer(self) -> Newcomer | None:
        """Return who is to be entered; none when somebody known was picked."""
        told = self.cleaned_data
        if told["person"] != NEW:
            return None
        return Newcomer(told["name"].strip(), told["phone"].replace(" ", ""), told.get("born"))


class KinForm(WhoForm):
    """The same, with whom of the flat they are near kin of, and how (近亲属)."""

    def __init__(self, data: Any = None, *, people: Cards, today: Any, of: Sequence[tuple[int, str]]) -> None:
        super().__init__(data, people=people, today=today, asks_age=False)
        self.fields["of"] = forms.TypedChoiceField(
            label="是谁的近亲属",
            coerce=int,
            choices=of,
            error_messages={
                "required": "请选这套房屋里的一个人。",
                "invalid_choice": "这个人不在这套房屋里。",
            },
        )
        self.fields["relation"] = forms.ChoiceField(
            label="关系",
            choices=[(one, one) for one in RELATIONS],
            help_text="新登记的人是所选那个人的什么人。",
            error_messages={"required": "还没有选关系。", "invalid_choice": "没有这种关系，请重新选。"},
        )
