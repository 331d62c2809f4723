"""A small strict reader of `multipart/form-data` bodies (RFC 7578), independent of every client under test."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote


class MultipartError(ValueError):
    """The body is not well-formed multipart; the text says which rule it broke."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part. `filename` is None for a plain field, `content_type` is None when the part has no such header."""

    name: str
    filename: str | None
    content_type: str | None
    content: bytes

    @property
    def text(self) -> str:
        """The content as UTF-8; raises UnicodeDecodeError for a binary part."""
        return self.content.decode("utf-8")


_BOUNDARY = re.compile(r'boundary=(?:"([^"]+)"|([^;\s]+))', re.IGNORECASE)
_PARAMETER = re.compile(r';\s*([a-zA-Z*]+)=(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))')


def parse_multipart(content_type: str, body: bytes) -> tuple[Part, ...]:
    """Split `body` by the boundary that `content_type` names. Raises `MultipartError`."""
    found = _BOUNDARY.search(content_type)
    if not content_type.lower().startswith("multipart/form-data") or found is None:
        raise MultipartError(f"no multipart/form-data with a boundary: {content_type!r}")
    delimiter = b"--" + (found.group(1) or found.group(2)).encode("ascii")
    # The first delimiter stands at the very start; a line break put before it makes all of them alike.
    sections = (b"\r\n" + body).split(b"\r\n" + delimiter)
    if sections[0].strip():
        raise MultipartError("text before the first boundary")
    if len(sections) < 2 or not sections[-1].startswith(b"--"):
        raise MultipartError("the closing boundary is missing")
    return tuple(_parse_part(section) for section in sections[1:-1])


def _parse_part(section: bytes) -> Part:
    if not section.startswith(b"\r\n"):
        raise MultipartError("a boundary is not followed by a line break")
    head, separator, content = section[2:].partition(b"\r\n\r\n")
    if not separator:
        raise MultipartError("a part has no blank line after its headers")
    headers: dict[str, str] = {}
    for line in head.decode("utf-8").split("\r\n"):
        name, colon, value = line.partition(":")
        if not colon:
            raise MultipartError(f"not a header line: {line!r}")
        headers[name.strip().lower()] = value.strip()
    disposition = headers.get("content-disposition", "")
    if not disposition.startswith("form-data"):
        raise MultipartError("a part has no form-data disposition")
    parameters = {key.lower(): quoted or bare for key, quoted, bare in _PARAMETER.findall(disposition)}
    if "name" not in parameters:
        raise MultipartError("a part has no name")
    filename = parameters.get("filename")
    if "filename*" in parameters:
        filename = unquote(parameters["filename*"].rpartition("''")[2])
    return Part(parameters["name"], filename, headers.get("content-type"), content)
