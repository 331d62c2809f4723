"""What an adapter says to the transport and hears from it. Plain values: no sockets, no httpx."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlencode, urlsplit

from studio.domain.errors import KeyRejected, NetworkMisconfigured
from studio.domain.jobs import FormPart, WireRequest
from studio.domain.values import BlobHash, Secret
from studio.providers.redaction import MASK, redacted_body


@dataclass(frozen=True, slots=True)
class SecretHeader:
    """A header with a key in it: ``SecretHeader("Authorization", key, prefix="Bearer ")``."""

    name: str
    secret: Secret
    prefix: str = ""

    @property
    def value(self) -> str:
        return self.prefix + self.secret.reveal()


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A vendor's address with the account's headers. Secrets go to this origin and nowhere else: every request that
    carries them is made from an endpoint and a path, and redirects are not followed with them.

    Raises NetworkMisconfigured for an address that cannot be used (``http`` is for this computer and the local
    network only: a key would travel in the clear), KeyRejected for a key that no header can carry."""

    provider: str
    """The vendor's title, for the words of errors."""
    base_url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    secret_headers: tuple[SecretHeader, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "base_url", checked_base_url(self.base_url))
        for name, value in self.headers.items():
            if not _fits_header(value):
                raise NetworkMisconfigured(setting=name, reason="it holds characters that cannot be sent")
        for header in self.secret_headers:
            key = header.secret.reveal()
            if not key or " " in key or not _fits_header(header.value):
                raise KeyRejected(
                    provider=self.provider,
                    detail="The key is empty or holds spaces, line breaks or characters beyond ASCII; paste it again.",
                )

    @property
    def host(self) -> str:
        return urlsplit(self.base_url).hostname or ""

    @property
    def secrets(self) -> tuple[Secret, ...]:
        return tuple(header.secret for header in self.secret_headers)

    def url(self, path: str, query: Mapping[str, str] | None = None) -> str:
        """`path` starts with a slash and is put behind the base URL."""
        return f"{self.base_url}{path}" + (f"?{urlencode(query)}" if query else "")

    def shown_headers(self, more: Mapping[str, str]) -> dict[str, str]:
        """All headers of a request with ``***`` in place of secrets."""
        return {**self.headers, **{header.name: header.prefix + MASK for header in self.secret_headers}, **more}

    def sent_headers(self, more: Mapping[str, str]) -> dict[str, str]:
        return {**self.headers, **{header.name: header.value for header in self.secret_headers}, **more}


def _fits_header(value: str) -> bool:
    return value.isascii() and value.isprintable() and value == value.strip()


def checked_base_url(text: str) -> str:
    """A base URL without its last slash. Raises NetworkMisconfigured with words for what cannot be used."""

    def refuse(reason: str) -> NetworkMisconfigured:
        return NetworkMisconfigured(setting="Base URL", reason=reason)

    cleaned = text.strip().rstrip("/")
    try:
        parts = urlsplit(cleaned)
        port = parts.port
    except ValueError:
        raise refuse("it is not a web address") from None
    if parts.scheme not in ("https", "http") or not parts.hostname or port == 0:
        raise refuse("it must look like https://host/path")
    if parts.username or parts.password or parts.query or parts.fragment:
        raise refuse("it must hold no user name, no question mark and no #")
    if any(character.isspace() or not character.isprintable() for character in cleaned):
        raise refuse("it holds spaces or control characters")
    if parts.scheme == "http" and not is_local_name(parts.hostname):
        raise refuse("http:// would send the key in the clear; write https://")
    return cleaned


def is_local_name(host: str) -> bool:
    """This computer or the local network, told by the name alone: an address, a bare name, ``.local`` and the like."""
    try:
        address = ip_address(host)
    except ValueError:
        return "." not in host or host.endswith((".local", ".lan", ".localhost", ".internal", ".home.arpa"))
    return address.is_loopback or address.is_private or address.is_link_local


@dataclass(frozen=True, slots=True)
class FormText:
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class FormFile:
    name: str
    file_name: str
    media_type: str
    content: bytes = field(repr=False)
    blob: BlobHash | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """A paid request: `json_body` or `form` (multipart), never both. `path` is put behind the endpoint's base URL."""

    path: str
    json_body: Mapping[str, Any] | None = None
    form: tuple[FormText | FormFile, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    """Headers of this request alone, without secrets."""
    query: Mapping[str, str] = field(default_factory=dict)

    def shown(self, endpoint: Endpoint) -> WireRequest:
        """The request as it may be shown and stored: secrets as ``***``, base64 told by its length."""
        content_type = "multipart/form-data" if self.form else "application/json"
        return WireRequest(
            method="POST",
            url=endpoint.url(self.path, self.query),
            headers=endpoint.shown_headers({**self.headers, "Content-Type": content_type}),
            json_body=None if self.form else redacted_body(self.json_body, endpoint.secrets),
            form=tuple(_shown_part(part, endpoint.secrets) for part in self.form),
        )


def _shown_part(part: FormText | FormFile, secrets: tuple[Secret, ...]) -> FormPart:
    if isinstance(part, FormText):
        return FormPart(name=part.name, text=redacted_body(part.value, secrets))
    return FormPart(
        name=part.name,
        file_name=part.file_name,
        media_type=part.media_type,
        size_bytes=len(part.content),
        blob=part.blob,
    )


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole reply. Header names are lower-case."""

    status: int
    headers: Mapping[str, str]
    content: bytes = field(repr=False)
    url: str
    cut: bool = False
    """The body was longer than the limit and is not all here (error bodies only)."""
    retry_after_s: float | None = None

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300

    @property
    def media_type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    def json_object(self) -> dict[str, Any] | None:
        """The body as a JSON object; None when it is anything else. For small replies: large ones go through
        `decoding.parsed`, off the event loop."""
        try:
            found = json.loads(self.content)
        except (ValueError, RecursionError):
            return None
        return found if isinstance(found, dict) else None


def retry_after_s(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds to wait by ``retry-after-ms`` or ``retry-after`` (seconds or an HTTP date); None when nobody says."""
    milliseconds = _number(headers.get("retry-after-ms"))
    if milliseconds is not None:
        return milliseconds / 1000
    raw = headers.get("retry-after")
    if raw is None:
        return None
    seconds = _number(raw)
    if seconds is not None:
        return seconds
    try:
        moment = parsedate_to_datetime(raw)
    except ValueError:
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (aware - now).total_seconds())


def _number(raw: str | None) -> float | None:
    try:
        found = float(raw) if raw is not None else None
    except ValueError:
        return None
    return found if found is not None and 0 <= found < 1e9 else None
