"""What is wrong with a kind of meeting: its references, where it is weaker than the law's (检查会议形式)."""

from collections.abc import Iterator

from linli.core.forum import Electorate, Forum, Window
from linli.core.funnel import Measure
from linli.core.law import Law
from linli.core.term import Term, Unit
from linli.core.threshold import Threshold
from linli.pack.complaint import Complaint, TomlPath
from linli.pack.names import Names, each_unknown, misquoted, taken_twice, unknown
from linli.pack.schema import ForumPart
from linli.pack.toml import TomlFile

_KINDS: dict[str, type[int | Term | Threshold]] = {
    "notice": Term,
    "quorum": Threshold,
    "passes": Threshold,
    "proxies": int,
    "meets_every": Term,
    "meets_on": int,
}
# Who is there decides what can be counted.
_MEASURES = {
    Electorate.ADULTS: (Measure.HEADCOUNT, Measure.HOUSEHOLD),
    Electorate.HOUSEHOLDS: (Measure.HOUSEHOLD,),
    Electorate.DELEGATES: (Measure.DELEGATE,),
    Electorate.OWNERS: (Measure.HEADCOUNT, Measure.FLOOR_AREA),
    Electorate.PARTY_MEMBERS: (Measure.HEADCOUNT,),
    Electorate.MEMBERS: (Measure.HEADCOUNT,),
    Electorate.INVITED: (Measure.HEADCOUNT,),
}
_LAST_DAY = 31
# A month is at most so many days long.
_DAYS = {Unit.DAYS: 1, Unit.MONTHS: 31}
_IN_DAYS = ("notice", "meets_every")


def forum_faults(part: ForumPart, path: TomlPath, *, file: TomlFile, law: Law) -> Iterator[Complaint]:
    """Complain about each reference of a forum to a rule or number that is not there, or of another kind."""
    yield from unknown(file, (*path, "rule"), part.rule, known=law.rules, called="规则")
    for field, kind in _KINDS.items():
        if written := getattr(part, field):
            yield from _number(written, (*path, field), kind, file=file, law=law)
    for place, written in enumerate(part.calls):
        yield from _number(written, (*path, "calls", place), Threshold, file=file, law=law)
    if part.window:
        for name in ("window_shortest", "window_longest"):
            yield from _number(f"{part.window}.{name}", (*path, "window"), Term, file=file, law=law)
    if part.debate:
        where = (*path, "debate")
        yield from _number(f"{part.debate}.speech", where, Term, file=file, law=law)
        yield from _number(f"{part.debate}.speeches_most", where, int, file=file, law=law)
    yield from _counted(part, path, file=file, law=law)


def local_forums(
    file: TomlFile, parts: tuple[ForumPart, ...], *, names: Names, law: Law
) -> Iterator[Complaint]:
    """Complain about the references of a place's forums; their numbers are compared afterwards."""
    yield from taken_twice(file, ("forum",), [part.key for part in parts])
    for place, part in enumerate(parts):
        where = ("forum", place)
        if part.key in law.forums:
            reason = f"「{part.key}」是法律里的会议形式，请另取一个，写明 stands_for"
            yield file.complaint((*where, "key"), reason=reason)
        yield from unknown(
            file, (*where, "body_kind"), part.body_kind, known=names.body_kinds, called="组织类型"
        )
        yield from each_unknown(
            file, (*where, "invites"), part.invites, known=names.body_kinds, called="组织类型"
        )
        yield from unknown(
            file, (*where, "stands_for"), part.stands_for, known=law.forums, called="法律里的会议形式"
        )
        yield from forum_faults(part, where, file=file, law=law)


def weaker(local: Forum, floor: Forum) -> Iterator[tuple[str, str]]:
    """Say in which fields, and why, a forum is weaker than the law's that it stands for (不弱于法律)."""
    yield from _weaker_bounds(local, floor)
    yield from _weaker_notice(local, floor)
    yield from _wider_window(local, floor)
    if local.proxies and floor.proxies and local.proxies.most > floor.proxies.most:
        yield "proxies", f"委托多于法律的 {floor.proxies.most} 人（{floor.proxies.clause.rule}）"
    if floor.rhythm and not (local.rhythm and _days(local.rhythm.every) <= _days(floor.rhythm.every)):
        yield "meets_every", f"会期长于法律的 {floor.rhythm.every.words}（{floor.rhythm.clause.rule}）"
    if floor.is_secret and not local.is_secret:
        yield "is_secret", "法律规定无记名"
    if floor.locks_agenda and not local.locks_agenda:
        yield "locks_agenda", "法律规定通知以外的事项不得表决"


def _weaker_bounds(local: Forum, floor: Forum) -> Iterator[tuple[str, str]]:
    pairs = (("quorum", local.quorum, floor.quorum), ("passes", local.passes, floor.passes))
    for field, mine, theirs in pairs:
        if theirs and not (mine and mine.threshold.implies(theirs.threshold)):
            yield field, f"低于法律的「{theirs.threshold.words}」（{theirs.clause.rule}）"
    for call in floor.calls:
        if not any(call.threshold.implies(mine.threshold) for mine in local.calls):
            yield "calls", f"提议召开难于法律的「{call.threshold.words}」（{call.clause.rule}）"


def _weaker_notice(local: Forum, floor: Forum) -> Iterator[tuple[str, str]]:
    if floor.notice is None:
        return
    said = f"法律规定提前 {floor.notice.term.words}通知（{floor.notice.clause.rule}）"
    if local.notice is None or _days(local.notice.term) < _days(floor.notice.term):
        yield "notice", said
    elif local.notice.may_be_shorter and not floor.notice.may_be_shorter:
        yield "notice_may_be_shorter", f"{said}，不能缩短"


def _wider_window(local: Forum, floor: Forum) -> Iterator[tuple[str, str]]:
    mine, theirs = local.window, floor.window
    if theirs is None or (mine and _lies_within(mine, theirs)):
        return
    said = f"{theirs.shortest.words}到 {theirs.longest.words}（{theirs.clause.rule}）"
    yield "window", f"法律规定的表决期限是 {said}"


def _lies_within(mine: Window, theirs: Window) -> bool:
    return theirs.shortest.amount <= mine.shortest.amount and mine.longest.amount <= theirs.longest.amount


def _days(term: Term) -> int:
    return term.amount * _DAYS[term.unit]


def _number(
    reference: str, path: TomlPath, kind: type[int | Term | Threshold], *, file: TomlFile, law: Law
) -> Iterator[Complaint]:
    faults = tuple(misquoted(file, path, reference, kind=kind, law=law))
    yield from faults
    number = None if faults else law.number(reference)
    if isinstance(number, Term) and path[-1] in _IN_DAYS and number.unit not in _DAYS:
        yield file.complaint(path, reason=f"「{reference}」要按日或者月计算，不能是 {number.words}")
    elif isinstance(number, Term) and path[-1] == "window" and number.unit is not Unit.DAYS:
        yield file.complaint(path, reason=f"「{reference}」要按日计算，不能是 {number.words}")
    elif isinstance(number, int) and path[-1] == "meets_on" and not 1 <= number <= _LAST_DAY:
        yield file.complaint(path, reason=f"「{reference}」不是一个月里的日子")


def _counted(part: ForumPart, path: TomlPath, *, file: TomlFile, law: Law) -> Iterator[Complaint]:
    """Complain about a threshold of which no way can be counted among those who belong to the forum."""
    electorate = Electorate(part.electorate)
    for field in ("quorum", "passes"):
        try:
            threshold = law.number(getattr(part, field))
        except LookupError:
            continue
        if isinstance(threshold, Threshold) and not any(
            all(bar.measure in _MEASURES[electorate] for bar in way.bars) for way in threshold.ways
        ):
            reason = f"「{threshold.words}」在{electorate.title}的会上数不出来"
            yield file.complaint((*path, field), reason=reason)
