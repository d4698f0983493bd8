"""Turn a written kind of meeting into the core's value (会议形式)."""

from collections.abc import Mapping, Sequence

from linli.core.forum import Bound, Debate, Electorate, Forum, Notice, Proxies, Rhythm, Window
from linli.core.law import Law
from linli.core.term import Term, Unit
from linli.pack.schema import ForumPart


def forums(parts: Sequence[ForumPart], *, law: Law) -> Mapping[str, Forum]:
    """Turn every written forum into a value, by its key; their references must have been checked."""
    return {part.key: _forum(part, law) for part in parts}


def _forum(part: ForumPart, law: Law) -> Forum:
    return Forum(
        key=part.key,
        title=part.title,
        electorate=Electorate(part.electorate),
        clause=law.rule(part.rule).clause,
        body_kind=part.body_kind,
        invites=part.invites,
        held_at=part.held_at,
        notice=_notice(part, law),
        quorum=_bound(part.quorum, law) if part.quorum else None,
        passes=_bound(part.passes, law) if part.passes else None,
        calls=tuple(_bound(reference, law) for reference in part.calls),
        proxies=_proxies(part.proxies, law) if part.proxies else None,
        window=_window(part.window, law) if part.window else None,
        debate=_debate(part.debate, law) if part.debate else None,
        rhythm=_rhythm(part, law),
        is_secret=part.is_secret,
        locks_agenda=part.locks_agenda,
        receives=part.receives,
    )


def _bound(reference: str, law: Law) -> Bound:
    rule_id, _, name = reference.partition(".")
    rule = law.rule(rule_id)
    return Bound(rule.threshold(name), rule.clause)


def _notice(part: ForumPart, law: Law) -> Notice | None:
    if not part.notice:
        return None
    rule_id, _, name = part.notice.partition(".")
    rule = law.rule(rule_id)
    return Notice(rule.term(name), rule.clause, may_be_shorter=part.notice_may_be_shorter)


def _proxies(reference: str, law: Law) -> Proxies:
    rule_id, _, name = reference.partition(".")
    rule = law.rule(rule_id)
    return Proxies(rule.count(name), rule.clause)


def _window(rule_id: str, law: Law) -> Window:
    rule = law.rule(rule_id)
    return Window(rule.term("window_shortest"), rule.term("window_longest"), rule.clause)


def _debate(rule_id: str, law: Law) -> Debate:
    rule = law.rule(rule_id)
    return Debate(
        rule.term("speech").amount,
        rule.count("speeches_most"),
        rule.clause,
        passes=rule.threshold("passes") if "passes" in rule.numbers else None,
        closes=rule.threshold("closes") if "closes" in rule.numbers else None,
    )


def _rhythm(part: ForumPart, law: Law) -> Rhythm | None:
    reference = part.meets_every or part.meets_on
    if not reference:
        return None
    rule_id, _, name = reference.partition(".")
    rule = law.rule(rule_id)
    every = rule.term(name) if part.meets_every else Term(1, Unit.MONTHS)
    day = law.number(part.meets_on) if part.meets_on else 0
    return Rhythm(every, rule.clause, on_day=day if isinstance(day, int) else 0)
