"""What may be true of a matter, and how to say that it is or is not yet (事实)."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Fact:
    """Name a fact that gates an act, with the sentence for lacking it and for having it (事实)."""

    key: str
    lacking: str
    lacking_remedy: str = ""
    standing: str = ""
    standing_remedy: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """Hold what is true of one matter now, with the figures that a sentence may quote (事实集)."""

    holding: frozenset[str] = frozenset()
    figures: Mapping[str, str] = field(default_factory=dict)

    def __contains__(self, key: str) -> bool:
        return key in self.holding

    def say(self, sentence: str) -> str:
        """Fill the figures into a sentence; a figure nobody gave stays out of it."""
        return sentence.format_map(_Blanks(self.figures))

    def without(self, key: str) -> "Facts":
        """Return the same facts but one."""
        return Facts(self.holding - {key}, self.figures)

    def __or__(self, other: "Facts") -> "Facts":
        return Facts(self.holding | other.holding, {**self.figures, **other.figures})


class _Blanks(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "若干"


def _facts(*facts: Fact) -> dict[str, Fact]:
    return {fact.key: fact for fact in facts}


FACTS = _facts(
    Fact("lead_assigned", "还没有主办单位。", "先派单，选定一个主办单位。"),
    Fact(
        "joint_answered",
        "还有 {joint_open} 个协办单位没有反馈：{joint_names}。",
        "请它们先反馈；逾期不反馈的，可以督办。",
    ),
    Fact(
        "joint_done",
        "你单位还没有反馈。",
        standing="你单位已经反馈过了。",
        standing_remedy="有新情况请写「补充说明」。",
    ),
    Fact("answered", "还没有办理答复。", "写下办理结果再试。", standing="已经答复。"),
    Fact(
        "clock_paused",
        "计时没有暂停。",
        standing="计时已暂停（{pause_reason}，{paused_since}起）。",
        standing_remedy="先恢复计时。",
    ),
    Fact("clock_running", "这件事没有在计时。"),
    Fact(
        "extended",
        "还没有延期。",
        standing="已经延期一次，到 {due}。只能延一次。",
        standing_remedy="请在新的期限内办结，或请求上级协调。",
    ),
    Fact(
        "extension_asked",
        "没有待批准的延期申请。",
        standing="延期申请正在等待批准。",
        standing_remedy="等批准人答复。",
    ),
    Fact("overdue", "还没有逾期。", standing="已经逾期（应于 {due} 前办结），逾期后不能再申请延期。"),
    Fact(
        "returned_before",
        "没有退过单。",
        standing="这张单已经退过一次，不能再退。",
        standing_remedy="确有困难的，请求上级协调或吹哨联办。",
    ),
    Fact(
        "return_ruled",
        "还没有裁定。",
        standing="上级已经裁定由 {lead} 主办，不能再退。",
        standing_remedy="请在期限内办理；办不了的部分可以吹哨联办。",
    ),
    Fact(
        "within_return_time",
        "退单应在派单后 {return_within} 内提出，已于 {return_until} 截止。",
        "请先办理；职责不清的，请求上级协调。",
    ),
    Fact(
        "within_reopen_time",
        "重新办理应在办结后 {reopen_within} 内提出，已于 {reopen_until} 截止。",
        "可以另行反映，写上这次的编号。",
    ),
    Fact(
        "reopened_before",
        "没有重新办理过。",
        standing="已经重新办理过一次。",
        standing_remedy="仍不满意的，可以向上一级反映或依法信访。",
    ),
    Fact("level_above", "已经是最高一级，没有上级可报。", "可以吹哨请有关部门联办。"),
    Fact("level_below", "没有可以交回的下级。"),
    Fact("summoned", "没有吹哨给你单位。", "等社区吹哨后再报到。"),
    Fact("reported_in", "你单位还没有报到。", "先报到。", standing="你单位已经报到过了。"),
    Fact("department_here", "还没有部门报到。", "等部门报到后再评价。"),
    Fact("department_rated", "还没有评价报到部门。", standing="报到的部门都评价过了。"),
    Fact("summoner_rated", "还没有评价吹哨方。", standing="已经评价过吹哨方。"),
    Fact("rated", "还没有评价。", standing="已经评价过了。"),
    Fact("public", "还没有公开。", standing="已经公开。"),
    Fact(
        "merged",
        "没有并入别的事项。",
        standing="已经并入 {main}，一起办理。",
        standing_remedy="进度和结果看那一件。",
    ),
    Fact(
        "may_be_public",
        "涉及个人隐私、举报，或者要求保密，不能公开。",
        "可以只公开办理结果，隐去当事人。",
    ),
    Fact(
        "support_reached",
        "{support_said}",
        "{support_remedy}",
        standing="{support_said}",
        standing_remedy="达到法定数的联名应当办理。",
    ),
    Fact("supported", "您还没有附议或者联名。", standing="您已经附议或者联名过了。"),
    Fact(
        "lives_here",
        "附议的要住在{here}，或者在{here}有房屋；您登记的都不在这里。",
        "刚搬来的，请社区补登户籍或者房屋登记；住在别处的，可以在自己的小区提议。",
    ),
    Fact("on_paper", "纸质联名表上没有您的名字。"),
    Fact("on_roll", "您不在名册上，不能联名。", "请社区补登户籍或者房屋登记后再联名。"),
    Fact("participants_named", "还没有确定协商主体。", "先写明请哪些人、哪些单位参加。"),
    Fact(
        "meeting_called",
        "还没有召集「{forum}」。",
        "先召集会议，发出通知。",
        standing="「{forum}」已经召集，{meeting_at} 召开。",
    ),
    Fact("meeting_held", "「{forum}」还没有开、没有散会，或者没有议到这件事。", "先召集会议，按议程开完。"),
    Fact("quorum_met", "「{forum}」到会人数没有达到法定人数。", "请另行召集会议。"),
    Fact("minutes_signed", "会议纪要还没有签字。", "请会议主持人和记录人在纪要上签字。"),
    Fact("ballot_open", "没有正在进行的表决。", standing="表决正在进行，{ballot_until} 截止。"),
    Fact("ballot_closed", "表决还没有结束。", "等表决截止、计票完毕。"),
    Fact("ballot_passed", "{ballot_said}", "补足缺少的条件后，可以重新表决。"),
    Fact("ballot_failed", "没有未通过的表决。"),
    Fact(
        "notice_posted",
        "还没有公示。",
        "先公示。",
        standing="已经公示，到 {notice_until} 届满。",
    ),
    Fact("notice_over", "公示期未满：{notice_until} 届满。", "请等公示期满；提前撤下的要重新公示。"),
    Fact(
        "objection_standing",
        "没有未答复的异议。",
        standing="还有 {objections} 件异议没有答复。",
        standing_remedy="请先逐件答复异议。",
    ),
    Fact(
        "objection_upheld",
        "没有成立的异议。",
        standing="有一件异议成立：公示的内容要更正，或者重新协商。",
        standing_remedy="请更正后重新公示，或者重新协商。",
    ),
    Fact("tasks_assigned", "决议还没有分解成任务。", "先写明做什么、谁来做、什么时候完成。"),
    Fact(
        "tasks_done",
        "还有 {tasks_open} 项任务没有完成。",
        "请责任人逐项报告完成情况。",
    ),
    Fact(
        "signed_enough",
        "签约 {signed} 户，还不够（须有 {signed_needed} 户）。",
        "请继续签约。",
        standing="签约 {signed} 户，已经够了（须有 {signed_needed} 户）。",
    ),
    Fact("signed", "您家还没有签约。", standing="您家已经签约。"),
    Fact("party_studied", "社区党组织还没有研究。", "重要事项先由社区党组织研究。"),
)
