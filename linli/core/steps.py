"""The closed list of step kinds, and the acts that each may open (步骤种类)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StepKind:
    """Describe a kind of step and the moving acts that belong to it (步骤种类)."""

    key: str
    title: str
    acts: frozenset[str]
    ends: bool = False


def _kind(key: str, title: str, *acts: str, ends: bool = False) -> tuple[str, StepKind]:
    return key, StepKind(key, title, frozenset(acts), ends)


STEP_KINDS = dict(
    (
        _kind("raise", "提出", "call_up", "solve", "take_in", "adopt", "decline", "withdraw"),
        _kind(
            "screen",
            "受理",
            "take_in",
            "adopt",
            "decline",
            "dispatch",
            "solve",
            "send_up",
            "hand_back",
            "withdraw",
            "merge",
        ),
        _kind(
            "dispatch", "派办", "dispatch", "decline", "solve", "send_up", "hand_back", "withdraw", "merge"
        ),
        _kind("respond", "响应", "take_on", "return_order", "withdraw", "merge"),
        _kind("decide", "裁定", "uphold_return", "reject_return"),
        _kind("participate", "确定主体", "name_participants", "withdraw"),
        _kind("announce", "公告", "announce", "withdraw"),
        _kind("discuss", "协商", "conclude", "send_back", "withdraw"),
        _kind("resolve", "表决", "resolve", "reject", "withdraw"),
        _kind("publish", "公示", "end_notice", "reconsider"),
        _kind("plan", "安排", "assign"),
        _kind("sign", "签约", "conclude_signing", "decline"),
        _kind("carry_out", "处置", "finish", "complete", "send_up", "withdraw", "merge"),
        _kind("oversee", "监督", "oversee", "send_back"),
        _kind("verify", "核实", "verify", "send_back"),
        _kind("appraise", "评价", "confirm", "appraise", "send_back", "reopen", "lapse"),
        _kind("report_back", "反馈", "report_back"),
        _kind("close", "办结", "reopen", "unmerge", ends=True),
    )
)
