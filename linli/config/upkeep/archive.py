"""One file that holds a whole installation, with a digest of everything inside (备份文件)."""

import hashlib
import io
import json
import tarfile
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any

from linli.config.upkeep.trouble import Trouble

FORMAT = 1
MANIFEST = "manifest.json"
DATABASE, MEDIA, KEYS = "database", "media", "keys"
_PARTS = frozenset({DATABASE, MEDIA, KEYS})
_CHUNK = 1 << 20
_LEVEL = 3


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds and where it comes from (备份清单).

    ``root`` binds the record up to its last checkpoint; ``digests`` are SHA-256 by name.
    """

    format: int
    made_at: str
    engine: str
    root: str
    digests: Mapping[str, str]


class Writer:
    """Write files into an archive, noting the digest of each (写备份)."""

    def __init__(self, file: IO[bytes]) -> None:
        self._tar = tarfile.open(fileobj=file, mode="w:gz", compresslevel=_LEVEL)  # noqa: SIM115  (``close`` closes it)
        self._digests: dict[str, str] = {}

    def add(self, path: Path, *, name: str) -> None:
        """Add a file under a name."""
        with path.open("rb") as file:
            read = _Digested(file)
            self._tar.addfile(self._tar.gettarinfo(fileobj=file, arcname=name), read)
        self._digests[name] = read.digest

    def close(self, **facts: Any) -> Manifest:
        """Write the manifest as the last of all, and return it."""
        manifest = Manifest(format=FORMAT, digests=self._digests, **facts)
        text = json.dumps(asdict(manifest), ensure_ascii=False, indent=1).encode()
        info = tarfile.TarInfo(MANIFEST)
        info.size, info.mode = len(text), 0o600
        self._tar.addfile(info, io.BytesIO(text))
        self._tar.close()
        return manifest


def examine(path: Path) -> Manifest:
    """Read an archive from end to end; raises ``Trouble`` when any digest differs (核对)."""
    found: dict[str, str] = {}
    manifest: Manifest | None = None
    for name, file in _members(path):
        if name == MANIFEST:
            manifest = _manifest(file.read())
        else:
            found[name] = _digest(file)
    if manifest is None:
        raise Trouble(f"{path} 不完整：没有清单，多半是备份时中断了。请换一份备份。")
    differing = sorted({*found.items()} ^ {*manifest.digests.items()})
    if differing:
        raise Trouble(f"{path} 和清单不符（如 {differing[0][0]}），可能被改动或损坏。请换一份备份。")
    return manifest


def unpack(path: Path, *, into: Path) -> None:
    """Write an archive's files below a folder (解开备份)."""
    for name, file in _members(path):
        if name == MANIFEST:
            continue
        target = into / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.touch(mode=0o600)
        with target.open("wb") as out:
            while chunk := file.read(_CHUNK):
                out.write(chunk)


def _members(path: Path) -> Iterator[tuple[str, IO[bytes]]]:
    try:
        with tarfile.open(path, "r:gz") as tar:
            for member in tar:
                _check(member)
                if file := tar.extractfile(member):
                    yield member.name, file
    except FileNotFoundError as error:
        raise Trouble(f"没有这个文件：{path}。请核对文件名。") from error
    except (tarfile.TarError, EOFError, OSError) as error:
        raise Trouble(f"{path} 读不下去（{type(error).__name__}），不是备份文件，或者已损坏。") from error


def _check(member: tarfile.TarInfo) -> None:
    parts = PurePosixPath(member.name).parts
    is_known = member.name == MANIFEST or (len(parts) > 1 and parts[0] in _PARTS)
    if not member.isreg() or not is_known or ".." in parts or PurePosixPath(member.name).is_absolute():
        raise Trouble(f"备份文件里有不该有的内容：{member.name}。它不是本系统写的，不能恢复。")


def _manifest(text: bytes) -> Manifest:
    try:
        said = json.loads(text)
        manifest = Manifest(**said)
    except (ValueError, TypeError) as error:
        raise Trouble("备份清单读不懂，文件已损坏，请换一份备份。") from error
    if manifest.format != FORMAT:
        raise Trouble(f"备份是第 {manifest.format} 版格式，这里只认第 {FORMAT} 版。请用写它的版本来恢复。")
    return manifest


def _digest(file: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while chunk := file.read(_CHUNK):
        digest.update(chunk)
    return digest.hexdigest()


class _Digested:
    """A file that is digested while it is read."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self._digest = file, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        chunk = self._file.read(size)
        self._digest.update(chunk)
        return chunk

    @property
    def digest(self) -> str:
        return self._digest.hexdigest()
