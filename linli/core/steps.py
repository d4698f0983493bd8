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
        _kind("raise", "提出", "call_up", "solve", "take_in", "withdraw"),
        _kind(
            "screen",
            "受理",
            "take_in",
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
        _kind("carry_out", "处置", "finish", "send_up", "withdraw", "merge"),
        _kind("verify", "核实", "verify", "send_back"),
        _kind("appraise", "评价", "confirm", "reopen", "lapse"),
        _kind("report_back", "反馈", "report_back"),
        _kind("close", "办结", "reopen", "unmerge", ends=True),
    )
)
