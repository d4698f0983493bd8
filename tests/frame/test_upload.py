from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

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
