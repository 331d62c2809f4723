"""The last wall before the journal, the events and the log: a key that an adapter let through is taken out here."""

from __future__ import annotations

import json
import traceback
from typing import Any, TypeVar
from urllib.parse import quote

from pydantic import BaseModel, ValidationError

from studio.domain.jobs import Exchange
from studio.domain.values import Secret

MASK = "***"
SECRET_MIN_CHARACTERS = 6
"""A shorter "key" is a word that may stand anywhere."""
LONG_TEXT_CHARACTERS = 2_000
"""Unbroken text past this length is encoded bytes: the journal keeps words, never images."""

Value = TypeVar("Value", bound=BaseModel)


class Scrubber:
    """Knows the keys that were in use and takes them out of text and values."""

    def __init__(self) -> None:
        self._needles: list[str] = []

    def learn(self, secret: Secret | None) -> None:
        text = secret.reveal() if secret is not None else ""
        if len(text) < SECRET_MIN_CHARACTERS or text in self._needles:
            return
        forms = {text, quote(text, safe=""), json.dumps(text)[1:-1], json.dumps(text, ensure_ascii=False)[1:-1]}
        # The longest first, or a shorter form would leave the rest of a longer one behind.
        self._needles = sorted({*self._needles, *forms}, key=len, reverse=True)

    def text(self, text: str) -> str:
        for needle in self._needles:
            text = text.replace(needle, MASK)
        return text

    def value(self, value: Value) -> Value:
        """The same value, or a copy of it with each known key replaced by ``***``."""
        if not self._needles:
            return value
        written = value.model_dump_json()
        clean = self.text(written)
        if clean == written:
            return value
        for words in (clean, json.dumps(self._inside(json.loads(written)))):
            try:
                return type(value).model_validate_json(words)
            except ValidationError:
                continue  # the "key" is a word of ours: the name of a field, or the name of a state
        return value

    def _inside(self, body: Any) -> Any:
        """What stands in the fields, their names left alone."""
        if isinstance(body, dict):
            return {name: self._inside(one) for name, one in body.items()}
        if isinstance(body, list):
            return [self._inside(one) for one in body]
        return self.text(body) if isinstance(body, str) else body

    def traceback(self, error: BaseException) -> str:
        """The traceback for the log: exception messages can quote a header or an address."""
        return self.text("".join(traceback.format_exception(error)))


def without_bytes(exchange: Exchange) -> Exchange:
    """The exchange with encoded images cut out of the request's body."""
    request = exchange.request
    if request is None or request.json_body is None:
        return exchange
    short = request.model_copy(update={"json_body": _shortened(request.json_body)})
    return exchange.model_copy(update={"request": short})


def _shortened(body: Any) -> Any:
    if isinstance(body, dict):
        return {key: _shortened(value) for key, value in body.items()}
    if isinstance(body, (list, tuple)):
        return [_shortened(value) for value in body]
    if isinstance(body, str) and len(body) > LONG_TEXT_CHARACTERS and not any(map(str.isspace, body[:200])):
        return f"{body[:40]}… ({len(body)} characters)"
    return body
