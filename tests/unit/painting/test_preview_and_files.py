"""Previews sharpen, palettes are read, files carry honest words."""

from __future__ import annotations

import io
from typing import Literal

import pytest
from PIL import Image

from studio.painting import PaintStyle, encode, palette_of, sharpen_steps
from tests.unit.painting.measure import difference, edge_energy, painted


@pytest.mark.parametrize("style", list(PaintStyle))
@pytest.mark.parametrize("steps", [0, 1, 2, 3])
def test_previews_sharpen_step_by_step(style: PaintStyle, steps: int) -> None:
    picture = painted("vase and two pears", paint_style=style, width=512, height=400)
    previews = sharpen_steps(picture, steps)
    assert len(previews) == steps
    assert all(preview.size == picture.size and preview.mode == picture.mode for preview in previews)
    energies = [edge_energy(image) for image in (*previews, picture)]
    assert energies == sorted(energies)
    assert len(set(energies)) == len(energies)
    gaps = [difference(preview, picture) for preview in previews]
    assert gaps == sorted(gaps, reverse=True)


def test_a_negative_number_of_previews_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        sharpen_steps(Image.new("RGB", (8, 8)), -1)


def test_the_palette_lists_dominant_colours_most_frequent_first() -> None:
    image = Image.new("RGB", (100, 100), (200, 40, 40))
    image.paste((30, 60, 160), (0, 0, 100, 30))
    image.paste((240, 230, 90), (0, 0, 10, 30))
    palette = palette_of(image, 6)
    assert [tuple(round(channel, -1) for channel in colour) for colour in palette] == [
        (200, 40, 40),
        (30, 60, 160),
        (240, 230, 90),
    ]
    assert len(palette_of(image, 2)) == 2


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16"])
def test_any_kind_of_reference_has_a_palette(mode: str) -> None:
    palette = palette_of(Image.new(mode, (7, 3)), 4)
    assert all(0 <= channel <= 255 for colour in palette for channel in colour)


def test_transparent_parts_are_not_in_the_palette() -> None:
    image = Image.new("RGBA", (20, 20), (255, 0, 0, 0))
    assert palette_of(image) == ()
    image.paste((0, 80, 200, 255), (0, 0, 10, 20))
    assert palette_of(image) == ((0, 80, 200),)


NOTES = {"Software": "Prompt Studio Demo", "Prompt": "湖 & <dawn>", "Seed": "48213", "Bad\x00key": "tail\x07\ud800end"}


def test_a_png_carries_every_note_as_text() -> None:
    picture = painted("lake")
    found = Image.open(io.BytesIO(encode(picture, file_format="png", text=NOTES)))
    assert isinstance(found.info, dict)
    assert {key: found.info[key] for key in ("Software", "Prompt", "Seed", "Badkey")} == {
        "Software": "Prompt Studio Demo",
        "Prompt": "湖 & <dawn>",
        "Seed": "48213",
        "Badkey": "tailend",
    }
    assert found.tobytes() == picture.tobytes()


@pytest.mark.parametrize("file_format", ["jpeg", "webp"])
def test_jpeg_and_webp_carry_exif_and_xmp(file_format: Literal["jpeg", "webp"]) -> None:
    picture = painted("lake")
    found = Image.open(io.BytesIO(encode(picture, file_format=file_format, text=NOTES)))
    assert found.getexif()[0x0131] == "Prompt Studio Demo"
    packet = found.info["xmp"].decode()
    assert "Prompt: 湖 &amp; &lt;dawn&gt;" in packet
    assert "Seed: 48213" in packet
    assert found.getxmp(), "the packet is well-formed XML"
    assert difference(found.convert("RGB"), picture) < 3


def test_a_transparent_picture_keeps_its_alpha_or_lies_on_white() -> None:
    picture = painted("robot, transparent background")
    for file_format in ("png", "webp"):
        found = Image.open(io.BytesIO(encode(picture, file_format=file_format, text={})))
        assert found.mode == "RGBA"
    flat = Image.open(io.BytesIO(encode(picture, file_format="jpeg", text={})))
    corner = flat.getpixel((2, 2))
    assert isinstance(corner, tuple)
    assert min(corner) > 245


def test_very_long_notes_still_fit() -> None:
    notes = {"Software": "Prompt Studio Demo", "Prompt": "湖" * 60_000}
    for file_format in ("png", "jpeg", "webp"):
        data = encode(Image.new("RGB", (32, 32)), file_format=file_format, text=notes)
        assert Image.open(io.BytesIO(data)).size == (32, 32)


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown file format"):
        encode(Image.new("RGB", (8, 8)), file_format="gif", text={})  # type: ignore[arg-type]  # the mistake under test
