"""Read the law's rules and numbers into core values (法律规则的读取)."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import Field

from linli.core.clause import Mark
from linli.core.law import Law, LawRule
from linli.core.purpose import Purpose, Reason
from linli.core.term import Term
from linli.pack.complaint import Complaint, PackError
from linli.pack.numbers import NumberPart
from linli.pack.schema import Key, Part, RuleId
from linli.pack.shared import FILES, read_shared
from linli.pack.toml import TomlFile

_NUMERAL = "[零一二三四五六七八九十百千]+"
_ARTICLE = rf"^(第{_NUMERAL}条(之{_NUMERAL})?(第{_NUMERAL}[款项])?([、和至]|$))*$"


class LawRulePart(Part):
    """One rule of the law (规则)."""

    id: RuleId
    title: Annotated[str, Field(min_length=1)]
    source: Annotated[str, Field(min_length=1)]
    article: Annotated[str, Field(pattern=_ARTICLE)] = ""
    mark: Literal["V", "S", "M", "L"]
    applies_to: frozenset[Literal["residents", "villagers"]] = frozenset()
    text: Annotated[str, Field(min_length=1)]
    note: str = ""
    numbers: dict[Key, NumberPart] = {}

    def as_rule(self) -> LawRule:
        """Turn the part into the core's value."""
        return LawRule(
            id=self.id,
            title=self.title,
            source=self.source,
            article=self.article,
            mark=Mark(self.mark),
            text=self.text,
            applies_to=frozenset(self.applies_to),
            note=self.note,
            numbers=MappingProxyType(self.numbers),
        )


class PurposePart(Part):
    """Why something about people is kept, and how long (处理目的)."""

    key: Key
    title: Annotated[str, Field(min_length=1)]
    why: Annotated[str, Field(min_length=1)]
    items: Annotated[tuple[str, ...], Field(min_length=1)]
    rule: RuleId
    kept_for: str = ""
    since: Annotated[str, Field(min_length=1)]
    then: Annotated[str, Field(min_length=1)]
    asks_consent: bool = False


class ReasonPart(Part):
    """What may be said for looking at what is masked (查看事由)."""

    key: Key
    title: Annotated[str, Field(min_length=1)]
    purpose: Key


class LawFile(Part):
    """One file of the law."""

    rule: tuple[LawRulePart, ...]
    purpose: tuple[PurposePart, ...] = ()
    reason: tuple[ReasonPart, ...] = ()


def read_law(folder: Path, *, root: Path | None = None) -> Law:
    """Read every file of an edition; raise PackError with all complaints of all files at once (读法)."""
    paths = sorted(path for path in folder.glob("*.toml") if path.name not in FILES)
    if not paths:
        raise PackError(Complaint(folder.as_posix(), 0, (), "这里没有任何法律规则文件"))
    rules: dict[str, LawRule] = {}
    files: list[TomlFile] = []
    complaints: list[Complaint] = []
    for path in paths:
        try:
            files.append(TomlFile.read(path, root=root))
            complaints += _add_rules(files[-1], rules)
        except PackError as error:
            complaints += error.complaints
    if complaints:
        raise PackError(*complaints)
    law = Law(folder.name, MappingProxyType(rules))
    complaints = [complaint for file in files for complaint in _faults(file, law)]
    if complaints:
        raise PackError(*complaints)
    said = [file.into(LawFile) for file in files]
    return replace(
        read_shared(folder, law=law, root=root),
        purposes=tuple(_purpose(part, law) for one in said for part in one.purpose),
        reasons=tuple(Reason(part.key, part.title, part.purpose) for one in said for part in one.reason),
    )


def _faults(file: TomlFile, law: Law) -> Iterator[Complaint]:
    """Complain about a purpose without a rule or a term, and about a reason without a purpose."""
    said = file.into(LawFile)
    for place, part in enumerate(said.purpose):
        if part.rule not in law.rules:
            yield file.complaint(("purpose", place, "rule"), reason=f"没有编号为 {part.rule} 的规则")
        if part.kept_for and not _is_term(law, part.kept_for):
            reason = f"{part.kept_for} 不是任何规则里的期限"
            yield file.complaint(("purpose", place, "kept_for"), reason=reason)
    known = {part.key for part in said.purpose}
    for place, one in enumerate(said.reason):
        if one.purpose not in known:
            yield file.complaint(("reason", place, "purpose"), reason=f"没有处理目的 {one.purpose}")


def _is_term(law: Law, reference: str) -> bool:
    try:
        return isinstance(law.number(reference), Term)
    except LookupError:
        return False


def _purpose(part: PurposePart, law: Law) -> Purpose:
    term = law.number(part.kept_for) if part.kept_for else None
    return Purpose(
        key=part.key,
        title=part.title,
        why=part.why,
        items=part.items,
        rule=part.rule,
        kept_for=term if isinstance(term, Term) else None,
        since=part.since,
        then=part.then,
        asks_consent=part.asks_consent,
    )


def _add_rules(file: TomlFile, rules: dict[str, LawRule]) -> list[Complaint]:
    """Add the rules of a file, and complain about each whose id is taken."""
    complaints = []
    for place, part in enumerate(file.into(LawFile).rule):
        if part.id in rules:
            reason = f"编号 {part.id} 已经用过，一条规则只能写一次"
            complaints.append(file.complaint(("rule", place, "id"), reason=reason))
        rules.setdefault(part.id, part.as_rule())
    return complaints
