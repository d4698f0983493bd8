"""Whether a deadline may be put off: a pause, its end, an extension (暂停与延期)."""

from collections.abc import Mapping
from datetime import datetime

from linli.core.clause import Clause
from linli.core.verdict import Verdict, no, yes


def may_pause(
    reason: str, *, allowed_reasons: Mapping[str, str], is_paused: bool, clause: Clause | None = None
) -> Verdict:
    """Answer whether the clock may stand still for this reason (能否暂停计时).

    ``reason`` is a key, ``allowed_reasons`` the titles of those the place's rules know, by key.
    """
    if is_paused:
        return no(
            "计时已经暂停，不能再次暂停。", clause, asked="暂停计时", remedy="事由有变的，请先恢复计时。"
        )
    if not allowed_reasons:
        return no("没有规定可以暂停计时的事由。", clause, asked="暂停计时", remedy="时间不够的，请申请延期。")
    title = allowed_reasons.get(reason)
    if title is None:
        return no(
            "填写的事由不能用来暂停计时。" if reason else "没有写明暂停计时的事由。",
            clause,
            asked="暂停计时",
            remedy=f"可以暂停的事由：{'、'.join(allowed_reasons.values())}。",
        )
    return yes(f"因「{title}」可以暂停计时。", clause, 事由=title)


def may_resume(*, is_paused: bool, clause: Clause | None = None) -> Verdict:
    """Answer whether the clock may run on (能否恢复计时)."""
    if not is_paused:
        return no("计时没有暂停，不用恢复。", clause, asked="恢复计时")
    return yes("可以恢复计时。", clause)


def may_extend(
    extended_before: int,
    *,
    max_times: int,
    at: datetime,
    due_at: datetime | None,
    clause: Clause | None = None,
) -> Verdict:
    """Answer whether the term may be extended (能否延期); ``due_at`` is None while the clock stands still."""
    if max_times == 0:
        return no("这一期限不能延长。", clause, asked="延长期限", remedy="请在期限内办结。")
    times = {"已延长次数": extended_before, "最多次数": max_times}
    if extended_before >= max_times:
        return no(
            f"期限最多延长 {max_times} 次，已经延长过 {extended_before} 次。",
            clause,
            asked="延长期限",
            remedy="请在期限内办结。",
            **times,
        )
    if due_at is not None and at > due_at:
        return no(
            "期限已过，不能再延长。",
            clause,
            asked="延长期限",
            remedy="请尽快办结，并说明逾期的原因。",
            **times,
        )
    return yes("可以延长期限。", clause, **times)
