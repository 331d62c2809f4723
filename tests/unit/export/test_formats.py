from __future__ import annotations

import io
import json
import struct
import zlib
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring
from PIL import Image, ImageCms, ImageFilter

from studio.domain.assets import ImageFacts, ReferenceImage
from studio.domain.errors import FileUnreadable
from studio.domain.exporting import ExportFormat, ExportOptions
from studio.domain.request import Target
from studio.domain.values import BlobHash
from studio.export.formats import converted
from studio.export.metadata import XMP_MAX_BYTES, sidecar, xmp_packet
from studio.export.plan import ExportImage
from studio.export.png_chunks import NotPlainPng, with_text
from tests.unit.export.conftest import make_image, make_run, picture

FORMATS: tuple[ExportFormat, ...] = ("png", "jpeg", "webp", "avif")
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
PROMPT = '两只梨 <b>& "quoted"</b> 🐈 \x07'


def image_of(content: bytes, **changes: Any) -> ExportImage:
    with Image.open(io.BytesIO(content)) as opened:
        size = {"width": opened.width, "height": opened.height, "size_bytes": len(content)}
        facts = ImageFacts.model_validate({"media_type": f"image/{(opened.format or '').lower()}", **size})
    return make_image(make_run(48, PROMPT, negative_prompt="text"), facts=facts, seed=7, **changes)


def export(content: bytes, target: ExportFormat, **options: Any) -> Image.Image:
    exported = converted(content, image_of(content), ExportOptions(format=target, **options))
    opened = Image.open(io.BytesIO(exported))
    opened.load()
    return opened


def xmp_of(opened: Image.Image) -> bytes:
    found = opened.info.get("xmp") or opened.info.get("XML:com.adobe.xmp", "")
    return found if isinstance(found, bytes) else str(found).encode()


def gradient() -> bytes:
    image = Image.linear_gradient("L").resize((40, 24)).convert("RGB").filter(ImageFilter.BLUR)
    written = io.BytesIO()
    image.save(written, "PNG", icc_profile=SRGB, dpi=(300, 300), pnginfo=None)
    return written.getvalue()


@pytest.mark.parametrize("target", FORMATS)
def test_prompt_and_colours_are_inside_each_format(target: ExportFormat) -> None:
    opened = export(gradient(), target)
    assert opened.format == {"png": "PNG", "jpeg": "JPEG", "webp": "WEBP", "avif": "AVIF"}[target]
    assert opened.size == (40, 24)
    assert opened.info["icc_profile"] == SRGB
    packet = xmp_of(opened)
    for told in (
        "两只梨 &lt;b&gt;&amp;",
        "trainedAlgorithmicMedia",
        "gpt-image-2",
        "<studio:Seed>7<",
        "Negative prompt: text",
    ):
        assert told.encode() in packet


@pytest.mark.parametrize("target", FORMATS)
def test_stripped_copy_tells_nothing_but_keeps_its_colours(target: ExportFormat) -> None:
    written = io.BytesIO()
    source = Image.new("RGB", (8, 8), "blue")
    exif = source.getexif()
    exif[0x010E] = "secret place"
    source.save(written, "JPEG", icc_profile=SRGB, exif=exif, comment=b"secret comment")
    exported = converted(
        written.getvalue(), image_of(written.getvalue()), ExportOptions(format=target, metadata="strip")
    )
    assert b"secret" not in exported
    assert "梨".encode() not in exported
    assert Image.open(io.BytesIO(exported)).info["icc_profile"] == SRGB


def test_png_to_png_keeps_every_bit_of_every_pixel_and_drops_all_text() -> None:
    deep = Image.new("I;16", (5, 4), 51_234)
    written = io.BytesIO()
    deep.save(written, "PNG", icc_profile=SRGB)
    content = written.getvalue()
    planted = content[:33] + _chunk(b"tEXt", b"Comment\0planted") + _chunk(b"caBX", b"planted") + content[33:]
    exported = converted(planted, image_of(planted), ExportOptions(format="png"))
    assert b"planted" not in exported
    assert _idat(exported) == _idat(content)
    opened = Image.open(io.BytesIO(exported))
    assert opened.getpixel((0, 0)) == 51_234


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def _idat(content: bytes) -> bytes:
    start = content.index(b"IDAT")
    return content[start : content.index(b"IEND")]


@pytest.mark.parametrize(
    "content", [b"", b"GIF89a", picture()[:-5], picture()[:20], picture().replace(b"IDAT", b"IDAX")], ids=range(5)
)
def test_damaged_png_is_not_passed_on_chunk_by_chunk(content: bytes) -> None:
    with pytest.raises(NotPlainPng):
        with_text(content, None)


def test_transparency_goes_onto_white_in_jpeg_and_stays_elsewhere() -> None:
    clear = picture(mode="RGBA", colour=(255, 0, 0, 0))
    assert export(clear, "jpeg").getpixel((0, 0)) == (255, 255, 255)
    for target in ("png", "webp", "avif"):
        assert export(clear, target).mode == "RGBA"


@pytest.mark.parametrize(
    ("mode", "target"), [("P", "jpeg"), ("1", "webp"), ("LA", "avif"), ("L", "jpeg"), ("P", "png")]
)
def test_rare_kinds_of_pixels_are_read_too(mode: str, target: ExportFormat) -> None:
    assert export(picture(mode=mode), target, longest_edge_px=16).size == (8, 6)


def test_sixteen_bit_grey_becomes_eight_bit_where_the_format_has_no_more() -> None:
    written = io.BytesIO()
    Image.new("I;16", (4, 4), 0x8000).save(written, "PNG")
    value = export(written.getvalue(), "jpeg").getpixel((0, 0))
    assert value in (127, 128)


def test_print_colours_become_screen_colours() -> None:
    opened = export(picture("image/jpeg", mode="CMYK", colour=(0, 255, 255, 0)), "png")
    assert opened.mode == "RGB"


@pytest.mark.parametrize("target", FORMATS)
@pytest.mark.parametrize("source", ["image/png", "image/jpeg"])
def test_longer_edge_is_fitted_and_nothing_enlarged(source: str, target: ExportFormat) -> None:
    assert export(picture(source, size=(400, 100)), target, longest_edge_px=100).size == (100, 25)
    assert export(picture(source, size=(40, 10)), target, longest_edge_px=100).size == (40, 10)


def test_turned_photograph_stands_upright() -> None:
    source = Image.new("RGB", (40, 20), "red")
    exif = source.getexif()
    exif[0x0112] = 6
    written = io.BytesIO()
    source.save(written, "JPEG", exif=exif)
    assert export(written.getvalue(), "jpeg", longest_edge_px=20).size == (10, 20)


def test_quality_counts() -> None:
    noise = Image.effect_noise((64, 64), 80).convert("RGB")
    written = io.BytesIO()
    noise.save(written, "PNG")
    content = written.getvalue()
    for target in ("jpeg", "webp", "avif"):
        sizes = [
            len(converted(content, image_of(content), ExportOptions(format=target, quality=quality)))
            for quality in (20, 95)
        ]
        assert sizes[0] < sizes[1] * 0.7


@pytest.mark.parametrize("content", [b"", b"no image at all", b"<svg/>", picture()[:50]])
def test_what_cannot_be_decoded_is_said(content: bytes) -> None:
    with pytest.raises(FileUnreadable, match=r"output/images/a\.png"):
        converted(content, make_image(), ExportOptions(format="jpeg"))


def _told(packet: bytes) -> Element:
    tree: Element = fromstring(packet.decode())
    return tree


def test_packet_is_well_formed_whatever_the_words() -> None:
    packet = xmp_packet(image_of(gradient(), tags=("<tag>", "b&c"), rating=4))
    texts = [element.text for element in _told(packet).iter()]
    assert '两只梨 <b>& "quoted"</b> 🐈 ' in texts
    assert "<tag>" in texts
    assert "4" in texts


@pytest.mark.parametrize("word", ["word ", "字", "&", "😀"])
def test_endless_prompt_still_fits_a_jpeg(word: str) -> None:
    prompt = (word * 50_000)[:50_000]
    packet = xmp_packet(make_image(make_run(1, prompt)))
    assert len(packet) <= XMP_MAX_BYTES
    assert len(packet) > XMP_MAX_BYTES * 0.9
    _told(packet)


def test_demo_does_not_claim_to_have_learned() -> None:
    packet = xmp_packet(make_image(make_run(1, "x", Target(provider="demo", model="demo-painter"))))
    assert b"digitalsourcetype/algorithmicMedia" in packet


def test_sidecar_has_what_is_needed_to_repeat_and_no_address() -> None:
    reference = ReferenceImage(
        blob=BlobHash("1" * 64),
        media_type="image/png",
        width=4,
        height=4,
        size_bytes=9,
        name="pear.png",
        source_url="https://host.invalid/pear.png?token=secret",
    )
    run = make_run(
        48, PROMPT, Target(provider="openai", model="m", options={"quality": "low"}), reference_image=(reference,)
    )
    image = make_image(run, seed=7, image_url="https://host.invalid/result.png?sig=secret", note="my note")
    told = sidecar(image, "a.jpg")
    assert "secret" not in json.dumps(told)
    assert told["request"]["prompt"] == PROMPT
    assert told["request"]["reference_image"] == [{"sha256": "1" * 64, "name": "pear.png", "width": 4, "height": 4}]
    assert (told["file"], told["seed"], told["options"], told["note"]) == ("a.jpg", 7, {"quality": "low"}, "my note")
