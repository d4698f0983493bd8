"""On which line of a TOML file each of its values stands (行号)."""

import re
import tomllib
from bisect import bisect_right

from linli.pack.complaint import TomlPath

_BLANK = re.compile(r"(?:[\s]|#[^\n]*)*")
_KEY = re.compile(r"""[ \t]*("(?:[^"\\]|\\.)*"|'[^']*'|[A-Za-z0-9_-]+)[ \t]*""")
_TEXT = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}' + r"|'''.*?'{3,5}" + r'|"(?:[^"\\\n]|\\.)*"' + r"|'[^'\n]*'",
    re.DOTALL,
)
_PLAIN = re.compile(r"[^,\]}#\n]+")


class Lines:
    """Find the line of any value in the text of a valid TOML file (行号)."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0, *(found.end() for found in re.finditer("\n", text))]
        self._lines: dict[TomlPath, int] = {}
        self._lengths: dict[TomlPath, int] = {}
        self._scan()

    def locate(self, path: TomlPath) -> int:
        """Return the line of a value, counted from 1, or of the nearest table around one that is missing."""
        while path and path not in self._lines:
            path = path[:-1]
        return self._lines.get(path, 1)

    def _scan(self) -> None:
        table: TomlPath = ()
        position = self._skip(0)
        while position < len(self._text):
            if self._text[position] == "[":
                table, position = self._header(position)
            else:
                position = self._pair(position, table)
            position = self._skip(position)

    def _header(self, start: int) -> tuple[TomlPath, int]:
        is_array = self._text.startswith("[[", start)
        keys, end = self._keys(start + 1 + is_array)
        path = self._enter(keys[:-1], start) + keys[-1:]
        if is_array:
            self._lengths[path] = self._lengths.get(path, 0) + 1
            self._note(path, start)
            path = (*path, self._lengths[path] - 1)
        self._note(path, start)
        return path, end + 1 + is_array

    def _enter(self, keys: TomlPath, start: int) -> TomlPath:
        """Follow a header's keys down, each array of tables into its last table."""
        path: TomlPath = ()
        for key in keys:
            path = (*path, key)
            self._note(path, start)
            if path in self._lengths:
                path = (*path, self._lengths[path] - 1)
        return path

    def _pair(self, start: int, table: TomlPath) -> int:
        keys, end = self._keys(start)
        path = table
        for key in keys:
            path = (*path, key)
            self._note(path, start)
        return self._value(self._skip(end + 1), path)

    def _keys(self, position: int) -> tuple[TomlPath, int]:
        """Read a dotted key; the position after it is that of "=" or "]"."""
        keys: TomlPath = ()
        while found := _KEY.match(self._text, position):
            keys, position = (*keys, _plain_key(found[1])), found.end()
            if self._text[position] != ".":
                break
            position += 1
        return keys, position

    def _value(self, start: int, path: TomlPath) -> int:
        opening = self._text[start]
        if opening == "[":
            return self._array(start, path)
        if opening == "{":
            return self._inline_table(start, path)
        found = _TEXT.match(self._text, start) or _PLAIN.match(self._text, start)
        return found.end() if found else start + 1

    def _array(self, start: int, path: TomlPath) -> int:
        position, index = self._skip(start + 1), 0
        while self._text[position] != "]":
            self._note((*path, index), position)
            position = self._after_comma(self._value(position, (*path, index)))
            index += 1
        return position + 1

    def _inline_table(self, start: int, path: TomlPath) -> int:
        position = self._skip(start + 1)
        while self._text[position] != "}":
            position = self._after_comma(self._pair(position, path))
        return position + 1

    def _after_comma(self, position: int) -> int:
        position = self._skip(position)
        return self._skip(position + 1) if self._text[position] == "," else position

    def _skip(self, position: int) -> int:
        found = _BLANK.match(self._text, position)
        return found.end() if found else position

    def _note(self, path: TomlPath, position: int) -> None:
        self._lines.setdefault(path, bisect_right(self._starts, position))


def _plain_key(written: str) -> str:
    if written[0] not in "\"'":
        return written
    return str(tomllib.loads(f"key = {written}")["key"])
