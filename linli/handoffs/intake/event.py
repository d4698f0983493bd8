"""What one row tells, understood in the terms of this site (事件)."""

import re
from collections.abc import Mapping as Words
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from linli.cases.actions.reporting import Report, headline
from linli.cases.kinds import ConcernKind
from linli.core.refusal import Refusal
from linli.core.verdict import Refused
from linli.handoffs.intake.gazetteer import Gazetteer, category
from linli.handoffs.intake.kinds import Kind
from linli.handoffs.intake.mapping import Mapping, reads
from linli.handoffs.intake.moment import read_moment
from linli.matters.choices import Channel
from linli.rulebook import queries as rulebook

LONGEST_REF, LONGEST_NAME, LONGEST_PHONE = 64, 40, 20
_ROUNDED = re.compile(r"\d(?:\.\d+)?[eE]\+?\d+")
# No system that could be read from is older; an earlier year is a slip of the pen.
EARLIEST = 1980
INCIDENT = "incident"
KINDS = {INCIDENT: INCIDENT, "网格事件": INCIDENT, "事件": INCIDENT} | {
    name: kind.value for kind in ConcernKind for name in (kind.value, str(kind.label))
}
CHANNELS = {name: way.value for way in Channel for name in (way.value, str(way.label))}


class Outcome(Enum):
    """How an event stood in the other system (结果)."""

    OPEN = "open"
    IN_TIME = "in_time"
    LATE = "late"


OUTCOMES = {one.value: one.value for one in Outcome} | {
    "在办": "open",
    "未办结": "open",
    "按期": "in_time",
    "按期办结": "in_time",
    "逾期": "late",
    "逾期办结": "late",
}


@dataclass(frozen=True, slots=True)
class Event:
    """One event of the other system: what was reported, who worked on it, and how it ended (事件)."""

    report: Report
    at: datetime
    lead: int | None
    outcome: Outcome
    closed_at: datetime | None
    answer: str


class Reader:
    """Reads rows by a mapping; raises ``Refused`` for one that cannot go in (读行)."""

    def __init__(self, mapping: Mapping, *, kind: Kind, header: Sequence[str], within: str = "") -> None:
        self._formats = mapping.moments
        self._told_by = {fact.key: reads(mapping, fact.key, header=header) for fact in kind.facts}
        self._gazetteer = Gazetteer(pack=mapping.pack, within=within)

    def read(self, row: Sequence[str], *, now: datetime) -> Event:
        """Read a row into an event; what lies after ``now`` is refused."""
        place = self._told("place", row)
        if not place:
            raise Refused(Refusal("没有写地点。", remedy="补上地点，或在对照表里写明空着时算哪里。"))
        spots = self._gazetteer.spots(place)
        edition = rulebook.current(spots[-1].pack)
        kind = self._one_of("kind", row, KINDS, what="类型")
        at = self._moment("opened_at", row, what="时间", until=now)
        if at is None:
            raise Refused(Refusal("没有写时间。", remedy="补上事件的时间，例如 2026-11-24 09:30。"))
        unit = self._text("unit", row)
        return Event(
            report=Report(
                subject=INCIDENT if kind == INCIDENT else "concern",
                concern_kind="" if kind == INCIDENT else kind,
                spots=spots,
                category=category(self._told("category", row), of=edition),
                title=self._title(row),
                words=self._words(row),
                channel=self._one_of("channel", row, CHANNELS, what="渠道"),
                external_ref=self._external_ref(row),
                contact_name=self._text("contact_name", row)[:LONGEST_NAME],
                contact_phone=self._text("contact_phone", row)[:LONGEST_PHONE],
            ),
            at=at,
            lead=self._gazetteer.unit(unit, pack=edition.key) if unit else None,
            outcome=self._outcome(row),
            closed_at=self._closed_at(row, at=at, now=now),
            answer=self._text("answer", row),
        )

    def _told(self, fact: str, row: Sequence[str]) -> tuple[str, ...]:
        return self._told_by[fact](row)

    def _text(self, fact: str, row: Sequence[str]) -> str:
        return "，".join(self._told(fact, row))

    def _title(self, row: Sequence[str]) -> str:
        title = self._text("title", row)
        return headline(title) if title else ""

    def _words(self, row: Sequence[str]) -> str:
        words = self._text("words", row)
        if not words:
            raise Refused(Refusal("没有写内容。", remedy="补上一两句话：什么事，在哪里。"))
        return words

    def number(self, row: Sequence[str]) -> str:
        """Return by which way and under which number the other system knows a row; raises ``Refused``."""
        return f"{self._one_of('channel', row, CHANNELS, what='渠道')}/{self._external_ref(row)}"

    def _external_ref(self, row: Sequence[str]) -> str:
        said = self._text("external_ref", row)
        if not said:
            raise Refused(Refusal("没有外部编号，无法防止重复录入。", remedy="补上原系统的编号。"))
        if _ROUNDED.fullmatch(said):
            raise Refused(
                Refusal(
                    "外部编号被表格软件当成数字，后几位已经丢了。", remedy="把这一列设成「文本」，重新导出。"
                )
            )
        if len(said) > LONGEST_REF:
            raise Refused(Refusal(f"外部编号超过 {LONGEST_REF} 个字符。", remedy="换用原系统较短的编号。"))
        return said

    def _one_of(self, fact: str, row: Sequence[str], known: Words[str, str], *, what: str) -> str:
        said = self._text(fact, row)
        if said not in known:
            allowed = "、".join(dict.fromkeys(known))
            raise Refused(
                Refusal(
                    f"{what}「{said}」不认识。", remedy=f"可以写：{allowed}；或在对照表里写明对应哪一个。"
                )
            )
        return known[said]

    def _outcome(self, row: Sequence[str]) -> Outcome:
        if not self._told("outcome", row):
            return Outcome.OPEN
        return Outcome(self._one_of("outcome", row, OUTCOMES, what="结果"))

    def _closed_at(self, row: Sequence[str], *, at: datetime, now: datetime) -> datetime | None:
        closed_at = self._moment("closed_at", row, what="办结时间", until=now)
        if closed_at and closed_at < at:
            raise Refused(Refusal("办结时间早于事件的时间。", remedy="核对两个时间。"))
        return closed_at

    def _moment(self, fact: str, row: Sequence[str], *, what: str, until: datetime) -> datetime | None:
        said = self._text(fact, row)
        if not said:
            return None
        at = read_moment(said, zone=rulebook.calendar().zone, formats=self._formats)
        if at is None:
            raise Refused(
                Refusal(
                    f"{what}「{said}」看不懂。", remedy="写成 2026-11-24 09:30 这样，或在对照表里写明写法。"
                )
            )
        if at.year < EARLIEST:
            raise Refused(Refusal(f"{what}「{said}」太早。", remedy="核对年份。"))
        if at > until:
            raise Refused(Refusal(f"{what}「{said}」还没有到。", remedy="核对年份和日期。"))
        return at
