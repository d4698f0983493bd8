"""Taking the events of another system in (导入)."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from linli.handoffs.intake import entering, rejects, running
from linli.handoffs.management.commands import intake as command
from linli.handoffs.sweep import sweep
from linli.matters import queries as matters
from linli.record.queries import timeline
from tests.handoffs.tables import figures, reasons, receive, take_in, write
from tests.world import TUESDAY, World, instant

if TYPE_CHECKING:
    from linli.matters.models import Matter

REPORTED = "2026-11-02 09:30"
GOOD = {
    "外部编号": "A-1",
    "时间": REPORTED,
    "地点": "铜花社区",
    "类型": "投诉",
    "分类": "井盖与盖板",
    "标题": "门前盖板破损",
    "内容": "门前下水道盖板破损，需要更换。",
    "渠道": "12345 热线",
    "承办单位": "街道综合执法中心",
    "结果": "按期",
    "办结时间": "",
    "办理结果": "",
}


def taken(ref: str = "A-1", *, channel: str = "12345") -> "Matter":
    """Return what came in under an outside number."""
    found = matters.taken_in(channel=channel, external_ref=ref)
    assert found is not None
    return found


def numbered(count: int) -> list[dict[str, str]]:
    return [GOOD | {"外部编号": f"A-{n}"} for n in range(count)]


# ── What a row becomes ────────────────────────────────────────────────────────────────────────────


@pytest.mark.req("X14")
def test_an_event_walks_the_way_a_person_would_walk_it(world: World, tmp_path: Path) -> None:
    take_in(write(tmp_path, GOOD))
    matter = taken()
    assert matter.step == "appraised"
    assert matter.opened_at == instant(REPORTED)
    assert matter.lead_id == world.enforcement
    told = [(line.act, line.office) for line in timeline(matter.number)]
    assert told == [
        ("open", "居民"),
        ("dispatch", "铜花社区 调度员"),
        ("take_on", "街道综合执法中心 经办人"),
        ("finish", "街道综合执法中心 经办人"),
        ("verify", "铜花社区 调度员"),
    ]


def test_an_incident_is_found_by_the_grid_and_called_up(world: World, tmp_path: Path) -> None:
    take_in(write(tmp_path, GOOD | {"类型": "网格事件", "渠道": "网格", "地点": "tonghua_g1"}))
    matter = taken(channel="grid")
    assert (matter.subject, matter.level) == ("incident", "community")
    told = [(line.act, line.office) for line in timeline(matter.number)]
    assert told[:2] == [("open", "第一网格 专职网格员"), ("call_up", "第一网格 专职网格员")]


def test_what_came_in_closes_by_itself_when_nobody_answers(world: World, tmp_path: Path) -> None:
    take_in(write(tmp_path, GOOD))
    sweep(at=TUESDAY)
    assert taken().step == "closed"


def test_nothing_that_came_in_is_public(world: World, tmp_path: Path) -> None:
    take_in(write(tmp_path, GOOD))
    assert taken().visibility == "parties"


# ── How it ended ──────────────────────────────────────────────────────────────────────────────────

ENDINGS = (
    pytest.param({"结果": "按期"}, timedelta(), "按期限届满时记", id="按期而无办结时间"),
    pytest.param({"结果": "逾期"}, timedelta(minutes=1), "按期限届满后一分钟记", id="逾期而无办结时间"),
)


@pytest.mark.parametrize(("said", "after", "note"), ENDINGS)
def test_a_missing_end_is_taken_from_the_deadline_and_said_on_record(
    world: World, tmp_path: Path, said: dict[str, str], after: timedelta, note: str
) -> None:
    take_in(write(tmp_path, GOOD | said))
    matter = taken()
    assert matter.due_at is not None
    assert matter.answered_at == matter.due_at + after
    [finish] = [line for line in timeline(matter.number) if line.act == "finish"]
    assert note in (finish.words or "")


def test_the_end_that_the_file_gives_counts_more_than_its_outcome(world: World, tmp_path: Path) -> None:
    take_in(write(tmp_path, GOOD | {"结果": "逾期", "办结时间": "2026-11-02 15:00", "办理结果": "已更换。"}))
    matter = taken()
    assert matter.answered_at == instant("2026-11-02 15:00")
    [finish] = [line for line in timeline(matter.number) if line.act == "finish"]
    assert finish.words == "已更换。"


def test_an_event_in_time_before_its_deadline_ends_when_it_is_taken_in(world: World, tmp_path: Path) -> None:
    take_in(write(tmp_path, GOOD | {"时间": "2026-11-24 09:00"}))
    assert taken().answered_at == TUESDAY


def test_an_event_cannot_be_late_before_its_deadline(world: World, tmp_path: Path) -> None:
    path = write(tmp_path, GOOD | {"时间": "2026-11-24 09:00", "结果": "逾期"})
    assert "按本地期限要到" in reasons(take_in(path))[0]


OPEN = (
    pytest.param({}, "responded", id="有承办单位，等它接单"),
    pytest.param({"承办单位": ""}, "raised", id="没有承办单位，等受理"),
)


@pytest.mark.parametrize(("said", "step"), OPEN)
def test_an_open_event_stays_where_the_straight_way_leaves_it(
    world: World, tmp_path: Path, said: dict[str, str], step: str
) -> None:
    take_in(write(tmp_path, GOOD | {"结果": "在办"} | said))
    assert taken().step == step


def test_an_event_without_a_unit_was_solved_by_those_who_took_it_in(world: World, tmp_path: Path) -> None:
    take_in(write(tmp_path, GOOD | {"承办单位": "-"}))
    matter = taken()
    assert (matter.step, matter.lead_id) == ("appraised", None)
    [solve] = [line for line in timeline(matter.number) if line.act == "solve"]
    assert "原系统未给出承办单位" in (solve.words or "")


# ── Once, and once more ───────────────────────────────────────────────────────────────────────────


def test_the_same_file_twice_adds_nothing(world: World, tmp_path: Path) -> None:
    path = write(tmp_path, *numbered(3))
    first, second = take_in(path), take_in(path)
    assert (figures(first), figures(second)) == ((3, 0, 0, 0), (0, 0, 3, 0))


@pytest.mark.req("L15")
def test_an_intake_that_was_stopped_goes_on_where_it_stopped(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(running.KINDS, "matters", replace(running.KINDS["matters"], batch=2))
    intake = receive(write(tmp_path, *numbered(4)))
    running.start(intake, at=TUESDAY)
    running.run(intake, go=lambda one: one.done < 2)
    assert (intake.step, intake.done) == ("running", 2)
    running.run(intake, go=lambda _: True)
    assert (intake.step, figures(intake)) == ("done", (4, 0, 0, 0))


def test_a_row_goes_in_whole_or_not_at_all(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    path = write(tmp_path, GOOD)
    with monkeypatch.context() as patch:
        patch.setattr(entering.stepping, "step", stop)
        with pytest.raises(KeyboardInterrupt):
            take_in(path)
    assert matters.taken_in(channel="12345", external_ref="A-1") is None
    assert take_in(path).new == 1


def test_a_trial_run_says_the_same_and_leaves_nothing(world: World, tmp_path: Path) -> None:
    path = write(tmp_path, GOOD, GOOD | {"外部编号": "A-2", "地点": "月亮社区"})
    intake = take_in(path, is_dry=True)
    assert (intake.step, figures(intake)) == ("tried", (1, 0, 0, 1))
    assert matters.taken_in(channel="12345", external_ref="A-1") is None


# ── Rows that are sent back ───────────────────────────────────────────────────────────────────────

BAD = (
    pytest.param({"地点": "月亮社区"}, "没有「月亮社区」这个地点", id="不认识的地点"),
    pytest.param({"地点": "1栋"}, "不止一处", id="同名的地点"),
    pytest.param({"地点": "-"}, "没有写地点", id="地点是横线"),
    pytest.param({"时间": ""}, "没有写时间", id="没有时间"),
    pytest.param({"时间": "昨天"}, "看不懂", id="看不懂的时间"),
    pytest.param({"时间": "2026-02-30"}, "看不懂", id="没有的日子"),
    pytest.param({"时间": "2026-11-24 10:01"}, "还没有到", id="一分钟后的时间"),
    pytest.param({"时间": "1026-11-24"}, "太早", id="年份写错"),
    pytest.param({"内容": " "}, "没有写内容", id="没有内容"),
    pytest.param({"外部编号": ""}, "没有外部编号", id="没有外部编号"),
    pytest.param({"外部编号": "9" * 65}, "超过 64 个字符", id="过长的外部编号"),
    pytest.param({"类型": "闲聊"}, "类型「闲聊」不认识", id="不认识的类型"),
    pytest.param({"渠道": "飞鸽"}, "渠道「飞鸽」不认识", id="不认识的渠道"),
    pytest.param({"分类": "天象"}, "没有「天象」这个分类", id="不认识的分类"),
    pytest.param({"承办单位": "玉皇殿"}, "没有「玉皇殿」这个单位", id="不认识的单位"),
    pytest.param({"结果": "不详"}, "结果「不详」不认识", id="不认识的结果"),
    pytest.param({"办结时间": "2026-11-01"}, "办结时间早于", id="办结早于提出"),
    pytest.param({"时间": "2024-12-31"}, "没有人能办", id="那时还没有人在任"),
)


@pytest.mark.parametrize(("said", "reason"), BAD)
def test_a_row_that_cannot_go_in_is_sent_back_with_the_reason(
    world: World, tmp_path: Path, said: dict[str, str], reason: str
) -> None:
    path = write(tmp_path, GOOD | {"外部编号": "A-0"} | said, GOOD)
    intake = take_in(path)
    assert figures(intake) == (1, 0, 0, 1)
    assert reason in reasons(intake)[0]


def test_a_row_at_the_present_minute_goes_in(world: World, tmp_path: Path) -> None:
    assert take_in(write(tmp_path, GOOD | {"时间": "2026-11-24 10:00", "结果": "在办"})).new == 1


def test_an_outside_number_of_64_characters_goes_in(world: World, tmp_path: Path) -> None:
    assert take_in(write(tmp_path, GOOD | {"外部编号": "9" * 64})).new == 1


def test_a_number_used_twice_in_a_file_goes_in_once(world: World, tmp_path: Path) -> None:
    path = write(tmp_path, GOOD, GOOD | {"内容": "另一件事。"})
    intake = take_in(path)
    assert intake.new == 1
    assert "和第 2 行重复" in reasons(intake)[0]


def test_a_row_with_too_many_cells_is_sent_back(world: World, tmp_path: Path) -> None:
    path = write(tmp_path, GOOD)
    path.write_text(path.read_text(encoding="utf-8") + "B-1,多,出,许,多\n", encoding="utf-8")
    assert "格数" in reasons(take_in(path))[0]


def test_what_was_sent_back_goes_in_once_it_is_mended(world: World, tmp_path: Path) -> None:
    intake = take_in(write(tmp_path, GOOD | {"地点": "月亮社区", "内容": "=1+1，电梯又坏了。"}))
    sent_back = tmp_path / "sent_back.xlsx"
    sent_back.write_bytes(rejects.workbook(intake))
    book = load_workbook(sent_back)
    for cell in next(column for column in book.active.iter_cols() if column[2].value == "地点")[3:]:
        cell.value = "铜花社区"
    book.save(sent_back)
    assert take_in(sent_back).new == 1
    assert timeline(taken().number)[0].words == "=1+1，电梯又坏了。"


def test_a_file_of_which_every_row_went_in_is_deleted(world: World, tmp_path: Path) -> None:
    take_in(write(tmp_path, GOOD))
    assert list((tmp_path / "home" / "intake").iterdir()) == []


# ── How things are written ────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_the_encodings_of_offices_are_read(world: World, tmp_path: Path, encoding: str) -> None:
    assert take_in(write(tmp_path, GOOD, encoding=encoding)).new == 1
    assert taken().title == "门前盖板破损"


MOMENTS = (
    pytest.param("2026/11/2 7:13:58", "2026-11-02 07:13:58", id="斜线、不补零"),
    pytest.param("2026-11-02T07:13", "2026-11-02 07:13", id="中间是 T"),
    pytest.param("2026年11月2日", "2026-11-02 00:00", id="只有日期"),
)


@pytest.mark.parametrize(("said", "meant"), MOMENTS)
def test_the_common_ways_to_write_a_moment_are_read(
    world: World, tmp_path: Path, said: str, meant: str
) -> None:
    take_in(write(tmp_path, GOOD | {"时间": said}))
    assert taken().opened_at == instant(meant)


def test_a_long_title_is_cut_and_the_words_are_kept_whole(world: World, tmp_path: Path) -> None:
    long = "很长的标题" * 40
    take_in(write(tmp_path, GOOD | {"标题": long, "内容": long * 20}))
    assert taken().title == long[:79] + "…"
    assert timeline(taken().number)[0].words == long * 20


def test_events_of_the_same_second_each_go_in(world: World, tmp_path: Path) -> None:
    assert take_in(write(tmp_path, *numbered(5))).new == 5


# ── The mapping ───────────────────────────────────────────────────────────────────────────────────

OTHER = {
    "REC_ID": "77",
    "CREATED": "02.11.2026 09:30",
    "STREET": "新下陆街道",
    "COMMUNITY": "铜花社区",
    "TYPE": "市政设施",
    "SUB": "井盖",
    "UNIT": "执法队",
}
MAPPING = """
pack = "xinxialu"
moments = ["%d.%m.%Y %H:%M"]

[external_ref]
from = "REC_ID"

[opened_at]
from = "CREATED"

[place]
from = ["STREET", "COMMUNITY"]
otherwise = "xinxialu"
values = { "老街/下段" = "铜都社区" }

[kind]
otherwise = "投诉"

[channel]
otherwise = "12345"

[category]
from = ["TYPE", "SUB"]
values = { "井盖" = "manhole" }

[words]
from = ["TYPE", "SUB"]

[unit]
from = "UNIT"
values = { "执法队" = "xinxialu_enforcement" }
"""


def mapping_file(folder: Path, text: str = MAPPING) -> Path:
    path = folder / "mapping.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_mapping_says_which_column_is_what(world: World, tmp_path: Path) -> None:
    take_in(write(tmp_path, OTHER), mapping=mapping_file(tmp_path))
    matter = taken("77")
    assert matter.opened_at == instant(REPORTED)
    assert (matter.place.name, matter.category, matter.lead_id) == ("铜花社区", "manhole", world.enforcement)
    assert timeline(matter.number)[0].words == "市政设施，井盖"


PLACES = (
    pytest.param({"STREET": "老街", "COMMUNITY": "下段"}, "铜都社区", id="两列合起来有对应"),
    pytest.param({"STREET": "-", "COMMUNITY": "-"}, "新下陆街道", id="空着时算街道"),
    pytest.param({"STREET": "-"}, "铜花社区", id="只缺街道"),
)


@pytest.mark.parametrize(("said", "meant"), PLACES)
def test_a_mapping_finds_the_place(world: World, tmp_path: Path, said: dict[str, str], meant: str) -> None:
    take_in(write(tmp_path, OTHER | said), mapping=mapping_file(tmp_path))
    assert taken("77").place.name == meant


def test_a_place_must_lie_where_the_row_says(world: World, tmp_path: Path) -> None:
    path = write(tmp_path, OTHER | {"STREET": "铜都社区"})
    intake = take_in(path, mapping=mapping_file(tmp_path))
    assert "没有「铜都社区 › 铜花社区」这个地点" in reasons(intake)[0]


FAULTS = (
    pytest.param(
        '[place]\nfrom = "HERE"\n', "mapping.toml:2 place.from", "没有「HERE」这一列", id="没有的列"
    ),
    pytest.param('[place]\nform = "STREET"\n', "mapping.toml:2 place.form", "", id="不认识的键"),
    pytest.param("[place]\nfrom = 3\n", "mapping.toml:2 place.from", "", id="列名不是文字"),
    pytest.param('[place]\nfrom = "STREET\n', "mapping.toml:2", "引号", id="引号没有闭合"),
    pytest.param('[place]\nfrom = "STREET"\n', "external_ref", "没有说明它在哪一列", id="缺了必填的列"),
)


@pytest.mark.parametrize(("text", "where", "reason"), FAULTS)
def test_a_faulty_mapping_is_refused_with_file_line_and_reason(
    world: World, tmp_path: Path, text: str, where: str, reason: str
) -> None:
    path = write(tmp_path, OTHER)
    with pytest.raises(CommandError) as refused:
        call_command("intake", path, mapping=mapping_file(tmp_path, text))
    assert where in str(refused.value)
    assert reason in str(refused.value)


# ── The command ───────────────────────────────────────────────────────────────────────────────────


def test_the_command_says_what_it_did(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "now", lambda: TUESDAY)
    call_command("intake", write(tmp_path, GOOD, GOOD | {"外部编号": "A-2", "地点": "月亮社区"}))
    said = capsys.readouterr().out
    assert "读了 2 行：新录入 1，有变化 0，以前录过 0，退回 1。" in said
    assert "events.bad.xlsx" in said


def test_a_stopped_command_says_how_to_go_on(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(command, "now", lambda: TUESDAY)
    monkeypatch.setattr(entering.stepping, "step", stop)
    with pytest.raises(SystemExit) as left:
        call_command("intake", write(tmp_path, GOOD))
    assert left.value.code == 130
    assert "再运行同一条命令，接着录" in capsys.readouterr().out


FILES = (
    pytest.param(b"", "是空的", id="空文件"),
    pytest.param("外部编号,外部编号\n".encode(), "列名重复", id="重复的列名"),
    pytest.param("编号,事项\n1,2\n".encode(), "没有说明它在哪一列", id="认不出的列名"),
    pytest.param(b"\xff\xfea\x00b", "文字读不出来", id="断在半个字上"),
)


@pytest.mark.parametrize(("content", "reason"), FILES)
def test_a_file_that_cannot_be_read_is_refused(
    world: World, tmp_path: Path, content: bytes, reason: str
) -> None:
    path = tmp_path / "events.csv"
    path.write_bytes(content)
    with pytest.raises(CommandError, match=reason):
        call_command("intake", path)


def test_a_missing_file_is_named(world: World, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"打不开.*nowhere\.csv"):
        call_command("intake", tmp_path / "nowhere.csv")


def test_a_cell_may_hold_several_lines(world: World, tmp_path: Path) -> None:
    take_in(write(tmp_path, GOOD | {"内容": "第一行\n第二行"}))
    assert timeline(taken().number)[0].words == "第一行\n第二行"


def test_a_file_that_is_being_taken_in_is_not_begun_twice(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "now", lambda: TUESDAY)
    path = write(tmp_path, *numbered(2))
    intake = receive(path)
    running.start(intake, at=TUESDAY)
    monkeypatch.setitem(running.KINDS, "matters", replace(running.KINDS["matters"], batch=1))
    running.run(intake, go=lambda one: one.done < 1)
    with pytest.raises(CommandError, match="正在录入"):
        call_command("intake", path)
    running.run(intake, go=lambda _: True)
    assert intake.new == 2
