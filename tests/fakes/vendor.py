"""What the fakes of vendors share: named errors, a bill, and a host for the result files."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import ClassVar, Self, TypedDict, Unpack

import trustme

from tests.fakes.faults import Answer
from tests.fakes.file_host import FileHost
from tests.fakes.images import MEDIA_TYPES, ImageOrder, draw
from tests.fakes.markers import Marker, find_markers
from tests.fakes.messages import JsonValue, Reply, json_reply
from tests.fakes.server import FakeServer


@dataclass(frozen=True, slots=True)
class VendorError:
    """A documented error: status and body as the vendor words them."""

    status: int
    body: JsonValue
    headers: Mapping[str, str] = field(default_factory=dict)

    def reply(self, retry_after: str | None = None) -> Reply:
        """`retry_after`: seconds (`"2"`), milliseconds (`"1500ms"`) or `"date"` (an HTTP date); None: no header."""
        headers = dict(self.headers)
        if retry_after == "date":
            headers["retry-after"] = format_datetime(datetime(2040, 1, 1, tzinfo=UTC), usegmt=True)
        elif retry_after is not None and retry_after.endswith("ms"):
            headers["retry-after-ms"] = retry_after.removesuffix("ms")
        elif retry_after is not None:
            headers["retry-after"] = retry_after
        return json_reply(self.body, status=self.status, headers=headers)


class _Served(TypedDict, total=False):
    tls: bool | trustme.CA
    port: int
    latency_steps_s: Sequence[float]


class Serving(_Served, total=False):
    """How any of these fakes is served; see `server.FakeServer`."""

    api_key: str | None
    """None: the fake's own."""


class FakeVendor(FakeServer):
    """A vendor that hands out links to results: `files` is started and checked together with the API.

    `billed_images` counts what the vendor would charge for; `photo` gives results the weight of real ones."""

    errors: ClassVar[Mapping[str, VendorError]] = {}
    default_api_key: ClassVar[str] = "fake-key"

    def __init__(self, *, api_key: str | None = None, **serving: Unpack[_Served]) -> None:
        super().__init__(**serving)
        self.api_key = api_key or self.default_api_key
        self.files = FileHost(tls=self._authority or False)
        self.billed_images = 0
        self.photo = False
        self._bill = threading.Lock()

    def start(self) -> Self:
        self.files.start()
        return super().start()

    def stop(self) -> None:
        super().stop()
        self.files.stop()

    def check(self) -> None:
        super().check()
        self.files.check()

    def fail_next(
        self, error: str, *, times: int = 1, path: str = "", method: str | None = None, retry_after: str | None = None
    ) -> None:
        """Answer the next requests with a documented error (a key of `errors`); the request is not processed."""
        self.script(*[Answer(self.errors[error].reply(retry_after))] * times, path=path, method=method)

    def marker_in(self, body: bytes) -> Marker | None:
        """The first marker for this vendor."""
        return next(iter(find_markers(body, self.vendor)), None)

    def bill(self, images: int) -> None:
        with self._bill:
            self.billed_images += images

    def publish(self, order: ImageOrder) -> str:
        """Draw an image and return its link on the file host."""
        return self.files.put(draw(order), MEDIA_TYPES[order.format], suffix=order.format)
