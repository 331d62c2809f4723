"""References from everywhere, and requests as JSON: every mistake in plain words."""

from __future__ import annotations

import base64
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.domain.assets import AspectRatio, Size
from studio.domain.errors import (
    ImageTooLarge,
    LinkRefused,
    Offline,
    ReferenceTooLarge,
    ReferenceUnreadable,
    RequestInvalid,
    StudioError,
)
from studio.domain.request import Target
from studio.engine.intake import Intake
from studio.engine.wish import FIELDS, WishReader
from tests.unit.engine.fakes import MemoryArchive, MemoryJournal, png


class Fetcher:
    def __init__(self) -> None:
        self.answer: bytes | Exception = png("from afar")
        self.asked: list[tuple[str, int]] = []

    async def fetch(self, url: str, *, limit_bytes: int) -> bytes:
        self.asked.append((url, limit_bytes))
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


@pytest.fixture
def archive() -> MemoryArchive:
    return MemoryArchive(MemoryJournal())


@pytest.fixture
def fetcher() -> Fetcher:
    return Fetcher()


@pytest.fixture
def intake(archive: MemoryArchive, fetcher: Fetcher) -> Intake:
    return Intake(archive, fetcher)


@pytest.fixture
def cat(tmp_path: Path) -> Path:
    path = tmp_path / "a cat.png"
    path.write_bytes(png("cat"))
    return path


async def reason(intake: Intake, source: str | Path | bytes) -> str:
    """The words of the refusal."""
    with pytest.raises(StudioError) as caught:
        await intake.reference(source)
    return caught.value.problem.text


async def test_a_reference_is_read_once_and_kept_by_its_hash(intake: Intake, archive: MemoryArchive, cat: Path) -> None:
    for source in (cat, str(cat), f"  {cat}\n", cat.as_uri(), f"file://localhost{cat.as_uri()[7:]}"):
        reference = await intake.reference(source)
        assert archive.blobs[reference.blob] == png("cat")
        assert (reference.name, reference.media_type, reference.width, reference.height) == (
            "a cat.png",
            "image/png",
            64,
            48,
        )
        assert reference.size_bytes == len(png("cat"))
    assert len(archive.blobs) == 1


async def test_a_reference_from_the_clipboard(intake: Intake) -> None:
    pasted = await intake.reference(png("pasted"))
    named = await intake.reference(png("pasted"), "Image 7")
    assert (pasted.name, named.name) == ("Pasted image", "Image 7")


async def test_a_reference_from_a_link_keeps_its_address(intake: Intake, fetcher: Fetcher) -> None:
    reference = await intake.reference("https://example.com/pictures/my%20cat.png?size=large")
    assert reference.name == "my cat.png"
    assert reference.source_url == "https://example.com/pictures/my%20cat.png?size=large"
    assert fetcher.asked == [("https://example.com/pictures/my%20cat.png?size=large", 50_000_000)]


async def test_a_reference_from_a_data_address(intake: Intake, archive: MemoryArchive) -> None:
    encoded = base64.b64encode(png("cat")).decode()
    for url in (f"data:image/png;base64,{encoded}", f"DATA:image/png;BASE64,{encoded[:9]}\n{encoded[9:]}"):
        reference = await intake.reference(url)
        assert archive.blobs[reference.blob] == png("cat")


async def test_what_cannot_be_read_says_why(intake: Intake, tmp_path: Path, cat: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    empty = tmp_path / "empty.png"
    empty.touch()
    text = tmp_path / "notes.txt"
    text.write_text("hello", "utf-8")
    assert await reason(intake, tmp_path / "gone.png") == (
        "gone.png is no image that can be used: there is no such file. Nothing was billed."
    )
    assert "it is a folder" in await reason(intake, tmp_path)
    assert "it is no plain file" in await reason(intake, tmp_path / "pipe")
    assert "it is empty" in await reason(intake, empty)
    assert "notes.txt is no image that can be used: it is no image" in await reason(intake, text)
    assert "no file is named" in await reason(intake, "  ")
    assert "it lies on another computer" in await reason(intake, "file://server/share/cat.png")
    assert "its base64 is damaged" in await reason(intake, "data:image/png;base64,%%%")
    assert "has no content" in await reason(intake, "data:image/png;base64")
    assert "cannot be used" in (await reason(intake, "nul\0byte")).replace("no image that can", "cannot")
    assert "there is no such file" in await reason(intake, "~nobody-of-this-name/cat.png")
    assert "only https addresses are opened" in await reason(intake, "http://example.com/cat.png")
    assert "its address holds a password" in await reason(intake, "https://me:secret@example.com/cat.png")


async def test_what_is_too_large_is_not_read(
    intake: Intake, tmp_path: Path, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    huge = tmp_path / "huge.png"
    with huge.open("wb") as file:
        file.truncate(50_000_001)
    words = "huge.png is larger than 50 MB. Nothing was billed."
    assert await reason(intake, huge) == words
    monkeypatch.setattr("studio.engine.intake.REFERENCE_MAX_BYTES", 30)
    with pytest.raises(ReferenceTooLarge):
        await intake.reference(png("x" * 30))
    with pytest.raises(ReferenceTooLarge):
        await intake.reference("data:image/png;base64," + "A" * 100)
    fetcher.answer = ImageTooLarge(limit="50 MB")
    with pytest.raises(ReferenceTooLarge):
        await intake.reference("https://example.com/huge.png")


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (LinkRefused(), "the image lies at an address that is not safe to open"),
        (Offline(host="example.com"), "example.com cannot be reached"),
    ],
)
async def test_a_link_that_fails_says_why_without_talking_of_money(
    intake: Intake, fetcher: Fetcher, error: StudioError, words: str
) -> None:
    fetcher.answer = error
    told = await reason(intake, "https://example.com/cat.png")
    assert told == f"cat.png is no image that can be used: {words}. Nothing was billed."


async def test_a_whole_request(intake: Intake, cat: Path) -> None:
    request, extras = await intake.request_from_wish(
        {
            "prompt": "a cat",
            "negative_prompt": "rain",
            "size": "1024*768",
            "aspect_ratio": "16:9",
            "style": "ink",
            "seed": 7,
            "n": 2,
            "reference_image": str(cat),
            "reference_images": [str(cat)],
            "options": {"quality": "high", "compression": 80, "watermark": False, "nothing": None},
            "model": "alpha/draw",
        }
    )
    assert request.size == Size.of(1024, 768)
    assert request.aspect_ratio == AspectRatio(width=16, height=9)
    assert (request.negative_prompt, request.style, request.seed, request.n) == ("rain", "ink", 7, 2)
    assert [reference.name for reference in request.reference_image] == ["a cat.png", "a cat.png"]
    assert extras.options == {"quality": "high", "compression": 80, "watermark": False}
    assert extras.targets == (Target(provider="alpha", model="draw"),)


@pytest.mark.parametrize(
    ("wish", "expected"),
    [
        ({"size": "2k"}, {"size": "2K"}),
        ({"size": "AUTO"}, {"size": "auto"}),
        ({"size": None}, {"size": "auto"}),
        ({"size": {"width": 640, "height": "480"}}, {"size": Size.of(640, 480)}),
        ({"seed": -1}, {"seed": None}),
        ({"seed": "random"}, {"seed": None}),
        ({"seed": None}, {"seed": None}),
        ({"seed": "42"}, {"seed": 42}),
        ({"seed": 7.0}, {"seed": 7}),
        ({"n": None}, {"n": 1}),
        ({"n": "3"}, {"n": 3}),
        ({"aspect_ratio": "auto"}, {"aspect_ratio": None}),
        ({"aspect_ratio": "3/2"}, {"aspect_ratio": AspectRatio(width=3, height=2)}),
        ({"style": None, "negative_prompt": None}, {"style": "", "negative_prompt": ""}),
        ({"reference_image": ["", "  "]}, {"reference_image": ()}),
    ],
)
async def test_the_ways_to_write_a_value(intake: Intake, wish: dict[str, Any], expected: dict[str, Any]) -> None:
    request, _ = await intake.request_from_wish({"prompt": "a cat", **wish})
    assert {name: getattr(request, name) for name in expected} == expected


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        ({}, "prompt: it is missing"),
        ({"prompt": None}, "prompt: it is missing"),
        ({"prompt": " \n"}, "prompt: it is empty"),
        ({"prompt": 7}, "prompt: it must be text, not a number"),
        ({"prompt": "x" * 50_001}, "prompt: it has 50001 characters, at most 50000 are possible"),
        ({"prompt": "\ud83d"}, "prompt: it holds half a character (a lone surrogate)"),
        ({"size": "big"}, "size: 'big' is not a size such as 1024x1024"),
        ({"size": "99999x1"}, "size: '99999x1': edges go from 1 to 16384 px"),
        ({"size": 1024}, "size: it must be a text such as 1024x1024, auto or 2K, not a number"),
        ({"aspect_ratio": "0:1"}, "aspect_ratio: '0:1' is not an aspect ratio such as 16:9"),
        ({"aspect_ratio": 1.5}, "aspect_ratio: it must be a text such as 16:9, not a number"),
        ({"seed": -2}, "seed: it goes from 0 to 4294967295, or -1 for none, not -2"),
        ({"seed": 1.5}, "seed: it must be a whole number, not 1.5"),
        ({"seed": True}, "seed: it must be a whole number, not yes or no"),
        ({"seed": "lucky"}, "seed: it must be a whole number, not 'lucky'"),
        ({"seed": float("nan")}, "seed: it must be a whole number, not 'nan'"),
        ({"n": 0}, "n: it goes from 1 to 16, not 0"),
        ({"n": 17}, "n: it goes from 1 to 16, not 17"),
        ({"n": []}, "n: it must be a whole number, not a list"),
        ({"style": {}}, "style: it must be text, not an object"),
        ({"options": []}, "options: they must be names with values, not a list"),
        ({"options": {"a": [1]}}, "options: a must be text, a number or yes or no, not a list"),
        ({"reference_image": 7}, "reference_image: it must be a path or an address, or a list of them"),
        ({"reference_image": ["x"] * 17}, "reference_image: at most 16 images, not 17"),
        ({"targets": "nonsense"}, "targets: 'nonsense' is not a target such as openai/gpt-image-2"),
        ({"targets": [1]}, "targets: they must be texts such as openai/gpt-image-2"),
        ({"model": ""}, "model: it is empty"),
    ],
)
async def test_a_value_that_cannot_be_used(intake: Intake, wish: dict[str, Any], words: str) -> None:
    with pytest.raises(RequestInvalid) as caught:
        await intake.request_from_wish({"prompt": "a cat", **wish} if wish else {})
    assert caught.value.problem.text == f"{words}. Nothing was billed."


async def test_all_mistakes_are_told_at_once(intake: Intake, tmp_path: Path) -> None:
    with pytest.raises(RequestInvalid) as caught:
        await intake.request_from_wish(
            {"promt": "a cat", "n": 99, "reference_image": [str(tmp_path / "gone.png"), str(tmp_path)]}
        )
    told = caught.value.problem.detail.splitlines()
    assert [line.partition(":")[0] for line in told] == ["promt", "n", "prompt", "reference_image", "reference_image"]
    assert told[0].startswith("promt: no such field; there are prompt, negative_prompt, ")
    assert told[3] == "reference_image: gone.png: there is no such file"


async def test_a_lone_bad_reference_keeps_its_own_words(intake: Intake, tmp_path: Path) -> None:
    with pytest.raises(ReferenceUnreadable, match=r"gone\.png is no image that can be used: there is no such file"):
        await intake.request_from_wish({"prompt": "a cat", "reference_image": str(tmp_path / "gone.png")})


@pytest.mark.parametrize(
    ("wish", "targets", "provider"),
    [
        ({}, (), None),
        ({"provider": "alpha"}, (), "alpha"),
        ({"provider": "alpha", "model": "a/b"}, ("alpha/a/b",), "alpha"),
        ({"model": "alpha/draw"}, ("alpha/draw",), None),
        ({"targets": ["alpha/draw", "beta/x"]}, ("alpha/draw", "beta/x"), None),
        ({"targets": "alpha/draw"}, ("alpha/draw",), None),
    ],
)
async def test_the_targets_a_wish_names(
    intake: Intake, wish: dict[str, Any], targets: tuple[str, ...], provider: str | None
) -> None:
    _, extras = await intake.request_from_wish({"prompt": "a cat", **wish})
    assert tuple(map(str, extras.targets)) == targets
    assert extras.provider == provider


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from(FIELDS) | st.text(max_size=5), JSON))
def test_no_json_whatever_breaks_the_reader(wish: dict[str, Any]) -> None:
    reader = WishReader(wish)
    assert all(problem.reason for problem in reader.problems)
    if not reader.problems:
        request = reader.request(())
        reader.extras()
        assert request.model_validate_json(request.model_dump_json()) == request
