"""Every value of a TOML file is found on its line."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.pack.complaint import TomlPath
from linli.pack.lines import Lines

TEXT = '''# a comment with [brackets] and a = sign
title = "邻里"           # line 2
"a key" = 1

[place.grid]
households = 300
lines = """
[rule]
id = "not a key"
"""
after = [
  1,    # one ]
  "]",
  { x = 1, y = [
    2,
  ] },
]

[[rule]]
id = "RC-8"
[rule.numbers]
members_least = 5
shares.of.half = "> 1/2"

[[rule]]
id = 'RC-9'   # second
[[rule.part]]
name = "甲"
[[rule.part]]
name = "乙"
at = 2026-11-24 10:00:00
[rule.numbers]
notice = "10 days"
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("title",), 2),
        (("a key",), 3),
        (("place",), 5),
        (("place", "grid"), 5),
        (("place", "grid", "households"), 6),
        (("place", "grid", "lines"), 7),
        (("place", "grid", "after"), 11),
        (("place", "grid", "after", 0), 12),
        (("place", "grid", "after", 1), 13),
        (("place", "grid", "after", 2, "x"), 14),
        (("place", "grid", "after", 2, "y", 0), 15),
        (("rule",), 19),
        (("rule", 0), 19),
        (("rule", 0, "id"), 20),
        (("rule", 0, "numbers"), 21),
        (("rule", 0, "numbers", "members_least"), 22),
        (("rule", 0, "numbers", "shares", "of", "half"), 23),
        (("rule", 1), 25),
        (("rule", 1, "id"), 26),
        (("rule", 1, "part", 0, "name"), 28),
        (("rule", 1, "part", 1), 29),
        (("rule", 1, "part", 1, "name"), 30),
        (("rule", 1, "part", 1, "at"), 31),
        (("rule", 1, "numbers", "notice"), 33),
    ],
)
def test_the_line_of_a_value(path: TomlPath, line: int) -> None:
    assert Lines(TEXT).locate(path) == line


@pytest.mark.parametrize(
    ("path", "line"),
    [
        pytest.param(("rule", 1, "title"), 25, id="缺少的键，指到所在的表"),
        pytest.param(("rule", 0, "numbers", "notice"), 21, id="缺少的数，指到 numbers"),
        pytest.param(("nothing",), 1, id="缺少的顶层键，指到文件开头"),
        pytest.param((), 1, id="整个文件"),
    ],
)
def test_what_is_missing_is_located_at_the_table_around_it(path: TomlPath, line: int) -> None:
    assert Lines(TEXT).locate(path) == line


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment", "a = 1", "[a]", "[[a]]\n"])
def test_small_files_are_read_to_the_end(text: str) -> None:
    assert Lines(text).locate(()) == 1


def test_windows_line_ends_count_once() -> None:
    assert Lines("a = 1\r\n\r\n[b]\r\nc = 2\r\n").locate(("b", "c")) == 4


values = st.recursive(
    st.sampled_from(
        ["1", "-2.5", "true", "2026-01-01", '"a # ] } = [b]"', "'''x\n] = #'''", '"""\n\\"] y"""', "'#'"]
    ),
    lambda inner: st.lists(inner, max_size=3).map(lambda found: "[ # c\n" + ",\n".join(found) + "\n]"),
    max_leaves=6,
)


@given(st.lists(values, min_size=1, max_size=6))
def test_a_key_is_on_the_line_on_which_it_was_written(written: list[str]) -> None:
    text, expected = "", {}
    for number, value in enumerate(written):
        expected[f"k{number}"] = text.count("\n") + 1
        text += f"k{number} = {value} # end\n"
    assert set(tomllib.loads(text)) == set(expected)
    lines = Lines(text)
    assert {key: lines.locate((key,)) for key in expected} == expected


@pytest.mark.parametrize(
    "path",
    sorted((Path(__file__).parents[2] / "packs").rglob("*.toml")),
    ids=lambda path: f"{path.parent.name}-{path.stem}",
)
def test_every_value_of_every_pack_has_a_line_of_its_own(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    lines, rows = Lines(text), text.splitlines()
    for found in _leaves(tomllib.loads(text), ()):
        row = rows[lines.locate(found) - 1]
        key = next(part for part in reversed(found) if isinstance(part, str))
        assert isinstance(found[-1], int) or key in row


def _leaves(value: object, path: TomlPath) -> list[TomlPath]:
    if isinstance(value, dict):
        return [leaf for key, inner in value.items() for leaf in _leaves(inner, (*path, key))]
    if isinstance(value, list):
        return [leaf for place, inner in enumerate(value) for leaf in _leaves(inner, (*path, place))]
    return [path]
