"""What one fills in to apply for a grant, to report on it, to score it (公益创投表单)."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError

from linli.core.grant import WHOLE, Criterion
from linli.grants.actions.applying import Asked
from linli.grants.actions.carrying_out import Paper

Row = TypeVar("Row")
_FEN = 100
_MOST_YUAN = Decimal(1_000_000_000)
_MOST_LINES = 60
_TOO_LONG = {"max_length": "最多 %(limit_value)d 字，现在有 %(show_value)d 字，请删减一些。"}


def yuan_field(label: str, *, hint: str = "", required: bool = True) -> forms.DecimalField:
    """Ask for an amount in yuan, down to the cent (金额)."""
    return forms.DecimalField(
        label=label, help_text=hint, required=required, min_value=0, max_value=_MOST_YUAN, decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        error_messages={
            "required": "还没有写金额。", "invalid": "写成数字，例如 3000 或 3000.50。",
            "min_value": "不能小于 0。", "max_value": "数太大，请核对。", "max_decimal_places": "最多到分。",
        },
    )  # fmt: skip


def words_field(label: str, *, most: int, hint: str = "", required: bool = True) -> forms.CharField:
    """Ask for words of some length (文字)."""
    return forms.CharField(
        label=label, max_length=most, help_text=hint, required=required, widget=forms.Textarea,
        error_messages=_TOO_LONG | {"required": f"还没有写{label}。"},
    )  # fmt: skip


def line_field(label: str, *, most: int, hint: str = "", required: bool = True) -> forms.CharField:
    """Ask for a short line (一行字)."""
    return forms.CharField(
        label=label, max_length=most, help_text=hint, required=required,
        error_messages=_TOO_LONG | {"required": f"还没有写{label}。"},
    )  # fmt: skip


def fen(yuan: Decimal) -> int:
    """Return an amount of yuan in fen."""
    return int(yuan * _FEN)


class ApplicationForm(forms.Form):
    """What an organisation wants to do, with how much, by when (申报书)."""

    name = line_field("申报单位", most=60)
    registration = line_field("登记证号或者备案号", most=40, required=False)
    title = line_field("项目名称", most=60)
    plan = words_field("实施方案", most=4000, hint="做什么、为了谁、谁来做、在哪里做。", required=False)
    yuan = yuan_field("申请金额（元）")
    lines = words_field(
        "预算明细", most=4000, required=False, hint="一行一笔，先写用途，空一格，再写元，例如：饭盒 1000"
    )
    milestones = words_field(
        "进度安排", most=4000, required=False,
        hint="一行一步，先写日期，空一格，再写做到哪里，例如：2027-06-30 送满一千份",
    )  # fmt: skip

    def __init__(self, data: Any = None, *, kinds: Mapping[str, str], **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["kind"] = forms.ChoiceField(
            label="单位类别", choices=[("", "请选择"), *kinds.items()],
            error_messages={"required": "还没有选类别。", "invalid_choice": "这一轮不收这一类。"},
        )  # fmt: skip
        self.order_fields(["name", "kind"])

    def clean_lines(self) -> tuple[tuple[str, int], ...]:
        """Read the lines of the budget."""
        return _rows(self.cleaned_data["lines"], _budget_line)

    def clean_milestones(self) -> tuple[tuple[str, date], ...]:
        """Read the milestones."""
        return _rows(self.cleaned_data["milestones"], _milestone)

    @property
    def asked(self) -> Asked:
        """Return what was filled in, money in fen."""
        said = self.cleaned_data
        words = {key: said[key] for key in ("name", "kind", "registration", "title", "plan")}
        return Asked(**words, asked=fen(said["yuan"]), lines=said["lines"], milestones=said["milestones"])


class HandedInForm(ApplicationForm):
    """The same, handed in at the office by somebody without an account (代办申报)."""

    contact = line_field("联系人", most=40)
    phone = line_field("联系人电话", most=20)


class ReportForm(forms.Form):
    """What was done, and the receipts that prove what was spent (报告)."""

    words = words_field("做了什么", most=4000)
    receipts = words_field(
        "票据", most=6000, required=False,
        hint="一行一张：票据号、用途、元，中间空一格，例如：00123456 饭盒 700。没有票据的不能交。",
    )  # fmt: skip

    def clean_receipts(self) -> tuple[Paper, ...]:
        """Read the receipts."""
        return _rows(self.cleaned_data["receipts"], _paper)


class ScoreForm(forms.Form):
    """Points of a hundred for each criterion, and why (评分表)."""

    def __init__(self, data: Any = None, *, criteria: Iterable[Criterion], **more: Any) -> None:
        super().__init__(data, **more)
        self.keys = []
        for one in criteria:
            self.keys.append(one.key)
            self.fields[one.key] = forms.IntegerField(
                label=f"{one.title}（0 到 {WHOLE} 分，占 {one.weight}%）", min_value=0, max_value=WHOLE,
                error_messages={
                    "required": "还没有打分。", "invalid": "写整数。", "min_value": "不能小于 0。",
                    "max_value": f"不能超过 {WHOLE}。",
                },
            )  # fmt: skip
        self.fields["words"] = words_field("评语", most=1000)

    @property
    def points(self) -> dict[str, int]:
        """Return the points by criterion."""
        return {key: self.cleaned_data[key] for key in self.keys}


def _rows(text: str, read: Callable[[str], Row]) -> tuple[Row, ...]:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) > _MOST_LINES:
        raise ValidationError(f"最多 {_MOST_LINES} 行。")
    return tuple(read(line) for line in lines)


def _budget_line(line: str) -> tuple[str, int]:
    title, amount = _split(line, at_end=True)
    return title, _amount(amount, line)


def _milestone(line: str) -> tuple[str, date]:
    day, title = _split(line, at_end=False)
    try:
        return title, date.fromisoformat(day)
    except ValueError:
        raise ValidationError(f"「{line}」的日期看不懂，写成 2027-06-30 这样。") from None


def _paper(line: str) -> Paper:
    number, rest = _split(line, at_end=False)
    title, amount = _split(rest, at_end=True)
    return Paper(number, title, _amount(amount, line))


def _split(line: str, *, at_end: bool) -> tuple[str, str]:
    found = line.rsplit(maxsplit=1) if at_end else line.split(maxsplit=1)
    pair = 2
    if len(found) != pair:
        raise ValidationError(f"「{line}」少了一样，中间空一格。")
    return found[0], found[1]


def _amount(text: str, line: str) -> int:
    try:
        whole = Decimal(text.replace(",", "").removesuffix("元")) * _FEN
    except InvalidOperation:
        whole = Decimal()
    if not whole.is_finite() or whole != whole.to_integral_value() or not 0 < whole <= _MOST_YUAN * _FEN:
        raise ValidationError(f"「{line}」的金额看不懂，写成 1000 或 1000.50 这样，大于 0。")
    return int(whole)
