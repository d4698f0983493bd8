"""A gallery of the components in realistic pages, to look at and to check, without a database.

``python tests/browser/gallery.py var/gallery`` writes it; serve that folder to look at it.
"""

import os
import shutil
import sys
from datetime import datetime
from itertools import groupby
from pathlib import Path
from types import SimpleNamespace as Row
from typing import Any
from zoneinfo import ZoneInfo

import django
from jinja2 import Environment, FileSystemLoader

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
FRAME = ROOT / "linli" / "frame"
PARTS = ("matter_part",)
PAGES = ("home", "report", "matter", "inbox", "inbox_empty", "overview", "notice", "pieces", "wall")
_SITES = (
    *((40 + 118 * column, 168 - 3 * column) for column in range(4)),
    *((560 + 140 * column, 160 - 4 * column) for column in range(3)),
    *((52 + 114 * column, 240 + 130) for column in range(4)),
    *((800, 345), (560, 470), (700, 466), (836, 460), (52, 476), (166, 474)),
)
NOW = datetime(2026, 11, 23, 10, 20, tzinfo=ZoneInfo("Asia/Shanghai"))


def write(folder: Path) -> None:
    """Write every page twice, as it is and in large print, beside the static files it needs."""
    folder.mkdir(parents=True, exist_ok=True)
    _copy_static(folder / "static")
    env = _environment()
    for part in PARTS:
        words = env.get_template(f"{part}.html").render(**_context(elders=False))
        (folder / f"{part}.html").write_text(words, encoding="utf-8")
    for page in PAGES:
        for elders in (False, True):
            name = f"{page}-elders.html" if elders else f"{page}.html"
            words = env.get_template(f"{page}.html").render(**_context(elders=elders))
            (folder / name).write_text(words, encoding="utf-8")


def _environment() -> Environment:
    from linli.frame import jinja

    loader = FileSystemLoader([HERE / "gallery", FRAME / "jinja2"])
    env = jinja.environment(loader=loader, autoescape=True)
    env.globals["static"] = "static/{}".format
    return env


def _copy_static(folder: Path) -> None:
    import django_htmx

    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(FRAME / "static", folder)
    shutil.copytree(Path(django_htmx.__file__).parent / "static", folder, dirs_exist_ok=True)
    shutil.copy(HERE / "gallery" / "sample.svg", folder)


def _context(*, elders: bool) -> dict[str, Any]:
    from linli.core.clause import Clause
    from linli.core.refusal import Refusal
    from linli.frame import qr

    pause = Clause("pause", "下陆区网格事件处置规则", "第十四条")
    return {
        "now": NOW,
        "elders": elders,
        "elders_href": "#elders",
        "accessible_href": "#accessible",
        "complaint_href": "#complaint",
        "hotline": "0000-1234567",
        "csrf_input": "",
        "code": qr.svg("http://127.0.0.1:8000/m/XXL-2026-001207", title="事项 XXL-2026-001207 的二维码"),
        "refusals": (
            Refusal(
                "这件事要等居民补充材料才可以暂停，现在没有需要补充的材料。",
                clause=pause,
                remedy="先用「请居民补充」写明缺哪一样，居民收到后时限自动停下。",
                asked="暂停计时",
                figures=(("已用", "1天5小时"), ("剩余", "1天3小时"), ("已暂停", "0 次")),
            ),
        ),
        "no_second_return": (
            Refusal(
                "这张单已经退过一次，不能再退。",
                clause=Clause("return", "下陆区网格事件处置规则", "第二十一条"),
                remedy="有争议可以请街道综治中心仲裁。",
            ),
        ),
        "steps": _steps(),
        "entries": _entries(),
        "plan_shapes": _plan(),
        "groups": _groups(),
        "form": _form(),
        "weeks": tuple(f"{week}周" for week in range(40, 48)),
        **_navigation(),
    }


def _navigation() -> dict[str, Any]:
    return {
        "residents_nav": (
            Row(label="首页", href="home.html", icon="home", current=True, count=0),
            Row(label="我要反映", href="report.html", icon="report", current=False, count=0),
            Row(label="身边事", href="#nearby", icon="nearby", current=False, count=0),
            Row(label="我的", href="#mine", icon="person", current=False, count=2),
        ),
        "staff_nav": (
            Row(label="收件箱", href="inbox.html", icon="inbox", current=True, count=17),
            Row(label="网格今日", href="#today", icon="calendar", current=False, count=0),
            Row(label="登记簿", href="#registers", icon="register", current=False, count=0),
            Row(label="总览", href="overview.html", icon="chart", current=False, count=0),
            Row(label="组织", href="#bodies", icon="tree", current=False, count=0),
            Row(label="规则", href="#rules", icon="scales", current=False, count=0),
        ),
        "offices": (
            Row(key="1", label="铜花社区 网格长", current=True),
            Row(key="2", label="三号小区党支部 书记", current=False),
        ),
    }


def _steps() -> tuple[Row, ...]:
    return (
        Row(title="网格发现", state="done", words="11月20日"),
        Row(title="社区呼叫", state="done", words="11月20日"),
        Row(title="分级响应", state="done", words="11月21日"),
        Row(title="协同处置", state="now", words="还有1天3小时"),
        Row(title="核实", state="next", words=""),
        Row(title="居民评价", state="next", words=""),
        Row(title="公开", state="skipped", words="不需要"),
    )


def _entries() -> tuple[Row, ...]:
    tone = {"tone": "", "words": "", "clause": "", "papers": (), "photos": (), "office": ""}

    def entry(day: int, hour: int, **fields: Any) -> Row:
        return Row(**tone | fields, at=NOW.replace(day=day, hour=hour, minute=5))

    return (
        entry(
            22,
            16,
            act="请求协同",
            who="程远",
            office="综合执法中心 负责人",
            words="井座已经沉降，需要市政排水队一起换井圈。",
        ),
        entry(
            21,
            9,
            act="派办",
            who="马秀云",
            office="铜花社区 居委会主任",
            words="请综合执法中心牵头，三号小区物业协助围挡。",
            clause="《下陆区网格事件处置规则》第九条",
            tone="official",
            papers=(("派办单 XXL-2026-001207-1", "#paper"),),
        ),
        entry(
            20,
            17,
            act="呼叫社区",
            who="王秋月",
            office="三号小区 网格员",
            words="盖板断成两半，先用雪糕筒围上了。夜里没有灯，老人经过容易踩空。",
            photos=(("static/sample.svg", "断成两半的盖板"), ("static/sample.svg", "围起来的井口")),
        ),
        entry(20, 16, act="发现", who="王秋月", office="三号小区 网格员"),
    )


def _groups() -> tuple[Row, ...]:
    names = ("group", "number", "title", "place", "step", "holder", "clock_state", "clock_words")
    same = {"href": "matter.html", "part_href": "matter_part.html", "clock_exact": "11月24日 周二 17:00"}
    lines = (HERE / "gallery" / "inbox.txt").read_text(encoding="utf-8").splitlines()
    rows = [Row(**same, **dict(zip(names, line.split("|"), strict=True))) for line in lines]
    groups = groupby(rows, key=lambda row: row.group)
    return tuple(Row(title=title, rows=tuple(members)) for title, members in groups)


def _form() -> Any:
    from django import forms

    class Reply(forms.Form):
        words = forms.CharField(
            label="补充说明", help_text="缺什么补什么，不用重写。", max_length=20, widget=forms.Textarea
        )
        on = forms.DateField(
            label="什么时候方便上门", widget=forms.DateInput(attrs={"type": "date"}), required=False
        )
        level = forms.ChoiceField(label="等级", choices=(("1", "应急单"), ("2", "重点单"), ("3", "常规单")))
        way = forms.ChoiceField(
            label="怎么联系您", choices=(("call", "打电话"), ("text", "发短信")), widget=forms.RadioSelect
        )
        told = forms.BooleanField(label="我已经看过办理规则")

    return Reply(
        {"words": "一楼采光要看设计图，设计图还没有拿到，请给我一周时间准备。", "on": "", "level": "2"}
    )


def _plan() -> tuple[Row, ...]:
    ground: dict[str, Any] = {"label": "", "x": 0, "y": 0, "href": "", "key": "", "count": 0, "heat": 0}
    shapes = [
        Row(**ground | {"kind": "green", "points": "0,0 1000,0 1000,70 620,96 0,60"}),
        Row(
            **ground
            | {
                "kind": "water",
                "points": "0,600 180,570 420,592 700,560 1000,580 1000,640 0,640",
                "label": "陆家河",
                "x": 330,
                "y": 610,
            }
        ),
        Row(**ground | {"kind": "road", "points": "0,120 340,132 1000,104", "label": ""}),
        Row(**ground | {"kind": "road", "points": "522,118 530,330 515,560"}),
        Row(**ground | {"kind": "road", "points": "30,302 520,298 1000,290"}),
        Row(
            **ground
            | {
                "kind": "green",
                "points": "560,352 760,346 770,436 570,444",
                "label": "中心花园",
                "x": 666,
                "y": 400,
            }
        ),
    ]
    counts = {2: (3, 2), 5: (7, 4), 7: (1, 1), 9: (4, 3)}
    corners = ((0, 4), (104, 0), (107, 66), (3, 70))
    for index, (x, y) in enumerate(_SITES, start=1):
        count, heat = counts.get(index, (0, 0))
        points = " ".join(f"{x + dx},{y + dy}" for dx, dy in corners)
        own = {"kind": "building", "points": points, "label": f"{index}栋", "x": x + 53, "y": y + 35}
        shapes.append(
            Row(**ground | own | {"href": f"#{index}", "key": f"b{index}", "count": count, "heat": heat})
        )
    return tuple(shapes)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.config.settings")
    django.setup()
    write(Path(sys.argv[1]))
