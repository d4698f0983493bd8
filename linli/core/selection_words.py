"""A selection under a budget in plain words: one sentence a round, one for each loser (遴选说明)."""

from fractions import Fraction
from math import ceil

from linli.core.purchase import Bar, Passed, Round, Selection, Stage
from linli.core.selection import Completion, Election, Method, Tally, yuan


def sentences(election: Election, selection: Selection) -> tuple[str, ...]:
    """Tell the whole account: what everybody had, each round, each loser (全部账目)."""
    return (
        opening(election, selection),
        *(round_words(one, election) for one in selection.rounds),
        *(passed_words(one, election) for one in selection.passed),
    )


def opening(election: Election, selection: Selection) -> str:
    """Say what there was to spend, and for equal shares how much was everybody's (开头)."""
    said = f"预算 {yuan(election.limits.budget)}，{election.people:,} 人投票"
    if election.rule.method is not Method.EQUAL_SHARES:
        return f"{said}。"
    said += f"，每人一份 {yuan(election.share)}"
    if not selection.raises:
        return f"{said}。"
    step = yuan(election.rule.raised_by)
    return f"{said}；每次每人加 {step}，加了 {selection.raises:,} 次，每人 {yuan(selection.share)}。"


def round_words(one: Round, election: Election) -> str:
    """Say one round: what was bought and who paid which part (一轮)."""
    tally, title = Tally.of(election), _title(one.key, election)
    said = f"第 {one.number} 轮：选中「{title}」，费用 {yuan(one.cost)}，"
    if one.stage is Stage.EQUAL_SHARES:
        return f"{said}{tally.named[one.key]:,} 人支持：{_parts(one)}。"
    given = f"得票 {tally.score[one.key]:,}"
    why = "还买得起的项目中得票最多" if one.stage is Stage.VOTES else "还买得起的项目中每元得票最多"
    return f"{said}{given}，{why}；之后还剩 {yuan(one.left_before - one.cost)}。"


def passed_words(one: Passed, election: Election) -> str:
    """Say why one project was not chosen (落选原因)."""
    title = f"「{_title(one.key, election)}」没有选上："
    match one.bar:
        case Bar.UNNAMED:
            return f"{title}没有人选它。"
        case Bar.TOO_FEW:
            return f"{title}要有 {one.wanted:,} 人支持，只有 {_count(one.had)} 人。"
        case Bar.EXCLUDED:
            return f"{title}与已选中的「{_title(one.by, election)}」不能同时选。"
        case Bar.SUPPORTERS_SHORT:
            # Rounded to the fen so that what is missing is never nothing.
            short = ceil(one.wanted - one.had)
            left = yuan(one.wanted - short)
            return f"{title}费用 {yuan(one.wanted)}，支持它的人手里一共还剩 {left}，差 {yuan(short)}。"
        case Bar.DISTRICT | Bar.CATEGORY | Bar.BUDGET:
            whose = {Bar.DISTRICT: "所在片区的限额", Bar.CATEGORY: "这一类的限额"}.get(one.bar, "预算")
            return f"{title}轮到它时{whose}还剩 {yuan(one.had)}，费用要 {yuan(one.wanted)}。"


def completion_words(completion: Completion) -> str:
    """Say what is done with the money that equal shares leave (补足办法)."""
    return {
        Completion.NONE: "余钱不再分配。",
        Completion.VOTES: "余钱按得票多少依次选买得起的项目。",
        Completion.RAISE: "每人的份额逐次增加，到再加一次就超过预算为止。",
        Completion.RAISE_THEN_VOTES: (
            "每人的份额逐次增加，到再加一次就超过预算为止；余钱再按得票多少依次选买得起的项目。"
        ),
    }[completion]


def _parts(one: Round) -> str:
    full, rest = one.full, one.rest
    alike = full.total == one.price * full.people
    said = f"每人出 {yuan(one.price)}" if alike else f"每一分出 {yuan(one.price)}，一共出 {yuan(full.total)}"
    if not rest.people:
        return said
    return f"{full.people:,} 人{said}，另外 {rest.people:,} 人剩得少，一共出 {yuan(rest.total)}"


def _title(key: str, election: Election) -> str:
    return next(project.title for project in election.projects if project.key == key)


def _count(number: Fraction) -> str:
    return f"{int(number):,}"
