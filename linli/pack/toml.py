"""Read a TOML file into a model, or say in Chinese what is wrong with it and where (读包)."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from linli.pack.complaint import Complaint, PackError, TomlPath
from linli.pack.lines import Lines
from linli.pack.wording import explain, explain_syntax

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class TomlFile:
    """Hold what a TOML file says, and on which line it says it."""

    name: str
    content: dict[str, Any]
    lines: Lines

    @classmethod
    def read(cls, path: Path, *, root: Path | None = None) -> Self:
        """Read a file, named in complaints as seen from ``root``; raise PackError when it is no TOML."""
        name = (path.relative_to(root) if root else path).as_posix()
        try:
            return cls.parse(path.read_bytes(), name=name)
        except FileNotFoundError:
            raise PackError(Complaint(name, 0, (), "找不到这个文件")) from None

    @classmethod
    def parse(cls, content: bytes, *, name: str) -> Self:
        """Read the content of a file; raise PackError when it is no TOML."""
        try:
            text = content.decode()
        except UnicodeDecodeError:
            raise PackError(Complaint(name, 0, (), "不是 UTF-8 编码的文字，请另存为 UTF-8")) from None
        try:
            return cls(name, tomllib.loads(text), Lines(text))
        except tomllib.TOMLDecodeError as error:
            raise PackError(Complaint(name, _line_of(error, text), (), explain_syntax(str(error)))) from None

    def into(self, model: type[Model]) -> Model:
        """Turn the file into a model; raise PackError with one complaint for each fault."""
        try:
            return model.model_validate(self.content)
        except ValidationError as error:
            faults = (fault for fault in error.errors(include_url=False) if not _is_echo(fault))
            raise PackError(*dict.fromkeys(self._complaint(fault) for fault in faults)) from None

    def complaint(self, path: TomlPath, *, reason: str) -> Complaint:
        """Complain about a value of this file."""
        return Complaint(self.name, self.lines.locate(path), path, reason)

    def _complaint(self, fault: ErrorDetails) -> Complaint:
        return self.complaint(self._known_part(fault), reason=explain(fault))

    def _known_part(self, fault: ErrorDetails) -> TomlPath:
        """Keep of pydantic's path what the file says: unions and validators add parts of their own."""
        here: Any = self.content
        for depth, part in enumerate(fault["loc"]):
            if not _has(here, part):
                return fault["loc"][:depth] + (fault["loc"][-1:] if fault["type"] == "missing" else ())
            here = here[part]
        return fault["loc"]


def read_toml(path: Path, model: type[Model], *, root: Path | None = None) -> Model:
    """Read a TOML file into a model; raise PackError with file, line and reason of each fault."""
    return TomlFile.read(path, root=root).into(model)


def _has(here: object, part: str | int) -> bool:
    if isinstance(here, dict):
        return part in here
    return isinstance(here, list) and isinstance(part, int) and part < len(here)


def _is_echo(fault: ErrorDetails) -> bool:
    """Tell whether a list seems too short only because pydantic leaves out its faulty entries."""
    return fault["type"] == "too_short" and len(fault["input"]) > fault["ctx"]["actual_length"]


def _line_of(error: tomllib.TOMLDecodeError, text: str) -> int:
    """Take the line out of the message: Python 3.11 keeps it nowhere else."""
    found = re.search(r"at line (\d+)", str(error))
    return int(found[1]) if found else text.count("\n") + 1
