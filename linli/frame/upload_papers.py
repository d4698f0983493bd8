"""Take a paper in: a file to read or print, of a kind that runs nothing by itself (材料)."""

import secrets
from dataclasses import dataclass
from pathlib import PurePosixPath

from django.core.files.uploadedfile import UploadedFile

from linli.core.refusal import Refusal
from linli.core.verdict import Refused

_MEGABYTE = 1024 * 1024
LARGEST_BYTES = 20 * _MEGABYTE
# How a file of each kind begins; what is written as one of them but begins otherwise is refused.
_BEGINS = {
    ".pdf": b"%PDF-",
    ".docx": b"PK\x03\x04",
    ".xlsx": b"PK\x03\x04",
    ".jpg": b"\xff\xd8\xff",
    ".jpeg": b"\xff\xd8\xff",
    ".png": b"\x89PNG\r\n",
}
ACCEPTED = ",".join(_BEGINS)


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper fit to be kept: its title, and a name that nobody can guess."""

    title: str
    stored_as: str
    file: "UploadedFile[bytes]"


def paper(file: "UploadedFile[bytes]", *, title: str = "") -> Paper:
    """Make a sent file into a paper to keep, or refuse it in plain words."""
    name = PurePosixPath((file.name or "材料").replace("\\", "/"))
    kind = name.suffix.lower()
    if (file.size or 0) > LARGEST_BYTES:
        raise _refused(f"「{name.name}」超过了 {LARGEST_BYTES // _MEGABYTE} MB。", "请压缩，或者分成几份。")
    begins = _BEGINS.get(kind)
    file.seek(0)
    if begins is None or not file.read(len(begins)).startswith(begins):
        raise _refused(
            f"「{name.name}」不是能收的材料。", "请传 PDF、Word（docx）、Excel（xlsx）或者 JPG、PNG 图片。"
        )
    file.seek(0)
    return Paper(title.strip() or name.stem, f"{secrets.token_hex(8)}{kind}", file)


def _refused(sentence: str, remedy: str) -> Refused:
    return Refused(Refusal(sentence, remedy=remedy, asked="会议材料"))
