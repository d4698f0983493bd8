import struct
import zlib
from contextlib import suppress
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PIL.JpegImagePlugin import JpegImageFile

from linli.core.verdict import Refused
from linli.frame import upload


def picture(
    kind: str = "JPEG", size: tuple[int, int] = (60, 40), mode: str = "RGB", **saving: object
) -> bytes:
    out = BytesIO()
    Image.new(mode, size, "red").save(out, kind, **saving)
    return out.getvalue()


def sent(content: bytes, name: str = "现场.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_every_common_photo_becomes_a_jpeg(kind: str) -> None:
    photo = upload.photo(sent(picture(kind)))
    assert opened(photo.content).format == "JPEG"
    assert (photo.width, photo.height) == (60, 40)


def test_where_and_when_it_was_taken_is_left_out() -> None:
    exif = Image.Exif()
    exif[0x010F] = "MAKER-OF-THE-PHONE"
    exif.get_ifd(0x8825)[2] = (31.0, 12.0, 30.0)
    photo = upload.photo(sent(picture(exif=exif)))
    for content in (photo.content, photo.thumbnail):
        assert not opened(content).getexif()
        assert b"MAKER" not in content
        assert b"Exif" not in content


def test_a_photo_held_sideways_is_turned_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    photo = upload.photo(sent(picture(exif=exif)))
    assert (photo.width, photo.height) == (40, 60)


def test_a_large_photo_is_made_smaller_and_keeps_its_shape() -> None:
    photo = upload.photo(sent(picture(size=(4000, 3000))))
    assert (photo.width, photo.height) == (2000, 1500)
    assert opened(photo.thumbnail).size == (480, 360)


def test_what_was_transparent_becomes_white() -> None:
    out = BytesIO()
    Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(out, "PNG")
    pixel = opened(upload.photo(sent(out.getvalue())).content).getpixel((4, 4))
    assert pixel == (255, 255, 255)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="空文件"),
        pytest.param("这是一段文字".encode(), id="文字改名"),
        pytest.param(b"<svg xmlns='http://www.w3.org/2000/svg'/>", id="SVG"),
        pytest.param(picture("GIF"), id="动图"),
        pytest.param(picture()[:200], id="传了一半"),
        pytest.param(picture("PNG")[:60], id="PNG 传了一半"),
    ],
)
def test_what_is_no_photo_is_refused_by_its_name(content: bytes) -> None:
    with pytest.raises(Refused) as refused:
        upload.photo(sent(content))
    (refusal,) = refused.value.refusals
    assert "「现场.jpg」" in refusal.sentence
    assert "JPG、PNG 或 WebP" in refusal.remedy


def test_a_photo_at_the_limit_of_bytes_is_taken_and_one_above_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    content = picture()
    monkeypatch.setattr(upload, "LARGEST_BYTES", len(content))
    assert upload.photo(sent(content)).width == 60
    monkeypatch.setattr(upload, "LARGEST_BYTES", len(content) - 1)
    with pytest.raises(Refused, match="超过"):
        upload.photo(sent(content))


def test_a_photo_at_the_limit_of_pixels_is_taken_and_one_above_is_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(upload, "LARGEST_PIXELS", 60 * 40)
    assert upload.photo(sent(picture())).width == 60
    monkeypatch.setattr(upload, "LARGEST_PIXELS", 60 * 40 - 1)
    with pytest.raises(Refused, match="像素"):
        upload.photo(sent(picture()))


# ── What somebody may send on purpose ─────────────────────────────────────────────────────────────
def of_a_telephone(kind: str = "JPEG") -> bytes:
    """Return a photo as telephones make them: with place, instant, device, preview, remarks and profile."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0110] = "MAKER-OF-THE-PHONE", "MODEL-OF-THE-PHONE"
    exif.get_ifd(0x8769).update({0x9003: "2026:11:24 10:00:00", 0xA430: "OWNER-NAME"})
    exif.get_ifd(0x8825).update(
        {1: "N", 2: (30.0, 12.0, 30.5), 3: "E", 4: (115.0, 2.0, 10.0), 29: "2026:11:24"}
    )
    return picture(
        kind, exif=exif, xmp=b"<x:xmpmeta>GPSLatitude=30.2</x:xmpmeta>", icc_profile=b"PROFILE-BYTES"
    )


@pytest.mark.req("N5")
@pytest.mark.parametrize("kind", ["JPEG", "WEBP"])
def test_what_goes_in_with_a_place_comes_out_without_one(kind: str) -> None:
    content = of_a_telephone(kind)
    assert dict(opened(content).getexif().get_ifd(0x8825))[4] == (115.0, 2.0, 10.0)
    photo = upload.photo(sent(content))
    for kept in (photo.content, photo.thumbnail):
        assert not opened(kept).getexif()
        assert set(opened(kept).info) <= {
            "jfif",
            "jfif_version",
            "jfif_unit",
            "jfif_density",
            "progressive",
            "progression",
        }
        for mark in (b"MAKER", b"MODEL", b"OWNER", b"GPS", b"2026:11:24", b"PROFILE", b"xmp", b"Exif"):
            assert mark not in kept


@pytest.mark.req("N5")
@pytest.mark.parametrize(
    "tail",
    [
        pytest.param(b"<script>alert(1)</script>", id="后面接网页"),
        pytest.param(b"PK\x03\x04hidden.zip", id="后面接压缩包"),
        pytest.param(b"<?php system($_GET[0]); ?>", id="后面接程序"),
    ],
)
def test_a_photo_that_is_also_something_else_is_only_a_photo_afterwards(tail: bytes) -> None:
    photo = upload.photo(sent(picture() + tail))
    assert tail not in photo.content
    assert photo.content.startswith(b"\xff\xd8\xff")
    assert photo.content.endswith(b"\xff\xd9")


@pytest.mark.req("N5")
@pytest.mark.parametrize(
    ("kind", "name"), [("JPEG", "a.html"), ("PNG", "a.svg"), ("WEBP", "../../etc/passwd")]
)
def test_the_name_of_a_file_decides_nothing(kind: str, name: str) -> None:
    assert opened(upload.photo(sent(picture(kind), name)).content).format == "JPEG"


def declaring(width: int, height: int) -> bytes:
    """Return a tiny PNG that declares a huge picture: a bomb."""
    head = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = b"IDAT" + zlib.compress(b"\0" * 1000)
    chunks = (
        struct.pack(">I", len(one) - 4) + one + struct.pack(">I", zlib.crc32(one))
        for one in (head, body, b"IEND")
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


@pytest.mark.req("N5")
@pytest.mark.parametrize(
    ("width", "height"), [(30_000, 30_000), (8_000, 8_000), (1, 65_000_000), (2**31 - 1, 2**31 - 1)]
)
def test_a_bomb_is_refused_before_it_is_unpacked(width: int, height: int) -> None:
    with pytest.raises(Refused, match=r"像素太多|不是能打开的照片"):
        upload.photo(sent(declaring(width, height), "炸弹.png"))


@pytest.mark.req("N5")
@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_of_a_moving_picture_the_first_frame_is_kept(kind: str) -> None:
    out = BytesIO()
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    frames[0].save(out, kind, save_all=True, append_images=frames[1:], duration=100)
    kept = opened(upload.photo(sent(out.getvalue())).content)
    assert getattr(kept, "n_frames", 1) == 1
    red, _, blue = kept.getpixel((10, 10))
    assert red > blue


@pytest.mark.req("N5")
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@given(data=st.data())
def test_a_damaged_photo_is_taken_or_refused_and_never_breaks(kind: str, data: st.DataObject) -> None:
    content = bytearray(picture(kind))
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    content = content[: data.draw(st.integers(1, len(content)))]
    with suppress(Refused):
        assert opened(upload.photo(sent(bytes(content))).content).format == "JPEG"


def test_a_large_jpeg_is_read_at_a_fraction_of_its_size(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[tuple[int, int]] = []
    load = JpegImageFile.load
    monkeypatch.setattr(JpegImageFile, "load", lambda self: (read.append(self.size), load(self))[1])
    photo = upload.photo(sent(picture(size=(8000, 6000))))
    assert max(read) == (4000, 3000)
    assert (photo.width, photo.height) == (2000, 1500)
