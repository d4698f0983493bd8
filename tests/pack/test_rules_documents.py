"""What the documents on rules reckon for people is what the house reckons."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from linli.core.calendar import CHINA_TIME
from linli.core.forum import Notice, Window
from linli.core.funnel import Count, Funnel, Measure
from linli.core.notice import judge
from linli.core.publicity import Publicity
from linli.core.window import judge as judge_window
from linli.pack.calendars import read_calendar
from linli.pack.law import read_law

ROOT = Path(__file__).parents[2]
RULES = ROOT / "docs" / "rules"
LAW = read_law(ROOT / "packs" / "law" / "2026")
CALENDAR = read_calendar(ROOT / "packs" / "calendars")


def rows(name: str, *, columns: int) -> Iterator[list[str]]:
    """Read the rows of the worked tables of a document that have so many columns."""
    for line in (RULES / name).read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("|") and len(cells) == columns and cells[1].partition(".")[0] in LAW.rules:
            yield cells


def amounts(cell: str) -> list[int]:
    return [int(one) for one in cell.split("、")]


THRESHOLDS = {row[0]: row[1:] for row in rows("thresholds.md", columns=8)}
OWNERS = {row[0]: row[1:] for row in rows("thresholds.md", columns=5)}
NOTICES = {row[0]: row[1:] for row in rows("notice.md", columns=7)}
WINDOWS = {row[0]: row[1:] for row in rows("notice.md", columns=5)}
NOTICES_OF_RESULTS = {row[0]: row[1:] for row in rows("publicity.md", columns=6)}


@pytest.mark.parametrize("row", THRESHOLDS.values(), ids=THRESHOLDS)
def test_a_threshold_is_reckoned_as_the_document_says(row: list[str]) -> None:
    reference, measure, *counted, said = row
    rule_id, _, name = reference.partition(".")
    count = Count(Measure(measure), int(counted[0]), *(int(one) if one else None for one in counted[1:]))
    assert LAW.rule(rule_id).threshold(name).is_met_by(Funnel.of(count)) is (said == "成立")


@pytest.mark.parametrize("row", OWNERS.values(), ids=OWNERS)
def test_owners_are_reckoned_by_area_and_heads_as_the_document_says(row: list[str]) -> None:
    reference, area, heads, said = row
    rule_id, _, name = reference.partition(".")
    counts = []
    for measure, cell in ((Measure.FLOOR_AREA, area), (Measure.HEADCOUNT, heads)):
        entitled, voting, agreeing = amounts(cell)
        counts.append(Count(measure, entitled, voting, voting, agreeing))
    assert LAW.rule(rule_id).threshold(name).is_met_by(Funnel.of(*counts)) is (said == "成立")


@pytest.mark.parametrize("row", NOTICES.values(), ids=NOTICES)
def test_a_notice_is_reckoned_as_the_document_says(row: list[str]) -> None:
    reference, may_be_shorter, told, meets, reason, said = row
    rule_id, _, name = reference.partition(".")
    rule = LAW.rule(rule_id)
    verdict = judge(
        Notice(rule.term(name), rule.clause, may_be_shorter=may_be_shorter == "可以"),
        told_at=datetime.fromisoformat(f"{told} 09:00").replace(tzinfo=CHINA_TIME),
        meets_at=datetime.fromisoformat(f"{meets} 19:00").replace(tzinfo=CHINA_TIME),
        calendar=CALENDAR,
        reason=reason,
    )
    assert verdict.is_yes is (said == "可以召集")


@pytest.mark.parametrize("row", WINDOWS.values(), ids=WINDOWS)
def test_a_window_is_reckoned_as_the_document_says(row: list[str]) -> None:
    rule_id, *times, said = row
    rule = LAW.rule(rule_id)
    window = Window(rule.term("window_shortest"), rule.term("window_longest"), rule.clause)
    opens, closes = (datetime.fromisoformat(one).replace(tzinfo=CHINA_TIME) for one in times)
    verdict = judge_window(window, opens_at=opens, closes_at=closes, calendar=CALENDAR)
    assert verdict.is_yes is (said == "可以发起")


@pytest.mark.parametrize("row", NOTICES_OF_RESULTS.values(), ids=NOTICES_OF_RESULTS)
def test_a_publicity_is_reckoned_as_the_document_says(row: list[str]) -> None:
    reference, shown, now, objections, said = row
    rule_id, _, name = reference.partition(".")
    begun, at = (datetime.fromisoformat(one).replace(tzinfo=CHINA_TIME) for one in (shown, now))
    notice = Publicity.under(LAW.rule(rule_id).term(name), shown_at=begun)
    assert notice.may_close(at=at, objections=int(objections)).is_yes is (said == "可以结束")


def test_no_table_was_left_unread() -> None:
    read = (THRESHOLDS, OWNERS, NOTICES, WINDOWS, NOTICES_OF_RESULTS)
    assert [len(table) for table in read] == [20, 7, 8, 4, 8]
