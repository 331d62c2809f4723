"""The host of result files: signed links that expire, and no place for an API key."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass

import trustme

from tests.fakes.messages import RecordedRequest, Reply
from tests.fakes.server import FakeServer

CREDENTIAL_HEADERS = (
    "authorization",
    "x-api-key",
    "x-goog-api-key",
    "api-key",
    "mj-api-secret",
    "x-dashscope-workspace",
    "openai-organization",
    "openai-project",
    "cookie",
)
"""Headers that must never reach a host other than the configured one."""


class CredentialLeakError(AssertionError):
    """A client sent a credential to the file host."""


@dataclass(slots=True)
class _File:
    content: bytes
    media_type: str
    target: str
    expired: bool = False


class FileHost(FakeServer):
    """Serves files under unguessable signed links; every request with a credential header is a leak.

    `check` (run when the `with` block ends) raises `CredentialLeakError`. An expired or unsigned link gets the 403 XML
    of an object store (the form of Alibaba OSS; TOS and S3 differ in the element names only).
    """

    vendor = "files"

    def __init__(self, *, tls: bool | trustme.CA = False, port: int = 0, latency_steps_s: Sequence[float] = ()) -> None:
        super().__init__(tls=tls, port=port, latency_steps_s=latency_steps_s)
        self._files: dict[str, _File] = {}
        self._lock = threading.Lock()
        self.credentials_seen: list[str] = []

    def put(self, content: bytes, media_type: str = "image/png", *, suffix: str = "png") -> str:
        """Store a file and return its signed URL."""
        with self._lock:
            number = len(self._files)
            path = f"/results/{number:04d}-{len(content):x}.{suffix}"
            target = f"{path}?Expires=1795000000&Signature=fake%2Fsignature%3D{number:04d}"
            self._files[path] = _File(content, media_type, target)
        return self.origin + target

    def expire(self, url: str) -> None:
        """From now on the link answers 403."""
        with self._lock:
            self._files[url.removeprefix(self.origin).partition("?")[0]].expired = True

    def expire_all(self) -> None:
        with self._lock:
            for file in self._files.values():
                file.expired = True

    @property
    def contents(self) -> list[bytes]:
        """Everything that was stored, in order."""
        with self._lock:
            return [file.content for file in self._files.values()]

    def content_of(self, url: str) -> bytes:
        """The stored bytes behind a link, expired or not."""
        with self._lock:
            return self._files[url.removeprefix(self.origin).partition("?")[0]].content

    async def respond(self, request: RecordedRequest) -> Reply:
        leaked = [name for name in CREDENTIAL_HEADERS if request.header(name) is not None]
        if leaked:
            self.credentials_seen += leaked
            return _storage_error(400, "InvalidArgument", "Only one auth mechanism is allowed.")
        if request.method not in ("GET", "HEAD"):
            return _storage_error(405, "MethodNotAllowed", "The specified method is not allowed.")
        with self._lock:
            file = self._files.get(request.path)
        if file is None:
            return _storage_error(404, "NoSuchKey", "The specified key does not exist.")
        if file.expired:
            return _storage_error(403, "AccessDenied", "Request has expired.")
        if request.target != file.target:
            return _storage_error(403, "SignatureDoesNotMatch", "The request signature does not match.")
        return _file_reply(file, request)

    def check(self) -> None:
        super().check()
        if self.credentials_seen:
            raise CredentialLeakError(f"credential headers reached the file host: {self.credentials_seen}")


def _file_reply(file: _File, request: RecordedRequest) -> Reply:
    headers = (("content-type", file.media_type), ("accept-ranges", "bytes"), ("etag", f'"{len(file.content):x}"'))
    size = len(file.content)
    if request.method == "HEAD":
        return Reply(200, (*headers, ("content-length", str(size))))
    wanted = request.header("range") or ""
    start = wanted.removeprefix("bytes=").removesuffix("-")
    if wanted.startswith("bytes=") and start.isdigit() and int(start) < size:
        content_range = ("content-range", f"bytes {start}-{size - 1}/{size}")
        return Reply(206, (*headers, content_range), file.content[int(start) :])
    return Reply(200, headers, file.content)


def _storage_error(status: int, code: str, message: str) -> Reply:
    xml = f'<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>{code}</Code><Message>{message}</Message></Error>\n'
    return Reply(status, (("content-type", "application/xml"),), xml.encode())
