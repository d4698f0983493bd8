"""The files of one edition, read but not yet put together (版本文件)."""

from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import BaseModel

from linli.pack import schema
from linli.pack.complaint import Complaint, PackError
from linli.pack.toml import TomlFile

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Source(Generic[Model]):
    """One file as it was written, and what it says."""

    file: TomlFile
    said: Model


@dataclass(frozen=True, slots=True)
class Files:
    """The eight files of an edition (版本文件)."""

    folder: Path
    pack: Source[schema.PackFile]
    rules: Source[schema.RulesFile]
    places: Source[schema.PlacesFile]
    bodies: Source[schema.BodiesFile]
    categories: Source[schema.CategoriesFile]
    procedures: Source[schema.ProceduresFile]
    forums: Source[schema.ForumsFile]
    registers: Source[schema.RegistersFile]


def read_files(folder: Path, *, root: Path | None = None) -> Files:
    """Read the files of an edition; raise PackError with every fault of form in any of them."""
    complaints: list[Complaint] = []

    def read(name: str, model: type[Model]) -> Source[Model] | None:
        try:
            file = TomlFile.read(folder / name, root=root)
            return Source(file, file.into(model))
        except PackError as error:
            complaints.extend(error.complaints)
            return None

    pack = read("pack.toml", schema.PackFile)
    rules = read("rules.toml", schema.RulesFile)
    places = read("places.toml", schema.PlacesFile)
    bodies = read("bodies.toml", schema.BodiesFile)
    categories = read("categories.toml", schema.CategoriesFile)
    procedures = read("procedures.toml", schema.ProceduresFile)
    forums = read("forums.toml", schema.ForumsFile)
    registers = read("registers.toml", schema.RegistersFile)
    if not (pack and rules and places and bodies and categories and procedures and forums and registers):
        raise PackError(*complaints)
    return Files(folder, pack, rules, places, bodies, categories, procedures, forums, registers)
