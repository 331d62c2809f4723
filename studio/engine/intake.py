"""What comes in from outside: reference images from files, links and clipboard, and requests as JSON."""

from __future__ import annotations

import asyncio
import binascii
import os
import stat
from collections.abc import Awaitable, Mapping
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import unquote, unquote_to_bytes, urlsplit
from urllib.request import url2pathname

import pybase64

from studio.domain.assets import ReferenceImage
from studio.domain.errors import ImageTooLarge, ReferenceTooLarge, ReferenceUnreadable, RequestInvalid, StudioError
from studio.domain.ports import Archive, UrlFetcher
from studio.domain.request import GenerationRequest
from studio.domain.words import REASON_WORDS
from studio.engine.wish import Extras, WishReader

REFERENCE_MAX_BYTES = 50_000_000
_LIMIT = f"{REFERENCE_MAX_BYTES // 1_000_000} MB"
_PASTED = "Pasted image"

T = TypeVar("T")


class Intake:
    def __init__(self, archive: Archive, fetcher: UrlFetcher) -> None:
        self._archive = archive
        self._fetcher = fetcher

    async def reference(self, source: str | Path | bytes, name: str = "") -> ReferenceImage:
        """Reads a reference image once and keeps its bytes: from a path, a ``file:``, ``https:`` or ``data:`` URL, or
        as they are (clipboard). `name` is for display; without one it is taken from the source.

        Raises ReferenceUnreadable with the reason in words, ReferenceTooLarge above 50 MB, DiskFull,
        FolderNotWritable."""
        content, found_name, url = await self._read(source)
        shown = name or found_name
        if not content:
            raise ReferenceUnreadable(name=shown, reason=REASON_WORDS["empty_file"])
        if len(content) > REFERENCE_MAX_BYTES:
            raise ReferenceTooLarge(name=shown, limit=_LIMIT)
        try:
            facts = await self._archive.inspect(content)
        except ReferenceUnreadable as error:
            raise ReferenceUnreadable(name=shown, reason=error.problem.values.get("reason", "")) from error
        return ReferenceImage(
            blob=await self._archive.put_blob(content),
            media_type=facts.media_type,
            width=facts.width,
            height=facts.height,
            size_bytes=len(content),
            has_alpha=facts.has_alpha,
            name=shown,
            source_url=url,
        )

    async def request_from_wish(self, wish: Mapping[str, Any]) -> tuple[GenerationRequest, Extras]:
        """A request from the JSON contract of `image.generate`, with what is beside it (options, targets).

        Raises RequestInvalid for all fields that cannot be used, in one sentence each; ReferenceUnreadable and the
        like when that is all that is wrong."""
        reader = WishReader(wish)
        sources = reader.reference_sources()
        outcomes = await asyncio.gather(*(_outcome(self.reference(source)) for source in sources))
        references = tuple(one for one in outcomes if isinstance(one, ReferenceImage))
        failures = [one for one in outcomes if isinstance(one, StudioError)]
        if len(failures) == 1 and not reader.problems:
            raise failures[0]
        for failure in failures:
            values = failure.problem.values
            reason = values.get("reason") or f"larger than {values.get('limit', '')}"
            reader.complain("reference_image", f"{values.get('name', '')}: {reason}")
        if reader.problems:
            first, *_ = reader.problems
            reasons = "; ".join([first.reason, *(f"{one.field}: {one.reason}" for one in reader.problems[1:])])
            lines = "\n".join(f"{one.field}: {one.reason}" for one in reader.problems)
            raise RequestInvalid(field=first.field, reason=reasons, detail=lines)
        return reader.request(references), reader.extras()

    async def _read(self, source: str | Path | bytes) -> tuple[bytes, str, str | None]:
        """Bytes, a name to show, and the address when there is one."""
        if isinstance(source, bytes):
            return source, _PASTED, None
        if isinstance(source, Path):
            return await read_picture_file(source), source.name, None
        return await self._read_text(source)

    async def _read_text(self, source: str) -> tuple[bytes, str, str | None]:
        text = source.strip()
        scheme = text.partition(":")[0].lower() if ":" in text else ""
        if scheme == "data":
            return await asyncio.to_thread(_decode_data_url, text), _PASTED, None
        if scheme == "file":
            path = _path_of(text)
            return await read_picture_file(path), path.name, None
        if scheme in ("http", "https") and "//" in text:
            return await self._fetch(text, scheme)
        if not text:
            raise ReferenceUnreadable(name="Reference", reason="no file is named")
        path = _path_from_home(text)
        return await read_picture_file(path), path.name, None

    async def _fetch(self, url: str, scheme: str) -> tuple[bytes, str, str | None]:
        parts = urlsplit(url)
        name = unquote(parts.path.rpartition("/")[2]) or parts.hostname or "Link"
        if scheme != "https":
            raise ReferenceUnreadable(name=name, reason=REASON_WORDS["https_only"])
        if parts.username or parts.password:
            raise ReferenceUnreadable(name=name, reason=REASON_WORDS["address_with_password"])
        try:
            return await self._fetcher.fetch(url, limit_bytes=REFERENCE_MAX_BYTES), name, url
        except ImageTooLarge as error:
            raise ReferenceTooLarge(name=name, limit=_LIMIT) from error
        except (ReferenceUnreadable, ReferenceTooLarge):
            raise
        except StudioError as error:
            # Its words speak of money and providers; here only the reason is of use.
            reason = error.problem.model_copy(update={"charged": "none"}).text.rstrip(". ")
            raise ReferenceUnreadable(name=name, reason=f"{reason[:1].lower()}{reason[1:]}") from error


async def _outcome(work: Awaitable[T]) -> T | StudioError:
    try:
        return await work
    except StudioError as error:
        return error


async def read_picture_file(path: Path) -> bytes:
    """Raises ReferenceUnreadable, ReferenceTooLarge. Only plain files: a pipe or a device might never end."""
    name = path.name or str(path)
    try:
        return await asyncio.to_thread(_read_plain_file, path)
    except FileNotFoundError:
        raise ReferenceUnreadable(name=name, reason=REASON_WORDS["no_such_file"]) from None
    except (IsADirectoryError, PermissionError) as error:
        reason = REASON_WORDS["is_folder"] if isinstance(error, IsADirectoryError) else REASON_WORDS["may_not_be_read"]
        raise ReferenceUnreadable(name=name, reason=reason) from None
    except (OSError, ValueError) as error:
        raise ReferenceUnreadable(
            name=name, reason=getattr(error, "strerror", None) or REASON_WORDS["cannot_be_read"]
        ) from error


def _read_plain_file(path: Path) -> bytes:
    # Opened without waiting: opening a pipe that nobody writes to would block for ever.
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb") as file:
        state = os.fstat(handle)
        if stat.S_ISDIR(state.st_mode):
            raise IsADirectoryError
        if not stat.S_ISREG(state.st_mode):
            raise ReferenceUnreadable(name=path.name, reason=REASON_WORDS["no_plain_file"])
        if state.st_size > REFERENCE_MAX_BYTES:
            raise ReferenceTooLarge(name=path.name, limit=_LIMIT)
        return file.read(REFERENCE_MAX_BYTES + 1)


def _path_from_home(text: str) -> Path:
    try:
        return Path(text).expanduser()
    except RuntimeError:
        return Path(text)  # no such user: then it is a name that begins with a tilde


def _path_of(url: str) -> Path:
    parts = urlsplit(url)
    if parts.netloc not in ("", "localhost"):
        raise ReferenceUnreadable(name=url, reason=REASON_WORDS["other_computer"])
    return Path(url2pathname(parts.path))


def _decode_data_url(url: str) -> bytes:
    head, comma, body = url.partition(",")
    if not comma:
        raise ReferenceUnreadable(name=_PASTED, reason="the data: address has no content")
    # Four characters of base64 are three bytes; percent signs only make it longer.
    if len(body) * 3 // 4 > REFERENCE_MAX_BYTES * (1 if head.endswith(";base64") else 3):
        raise ReferenceTooLarge(name=_PASTED, limit=_LIMIT)
    if not head.lower().endswith(";base64"):
        return unquote_to_bytes(body)
    try:
        return pybase64.b64decode("".join(unquote(body).split()), validate=True)
    except (binascii.Error, ValueError) as error:
        raise ReferenceUnreadable(name=_PASTED, reason="its base64 is damaged") from error
