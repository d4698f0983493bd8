"""What can be brought in, and which columns each of it has (导入种类)."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that a row tells: its own column name, and the names that other systems give it (项)."""

    key: str
    title: str
    also: tuple[str, ...] = ()
    is_needed: bool = False
    otherwise: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of table: its facts, and how many rows go into one transaction (导入种类)."""

    key: str
    title: str
    about: str
    facts: tuple[Fact, ...]
    batch: int

    @property
    def needed(self) -> tuple[Fact, ...]:
        """Return the facts without which no row goes in."""
        return tuple(fact for fact in self.facts if fact.is_needed)


# A row of these is worked through acts that others wait for; a row of the rest is one row of a table.
_FEW, _MANY = 20, 2_000

_REF = Fact(
    "external_ref", "外部编号",
    ("编号", "工单编号", "工单号", "事件编号", "受理编号", "案件编号", "留言编号", "流水号", "序号",
     "rec_id", "id"),
    is_needed=True, hint="原系统的编号；渠道加编号相同的只录一次。",
)  # fmt: skip
_AT = Fact(
    "opened_at", "时间",
    ("提出时间", "创建时间", "上报时间", "受理时间", "来电时间", "留言时间", "登记时间", "诉求时间",
     "发生时间", "create_time", "open_dt"),
    is_needed=True, hint="例如 2026-11-24 09:30、2018/7/17 7:13:58、2024年3月5日。",
)  # fmt: skip
_PLACE = Fact(
    "place", "地点",
    ("所在位置", "社区", "所属社区", "小区", "网格", "楼栋", "街道", "所属街道", "地址", "位置", "区县",
     "community_name", "street_name"),
    is_needed=True, hint="地点的名称或代号；可以几列连着读，从大到小。",
)  # fmt: skip
_CATEGORY = Fact(
    "category", "分类",
    ("一级分类", "二级分类", "三级分类", "事件分类", "诉求分类", "问题分类", "小类", "大类"),
    hint="分类的名称或代号；不写就按内容里的关键词归类。",
)  # fmt: skip
_TITLE = Fact("title", "标题", ("主题", "留言主题", "工单标题", "事项名称", "诉求标题"))
_WORDS = Fact(
    "words", "内容",
    ("诉求内容", "留言详情", "工单内容", "事件描述", "问题描述", "反映内容", "描述", "详情", "诉求正文"),
    is_needed=True, hint="反映的原话。",
)  # fmt: skip
_CALLER = Fact("contact_name", "联系人", ("来电人", "反映人", "诉求人", "联系人姓名"))
_CALLERS_PHONE = Fact("contact_phone", "联系电话", ("来电号码", "来电人电话", "联系方式", "反映人电话"))
_UNIT = Fact(
    "unit", "承办单位", ("处置单位", "处置部门", "承办部门", "办理单位", "责任单位", "派往单位", "主办单位"),
    hint="单位的名称或代号；写了就派给它。",
)  # fmt: skip
_OUTCOME = Fact(
    "outcome", "结果", ("办理状态", "状态", "是否超期", "是否逾期", "办结情况"), hint="在办、按期、逾期。"
)
_CLOSED = Fact("closed_at", "办结时间", ("完成时间", "结案时间", "回复时间", "答复时间", "closed_dt"))
_ANSWER = Fact(
    "answer", "办理结果", ("答复内容", "处理结果", "回复内容", "答复意见", "处置结果", "首次回复内容")
)

MATTERS = Kind(
    "matters", "旧事项", "别的系统里办结或在办的诉求、网格事件。每件走一遍办事的动作，期限和记录照常。",
    (
        _REF, _AT, _PLACE,
        Fact("kind", "类型", ("诉求类型", "事件类型", "诉求性质", "性质"), is_needed=True,
             hint="咨询、求助、投诉、举报、建议，或网格事件。"),
        _CATEGORY, _TITLE, _WORDS,
        Fact("channel", "渠道", ("来源", "事件来源", "诉求渠道", "上报渠道", "受理渠道"), is_needed=True,
             hint="网页、网格、窗口、电话、12345 热线、110、巷理事、导入。"),
        _UNIT, _OUTCOME, _CLOSED, _ANSWER, _CALLER, _CALLERS_PHONE,
    ),
    _FEW,
)  # fmt: skip
HOTLINE = Kind(
    "hotline", "热线工单", "12345 转来的工单。和旧事项一样办，渠道一律是 12345 热线。",
    (
        _REF, _AT, _PLACE,
        Fact("kind", "类型", ("诉求类型", "工单类型", "诉求性质"), is_needed=True, otherwise="求助",
             hint="咨询、求助、投诉、举报、建议。"),
        _CATEGORY, _TITLE, _WORDS,
        Fact("channel", "渠道", is_needed=True, otherwise="12345"),
        _UNIT, _OUTCOME, _CLOSED, _ANSWER, _CALLER, _CALLERS_PHONE,
    ),
    _FEW,
)  # fmt: skip
RESIDENTS = Kind(
    "residents", "居民", "住在这里的人。编号相同的是同一个人：有变化的改，没有写的不动。",
    (
        Fact("ref", "编号", ("人员编号", "居民编号", "人口编号", "户籍编号", "序号", "代号"),
             hint="一人一个，再次导入时凭它认人。没有编号就凭身份证号。"),
        Fact("name", "姓名", ("居民姓名", "人员姓名", "名字"), is_needed=True),
        Fact("gender", "性别", ("男女",), hint="男或女。"),
        Fact("born", "出生年", ("出生日期", "出生年月", "生日", "出生年份"), hint="年份或日期。"),
        Fact("id_number", "身份证号", ("身份证号码", "证件号码", "公民身份号码", "身份证", "证件号")),
        Fact("phone", "电话", ("手机", "手机号", "联系电话", "手机号码", "电话号码", "联系方式")),
        Fact("email", "电子邮箱", ("邮箱", "邮件")),
        Fact("place", "住址",
             ("住处", "现住址", "居住地址", "家庭住址", "所在楼栋", "社区", "小区", "楼栋", "单元"),
             is_needed=True, hint="地点的名称或代号；可以几列连着读，从大到小。"),
        Fact("about", "备注", ("简介", "说明")),
    ),
    _MANY,
)  # fmt: skip
PLACES = Kind(
    "places", "地点", "小区、楼栋、单元、网格、社区。上级要么已经有，要么写在前面的行里。",
    (
        Fact("ref", "代号", ("地点代号", "编号", "编码", "地点编码"),
             hint="一处一个，再次导入时凭它认。没有代号就凭上级、类型和名称。"),
        Fact("name", "名称", ("地点名称", "楼栋名称", "网格名称", "小区名称", "社区名称"), is_needed=True),
        Fact("kind", "类型", ("地点类型", "类别", "级别"), is_needed=True,
             hint="社区、网格、小区、楼栋、单元等。"),
        Fact("parent", "上级", ("上级地点", "所属", "所属社区", "所属小区", "所属网格", "所属街道"),
             is_needed=True, hint="上级的名称或代号；可以几列连着读，从大到小。"),
        Fact("households", "户数", ("总户数", "住户数")),
        Fact("people", "人口", ("人口数", "人数", "常住人口")),
    ),
    _MANY,
)  # fmt: skip

DWELLINGS = Kind(
    "dwellings", "房屋和业主", "每套房的面积、业主、住户。同一处同一门牌是同一套：有变化的改，没有写的不动。",
    (
        Fact("place", "楼栋", ("小区", "幢号", "栋号", "楼号", "所在楼栋", "坐落", "社区", "单元"),
             is_needed=True, hint="楼栋的名称或代号；可以几列连着读，从大到小。"),
        Fact("label", "门牌", ("房号", "室号", "户号", "门牌号", "房屋编号"), is_needed=True,
             hint="例如 1单元302。"),
        Fact("area", "专有部分面积", ("面积", "建筑面积", "产权面积", "套内面积", "房屋面积"),
             hint="平方米，最多四位小数。"),
        Fact("area_source", "面积依据", ("面积来源", "依据"),
             hint="不动产登记簿、实测、买卖合同；写了面积就要写。"),
        Fact("owners", "业主", ("产权人", "业主姓名", "房主", "买受人", "所有权人"),
             hint="共有的写在一格里，用顿号分开。"),
        Fact("owner_phones", "业主电话", ("产权人电话", "房主电话", "联系电话", "手机"),
             hint="次序和业主一样，用顿号分开。一个人有几套房的，写了电话才能认出是同一个人。"),
        Fact("developer", "建设单位", ("开发商", "开发企业", "开发单位"),
             hint="没有卖出或没有交付的才写；写了业主、不写建设单位，就算已经交付。"),
        Fact("members", "家庭成员", ("住户", "同住人", "家庭成员姓名"),
             hint="用顿号分开，出生年写在括号里：张三（1980）、张小宝（2015）。"),
        Fact("delegate", "户代表", ("户主", "家庭代表"), hint="家庭成员里的一个人。"),
    ),
    _MANY,
)  # fmt: skip

KINDS: Mapping[str, Kind] = {kind.key: kind for kind in (MATTERS, HOTLINE, RESIDENTS, PLACES, DWELLINGS)}
