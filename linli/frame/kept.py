"""A small secret file that comes into being once, whole, and for nobody else to read (密钥文件)."""

import os
from collections.abc import Callable
from pathlib import Path


def kept(path: Path, *, make: Callable[[], str]) -> str:
    """Read the file; the first to ask for it writes what ``make`` answers."""
    if not path.exists():
        draft = _drafted(path, make())
        _claim(path, draft)
    return path.read_text(encoding="ascii")


def replace(path: Path, text: str) -> None:
    """Put a new content in the place of the old one, whole or not at all."""
    _drafted(path, text).replace(path)
    _settle(path.parent)


def _drafted(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.unlink(missing_ok=True)
    draft.touch(mode=0o600)
    with draft.open("w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        # What is encrypted with a key that a power cut swallowed is lost.
        os.fsync(file.fileno())
    return draft


def _claim(path: Path, draft: Path) -> None:
    # A link either appears whole or not at all: two processes starting at once end with one key.
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    _settle(path.parent)


def _settle(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
