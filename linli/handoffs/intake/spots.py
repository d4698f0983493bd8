"""Reading places out of a list: what lies where, and how many live there (地点名单)."""

import re
from collections.abc import Callable, Sequence
from hashlib import sha256

from linli.core.refusal import Refusal
from linli.core.verdict import Refused
from linli.handoffs.intake.gazetteer import Gazetteer
from linli.handoffs.intake.kinds import PLACES
from linli.handoffs.intake.mapping import Mapping, reads
from linli.handoffs.intake.table import Row
from linli.handoffs.intake.work import How, Once, Seen, require_whole, sent_back
from linli.places import entering
from linli.places import queries as places
from linli.places.entering import ChangedPlace, Known, NewPlace
from linli.places.path import WIDTH, child_path
from linli.places.queries import Spot

LONGEST_NAME, LONGEST_KEY, LONGEST_PATH = 60, 64, 48
MOST_PEOPLE = 100_000_000
_ALSO = {"楼": "building", "栋": "building", "幢": "building", "门栋": "entrance", "街道办": "subdistrict"}
_KEY = re.compile(r"[\w.\-]+")
_COUNT = re.compile(r"[\d,，]+(?:\.0)?")
_DIGEST = 16

Said = tuple[int, NewPlace]
Write = Callable[[Sequence[NewPlace], Sequence[ChangedPlace]], None]


class Places:
    """Takes places in by a mapping; a parent may stand in an earlier row (录入地点)."""

    def __init__(self, mapping: Mapping, *, header: Sequence[str], pack: str, within: str) -> None:
        self._pack = pack
        self._gazetteer = Gazetteer(pack=pack, within=within)
        self._kinds = {name: kind for kind, title in places.kinds().items() for name in (kind, title)} | _ALSO
        self._ranks = {kind: rank for rank, kind in enumerate(places.kinds())}
        self._once = Once()
        self._last: dict[str, int] = {}
        said = [reads(mapping, fact.key, header=header) for fact in PLACES.facts]
        self._ref, self._name, self._kind, self._parent, self._households, self._people = said

    def try_out(self, rows: Sequence[Row]) -> list[Seen]:
        """Say what would become of some places (试读)."""
        return self._through(rows, lambda _new, _changed: None)

    def take_in(self, rows: Sequence[Row]) -> list[Seen]:
        """Put some places into the tree (录入)."""
        return self._through(rows, entering.enter)

    def pass_over(self, rows: Sequence[Row]) -> None:
        """Remember the places that earlier rows named."""
        for row in rows:
            if said := "".join(self._ref(row.cells)):
                self._once.require(f"{self._pack}.{said}", line=row.line, what="代号")

    def _through(self, rows: Sequence[Row], write: Write) -> list[Seen]:
        seen: list[Seen] = []
        new: list[NewPlace] = []
        changed: list[ChangedPlace] = []
        known = self._known(rows)
        for row in rows:
            try:
                seen.append(Seen(row.line, self._one(row, known, new, changed)))
            except Refused as refused:
                seen.append(sent_back(row, refused))
        write(new, changed)
        return seen

    def _known(self, rows: Sequence[Row]) -> dict[str, Known]:
        """Look up in one query the places that some rows may mean."""
        keys = []
        for row in rows:
            if row.is_whole:
                said = "".join(self._ref(row.cells))
                spot = None if said else self._unnumbered(row.cells)
                keys.append(f"{self._pack}.{said}" if said else spot.key if spot else "")
        return entering.known(list(filter(None, keys)))

    def _unnumbered(self, cells: Sequence[str]) -> Spot | None:
        try:
            parent = self._gazetteer.spots(self._parent(cells))[-1]
        except (Refused, ValueError):
            return None
        return self._gazetteer.below(parent.path, "".join(self._name(cells)))

    def _one(
        self, row: Row, known: dict[str, Known], new: list[NewPlace], changed: list[ChangedPlace]
    ) -> How:
        require_whole(row)
        name, kind, parent = self._named(row.cells), self._one_kind(row.cells), self._above(row.cells)
        households, people = self._count(self._households(row.cells)), self._count(self._people(row.cells))
        key = self._key(row.cells, parent=parent, name=name)
        self._once.require(key, line=row.line, what="代号" if self._ref(row.cells) else "上级和名称")
        there = known.get(key)
        if there is None:
            new.append(self._fresh(key, parent, kind, name, households or 0, people or 0))
            return How.NEW
        if there.path[:-WIDTH] != parent.path:
            raise _refused("上级和原来登记的不一样。", "地点不能靠导入搬家；核对上级和代号。")
        wanted = ChangedPlace(
            there.id, kind, name,
            there.households if households is None else households,
            there.people if people is None else people,
        )  # fmt: skip
        if wanted == (there.id, *there[2:]):
            return How.KNOWN
        changed.append(wanted)
        return How.CHANGED

    def _fresh(self, key: str, parent: Spot, kind: str, name: str, households: int, people: int) -> NewPlace:
        if self._ranks[kind] <= self._ranks[parent.kind]:
            raise _refused(
                f"「{name}」是{_title(kind)}，不能放在{parent.kind_title}下面。", "核对类型和上级。"
            )
        if len(parent.path) + WIDTH > LONGEST_PATH:
            raise _refused(f"「{parent.name}」下面不能再分。", "地点最多分 12 级。")
        path = self._free_path(parent)
        self._gazetteer.add(Spot(0, key, path, kind, name, self._pack))
        return NewPlace(key, parent.path, path, kind, name, self._pack, households, people)

    def _free_path(self, parent: Spot) -> str:
        if parent.path not in self._last:
            self._last[parent.path] = entering.last_positions([parent.path])[parent.path]
        try:
            path = child_path(parent.path, self._last[parent.path] + 1)
        except ValueError as error:
            raise _refused(
                f"「{parent.name}」下面的地点太多。", "一处下面最多 9,999 处，请再分一级。"
            ) from error
        self._last[parent.path] += 1
        return path

    def _key(self, cells: Sequence[str], *, parent: Spot, name: str) -> str:
        said = "".join(self._ref(cells))
        if not said:
            there = self._gazetteer.below(parent.path, name)
            digest = sha256(f"{parent.key}/{name}".encode()).hexdigest()[:_DIGEST]
            return there.key if there else f"{self._pack}.{digest}"
        key = f"{self._pack}.{said}"
        if not _KEY.fullmatch(said) or len(key) > LONGEST_KEY:
            raise _refused(f"代号「{said}」不能用。", "只用文字、数字、横线和点，不超过 50 个字符。")
        return key

    def _named(self, cells: Sequence[str]) -> str:
        said = "".join(self._name(cells))
        if not said or len(said) > LONGEST_NAME or "›" in said:
            raise _refused("没有写名称，或名称太长。", f"补上名称，不超过 {LONGEST_NAME} 个字。")
        return said

    def _one_kind(self, cells: Sequence[str]) -> str:
        said = "".join(self._kind(cells))
        if said not in self._kinds:
            allowed = "、".join(places.kinds().values())
            raise _refused(f"类型「{said}」不认识。", f"可以写：{allowed}；或在对照表里写明对应哪一个。")
        return self._kinds[said]

    def _above(self, cells: Sequence[str]) -> Spot:
        said = self._parent(cells)
        if not said:
            raise _refused("没有写上级。", "补上上级，或在对照表里写明空着时算哪里。")
        return self._gazetteer.spots(said)[-1]

    def _count(self, told: Sequence[str]) -> int | None:
        said = "".join(told)
        if not said:
            return None
        if not _COUNT.fullmatch(said):
            raise _refused(f"数目「{said}」看不懂。", "写成整数。")
        count = int(float(said.replace(",", "").replace("，", "")))
        if count > MOST_PEOPLE:
            raise _refused(f"数目「{said}」太大。", "核对户数和人口。")
        return count


def _title(kind: str) -> str:
    return places.kinds()[kind]


def _refused(sentence: str, remedy: str) -> Refused:
    return Refused(Refusal(sentence, remedy=remedy))
