"""Reading what a call asks for: the place, the dates, the fields of a new request (请求参数)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpRequest

from linli.cases.actions.reporting import Report
from linli.cases.kinds import ConcernKind
from linli.core.calendar import CHINA_TIME
from linli.gateways import taking_in
from linli.gateways.open311 import ground
from linli.gateways.open311.ground import Degrees
from linli.gateways.problems import Problem, Wrong
from linli.gateways.systems.caller import Caller
from linli.pack.edition import Edition
from linli.places import queries as places
from linli.places.path import is_within
from linli.places.queries import Spot
from linli.rulebook import queries as rulebook

LONGEST_SPAN = timedelta(days=90)
_YEARS = range(2000, 2101)
_LONGEST = {
    "description": 2000, "address_string": 120, "address_id": 64, "first_name": 20, "last_name": 20,
    "phone": 20, "media_url": 200, "attribute[place_words]": 120,
}  # fmt: skip
_ZONE_AFTER_BLANK = re.compile(r" (\d\d:?\d\d)$")


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    """The place one asks of: its root and the rules in force there (辖区)."""

    root: Spot
    edition: Edition


def jurisdiction(asked: Mapping[str, str]) -> Jurisdiction:
    """Find the place; where there is only one, it need not be named."""
    roots = {spot.pack: spot for spot in places.spots(places.roots())}
    key = asked.get("jurisdiction_id", "").strip()
    if not key and len(roots) != 1:
        raise Wrong(Problem.UNREADABLE, "没有写 jurisdiction_id。")
    root = roots.get(key) if key else next(iter(roots.values()))
    if root is None:
        raise Wrong(Problem.NOT_FOUND, f"没有 jurisdiction_id 为「{key}」的地方。")
    return Jurisdiction(root, rulebook.current(root.pack))


def span(asked: Mapping[str, str], *, at: datetime) -> tuple[datetime, datetime]:
    """Read between which instants; ninety days at most, back from the end."""
    end = _instant(asked, "end_date")
    start = _instant(asked, "start_date")
    if end is None:
        end = min(start + LONGEST_SPAN, at) if start else at
    if start is None or end - start > LONGEST_SPAN:
        start = end - LONGEST_SPAN
    return start, end


def number(asked: Mapping[str, str], name: str, *, default: int, most: int) -> int:
    """Read a small whole number."""
    given = asked.get(name, "") or str(default)
    if not (given.isascii() and given.isdigit() and len(given) <= len(str(most)) and int(given) >= 1):
        raise Wrong(Problem.UNREADABLE, f"{name} 要写成 1 到 {most} 的整数。")
    return min(int(given), most)


def new_request(asked: Mapping[str, str], *, of: Jurisdiction, caller: Caller) -> Report:
    """Read a new service request into what the house is told (新请求)."""
    for name, most in _LONGEST.items():
        if len(asked.get(name, "")) > most:
            raise Wrong(Problem.UNREADABLE, f"{name} 最多 {most} 个字。")
    code = asked.get("service_code", "").strip()
    if code not in of.edition.categories:
        raise Wrong(Problem.NOT_FOUND, f"没有 service_code「{code}」。" if code else "没有写 service_code。")
    words = asked.get("description", "").strip()
    if not words:
        raise Wrong(Problem.UNREADABLE, "没有写 description。")
    if link := asked.get("media_url", "").strip():
        # Kept as text: the house fetches nothing from an address a stranger names.
        words = f"{words[: _LONGEST['description'] - len(link) - 6]}\n附件链接：{link}"
    kind = asked.get("attribute[kind]", "").strip() or ConcernKind.HELP.value
    if kind not in ConcernKind.values:
        raise Wrong(Problem.UNREADABLE, "attribute[kind] 不在可选的值里。")
    spots, point = _where(asked, of=of, caller=caller)
    address = asked.get("address_string", "").strip()
    return Report(
        subject="concern",
        spots=spots,
        words=words,
        channel=caller.system.way,
        concern_kind=kind,
        category=code,
        contact_name=asked.get("last_name", "").strip() + asked.get("first_name", "").strip(),
        contact_phone=asked.get("phone", "").strip(),
        place_words=address or asked.get("attribute[place_words]", "").strip(),
        spot=point,
    )


def fields(request: HttpRequest) -> dict[str, str]:
    """Take the fields of a form; refuse what was not written in UTF-8."""
    said = {key: value for key, value in request.POST.items() if isinstance(value, str)}
    if not said:
        raise Wrong(Problem.UNREADABLE, "请用表单（application/x-www-form-urlencoded）送来。")
    for name, value in said.items():
        if "\0" in value or "\N{REPLACEMENT CHARACTER}" in value:
            raise Wrong(Problem.UNREADABLE, f"{name} 里有读不懂的字符，请用 UTF-8 编码。")
    return said


def _where(
    asked: Mapping[str, str], *, of: Jurisdiction, caller: Caller
) -> tuple[tuple[Spot, ...], tuple[int, int] | None]:
    if asked.get("address_id", "").strip():
        return taking_in.spots_for(asked["address_id"].strip(), caller=caller), None
    if asked.get("lat", "") or asked.get("long", ""):
        return _around(asked, of=of, caller=caller)
    if asked.get("address_string", "").strip():
        return places.chain(caller.path), None
    raise Wrong(Problem.UNREADABLE, "没有写地点：请给 address_id、address_string 或者 lat 和 long。")


def _around(
    asked: Mapping[str, str], *, of: Jurisdiction, caller: Caller
) -> tuple[tuple[Spot, ...], tuple[int, int] | None]:
    if of.edition.reference is None:
        remedy = "请改用 address_id（地点代号）或者 address_string。"
        raise Wrong(Problem.UNREADABLE, f"这个地方没有登记经纬度基准点，{remedy}")
    point = ground.metres(_degrees(asked), reference=of.edition.reference)
    found = ground.around(point, within=caller.path)
    if not found or not is_within(found[-1].path, caller.path):
        raise Wrong(Problem.UNREADABLE, "这个经纬度不在您的范围里。")
    return found, point


def _degrees(asked: Mapping[str, str]) -> Degrees:
    try:
        found = Degrees(float(asked.get("lat", "")), float(asked.get("long", "")))
    except ValueError as error:
        raise Wrong(Problem.UNREADABLE, "lat 和 long 要写成数。") from error
    if not (abs(found.latitude) <= 90 and abs(found.longitude) <= 180):
        raise Wrong(Problem.UNREADABLE, "lat 要在 -90 到 90，long 要在 -180 到 180。")
    return found


def _instant(asked: Mapping[str, str], name: str) -> datetime | None:
    given = asked.get(name, "").strip()
    if not given:
        return None
    try:
        # A plus sign that was not escaped arrives as a blank.
        at = datetime.fromisoformat(_ZONE_AFTER_BLANK.sub(r"+\1", given))
    except ValueError as error:
        raise Wrong(Problem.UNREADABLE, f"{name} 看不懂，例如 2026-11-24T00:00:00+08:00。") from error
    if at.year not in _YEARS:
        raise Wrong(Problem.UNREADABLE, f"{name} 的年份不对。")
    return at if at.tzinfo else at.replace(tzinfo=CHINA_TIME)
