"""What goes in and out through the REST interface; outsiders read these docstrings, so in Chinese."""

from datetime import datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import AfterValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from linli.core.calendar import CHINA_TIME

_YEARS = range(2000, 2101)
Kind = Literal["consult", "help", "complaint", "report", "suggestion"]
State = Literal["open", "paused", "answered", "closed"]
Order = Literal["newest", "moved"]


def _writable(text: str) -> str:
    """Refuse characters that no database and no page can hold."""
    if "\0" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
        raise PydanticCustomError("unwritable", "有不能保存的字符")
    return text.strip()


def _sensible(at: datetime) -> datetime:
    """Read an instant without a zone as one of China, and refuse a slip of the year."""
    if at.year not in _YEARS:
        raise PydanticCustomError("year", "年份不对")
    return at if at.tzinfo else at.replace(tzinfo=CHINA_TIME)


Text = Annotated[str, AfterValidator(_writable)]
Instant = Annotated[datetime, AfterValidator(_sensible)]


class Incoming(Schema):
    """What comes in holds no fields but those that are known."""

    model_config = ConfigDict(extra="forbid")


class NewMatter(Incoming):
    """报来的事项。"""

    words: Text = Field(min_length=1, max_length=2000, description="内容：看到了什么、在哪里、要什么")
    title: Text = Field("", max_length=80, description="标题；不写就取内容的第一句")
    place: Text = Field("", max_length=64, description="地点代号，见「地点」；不写就是系统的整个范围")
    place_words: Text = Field("", max_length=120, description="位置说明")
    category: Text = Field("", max_length=48, description="分类代号，见「分类」；不写就按内容建议一个")
    kind: Kind = Field("help", description="诉求类型：咨询、求助、投诉、举报、建议")
    external_ref: Text = Field("", max_length=64, description="你们的编号；同一个编号只立一次")
    contact_name: Text = Field("", max_length=40, description="怎么称呼反映人")
    contact_phone: Text = Field("", max_length=20, description="反映人电话")
    is_public: bool = Field(False, description="反映人同意公开（公开时自动脱敏）")
    due_by: Instant | None = Field(None, description="你们的期限；比本地期限早的，按你们的")


class MoreWords(Incoming):
    """补充说明。"""

    words: Text = Field(min_length=1, max_length=2000, description="补充的内容")


class Reason(Incoming):
    """撤回的理由。"""

    reason: Text = Field(min_length=1, max_length=400, description="为什么撤回")


class Query(Schema):
    """列表的条件。"""

    place: Text = Field("", max_length=64, description="地点代号，含里面的")
    category: Text = Field("", max_length=48, description="分类代号")
    state: State | None = Field(None, description="状态：办理中、计时暂停、已有结果、已办结")
    external_ref: Text = Field("", max_length=64, description="你们的编号")
    moved_since: Instant | None = Field(None, description="这个时刻以后有变动的")
    order: Order = Field("newest", description="newest 新的在前；moved 最早变动的在前，适合同步")
    cursor: Text = Field("", max_length=400, description="上一页给的 next_cursor")
    limit: int = Field(50, ge=1, le=100, description="一页几条")


class PlaceQuery(Schema):
    """地点的条件。"""

    within: Text = Field("", max_length=64, description="地点代号；不写就是系统的整个范围")
    cursor: Text = Field("", max_length=400, description="上一页给的 next_cursor")
    limit: int = Field(100, ge=1, le=200, description="一页几条")


class Named(Schema):
    """代号和名称。"""

    key: str
    title: str


class Matter(Schema):
    """一件事项。没有公开、又不是你们报来的，看不到。"""

    number: str = Field(description="编号")
    title: str = Field(description="标题（公开的是脱敏后的）")
    state: State
    step: Named = Field(description="现在的步骤")
    category: Named
    order: Named = Field(description="单别")
    level: Named = Field(description="负责的层级")
    place: Named
    lead: str = Field(description="主办单位")
    is_public: bool
    external_ref: str = Field(description="你们的编号")
    opened_at: datetime
    moved_at: datetime = Field(description="最近变动")
    due_at: datetime | None = Field(description="最晚办结；暂停时没有")
    answered_at: datetime | None
    closed_at: datetime | None


class Line(Schema):
    """一步经过。"""

    at: datetime
    act: str
    title: str
    office: str = Field(description="哪个职务办的")
    clause: str = Field(description="依据")
    words: str = Field(description="说明；不该您看的不给")


class WholeMatter(Matter):
    """一件事项和它的经过。"""

    words: str
    answer: str = Field(description="办理结果")
    contact_name: str
    contact_phone: str
    photos: int = Field(description="照片张数")
    timeline: list[Line]


class Matters(Schema):
    """一页事项。"""

    items: list[Matter]
    next_cursor: str = Field(description="下一页；空的就是最后一页")


class Place(Schema):
    """一个地点。"""

    key: str
    name: str
    kind: str
    full_name: str


class Places(Schema):
    """一页地点。"""

    items: list[Place]
    next_cursor: str


class Category(Schema):
    """一个分类。"""

    key: str
    title: str
    parent: str
    is_private: bool = Field(description="涉及隐私，不公开")


class Statuses(Schema):
    """状态和各程序的步骤。"""

    states: list[Named]
    steps: list[Named]


class Item(Schema):
    """一处差错。"""

    where: str
    sentence: str


class Problem(Schema):
    """没有办成的答复。"""

    title: str = Field(description="一句话说明")
    status: int
    code: str = Field(description="差错代码，不会变")
    remedy: str = Field(description="现在怎么办")
    clause: str = Field(description="依据的条款")
    errors: list[Item]
