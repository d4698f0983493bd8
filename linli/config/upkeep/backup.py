"""Backing up while people work, and restoring into an empty or a given-up place (备份、恢复)."""

import shutil
import tempfile
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection

from linli.config.upkeep import engines
from linli.config.upkeep.archive import KEYS, MEDIA, Manifest, Writer, examine, unpack
from linli.config.upkeep.running import alone
from linli.config.upkeep.trouble import Trouble
from linli.record import queries as record

_KEY_FILES = ("secret-key", "field-keys")


def back_up(folder: Path, *, at: datetime) -> tuple[Path, Manifest]:
    """Write everything an installation cannot lose into one new file: database, photos, keys (备份).

    The database is taken first: a photo may be there without its line, never a line without its photo.
    """
    folder.mkdir(parents=True, exist_ok=True)
    out = folder / f"linli-{at:%Y%m%d-%H%M%S}.tar.gz"
    unfinished = out.with_name(f"{out.name}.part")
    unfinished.touch(mode=0o600)
    try:
        with tempfile.TemporaryDirectory(dir=folder) as room, unfinished.open("wb") as file:
            manifest = _write(Writer(file), Path(room), at=at)
        examine(unfinished)
        unfinished.replace(out)
    except OSError as error:
        raise Trouble(f"备份写不下去（{error.strerror}）。请检查磁盘空间和文件夹权限。") from error
    finally:
        unfinished.unlink(missing_ok=True)
    return out, manifest


def restore(file: Path, *, at: datetime, gives_up_present: bool) -> Manifest:
    """Put a backup in the place of what is here; what was here is put aside, whole (恢复).

    Nothing is replaced before the database is: a restore that fails leaves the keys of what is here.
    """
    manifest = examine(file)
    home: Path = settings.HOME
    with alone(home), tempfile.TemporaryDirectory(dir=home) as room:
        if engines.is_filled() and not gives_up_present:
            raise Trouble("这里已经有数据。确定要用备份替换它，请加 --replace；现有的会先另存一份。")
        aside = home / f"before-restore-{at:%Y%m%d-%H%M%S}"
        if engines.is_filled():
            _put_aside(aside)
        unpack(file, into=Path(room))
        engines.load(Path(room))
        _put_keys(Path(room) / KEYS)
        _put_media(Path(room) / MEDIA, aside=aside / MEDIA)
    return manifest


def _write(writer: Writer, room: Path, *, at: datetime) -> Manifest:
    dumped, name = engines.dump(room)
    last = next(iter(record.checkpoints(limit=1)), None)
    writer.add(dumped, name=name)
    for key in _KEY_FILES:
        if (settings.HOME / key).is_file():
            writer.add(settings.HOME / key, name=f"{KEYS}/{key}")
    media = Path(settings.MEDIA_ROOT)
    for path in sorted(path for path in media.rglob("*") if path.is_file()):
        writer.add(path, name=f"{MEDIA}/{path.relative_to(media).as_posix()}")
    return writer.close(made_at=at.isoformat(), engine=connection.vendor, root=last.root if last else "")


def _put_aside(folder: Path) -> None:
    engines.put_aside(folder)
    for key in _KEY_FILES:
        if (settings.HOME / key).is_file():
            shutil.copy2(settings.HOME / key, folder)


def _put_keys(folder: Path) -> None:
    for key in _KEY_FILES:
        if (folder / key).is_file():
            (folder / key).chmod(0o600)
            shutil.move(folder / key, settings.HOME / key)


def _put_media(folder: Path, *, aside: Path) -> None:
    target = Path(settings.MEDIA_ROOT)
    if target.exists() and any(target.iterdir()):
        aside.parent.mkdir(exist_ok=True)
        shutil.move(target, aside)
    shutil.rmtree(target, ignore_errors=True)
    if folder.exists():
        shutil.move(folder, target)
