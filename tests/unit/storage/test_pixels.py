from __future__ import annotations

import contextlib
import io
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms, PngImagePlugin

from studio.storage.pixels import embedded_prompt, read_facts, to_srgb
from studio.storage.wholeness import NotAnImage, read_structure, sniff
from tests.unit.storage.material import picture

FORMS = ("PNG", "JPEG", "WEBP", "GIF", "AVIF")


def srgb() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def saved(image: Image.Image, form: str, **options: object) -> bytes:
    target = io.BytesIO()
    image.save(target, form, **options)
    return target.getvalue()


@pytest.mark.parametrize("form", FORMS)
@given(data=st.data())
def test_no_beginning_of_a_file_passes_for_the_whole(form: str, data: st.DataObject) -> None:
    whole = picture(120, 90, form=form, marks=7)
    read_structure(whole)
    end = data.draw(st.integers(min_value=0, max_value=len(whole) - (2 if form == "GIF" else 1)))

    with pytest.raises(NotAnImage):
        read_structure(whole[:end])


@given(junk=st.binary(max_size=400), form=st.sampled_from(FORMS), at=st.integers(min_value=0, max_value=300))
def test_hostile_bytes_are_refused_in_words_and_never_break_us(junk: bytes, form: str, at: int) -> None:
    whole = picture(40, 30, form=form, marks=3)
    for content in (junk, whole[:at] + junk + whole[at + len(junk) :]):
        try:
            told = str(read_facts(content, decode=True).media_type)
        except NotAnImage as error:
            told = str(error)
        assert told


@given(content=st.binary(max_size=64))
def test_sniffing_knows_or_refuses(content: bytes) -> None:
    with contextlib.suppress(NotAnImage):
        assert sniff(content).startswith("image/")


def test_what_follows_the_end_is_allowed() -> None:
    assert read_structure(picture(form="PNG") + b"appended").media_type == "image/png"
    assert read_structure(picture(form="JPEG") + b"appended").media_type == "image/jpeg"


def test_frames_are_counted() -> None:
    frames = [Image.new("RGB", (20, 20), (shade, 0, 0)) for shade in (0, 90, 180)]
    for form in ("GIF", "WEBP", "PNG"):
        content = saved(frames[0], form, save_all=True, append_images=frames[1:], duration=50)
        assert read_facts(content).frame_count == 3


def test_profiles_are_named_and_alpha_is_seen() -> None:
    assert read_facts(picture()).colour_profile is None
    assert "sRGB" in (read_facts(saved(Image.new("RGB", (9, 9)), "PNG", icc_profile=srgb())).colour_profile or "")
    assert read_facts(saved(Image.new("RGB", (9, 9)), "PNG", icc_profile=b"rubbish")).colour_profile == "unreadable"
    assert not read_facts(picture()).has_alpha
    assert read_facts(saved(Image.new("LA", (9, 9)), "PNG")).has_alpha
    indexed = Image.new("P", (9, 9))
    assert read_facts(saved(indexed, "PNG", transparency=0)).has_alpha


def test_a_turned_photograph_has_the_size_it_is_shown_in() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    content = saved(Image.new("RGB", (60, 40)), "JPEG", exif=exif)

    assert (read_facts(content).width, read_facts(content).height) == (40, 60)
    with Image.open(io.BytesIO(content)) as image:
        assert to_srgb(image).size == (40, 60)


def with_png_chunk(kind: bytes, content: bytes) -> bytes:
    whole = picture()
    chunk = struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
    return whole[:33] + chunk + whole[33:]


def test_content_credentials_are_seen() -> None:
    assert read_facts(with_png_chunk(b"caBX", b"jumb manifest")).has_c2pa
    jpeg = picture(form="JPEG")
    segment = b"JP\0\0\0\0\0\1\0\0\0\0jumb" + b"\0" * 20
    with_segment = jpeg[:2] + b"\xff\xeb" + struct.pack(">H", len(segment) + 2) + segment + jpeg[2:]
    assert read_facts(with_segment).has_c2pa
    webp = picture(form="WEBP")
    chunk = b"C2PA" + struct.pack("<I", 4) + b"jumb"
    grown = webp[:4] + struct.pack("<I", len(webp) - 8 + len(chunk)) + webp[8:] + chunk
    assert read_facts(grown).has_c2pa
    assert not read_facts(jpeg).has_c2pa


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16", "I", "F"])
def test_every_kind_of_pixel_can_be_shown(mode: str) -> None:
    image = Image.new(mode, (30, 20))
    shown = to_srgb(image)

    assert shown.mode in ("RGB", "RGBA")
    assert shown.size == (30, 20)


def test_sixteen_bits_keep_their_shades() -> None:
    image = Image.new("I;16", (2, 1))
    image.putpixel((0, 0), 32_768)
    image.putpixel((1, 0), 65_535)

    assert [to_srgb(image).getpixel((x, 0))[0] for x in (0, 1)] == [127, 255]  # type: ignore[index]  # RGB has three


def test_words_inside_an_image_are_read() -> None:
    words = PngImagePlugin.PngInfo()
    words.add_text("parameters", "a red fox, oil\nNegative prompt: blurry\nSteps: 20, Seed: 1")
    assert embedded_prompt(saved(Image.new("RGB", (9, 9)), "PNG", pnginfo=words)) == "a red fox, oil"
    exif = Image.Exif()
    exif[0x010E] = "a blue whale"
    assert embedded_prompt(saved(Image.new("RGB", (9, 9)), "JPEG", exif=exif)) == "a blue whale"
    comment = Image.Exif()
    comment.get_ifd(0x8769)[0x9286] = b"UNICODE\0" + "猫\nSteps: 9".encode("utf-16-be")
    assert embedded_prompt(saved(Image.new("RGB", (9, 9)), "WEBP", exif=comment)) == "猫"
    assert embedded_prompt(picture()) is None
    assert embedded_prompt(b"no image") is None
