"""The closed list of acts that a procedure may open (动作)."""

from dataclasses import dataclass
from enum import Enum


class Words(Enum):
    """Whether an act needs to be explained in words (说明)."""

    NONE = "none"
    OPTIONAL = "optional"
    REQUIRED = "required"


@dataclass(frozen=True, slots=True)
class ActKind:
    """Describe one act: its name, whether it moves the matter, and what bars it anywhere (动作种类)."""

    key: str
    title: str
    moves: bool = True
    words: Words = Words.OPTIONAL
    bars: tuple[str, ...] = ()


def _kinds(*kinds: ActKind) -> dict[str, ActKind]:
    return {kind.key: kind for kind in kinds}


ACTS = _kinds(
    ActKind("call_up", "呼叫社区"),
    ActKind("solve", "就地解决", words=Words.REQUIRED),
    ActKind("take_in", "受理"),
    ActKind("decline", "不予受理", words=Words.REQUIRED),
    ActKind("dispatch", "派单"),
    ActKind("take_on", "接单"),
    ActKind("return_order", "退单", words=Words.REQUIRED),
    ActKind("uphold_return", "裁定退单成立", words=Words.REQUIRED),
    ActKind("reject_return", "裁定退单不成立", words=Words.REQUIRED),
    ActKind("send_up", "上报上级", words=Words.REQUIRED),
    ActKind("hand_back", "交回下级", words=Words.REQUIRED),
    ActKind("finish", "办结并反馈", words=Words.REQUIRED),
    ActKind("verify", "核实通过"),
    ActKind("send_back", "退回重办", words=Words.REQUIRED),
    ActKind("confirm", "确认解决"),
    ActKind("reopen", "不满意，重新办理", words=Words.REQUIRED, bars=("merged",)),
    ActKind("lapse", "到期结案", words=Words.NONE),
    ActKind("withdraw", "撤回", words=Words.REQUIRED),
    ActKind("merge", "并入另一件", words=Words.REQUIRED),
    ActKind("unmerge", "撤销并入", words=Words.REQUIRED),
    ActKind("report_back", "向反映人反馈", words=Words.REQUIRED),
    ActKind("adopt", "采纳为议题"),
    ActKind("name_participants", "确定协商主体"),
    ActKind("announce", "发布公告", words=Words.REQUIRED),
    ActKind("conclude", "形成协商意见", words=Words.REQUIRED),
    ActKind("resolve", "作出决议", words=Words.REQUIRED),
    ActKind("reject", "表决未通过"),
    ActKind("end_notice", "结束公示", bars=("objection_standing", "objection_upheld")),
    ActKind("reconsider", "重新协商", words=Words.REQUIRED),
    ActKind("assign", "交付落实"),
    ActKind("complete", "落实完成", words=Words.REQUIRED),
    ActKind("oversee", "提出监督意见", words=Words.REQUIRED),
    ActKind("appraise", "作出评议", words=Words.REQUIRED),
    ActKind("conclude_signing", "签约完成"),
    ActKind("add_words", "补充说明", moves=False, words=Words.REQUIRED),
    ActKind("answer", "协办反馈", moves=False, words=Words.REQUIRED, bars=("joint_done",)),
    ActKind("pause", "暂停计时", moves=False, words=Words.REQUIRED),
    ActKind("resume", "恢复计时", moves=False),
    ActKind("ask_extension", "申请延期", moves=False, words=Words.REQUIRED),
    ActKind("grant_extension", "批准延期", moves=False),
    ActKind("refuse_extension", "不批准延期", moves=False, words=Words.REQUIRED),
    ActKind("regrade", "调整缓急", moves=False, words=Words.REQUIRED),
    ActKind("reclassify", "改分类", moves=False),
    ActKind("summon", "吹哨", moves=False, words=Words.REQUIRED),
    ActKind("report_in", "报到", moves=False),
    ActKind("rate_department", "评价报到部门", moves=False),
    ActKind("rate_summoner", "评价吹哨方", moves=False),
    ActKind("expedite", "督办", moves=False, words=Words.REQUIRED),
    ActKind("rate", "评价", moves=False, bars=("merged",)),
    ActKind("publish", "公开", moves=False, words=Words.NONE),
    ActKind("unpublish", "停止公开", moves=False, words=Words.REQUIRED),
    ActKind("support", "附议", moves=False),
    ActKind("take_back", "撤回联名", moves=False, words=Words.NONE),
    ActKind("enter_names", "录入纸质联名", moves=False, words=Words.NONE),
    ActKind("disown", "这不是我签的", moves=False, words=Words.NONE),
    ActKind("call_meeting", "召集会议", moves=False),
    ActKind("open_ballot", "发起表决", moves=False),
    ActKind("post_notice", "公示", moves=False),
    ActKind("add_task", "安排任务", moves=False),
    ActKind("report_task", "报告任务进展", moves=False, words=Words.REQUIRED),
    ActKind("sign", "签约", moves=False, words=Words.NONE),
)
