"""Reading flats out of a list: area, owners, who lives there, who speaks for them (房屋和业主名单)."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation

from linli.core import phone
from linli.core.refusal import Refusal
from linli.core.verdict import Refused
from linli.handoffs.intake.gazetteer import Gazetteer
from linli.handoffs.intake.kinds import DWELLINGS
from linli.handoffs.intake.mapping import Mapping, reads, reads_text
from linli.handoffs.intake.table import Row
from linli.handoffs.intake.work import How, Once, Seen, require_whole, sent_back
from linli.people import moving_in
from linli.people.moving_in import Flat, Found, Named
from linli.places.dwellings import SOURCES, Listed

LONGEST_NAME, LONGEST_LABEL, LONGEST_DEVELOPER = 40, 30, 80
EARLIEST_BIRTH = 1900
SQUARE_METRE, LARGEST, DECIMALS = 10_000, 100_000, 4
_BETWEEN = re.compile(r"[、,，;；/\n]+")
_UNIT = re.compile(r"(?:㎡|m²|m2|平方米|平米|平)$", re.IGNORECASE)
_BORN = re.compile(r"(?P<name>[^（(]+)[（(](?P<born>\d{4})年?(?:生)?[)）]")
_PHONE = re.compile(r"1[3-9]\d{9}|0\d{9,11}|[2-9]\d{6,7}|400\d{7}")
_SOURCES = {title: key for key, title in SOURCES} | {key: key for key, _ in SOURCES} | {
    "登记簿": "register", "不动产权证": "register", "房产证": "register", "产权证": "register",
    "测绘": "measured", "合同": "contract", "购房合同": "contract", "商品房买卖合同": "contract",
}  # fmt: skip
_REASONS = {
    Found.WEAKER: "面积已按更可靠的依据登记，不能用这份依据替换。先用不动产登记簿，再用实测，再用买卖合同。",
    Found.STRANGER: "户代表不在这一户的家庭成员里。核对姓名，或者把他写进家庭成员。",
    Found.TWICE: "家庭成员里有人已经写在前面的另一户。一个人只算一户，核对住在哪里。",
    Found.ELSEWHERE: "家庭成员里有人登记住在导入范围以外的房屋。先请那边把他删去，或者换一个范围。",
}
_HOWS = {Found.NEW: How.NEW, Found.CHANGED: How.CHANGED, Found.KNOWN: How.KNOWN}

Answer = Callable[[Sequence[Flat]], list[Found]]


class Dwellings:
    """Takes flats in by a mapping (录入房屋和业主)."""

    def __init__(
        self, mapping: Mapping, *, header: Sequence[str], pack: str, within: str, today: date
    ) -> None:
        self._today, self._within = today, within
        self._gazetteer = Gazetteer(pack=pack, within=within)
        self._once = Once()
        self._place = reads(mapping, "place", header=header)
        said = {fact.key: reads_text(mapping, fact.key, header=header) for fact in DWELLINGS.facts}
        self._label, self._area, self._source = (said[key] for key in ("label", "area", "area_source"))
        self._owners, self._phones = said["owners"], said["owner_phones"]
        self._developer, self._members, self._delegate = (
            said[key] for key in ("developer", "members", "delegate")
        )

    def try_out(self, rows: Sequence[Row]) -> list[Seen]:
        """Say what would become of some flats (试读)."""
        return self._through(rows, lambda flats: moving_in.compare(flats, within=self._within))

    def take_in(self, rows: Sequence[Row]) -> list[Seen]:
        """Enter some flats (录入)."""
        return self._through(rows, lambda flats: moving_in.enter(flats, within=self._within))

    def pass_over(self, rows: Sequence[Row]) -> None:
        """Remember the flats that earlier rows named."""
        self._read(rows)

    def _through(self, rows: Sequence[Row], answer: Answer) -> list[Seen]:
        good, seen = self._read(rows)
        found = answer([flat for _, flat in good])
        for (line, _), how in zip(good, found, strict=True):
            seen.append(Seen(line, _HOWS.get(how, How.BAD), _REASONS.get(how, "")))
        return sorted(seen)

    def _read(self, rows: Sequence[Row]) -> tuple[list[tuple[int, Flat]], list[Seen]]:
        good: list[tuple[int, Flat]] = []
        bad: list[Seen] = []
        for row in rows:
            try:
                good.append((row.line, self._flat(row)))
            except Refused as refused:
                bad.append(sent_back(row, refused))
        return good, bad

    def _flat(self, row: Row) -> Flat:
        require_whole(row)
        cells = row.cells
        flat = Flat(
            self._described(cells), self._owning(cells), self._living(cells), self._delegate(cells).strip()
        )
        self._once.require(f"{flat.told.place_id}/{flat.told.label}", line=row.line, what="楼栋和门牌")
        return flat

    def _described(self, cells: Sequence[str]) -> Listed:
        said = self._place(cells)
        if not said:
            raise _refused("没有写楼栋。", "补上楼栋，或在对照表里写明空着时算哪里。")
        spot = self._gazetteer.spots(said)[-1]
        area = self._measured(self._area(cells).strip())
        source = self._read_at(self._source(cells).strip(), area)
        label = _short(self._label(cells), "门牌", most=LONGEST_LABEL)
        if not label:
            raise _refused("没有写门牌。", "补上门牌，例如 1单元302。")
        developer = _short(self._developer(cells), "建设单位", most=LONGEST_DEVELOPER)
        return Listed(spot.id, spot.path, label, area, source, developer)

    def _measured(self, said: str) -> int | None:
        """Read square metres exactly, as square centimetres."""
        plain = _UNIT.sub("", said).replace(",", "").strip()
        if not plain:
            return None
        try:
            area = Decimal(plain)
        except InvalidOperation as error:
            raise _refused(f"面积「{said}」看不懂。", "写成数字，例如 89.56。") from error
        if not area.is_finite() or not 0 < area <= LARGEST:
            raise _refused(f"面积「{said}」不对。", f"面积要大于零，不超过 {LARGEST:,} 平方米。")
        whole = area * SQUARE_METRE
        if whole != int(whole):
            raise _refused(f"面积「{said}」小数太多。", f"最多写 {DECIMALS} 位小数。")
        return int(whole)

    def _read_at(self, said: str, area: int | None) -> str:
        if area is None:
            return ""
        if not said:
            raise _refused("写了面积，没有写面积依据。", "写明不动产登记簿、实测，或者买卖合同。")
        if said not in _SOURCES:
            raise _refused(f"面积依据「{said}」不认识。", "写不动产登记簿、实测，或者买卖合同。")
        return _SOURCES[said]

    def _owning(self, cells: Sequence[str]) -> tuple[Named, ...]:
        names, phones = _parts(self._owners(cells)), _parts(self._phones(cells))
        if phones and len(phones) != len(names):
            raise _refused(
                f"业主 {len(names)} 人，电话 {len(phones)} 个，对不上。", "次序一样，一人一个，用顿号分开。"
            )
        numbers = [_telephone(one) for one in phones] or [""] * len(names)
        return tuple(
            Named(_short(name, "业主", most=LONGEST_NAME), number)
            for name, number in zip(names, numbers, strict=True)
        )

    def _living(self, cells: Sequence[str]) -> tuple[Named, ...]:
        living = tuple(self._member(one) for one in _parts(self._members(cells)))
        if len({one.name for one in living}) < len(living):
            raise _refused("家庭成员里有同名的人。", "核对是不是写了两次；真的同名的，在房屋页逐个登记。")
        return living

    def _member(self, said: str) -> Named:
        if not (told := _BORN.fullmatch(said)):
            if "（" in said or "(" in said:
                raise _refused(f"家庭成员「{said}」看不懂。", "写成张三（1980），括号里是出生年。")
            return Named(_short(said, "家庭成员", most=LONGEST_NAME))
        born = int(told["born"])
        if not EARLIEST_BIRTH <= born <= self._today.year:
            raise _refused(f"出生年「{born}」不对。", "核对年份。")
        return Named(_short(told["name"], "家庭成员", most=LONGEST_NAME), born_in=born)


def _parts(said: str) -> list[str]:
    return [part.strip() for part in _BETWEEN.split(said) if part.strip()]


def _telephone(said: str) -> str:
    number = phone.normal(said)
    if not _PHONE.fullmatch(number):
        raise _refused("业主电话不对：不是手机号，也不是带区号的座机。", "核对电话。")
    return number


def _short(said: str, what: str, *, most: int) -> str:
    said = said.strip()
    if len(said) > most:
        raise _refused(f"{what}超过 {most} 个字。", "核对是不是几列连在了一起。")
    return said


def _refused(sentence: str, remedy: str) -> Refused:
    return Refused(Refusal(sentence, remedy=remedy))
