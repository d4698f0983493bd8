"""What finding costs: by the index, by raw SQL on the same index, by a scan, at two sizes (检索).

``python -m bench.finding 10000 1000000`` measures only this, on sites of matters without a history: those are
written in minutes.
"""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from random import Random
from statistics import median
from typing import Any

from django.db import connection, transaction
from django.db.models import DateTimeField, Max
from django.test import Client, override_settings
from django.urls import reverse

from bench import meter
from bench.cast import account
from bench.site import STORAGES, Site, sites
from bench.table import Table
from linli.bodies.actor import Actor
from linli.cases.models import Case
from linli.console import lists
from linli.frame import finding
from linli.frame.clock import now
from linli.matters.models import Matter
from linli.methods.tokens import Term, runs, tokens_of
from linli.places.path import end_of
from linli.rulebook.asking import asked

POOL = 20_000
STORIES = 1_000
_TWO_YEARS = 2 * 365 * 86_400
_SHIFT = {
    "postgresql": "{{column}} - n * interval '{seconds} seconds'",
    "sqlite": "strftime('%Y-%m-%d %H:%M:%S', {{column}}, '-' || (n * {seconds}) || ' seconds')",
}
PAGE = 25
PAIRS = 5
SEED = 20261122

# How often what is spoken of: of a hundred reports, so many.
THINGS = {
    "停车位": 9, "电梯": 9, "下水道": 8, "噪音": 8, "垃圾桶": 8, "路灯": 7, "供暖": 6, "单元门": 5,
    "自来水": 5, "绿化带": 5, "屋顶": 5, "消防通道": 4, "宽带": 4, "充电桩": 4, "围墙": 3, "健身器材": 2,
    "监控探头": 2, "快递柜": 2, "污水井": 2, "变压器": 1, "晾衣架": 1,
}  # fmt: skip
FAULTS = (
    "坏了",
    "不亮",
    "堵塞",
    "漏水",
    "被占用",
    "异响",
    "晃动",
    "停用",
    "反复报修",
    "没有人管",
    "破损",
    "发臭",
)
PEOPLE = ("老人", "孩子", "住户", "租户", "商户", "快递员", "残疾人", "上班的人")
MISHAPS = ("差点摔倒", "出不了门", "晚上睡不好", "绕了很远", "等了三天", "提了多次", "很不方便", "担心出事")
SCENES = (
    "大门口",
    "楼道里",
    "地下车库",
    "小广场",
    "东侧围栏",
    "三楼拐角",
    "雨棚下面",
    "物业门前",
    "学校对面",
    "菜场旁边",
)
ASKS = ("请尽快处理。", "希望物业回复。", "请社区协调。", "麻烦派人看看。", "请给个答复。")
# A word of everybody, a phrase, two words, a sentence, a word of a hundredth, one that stands in a few.
SOUGHT = ("电梯", "消防通道", "路灯 老人", "电梯晃动孩子", "变压器", "张记铺")
_TEXTS = (
    "FROM matters_matter m JOIN cases_case c ON c.matter_id = m.id"
    " WHERE m.place_path >= %s AND m.place_path < %s AND {words}"
)


def measure(built: Mapping[str, Site]) -> Table:
    """Measure finding in a wide and in a narrow reach, and the whole page (检索)."""
    for site in built.values():
        site.enter()
        say_something()
    rows = tuple(_rows(built))
    small, large = (f"{built[name].size:,}" for name in ("small", "large"))
    return Table(
        "Finding",
        f"CPU milliseconds, medians of {PAIRS} rounds. Wide is a "
        "subdistrict with everything in it, narrow one community of it. Raw is the same condition on "
        "the same index in one statement, ordered; a walk looks through title and words by ILIKE, the newest "
        "first, until a page is full, a scan through all. The page is the whole request.",
        ("sought", f"at {small}", f"at {large}", "growth", "raw", "÷ raw", "walk", "scan", "scan ÷ ours"),
        rows,
    )


def say_something() -> None:
    """Give every case words of its own, spread like people's, and index them anew (合成文字)."""
    texts = _texts()
    finding.take_down(Case, connection)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE said (n int PRIMARY KEY, words text, tokens text)")
        rows = [(n, words, tokens_of(words).strip()) for n, words in enumerate(texts)]
        cursor.executemany("INSERT INTO said VALUES (%s, %s, %s)", rows)
        cursor.execute(_SAY[connection.vendor])
        cursor.execute("DROP TABLE said")
    finding.build(Case, connection)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # What other processes do for a statement would not be counted.
            cursor.execute("SET max_parallel_workers_per_gather = 0")
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM (FULL, ANALYZE) cases_case")


def grow(size: int) -> None:
    """Copy the matters of a site, without what hangs on them, over the two years before (填充)."""
    told, last = Matter.objects.count(), Matter.objects.aggregate(last=Max("pk"))["last"]
    copies = size // told - 1
    shift = _SHIFT[connection.vendor].format(seconds=_TWO_YEARS // max(copies, 1))
    own = [one for one in Matter._meta.concrete_fields if not one.generated]
    values = {str(one.column): _quoted(one.column) for one in own}
    values |= {
        str(one.column): shift.format(column=one.column) for one in own if isinstance(one, DateTimeField)
    }
    number = f"id + n * {last}"
    values |= {"id": number, "number": f"'COPY-' || ({number})", "token": f"'copy' || ({number})"}
    turns = f"WITH RECURSIVE turns(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM turns WHERE n < {copies})"
    names, kept = ", ".join(map(_quoted, values)), ", ".join(values.values())
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO matters_matter ({names}) {turns} SELECT {kept} FROM matters_matter, turns"
            f" WHERE external_ref = '' AND id <= {last}"
        )
        facts = {
            "matter_id": "m.id",
            "concern_kind": "''",
            "words": "''",
            "place_words": "''",
            "answer": "''",
        }
        facts |= {"contact_name": "''", "contact_phone": "''", "tokens": "''"}
        cursor.execute(
            f"INSERT INTO cases_case ({', '.join(facts)}) SELECT {', '.join(facts.values())}"
            f" FROM matters_matter m WHERE m.id > {last}"
        )


def _quoted(name: str | None) -> str:
    return connection.ops.quote_name(str(name))


def _texts() -> list[str]:
    chance = Random(SEED)
    names, weights = list(THINGS), list(THINGS.values())
    found = []
    for number in range(POOL):
        thing, fault, scene = chance.choices(names, weights)[0], chance.choice(FAULTS), chance.choice(SCENES)
        shop = "，在张记铺门前" if not number % 4000 else ""
        found.append(
            f"{chance.randint(1, 60)}栋{scene}的{thing}{fault}{shop}，{chance.choice(PEOPLE)}"
            f"{chance.choice(MISHAPS)}，{chance.choice(PEOPLE)}{chance.choice(MISHAPS)}。{chance.choice(ASKS)}"
        )
    return found


_AT_PLACE = " || ".join(
    f"CASE WHEN length(place_path) >= {end} THEN ' @' || substr(place_path, 1, {end}) ELSE '' END"
    for end in range(4, 29, 4)
)


def _say(day: str) -> str:
    spans = " || ".join(f"' ~{shift}' || ({day} >> {shift})" for shift in (0, 3, 6))
    keys = f"SELECT id, {_AT_PLACE} || {spans} || ' #' || category AS words FROM matters_matter"
    return (
        "UPDATE cases_case SET words = said.words, tokens = ' ' || said.tokens || keys.words || ' '"
        f" FROM said, ({keys}) AS keys"
        f" WHERE keys.id = cases_case.matter_id AND said.n = cases_case.matter_id % {POOL}"
    )


_SAY = {
    "postgresql": _say("(floor(extract(epoch FROM opened_at))::bigint / 86400)::int"),
    "sqlite": _say("(CAST(strftime('%s', opened_at) AS INTEGER) / 86400)"),
}


def _rows(built: Mapping[str, Site]) -> Iterator[tuple[str, ...]]:
    readers: tuple[tuple[str, Callable[[Site], Actor]], ...] = (
        ("wide", lambda site: site.cast.overseer),
        ("narrow", lambda site: site.cast.homes[0].dispatcher),
    )
    every: dict[str, list[float]] = {name: [] for name in ("small", "large", "raw", "walk", "scan")}
    for reach, reader in readers:
        for sought in SOUGHT:
            jobs = {name: _find(site, reader(site), sought) for name, site in built.items()}
            jobs |= {
                name: _by_hand(ask, built["large"], reader, sought)
                for name, ask in {"raw": _raw, "walk": _walk, "scan": _scan}.items()
            }
            samples = meter.interleave(jobs, times=1, pairs=PAIRS)
            taken = {name: meter.middle(spent) for name, spent in samples.items()}
            for name, spent in taken.items():
                every[name].append(spent)
            line = _line(f"{reach}: {sought}", taken)
            print(f"  {' · '.join(line)}", flush=True)
            yield line
    yield _line("**median of these**", {name: median(spent) for name, spent in every.items()})
    yield _page(built)


def _line(title: str, taken: Mapping[str, float]) -> tuple[str, ...]:
    small, large, raw, walk, scan = (taken[name] for name in ("small", "large", "raw", "walk", "scan"))
    return (
        title, f"{small:.2f}", f"{large:.2f}", f"{large / small:.1f}",
        f"{raw:.1f}", f"{large / raw:.2f}", f"{walk:.0f}", f"{scan:.0f}", f"{scan / large:.0f}",
    )  # fmt: skip


def _find(site: Site, reader: Actor, sought: str) -> meter.Job:
    terms = asked(sought)

    def find() -> None:
        site.enter()
        rows = lists.within_reach(reader)
        lists.newest(reader, rows, terms=terms, at=now(), cursor="", size=PAGE)

    return find


def _by_hand(
    ask: Callable[[Actor, str], None], site: Site, reader: Callable[[Site], Actor], sought: str
) -> meter.Job:
    def by_hand() -> None:
        site.enter()
        ask(reader(site), sought)

    return by_hand


def _raw(reader: Actor, sought: str) -> None:
    """Ask the index in one statement, as somebody would by hand."""
    terms: tuple[Term, ...] = asked(sought)
    condition = finding.matching(terms, column="case__tokens")
    reach = lists.within_reach(reader).filter(condition).order_by("-opened_at", "-id")
    sql, params = reach.values_list(*lists.COLUMNS).query.get_compiler(using="default").as_sql()
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} LIMIT 26", params)
        cursor.fetchall()


def _walk(reader: Actor, sought: str) -> None:
    """Look through the texts, the newest first, until a page is full."""
    _look_through(
        reader, sought, f"SELECT m.id {_TEXTS} ORDER BY m.opened_at DESC, m.id DESC LIMIT {PAGE + 1}"
    )


def _scan(reader: Actor, sought: str) -> None:
    """Look through every text, as a list does that says how many there are."""
    _look_through(reader, sought, f"SELECT count(*) {_TEXTS}")


def _look_through(reader: Actor, sought: str, statement: str) -> None:
    (path,) = reader.reach()
    like = "ILIKE" if connection.vendor == "postgresql" else "LIKE"
    words = [f"%{run}%" for run in runs(sought)]
    each = " AND ".join([f"(m.title {like} %s OR c.words {like} %s)"] * len(words))
    said = (path, end_of(path), *(word for one in words for word in (one, one)))
    with connection.cursor() as cursor:
        cursor.execute(statement.format(words=each), said)
        cursor.fetchall()


def _page(built: Mapping[str, Site]) -> tuple[str, ...]:
    def visit(site: Site) -> meter.Job:
        site.enter()
        client = Client(SERVER_NAME="localhost")
        client.force_login(account(site.cast.overseer))

        def look() -> Any:
            site.enter()
            return client.get(reverse("console:find"), {"q": "电梯"})

        return look

    taken = meter.interleave({name: visit(site) for name, site in built.items()}, times=2, pairs=5)
    small, large = meter.middle(taken["small"]), meter.middle(taken["large"])
    growth = meter.ratio(taken["large"], taken["small"])
    return ("the page, CPU", f"{small:.1f}", f"{large:.1f}", f"{growth:.2f}", "—", "—", "—", "—", "—")


def main(sizes: Sequence[str]) -> None:
    """Measure on two sites that hold nothing but matters to be found."""
    # The pages are loaded first: what is wrong with them shows before the sites are filled.
    reverse("console:find")
    small, large = (int(size) for size in sizes)
    with override_settings(STORAGES=STORAGES), sites({"small": STORIES, "large": STORIES}) as built:
        grown = {}
        for name, size in {"small": small, "large": large}.items():
            built[name].enter()
            grow(size)
            grown[name] = replace(built[name], size=size)
        print(measure(grown).markdown())


if __name__ == "__main__":
    main(sys.argv[1:])
