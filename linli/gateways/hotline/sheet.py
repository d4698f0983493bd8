"""The fields of a sheet that a hotline hands over, under our names or theirs (工单字段)."""

from typing import Annotated, Any

from pydantic import AliasChoices, BaseModel, BeforeValidator, ConfigDict, Field

from linli.cases.kinds import ConcernKind
from linli.gateways.api.schemas import Instant, Text

_YES = frozenset({"是", "保密", "1", "true", "True", "on"})
KINDS = {str(kind.label): kind for kind in ConcernKind}


def _yes(value: object) -> object:
    return value in _YES if isinstance(value, str) else value


def _or_none(value: object) -> object:
    return None if value == "" else value


def _called(name: str, *others: str, longest: int, least: int = 0) -> Any:
    names = AliasChoices(name, *others)
    if least:
        return Field(validation_alias=names, max_length=longest, min_length=least)
    return Field("", validation_alias=names, max_length=longest)


class Sheet(BaseModel):
    """A sheet of 12345 or 110 (转办工单)."""

    model_config = ConfigDict(extra="forbid")

    ref: Text = _called("ref", "工单编号", longest=64, least=1)
    words: Text = _called("words", "诉求内容", longest=2000, least=1)
    title: Text = _called("title", "标题", longest=80)
    category: Text = _called("category", "分类", longest=80)
    urgency: Text = _called("urgency", "缓急", longest=80)
    area: Text = _called("area", "区域", longest=80)
    place_words: Text = _called("place_words", "地址", longest=120)
    kind: Text = _called("kind", "诉求类型", longest=12)
    contact_name: Text = _called("contact_name", "联系人", longest=40)
    contact_phone: Text = _called("contact_phone", "联系电话", longest=20)
    due_by: Annotated[Instant | None, BeforeValidator(_or_none)] = Field(
        None, validation_alias=AliasChoices("due_by", "办理期限")
    )
    is_secret: Annotated[bool, BeforeValidator(_yes)] = Field(
        default=False, validation_alias=AliasChoices("secret", "保密")
    )

    @property
    def concern_kind(self) -> str:
        """Return what the caller wants; help when it is not said."""
        known = KINDS.get(self.kind) or (self.kind if self.kind in ConcernKind.values else "")
        return known or ConcernKind.HELP


class Recall(BaseModel):
    """Why a sheet is taken back (撤单)."""

    model_config = ConfigDict(extra="forbid")

    reason: Text = _called("reason", "理由", longest=400, least=1)
