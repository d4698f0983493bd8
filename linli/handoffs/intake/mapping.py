"""Which column of a file says what, and what its words mean here (对照表)."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, ConfigDict, Field, create_model

from linli.handoffs.intake.kinds import KINDS, MATTERS, Fact, Kind
from linli.pack.complaint import Complaint, PackError
from linli.pack.schema import Part
from linli.pack.toml import TomlFile


def _one_or_several(said: object) -> object:
    return (said,) if isinstance(said, str) else said


Titles = Annotated[tuple[Annotated[str, Field(min_length=1)], ...], BeforeValidator(_one_or_several)]
Row = Sequence[str]
Told = tuple[str, ...]


class Column(Part):
    """Where a fact stands in the file: one column, or several read one after the other (列)."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    titles: Titles = Field(default=(), alias="from")
    values: dict[str, str] = {}
    otherwise: str = ""


class Mapping(Part):
    """What the columns of a file mean; without one, the product's own column names are read (对照表)."""

    pack: str = ""
    empty: tuple[str, ...] = ("-", "—", "--", "/")
    # Ways of writing an instant that are not among the usual ones, as strptime reads them.
    moments: tuple[str, ...] = ()

    def column(self, fact: str) -> Column:
        """Return where a fact stands."""
        column: Column = getattr(self, fact)
        return column


# Reads one fact out of the cells of a row: the parts that are not empty, in the words used here.
Reads = Callable[[Row], Told]


def _own(fact: Fact) -> Any:
    return Column, Column(titles=(fact.title,), otherwise=fact.otherwise)


def _model(kind: Kind) -> type[Mapping]:
    fields: dict[str, Any] = {fact.key: _own(fact) for fact in kind.facts}
    return create_model(f"{kind.key}_mapping", __base__=Mapping, **fields)


MODELS: dict[str, type[Mapping]] = {key: _model(kind) for key, kind in KINDS.items()}


def own(kind: Kind = MATTERS) -> Mapping:
    """Return the mapping of the product's own column names."""
    return MODELS[kind.key]()


def read_mapping(path: Path, *, kind: Kind = MATTERS, header: Sequence[str]) -> Mapping:
    """Read a mapping for a file with this header; raises ``PackError`` with file and line of each fault."""
    file = TomlFile.read(path)
    mapping = file.into(MODELS[kind.key])
    faults = [
        file.complaint((fact.key, "from"), reason=_absent(title, header))
        for fact in kind.facts
        if fact.key in mapping.model_fields_set
        for title in mapping.column(fact.key).titles
        if title not in header
    ]
    if faults:
        raise PackError(*faults)
    require_columns(mapping, kind=kind, name=path.as_posix(), header=header)
    return mapping


def require_columns(mapping: Mapping, *, kind: Kind = MATTERS, name: str, header: Sequence[str]) -> None:
    """Refuse a mapping that leaves open where a needed fact stands; raises ``PackError``."""
    faults = [
        Complaint(name, 0, (fact.key,), f"没有说明它在哪一列，表里也没有「{'、'.join(column.titles)}」")
        for fact in kind.needed
        for column in (mapping.column(fact.key),)
        if not column.otherwise and not set(column.titles) & set(header)
    ]
    if faults:
        raise PackError(*faults)


def reads(mapping: Mapping, fact: str, *, header: Sequence[str]) -> Reads:
    """Return what reads a fact out of a row: the parts that are not empty, in the words used here."""
    column = mapping.column(fact)
    at = tuple(header.index(title) for title in column.titles if title in header)
    otherwise = (column.otherwise,) if column.otherwise else ()
    empty = frozenset(("", *mapping.empty))
    if not at:
        return lambda _: otherwise
    if len(at) == 1 and not column.values:
        return _single(at[0], empty, otherwise)

    def several(row: Row) -> Told:
        said = [part for place in at if (part := row[place]) not in empty]
        whole = column.values.get("/".join(said))
        if whole is not None:
            return (whole,) if whole else ()
        return tuple(column.values.get(part, part) for part in said) or otherwise

    return several


def reads_text(
    mapping: Mapping, fact: str, *, header: Sequence[str], between: str = ""
) -> Callable[[Row], str]:
    """Return what reads a fact out of a row as one text."""
    column, parts = mapping.column(fact), reads(mapping, fact, header=header)
    at = [header.index(title) for title in column.titles if title in header]
    if column.values or len(at) > 1:
        return lambda row: between.join(parts(row))
    if not at:
        return lambda _: column.otherwise
    place, empty, otherwise = at[0], frozenset(("", *mapping.empty)), column.otherwise
    return lambda row: otherwise if row[place] in empty else row[place]


def _single(place: int, empty: frozenset[str], otherwise: Told) -> Reads:
    def one(row: Row) -> Told:
        said = row[place]
        return otherwise if said in empty else (said,)

    return one


def _absent(title: str, header: Sequence[str]) -> str:
    return f"表里没有「{title}」这一列；有的列是：{'、'.join(header)}"
