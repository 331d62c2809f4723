"""JSON whose images are cut out before it is parsed reads as it does in one piece."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from studio.providers import decoding
from studio.providers.decoding import parsed
from studio.providers.long_strings import LONG_BYTES, put_back, shortened

LONG = "QUJD" * (LONG_BYTES // 4 + 1)


class Part(BaseModel):
    data: str | None = None
    note: str = ""


class Reply(BaseModel):
    model_config = ConfigDict(extra="allow")
    parts: tuple[Part, ...] = ()
    listed: list[str] = []
    named: dict[str, Part] = {}
    first: str = ""


def both(content: str) -> tuple[Any, Any]:
    raw = bytearray(content.encode())
    return asyncio.run(parsed(Reply, raw)), Reply.model_validate_json(raw)


@pytest.mark.parametrize(
    "content",
    [
        f'{{"first": "{LONG}"}}',
        f'{{"parts": [{{"data": "{LONG}A=="}}, {{"data": "{LONG}", "note": "x"}}], "listed": ["{LONG}", "b"]}}',
        f'{{"named": {{"a": {{"data": "{LONG}"}}}}, "other": {{"deep": ["{LONG}"]}}}}',
        f'{{"first": "a \\\\ and \\" \\\\", "listed": ["{LONG}"]}}',
        f'{{"first": "{LONG}\\n{LONG}"}}',
        f'{{"first": "{LONG}花"}}',
        f'{{"first": "{LONG}", "listed": [{", ".join(["1"] * 3).replace("1", chr(34) + "s" + chr(34))}]}}',
    ],
)
def test_it_reads_as_in_one_piece(content: str) -> None:
    ours, whole = both(content)
    assert ours == whole
    assert ours.model_extra == whole.model_extra


def test_the_parser_does_not_see_the_image() -> None:
    short = shortened(f'{{"parts": [{{"data": "{LONG}"}}], "first": "x"}}'.encode())
    assert short is not None
    assert len(short.content) < 200
    reply = Reply.model_validate_json(short.content)
    assert put_back(reply, short.texts)
    assert reply.parts[0].data == LONG


@pytest.mark.parametrize("content", ['{"first": "short"}', f'{{"first": "{LONG}', f'"{LONG}\\', "{}"])
def test_nothing_is_cut_where_the_ends_are_not_sure(content: str) -> None:
    assert shortened(content.encode()) is None


def test_a_model_that_changes_its_text_gets_the_real_one() -> None:
    class Lowered(BaseModel):
        data: str = Field(min_length=100)

        @field_validator("data")
        @classmethod
        def _lower(cls, value: str) -> str:
            return value.lower()

    content = f'{{"data": "{LONG}"}}'.encode()
    assert asyncio.run(parsed(Lowered, content)).data == LONG.lower()


def test_a_complaint_is_about_the_real_content() -> None:
    class Number(BaseModel):
        data: int

    with pytest.raises(ValidationError) as found:
        asyncio.run(parsed(Number, f'{{"data": "{LONG}"}}'.encode()))
    assert found.value.errors()[0]["input"] == LONG


def test_what_no_field_takes_is_no_fault() -> None:
    content = f'{{"unknown": "{LONG}", "data": "x"}}'.encode()
    assert asyncio.run(parsed(Part, content)) == Part(data="x")


def test_a_large_text_is_parsed_once_without_its_image(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []

    class Watched(Part):
        @classmethod
        def model_validate_json(cls, json_data: str | bytes | bytearray, **how: Any) -> Any:
            seen.append(len(json_data))
            return super().model_validate_json(json_data, **how)

    assert asyncio.run(parsed(Watched, f'{{"data": "{LONG}"}}'.encode())).data == LONG
    assert len(seen) == 1
    assert seen[0] < 200
    assert decoding.LARGE_BYTES <= LONG_BYTES
