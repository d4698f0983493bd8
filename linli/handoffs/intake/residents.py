"""Reading residents out of a list: name, home, numbers (居民名单)."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache

from linli.core import id_number, phone
from linli.core.refusal import Refusal
from linli.core.verdict import Refused
from linli.handoffs.intake.gazetteer import Gazetteer
from linli.handoffs.intake.kinds import RESIDENTS
from linli.handoffs.intake.mapping import Mapping, reads, reads_text
from linli.handoffs.intake.moment import read_moment
from linli.handoffs.intake.table import Row
from linli.handoffs.intake.work import How, Once, Seen, require_whole, sent_back
from linli.people import entering
from linli.people.entering import Found, Resident
from linli.rulebook import queries as rulebook

LONGEST_NAME, LONGEST_ABOUT, LONGEST_KEY = 40, 200, 64
EARLIEST_BIRTH = 1900
REMEMBERED = 8192
# A person who was registered without a number of a list is exported, and known again, by this one.
OWN_NUMBER = "人-"
GENDERS = {"男": "男", "女": "女", "男性": "男", "女性": "女", "未知": "", "不详": ""}
_MOBILE = re.compile(r"1[3-9]\d{9}")
_PHONE = re.compile(r"1[3-9]\d{9}|0\d{9,11}|[2-9]\d{6,7}|400\d{7}")
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]+\.[^@\s]+")
_YEAR = re.compile(r"(\d{4})年?")
_ROUNDED = re.compile(r"\d(?:\.\d+)?[eE]\+?\d+")
_REASONS = {
    Found.NOBODY: "没有这个编号的人。核对编号；新来的人换一个编号，或不写编号而写身份证号。",
    Found.ELSEWHERE: "这个编号或身份证号已经登记在导入的范围以外。请先请那边改住址，或换一个编号。",
    Found.SOMEBODY_ELSE: "身份证号已经登记在另一个编号下。核对是不是同一个人。",
}
_HOWS = {Found.NEW: How.NEW, Found.CHANGED: How.CHANGED, Found.KNOWN: How.KNOWN}

Answer = Callable[[Sequence[Resident]], list[Found]]


class Residents:
    """Takes residents in by a mapping (录入居民)."""

    def __init__(
        self, mapping: Mapping, *, header: Sequence[str], pack: str, within: str, today: date
    ) -> None:
        self._pack, self._within, self._today = pack, within, today
        self._gazetteer = Gazetteer(pack=pack, within=within)
        self._zone = rulebook.calendar().zone
        self._once = Once()
        said = {
            fact.key: reads_text(
                mapping, fact.key, header=header, between="，" if fact.key == "about" else ""
            )
            for fact in RESIDENTS.facts
        }
        self._ref, self._name, self._born, self._id_number = (
            said[key] for key in ("ref", "name", "born", "id_number")
        )
        self._gender, self._phone, self._email, self._about = (
            said[key] for key in ("gender", "phone", "email", "about")
        )
        self._place = reads(mapping, "place", header=header)
        self._years = lru_cache(maxsize=REMEMBERED)(self._year_said)

    def try_out(self, rows: Sequence[Row]) -> list[Seen]:
        """Say what would become of some residents (试读)."""
        return self._through(rows, lambda said: entering.compare(said, within=self._within))

    def take_in(self, rows: Sequence[Row]) -> list[Seen]:
        """Enter some residents (录入)."""
        return self._through(rows, lambda said: entering.enter(said, within=self._within))

    def pass_over(self, rows: Sequence[Row]) -> None:
        """Remember whom earlier rows named."""
        self._read(rows)

    def _through(self, rows: Sequence[Row], answer: Answer) -> list[Seen]:
        good, seen = self._read(rows)
        found = answer([said for _, said in good])
        for (line, _), how in zip(good, found, strict=True):
            seen.append(Seen(line, _HOWS.get(how, How.BAD), _REASONS.get(how, "")))
        return sorted(seen)

    def _read(self, rows: Sequence[Row]) -> tuple[list[tuple[int, Resident]], list[Seen]]:
        good: list[tuple[int, Resident]] = []
        bad: list[Seen] = []
        for row in rows:
            try:
                good.append((row.line, self._resident(row)))
            except Refused as refused:
                bad.append(sent_back(row, refused))
        return good, bad

    def _resident(self, row: Row) -> Resident:
        require_whole(row)
        cells = row.cells
        identity = self._identity(cells)
        key, number = self._key(cells)
        if not identity and not key and number is None:
            raise _refused("没有编号，也没有身份证号，无法防止重复登记。", "补上其中一个。")
        said = self._born(cells)
        born = self._years(said) if said else None
        resident = Resident(
            key=key,
            number=number,
            name=self._named(cells),
            gender=self._one_gender(cells),
            born_in=born or (int(identity[6:10]) if identity else None),
            lives_at_id=self._home(cells),
            about=self._remark(cells),
            phone=self._telephone(cells),
            id_number=identity,
            email=self._address(cells),
        )
        if key or number is not None:
            self._once.require(key or f"{OWN_NUMBER}{number}", line=row.line, what="编号")
        if identity:
            self._once.require(identity, line=row.line, what="身份证号")
        return resident

    def _key(self, cells: Sequence[str]) -> tuple[str, int | None]:
        said = self._ref(cells)
        if not said:
            return "", None
        if said.startswith(OWN_NUMBER) and said[len(OWN_NUMBER) :].isdecimal():
            return "", int(said[len(OWN_NUMBER) :])
        if _ROUNDED.fullmatch(said):
            raise _rounded("编号")
        key = f"{self._pack}:{said}"
        if len(key) > LONGEST_KEY:
            raise _refused(f"编号超过 {LONGEST_KEY - len(self._pack) - 1} 个字符。", "换用较短的编号。")
        return key, None

    def _named(self, cells: Sequence[str]) -> str:
        said = self._name(cells)
        if not said:
            raise _refused("没有写姓名。", "补上姓名。")
        if len(said) > LONGEST_NAME:
            raise _refused(f"姓名超过 {LONGEST_NAME} 个字。", "核对是不是几列连在了一起。")
        return said

    def _one_gender(self, cells: Sequence[str]) -> str:
        said = self._gender(cells)
        if said and said not in GENDERS:
            raise _refused(f"性别「{said}」不认识。", "写男或女；或在对照表里写明对应哪一个。")
        return GENDERS.get(said, "")

    def _year_said(self, said: str) -> int:
        year = int(said[:4]) if _YEAR.fullmatch(said) else self._year_of_day(said)
        if not EARLIEST_BIRTH <= year <= self._today.year:
            raise _refused(f"出生年「{said}」不对。", "核对年份。")
        return year

    def _year_of_day(self, said: str) -> int:
        day = read_moment(said, zone=self._zone)
        if day is None:
            raise _refused(f"出生年「{said}」看不懂。", "写成 1950 或 1950-01-31。")
        return day.year

    def _identity(self, cells: Sequence[str]) -> str:
        said = self._id_number(cells)
        if not said:
            return ""
        if _ROUNDED.fullmatch(said):
            raise _rounded("身份证号")
        identity = id_number.normal(said)
        if not id_number.is_valid(identity):
            raise _refused("身份证号不对：位数、出生日期或末位校验码有误。", "对照证件重新填写。")
        return identity

    def _telephone(self, cells: Sequence[str]) -> str:
        said = self._phone(cells)
        if not said or _MOBILE.fullmatch(said):
            return said
        if _ROUNDED.fullmatch(said):
            raise _rounded("电话")
        number = phone.normal(said)
        if not _PHONE.fullmatch(number):
            raise _refused("电话不对：不是手机号，也不是带区号的座机。", "核对电话；几个号码只写一个。")
        return number

    def _address(self, cells: Sequence[str]) -> str:
        said = self._email(cells)
        if said and not _EMAIL.fullmatch(said):
            raise _refused("电子邮箱不对。", "核对邮箱，或留空。")
        return said

    def _home(self, cells: Sequence[str]) -> int:
        said = self._place(cells)
        if not said:
            raise _refused("没有写住址。", "补上住址，或在对照表里写明空着时算哪里。")
        return self._gazetteer.spots(said)[-1].id

    def _remark(self, cells: Sequence[str]) -> str:
        said = self._about(cells)
        if len(said) > LONGEST_ABOUT:
            raise _refused(f"备注超过 {LONGEST_ABOUT} 字。", "写短一些。")
        return said


def _rounded(what: str) -> Refused:
    return _refused(
        f"{what}被表格软件当成数字，后几位已经丢了。", "把这一列设成「文本」，重新填写完整的号码。"
    )


def _refused(sentence: str, remedy: str) -> Refused:
    return Refused(Refusal(sentence, remedy=remedy))
