"""Read the law's rules and numbers into core values (法律规则的读取)."""

import re
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import Field, PlainValidator

from linli.core.clause import Mark
from linli.core.law import Law, LawRule, Number
from linli.core.share import Share
from linli.core.term import Term
from linli.core.threshold import Threshold
from linli.pack.complaint import Complaint, PackError
from linli.pack.schema import Key, Part, RuleId
from linli.pack.toml import TomlFile

_NUMERAL = "[零一二三四五六七八九十百千]+"
_ARTICLE = rf"^(第{_NUMERAL}条(之{_NUMERAL})?(第{_NUMERAL}[款项])?([、和至]|$))*$"


def read_number(written: object) -> Number:
    """Read a count, share, term or threshold by its form; raise ValueError with a Chinese sentence (数)."""
    match written:
        case str():
            return _read_words(written)
        case int() if not isinstance(written, bool) and written >= 0:
            return written
        case _:
            raise ValueError(
                f"不能是「{written}」：应当是整数、份额「>= 2/3」、期限「5 working_days」或者门槛的句子"
            )


def _read_words(written: str) -> Share | Term | Threshold:
    if re.search(r"\sof\s", written):
        return Threshold.parse(written)
    return Share.parse(written) if written.lstrip()[:1] in ("<", "=", ">") else Term.parse(written)


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
    numbers: dict[Key, Annotated[Number, PlainValidator(read_number)]] = {}

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


class LawFile(Part):
    """One file of the law."""

    rule: tuple[LawRulePart, ...]


def read_law(folder: Path, *, root: Path | None = None) -> Law:
    """Read every file of an edition; raise PackError with all complaints of all files at once (读法)."""
    paths = sorted(folder.glob("*.toml"))
    if not paths:
        raise PackError(Complaint(folder.as_posix(), 0, (), "这里没有任何法律规则文件"))
    rules: dict[str, LawRule] = {}
    complaints: list[Complaint] = []
    for path in paths:
        try:
            complaints += _add_rules(TomlFile.read(path, root=root), rules)
        except PackError as error:
            complaints += error.complaints
    if complaints:
        raise PackError(*complaints)
    return Law(folder.name, MappingProxyType(rules))


def _add_rules(file: TomlFile, rules: dict[str, LawRule]) -> list[Complaint]:
    """Add the rules of a file, and complain about each whose id is taken."""
    complaints = []
    for place, part in enumerate(file.into(LawFile).rule):
        if part.id in rules:
            reason = f"编号 {part.id} 已经用过，一条规则只能写一次"
            complaints.append(file.complaint(("rule", place, "id"), reason=reason))
        rules.setdefault(part.id, part.as_rule())
    return complaints
