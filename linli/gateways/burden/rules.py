"""What the rules on government apps say against an outside app (规则提示)."""

from linli.core.refusal import Refusal
from linli.gateways.choices import KnownHere
from linli.gateways.models import OutsideApp
from linli.rulebook import queries as rulebook

_RULE = "A-5"
_AGAINST = (
    ("checks_in", "要求打卡签到。", "请主管单位取消；确属安全应急的，写明依据。"),
    ("gives_points", "拿积分、排名考核工作人员。", "请主管单位取消排名。"),
    ("counts_online", "考核在线时长、学习时长。", "请主管单位取消，不作为考核依据。"),
    ("wants_photos", "要办理用不着的照片、视频或者轨迹。", "只留程序要求的留痕。"),
)


def warnings(app: OutsideApp) -> tuple[Refusal, ...]:
    """List what speaks against an app, each with its article (政务移动互联网应用程序规范化管理)."""
    clause = rulebook.law().rule(_RULE).clause
    found = [
        Refusal(sentence, clause=clause, remedy=remedy)
        for name, sentence, remedy in _AGAINST
        if getattr(app, name)
    ]
    if app.known_here == KnownHere.ALL:
        found.append(
            Refusal(
                "要填的，本系统都有，属于重复填报。", clause=clause, remedy="建议并入：由接口或者导出表格给。"
            )
        )
    if not app.basis:
        found.append(Refusal("没有写依据。", remedy="请主管单位拿出文件；拿不出的，建议停用。"))
    return tuple(found)
