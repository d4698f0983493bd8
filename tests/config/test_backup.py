import os
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import override_settings

from linli.config.upkeep import archive
from linli.config.upkeep.archive import Writer, examine
from linli.config.upkeep.backup import back_up
from linli.config.upkeep.running import alone, at_work
from linli.config.upkeep.trouble import Trouble
from linli.frame import keyring
from linli.record.actions import seal
from linli.record.export import export
from tests import make, world
from tests.world import TUESDAY

ROOT = Path(__file__).parents[2]


@pytest.fixture
def home(tmp_path: Path):
    """Keep photos and keys of the measured installation apart from those of the other tests."""
    here = tmp_path / "here"
    (here / "media" / "2026").mkdir(parents=True)
    (here / "media" / "2026" / "photo.jpg").write_bytes(b"a picture")
    (here / "secret-key").write_text("secret")
    keys = {"FIELD_KEYS_FILE": here / "field-keys"}
    with override_settings(HOME=here, MEDIA_ROOT=here / "media", **keys):
        keyring.present()
        yield here


def linli(*words: str, home: Path, database: str = "") -> str:
    inherited = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    told = subprocess.run(
        (sys.executable, "-m", "linli.config.cli", *words),
        cwd=ROOT,
        env=inherited | {"LINLI_HOME": str(home), "DATABASE_URL": database, "LINLI_DEMO": "0"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stderr
    return told.stdout


@pytest.fixture
def elsewhere():
    """Return the address of an empty database of the same kind."""
    if connection.vendor == "sqlite":
        yield ""
        return
    facts = connection.settings_dict
    with connection.cursor() as cursor:
        cursor.execute("CREATE DATABASE linli_restored")
    yield f"postgresql://{facts['USER']}@/linli_restored?host={facts['HOST']}"
    with connection.cursor() as cursor:
        cursor.execute("DROP DATABASE linli_restored")


@pytest.mark.django_db(transaction=True)
def test_a_restored_installation_says_what_the_old_one_said(
    home: Path, tmp_path: Path, elsewhere: str
) -> None:
    make.report(world.build())
    seal(at=TUESDAY)
    said = b"".join(export(chains=None))

    file, manifest = back_up(tmp_path / "backups", at=TUESDAY)
    there, out = tmp_path / "there", tmp_path / "record.jsonl"
    there.mkdir()
    told = linli("restore", str(file), home=there, database=elsewhere)
    linli("export-record", "--out", str(out), home=there, database=elsewhere)

    assert out.read_bytes() == said
    assert manifest.root in told
    assert (there / "media" / "2026" / "photo.jpg").read_bytes() == b"a picture"
    assert (there / "field-keys").read_text() == (home / "field-keys").read_text()
    assert (there / "field-keys").stat().st_mode & 0o077 == 0
    linli("verify", str(out), home=there, database=elsewhere)
    linli("check-counts", home=there, database=elsewhere)


@pytest.mark.django_db(transaction=True)
def test_a_backup_is_for_nobody_else_to_read(home: Path, tmp_path: Path) -> None:
    file, _ = back_up(tmp_path / "backups", at=TUESDAY)
    assert file.stat().st_mode & 0o077 == 0
    assert [left.name for left in file.parent.iterdir()] == [file.name]


@pytest.fixture
def written(tmp_path: Path) -> Path:
    (tmp_path / "one").write_bytes(b"one")
    with (tmp_path / "archive").open("wb") as file:
        writer = Writer(file)
        writer.add(tmp_path / "one", name="media/one")
        writer.close(made_at="2026-11-24", engine="sqlite", root="")
    return tmp_path / "archive"


def altered(written: Path, *, name: str, content: bytes) -> Path:
    """Write the archive again with one file changed or added."""
    other = written.with_name("altered")
    (written.parent / "content").write_bytes(content)
    with tarfile.open(written) as old, tarfile.open(other, "w:gz") as new:
        new.add(written.parent / "content", arcname=name)
        new.addfile(old.getmember(archive.MANIFEST), old.extractfile(archive.MANIFEST))
    return other


def test_a_whole_archive_is_taken(written: Path) -> None:
    assert list(examine(written).digests) == ["media/one"]


@pytest.mark.parametrize("name", ["../secret", "/etc/passwd", "other/file", "media/../../x"])
def test_a_file_that_does_not_belong_is_refused(written: Path, name: str) -> None:
    with pytest.raises(Trouble, match="不该有的内容"):
        examine(altered(written, name=name, content=b"one"))


def test_a_changed_file_is_found(written: Path) -> None:
    with pytest.raises(Trouble, match="和清单不符"):
        examine(altered(written, name="media/one", content=b"two"))


def test_half_an_archive_is_found(written: Path) -> None:
    half = written.with_name("half")
    half.write_bytes(written.read_bytes()[: written.stat().st_size // 2])
    with pytest.raises(Trouble):
        examine(half)


def test_an_archive_of_another_format_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with (tmp_path / "archive").open("wb") as file, monkeypatch.context() as later:
        later.setattr(archive, "FORMAT", archive.FORMAT + 1)
        Writer(file).close(made_at="2026-11-24", engine="sqlite", root="")
    with pytest.raises(Trouble, match="格式"):
        examine(tmp_path / "archive")


@pytest.mark.django_db
def test_what_is_there_is_not_given_up_unasked(home: Path, written: Path) -> None:
    world.build()
    with pytest.raises(CommandError, match="--replace"):
        call_command("restore", str(written))


@pytest.mark.django_db
def test_nothing_is_restored_under_a_running_site(home: Path, written: Path) -> None:
    with at_work(settings.HOME), pytest.raises(CommandError, match="正在运行"):
        call_command("restore", str(written))
    with alone(settings.HOME):
        assert not (settings.HOME / "before-restore").exists()


@pytest.mark.django_db(transaction=True)
def test_what_was_replaced_is_put_aside_whole(home: Path, tmp_path: Path, elsewhere: str) -> None:
    make.report(world.build())
    file, _ = back_up(tmp_path / "backups", at=TUESDAY)
    there = tmp_path / "there"
    there.mkdir()
    linli("restore", str(file), home=there, database=elsewhere)
    (there / "media" / "newer.jpg").write_bytes(b"newer")
    (there / "secret-key").write_text("newer")
    linli("restore", str(file), "--replace", home=there, database=elsewhere)

    (aside,) = there.glob("before-restore-*")
    assert (aside / "media" / "newer.jpg").read_bytes() == b"newer"
    assert (aside / "secret-key").read_text() == "newer"
    assert any(path.name.startswith("linli.") for path in aside.iterdir())
    assert not (there / "media" / "newer.jpg").exists()
    assert (there / "secret-key").read_text() == "secret"


@pytest.mark.django_db
def test_a_restore_that_fails_leaves_the_keys_of_what_is_here(home: Path, tmp_path: Path) -> None:
    (tmp_path / "key").write_text("of the backup")
    with (tmp_path / "archive").open("wb") as file:
        writer = Writer(file)
        writer.add(tmp_path / "key", name="keys/secret-key")
        writer.close(made_at="2026-11-24", engine="other", root="")
    with pytest.raises(CommandError, match="不是一种"):
        call_command("restore", str(tmp_path / "archive"))
    assert (home / "secret-key").read_text() == "secret"
