"""Pydantic's and tomllib's complaints in plain Chinese (差错用语)."""

from typing import Any

from pydantic_core import ErrorDetails

_EXPECTED = {
    "string_type": "文字",
    "int_type": "整数",
    "int_parsing": "整数",
    "int_from_float": "整数",
    "float_type": "数",
    "float_parsing": "数",
    "bool_type": "真或假（true 或 false）",
    "bool_parsing": "真或假（true 或 false）",
    "list_type": "一列值",
    "tuple_type": "一列值",
    "set_type": "一列值",
    "frozen_set_type": "一列值",
    "dict_type": "一张表",
    "model_type": "一张表",
    "dataclass_type": "一张表",
    "date_type": "日期",
    "date_from_datetime_parsing": "日期",
    "date_parsing": "日期",
    "datetime_type": "日期和时间",
    "datetime_parsing": "日期和时间",
    "time_type": "时间",
    "time_parsing": "时间",
}
_BOUNDS = {
    "greater_than": ("应当大于 {gt}", "gt"),
    "greater_than_equal": ("不能小于 {ge}", "ge"),
    "less_than": ("应当小于 {lt}", "lt"),
    "less_than_equal": ("不能大于 {le}", "le"),
    "multiple_of": ("应当是 {multiple_of} 的倍数", "multiple_of"),
    "too_short": ("至少要有 {min_length} 项", "min_length"),
    "too_long": ("最多只能有 {max_length} 项", "max_length"),
    "string_too_short": ("至少要写 {min_length} 个字", "min_length"),
    "string_too_long": ("最多只能写 {max_length} 个字", "max_length"),
}
_SYNTAX = (
    ("Cannot overwrite a value", "同一个键写了两次"),
    ("Cannot declare", "同一张表写了两次"),
    ("Expected '=' after a key", "键的后面缺少等号"),
    ("Unclosed array", "方括号没有闭合"),
    ("Unclosed inline table", "花括号没有闭合"),
    ("Unterminated string", "引号没有闭合"),
    ("Illegal character", "有不能出现的字符，引号可能没有闭合"),
    ("Unescaped '\\'", "反斜杠要写两个"),
    ("Invalid initial character for a key part", "这里应当写键，键只能用字母、数字、下划线和短横"),
    ("Invalid value", "等号后面的值写法不对，文字要加引号"),
    ("Invalid statement", "这一行看不懂"),
    ("Expected newline or end of document", "一行只能写一个值"),
)


def explain(fault: ErrorDetails) -> str:
    """Say one of pydantic's faults in a Chinese sentence; a validator's own words are kept."""
    kind, context = fault["type"], fault.get("ctx", {})
    if kind in ("value_error", "assertion_error"):
        return str(context["error"])
    if kind == "missing":
        return f"缺少「{fault['loc'][-1]}」"
    if kind == "extra_forbidden":
        return f"没有「{fault['loc'][-1]}」这一项，请核对拼写"
    return f"{_demand(kind, context, fault['msg'])}{_present(fault['input'])}"


def explain_syntax(message: str) -> str:
    """Say what tomllib objects to in a Chinese sentence."""
    return next(
        (said for start, said in _SYNTAX if message.startswith(start)), f"不合 TOML 的写法（{message}）"
    )


def _demand(kind: str, context: dict[str, Any], message: str) -> str:
    if kind in _EXPECTED:
        return f"应当是{_EXPECTED[kind]}"
    if kind in _BOUNDS:
        sentence, bound = _BOUNDS[kind]
        return sentence.format_map({bound: context[bound]})
    if kind in ("literal_error", "enum"):
        choices = context["expected"].replace(" or ", "、").replace(", ", "、").replace("'", "")
        return f"只能是 {choices}"
    if kind == "string_pattern_mismatch":
        return f"写法不对，应当合于 {context['pattern']}"
    return f"写法不对（{message}）"


def _present(written: object) -> str:
    """Show what stands there now, when it is short enough to be read."""
    if isinstance(written, str | int | float) and len(str(written)) <= 40:
        return f"，现在写的是「{str(written).lower() if isinstance(written, bool) else written}」"
    return ""
