"""Take a photo in: see what it really is, make it small, leave out where and how it was taken (照片)."""

import struct
import zlib
from dataclasses import dataclass
from io import BytesIO

from django.core.files.uploadedfile import UploadedFile
from PIL import Image, ImageOps

from linli.core.refusal import Refusal
from linli.core.verdict import Refused

_KINDS = ("JPEG", "PNG", "WEBP")
_MEGABYTE = 1024 * 1024
LARGEST_BYTES = 15 * _MEGABYTE
LARGEST_PIXELS = 60_000_000
_LONG_SIDE = 2000
_THUMBNAIL_SIDE = 480
_QUALITY = 82
# Pillow's readers answer a broken file with many kinds of errors.
_BROKEN = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    LookupError,
    TypeError,
    ArithmeticError,
    struct.error,
    zlib.error,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo fit to be kept: JPEG in two sizes, without metadata; sides in pixels."""

    content: bytes
    thumbnail: bytes
    width: int
    height: int


class PhotoAhead(UploadedFile):  # type: ignore[type-arg]  # it takes no argument when it runs
    """A photo that came ahead of its form and is fit to be kept already (先到的照片)."""

    def __init__(self, photo: Photo, *, name: str) -> None:
        super().__init__(BytesIO(photo.content), name, "image/jpeg", len(photo.content))
        self.photo = photo


def photo(file: "UploadedFile[bytes]") -> Photo:
    """Make a sent file into a photo to keep, or refuse it in plain words."""
    if isinstance(file, PhotoAhead):
        return file.photo
    name = file.name or "照片"
    size = file.size or 0
    if size > LARGEST_BYTES:
        raise _refused(
            f"「{name}」有 {size / _MEGABYTE:.1f} MB，超过了 {LARGEST_BYTES // _MEGABYTE} MB。",
            "请在手机相册里选「中」或「小」尺寸，或截一张图再传。",
        )
    upright = _open(file, name)
    full = _fitted(upright, _LONG_SIDE)
    thumbnail = _fitted(full, _THUMBNAIL_SIDE)
    return Photo(content=_jpeg(full), thumbnail=_jpeg(thumbnail), width=full.width, height=full.height)


def _open(file: "UploadedFile[bytes]", name: str) -> Image.Image:
    try:
        file.seek(0)
        opened = Image.open(file, formats=_KINDS)
        if opened.width * opened.height <= LARGEST_PIXELS:
            return _upright(opened)
    except _BROKEN as error:
        raise _refused(f"「{name}」不是能打开的照片。", "请传 JPG、PNG 或 WebP 格式的照片。") from error
    raise _refused(f"「{name}」的像素太多，无法处理。", "请在手机相册里缩小后再传。")


def _upright(opened: Image.Image) -> Image.Image:
    # A JPEG can be read at a fraction of its size: fifty million pixels need not stand in memory at once.
    opened.draft("RGB", (_LONG_SIDE, _LONG_SIDE))
    opened.load()
    ImageOps.exif_transpose(opened, in_place=True)
    return opened


def _fitted(image: Image.Image, side: int) -> Image.Image:
    if max(image.size) > side:
        image = ImageOps.contain(image, (side, side), Image.Resampling.LANCZOS)
    return _on_white(image)


def _on_white(image: Image.Image) -> Image.Image:
    if not image.has_transparency_data:
        return image.convert("RGB")
    layer = image.convert("RGBA")
    paper = Image.new("RGBA", layer.size, "white")
    return Image.alpha_composite(paper, layer).convert("RGB")


def _jpeg(image: Image.Image) -> bytes:
    # A fresh image takes only the pixels along: no place, no device, no embedded preview.
    bare = Image.new("RGB", image.size)
    bare.paste(image)
    out = BytesIO()
    bare.save(out, "JPEG", quality=_QUALITY, optimize=True, progressive=True)
    return out.getvalue()


def _refused(sentence: str, remedy: str) -> Refused:
    return Refused(Refusal(sentence, remedy=remedy, asked="上传照片"))
