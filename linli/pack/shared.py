"""Read what every place shares: the forums of the law, its procedures and their roles (全国通行的程序)."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from linli.core.law import Law
from linli.pack.check_deciding import TOPIC
from linli.pack.check_forum import forum_faults
from linli.pack.check_procedure import procedures as procedure_faults
from linli.pack.complaint import Complaint, PackError
from linli.pack.forums import forums
from linli.pack.names import Names, taken_twice
from linli.pack.procedures import procedure, role
from linli.pack.schema import ForumsFile, SharedProceduresFile
from linli.pack.toml import TomlFile

_FORUMS = "forums.toml"
_PROCEDURES = "procedures.toml"
FILES = (_FORUMS, _PROCEDURES)


def read_shared(folder: Path, *, law: Law, root: Path | None = None) -> Law:
    """Return the law with the forums and procedures of its folder; raise PackError with every fault."""
    if (folder / _FORUMS).exists():
        law = _with_forums(law, TomlFile.read(folder / _FORUMS, root=root))
    if (folder / _PROCEDURES).exists():
        law = _with_procedures(law, TomlFile.read(folder / _PROCEDURES, root=root))
    return law


def _with_forums(law: Law, file: TomlFile) -> Law:
    parts = file.into(ForumsFile).forum
    _refuse(
        *taken_twice(file, ("forum",), [part.key for part in parts]),
        *(
            one
            for place, part in enumerate(parts)
            for one in forum_faults(part, ("forum", place), file=file, law=law)
        ),
    )
    return replace(law, forums=MappingProxyType(forums(parts, law=law)))


def _with_procedures(law: Law, file: TomlFile) -> Law:
    said = file.into(SharedProceduresFile)
    _refuse(*_procedure_faults(file, said, law))
    roles = MappingProxyType({part.key: role(part) for part in said.role})
    return replace(law, procedures=tuple(procedure(part, roles=roles, law=law) for part in said.procedure))


def _procedure_faults(file: TomlFile, said: SharedProceduresFile, law: Law) -> Iterator[Complaint]:
    yield from taken_twice(file, ("role",), [part.key for part in said.role])
    yield from taken_twice(file, ("procedure",), [part.key for part in said.procedure])
    for place, part in enumerate(said.procedure):
        if part.serves != (TOPIC,):
            yield file.complaint(("procedure", place, "serves"), reason=f"全国通行的程序只办「{TOPIC}」")
    names = Names.of_law(law, levels=frozenset(part.starts_at for part in said.procedure))
    roles = {part.key: role(part) for part in said.role}
    yield from procedure_faults(file, said.procedure, names=names, roles=roles, law=law)


def _refuse(*complaints: Complaint) -> None:
    if complaints:
        raise PackError(*complaints)
