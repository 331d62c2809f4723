"""Originals of every length arrive whole, whether their blocks may pass the cache of the system or not."""

from __future__ import annotations

import errno
import hashlib
import io
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from studio.domain.values import BlobHash
from studio.export.new_file import PAGE_BYTES
from studio.export.originals import BLOCK_BYTES, Original
from studio.export.placing import Destination
from tests.unit.export.conftest import make_image

LENGTHS_BYTES = [
    0,
    1,
    PAGE_BYTES - 1,
    PAGE_BYTES,
    PAGE_BYTES + 1,
    BLOCK_BYTES,
    BLOCK_BYTES + 1,
    BLOCK_BYTES + PAGE_BYTES,
    2 * BLOCK_BYTES + 3 * PAGE_BYTES + 7,
]

Refusal = Callable[[pytest.MonkeyPatch], None]


def as_it_is(_monkeypatch: pytest.MonkeyPatch) -> None:
    """The file system of the test."""


def never_direct(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file system that knows of no such thing."""

    def refuse(*_arguments: object) -> int:
        raise OSError(errno.EINVAL, "Invalid argument")

    monkeypatch.setattr("studio.export.new_file.fcntl.fcntl", refuse)


def unsuited(monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk with larger sectors than the blocks are aligned to: it agrees, then refuses each block."""
    import fcntl

    real_write = os.write

    def refuse_direct(handle: int, content: Any) -> int:
        if fcntl.fcntl(handle, fcntl.F_GETFL) & os.O_DIRECT:
            raise OSError(errno.EINVAL, "Invalid argument")
        return real_write(handle, content)

    monkeypatch.setattr(os, "write", refuse_direct)


def in_bits(monkeypatch: pytest.MonkeyPatch) -> None:
    """A system that takes less at a time than it is given, and no whole pages."""
    real_write = os.write
    monkeypatch.setattr(os, "write", lambda handle, content: real_write(handle, content[:100_001]))


linux_only = pytest.mark.skipif(sys.platform != "linux", reason="nowhere else are files written past the cache")


@pytest.mark.parametrize(
    "disk",
    [as_it_is, pytest.param(never_direct, marks=linux_only), pytest.param(unsuited, marks=linux_only), in_bits],
)
@pytest.mark.parametrize("length_bytes", LENGTHS_BYTES)
def test_every_byte_arrives_in_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, disk: Refusal, length_bytes: int
) -> None:
    content = os.urandom(length_bytes)
    (tmp_path / "a.png").write_bytes(content)
    record = make_image(blob=BlobHash(hashlib.sha256(content).hexdigest())).record
    disk(monkeypatch)

    with io.FileIO(tmp_path / "a.png") as stream:
        original = Original(record, stream)
        name = Destination(tmp_path / "out").put("", "copy.png", "number", original.copy_to)

    assert name == "copy.png"
    assert (tmp_path / "out" / "copy.png").read_bytes() == content
    assert not original.altered


@linux_only
def test_large_blocks_of_originals_pass_the_cache_where_the_disk_allows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import fcntl

    if not _writes_past_the_cache(tmp_path / "tried"):
        pytest.skip("the file system of the test has no direct writes")
    real_write, written = os.write, {True: 0, False: 0}

    def counted(handle: int, content: Any) -> int:
        count = real_write(handle, content)
        written[bool(fcntl.fcntl(handle, fcntl.F_GETFL) & os.O_DIRECT)] += count
        return count

    monkeypatch.setattr(os, "write", counted)
    (tmp_path / "a.png").write_bytes(os.urandom(BLOCK_BYTES + 5))
    with io.FileIO(tmp_path / "a.png") as stream:
        Destination(tmp_path / "out").put("", "a.png", "number", Original(make_image().record, stream).copy_to)

    assert written == {True: BLOCK_BYTES, False: 5}


def _writes_past_the_cache(path: Path) -> bool:
    try:
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_DIRECT))
    except OSError:
        return False
    return True
