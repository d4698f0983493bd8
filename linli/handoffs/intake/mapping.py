"""Which column of a file says what, and what its words mean here (对照表)."""

from collections.abc import Mapping as Row
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, ConfigDict, Field

from linli.pack.complaint import Complaint, PackError
from linli.pack.schema import Part
from linli.pack.toml import TomlFile


def _one_or_several(said: object) -> object:
    return (said,) if isinstance(said, str) else said


Titles = Annotated[tuple[Annotated[str, Field(min_length=1)], ...], BeforeValidator(_one_or_several)]

MOMENTS = (
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%d",
    "%Y-%m-%dT%H:%M:%S%z",
    "%Y-%m-%dT%H:%M:%S",
    "%Y-%m-%dT%H:%M",
    "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d %H:%M",
    "%Y/%m/%d",
    "%Y年%m月%d日 %H:%M:%S",
    "%Y年%m月%d日 %H:%M",
    "%Y年%m月%d日",
)


class Column(Part):
    """Where a fact stands in the file: one column, or several read one after the other (列)."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    titles: Titles = Field(default=(), alias="from")
    values: dict[str, str] = {}
    otherwise: str = ""


def _own(title: str) -> Column:
    return Column(titles=(title,))


class Mapping(Part):
    """What the columns of a file mean; without one, the product's own column names are read (对照表)."""

    pack: str = ""
    empty: tuple[str, ...] = ("-", "—", "--", "/")
    moments: tuple[str, ...] = MOMENTS
    external_ref: Column = _own("外部编号")
    opened_at: Column = _own("时间")
    place: Column = _own("地点")
    kind: Column = _own("类型")
    category: Column = _own("分类")
    title: Column = _own("标题")
    words: Column = _own("内容")
    channel: Column = _own("渠道")
    unit: Column = _own("承办单位")
    outcome: Column = _own("结果")
    closed_at: Column = _own("办结时间")
    answer: Column = _own("办理结果")

    def told(self, fact: str, row: Row[str, str]) -> tuple[str, ...]:
        """Return what a row says of a fact: the parts that are not empty, in the words used here."""
        column: Column = getattr(self, fact)
        parts = [row.get(title, "").strip() for title in column.titles]
        said = [part for part in parts if part and part not in self.empty]
        whole = column.values.get("/".join(said))
        if whole is not None:
            return (whole,) if whole else ()
        return tuple(column.values.get(part, part) for part in said) or _words(column.otherwise)


FACTS = tuple(name for name in Mapping.model_fields if name not in ("pack", "empty", "moments"))
NEEDED = ("external_ref", "opened_at", "place", "kind", "words", "channel")
OWN = Mapping()


def read_mapping(path: Path, *, header: Sequence[str]) -> Mapping:
    """Read a mapping for a file with this header; raises ``PackError`` with file and line of each fault."""
    file = TomlFile.read(path)
    mapping = file.into(Mapping)
    faults = [
        file.complaint((fact, "from"), reason=f"表里没有「{title}」这一列；有的列是：{'、'.join(header)}")
        for fact in FACTS
        if fact in mapping.model_fields_set
        for title in getattr(mapping, fact).titles
        if title not in header
    ]
    if faults:
        raise PackError(*faults)
    require_columns(mapping, name=path.as_posix(), header=header)
    return mapping


def require_columns(mapping: Mapping, *, name: str, header: Sequence[str]) -> None:
    """Refuse a mapping that leaves open where a needed fact stands; raises ``PackError``."""
    faults = [
        Complaint(name, 0, (fact,), f"没有说明它在哪一列，表里也没有「{'、'.join(_titles(mapping, fact))}」")
        for fact in NEEDED
        if not getattr(mapping, fact).otherwise and not set(_titles(mapping, fact)) & set(header)
    ]
    if faults:
        raise PackError(*faults)


def _titles(mapping: Mapping, fact: str) -> tuple[str, ...]:
    column: Column = getattr(mapping, fact)
    return column.titles


def _words(text: str) -> tuple[str, ...]:
    return (text,) if text else ()
