"""A room's tables are its own: others know its acts and its questions."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = {
    path.relative_to(ROOT): path.read_text(encoding="utf-8")
    for path in sorted((ROOT / "linli").rglob("*.py"))
}
RELATIONS = {"ForeignKey", "OneToOneField", "ManyToManyField"}
SHOWN_BY = {"views", "urls", "forms", "admin"}


def room_of(path: Path) -> str:
    return path.parts[1]


def imported_modules(tree: ast.AST) -> Iterator[str]:
    """Every module a file imports when it runs; an import for the type checker alone reads no table."""
    for node in runtime_nodes(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{name.name}" for name in node.names)


def runtime_nodes(node: ast.AST) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and ast.unparse(child.test).endswith("TYPE_CHECKING"):
            for other in child.orelse:
                yield from runtime_nodes(other)
            continue
        yield child
        yield from runtime_nodes(child)


def foreign_tables(source: str, *, room: str) -> list[str]:
    return [
        module
        for module in imported_modules(ast.parse(source))
        if module.startswith("linli.")
        and module.split(".")[2:3] == ["models"]
        and module.split(".")[1] != room
    ]


def relations_by_class(source: str) -> list[str]:
    """Relations to another room must be strings; a class of the same file may be named itself."""
    tree = ast.parse(source)
    own = {node.name for node in tree.body if isinstance(node, ast.ClassDef)}
    return [
        ast.unparse(call)
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and ast.unparse(call.func).split(".")[-1] in RELATIONS
        for target in (call.args[0] if call.args else next(k.value for k in call.keywords if k.arg == "to"),)
        if not isinstance(target, ast.Constant)
        and ast.unparse(target) not in own
        and not ast.unparse(target).startswith("settings.")
    ]


def test_no_file_reads_the_tables_of_another_room() -> None:
    found = {path: foreign_tables(text, room=room_of(path)) for path, text in SOURCES.items()}
    assert {path: modules for path, modules in found.items() if modules} == {}


def test_no_page_reads_tables_itself() -> None:
    found = {
        path: [
            module for module in imported_modules(ast.parse(text)) if re.match(r"linli\.\w+\.models", module)
        ]
        for path, text in SOURCES.items()
        if path.stem in SHOWN_BY
    }
    assert {path: modules for path, modules in found.items() if modules} == {}


def test_relations_to_other_rooms_are_strings() -> None:
    found = {
        path: relations_by_class(text)
        for path, text in SOURCES.items()
        if "models" in path.with_suffix("").parts
    }
    assert {path: calls for path, calls in found.items() if calls} == {}


@pytest.mark.parametrize(
    "source",
    [
        "from linli.people.models import Person",
        "import linli.people.models",
        "from linli.people import models",
        "def late():\n    from linli.people.models import Person",
    ],
)
def test_every_way_to_reach_a_foreign_table_is_seen(source: str) -> None:
    assert foreign_tables(source, room="cases")
    assert not foreign_tables(source, room="people")


def test_an_import_for_the_type_checker_is_no_access() -> None:
    source = "if TYPE_CHECKING:\n    from linli.people.models import Person\n"
    assert not foreign_tables(source, room="cases")


def test_a_relation_by_a_foreign_class_is_seen() -> None:
    assert relations_by_class("who = models.ForeignKey(Person, models.CASCADE)")
    assert not relations_by_class("class Person: ...\nwho = models.ForeignKey(Person, models.CASCADE)")
    assert not relations_by_class("who = models.ForeignKey('people.Person', models.CASCADE)")
