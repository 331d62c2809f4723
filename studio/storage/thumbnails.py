"""Small pictures in the cache, named by the hash of their original, in three sizes; and previews on their way."""

from __future__ import annotations

import asyncio
import stat
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from studio.domain.values import BlobHash, CallId
from studio.storage.cache_limit import CacheLimit
from studio.storage.files import write_whole
from studio.storage.folder import PRIVATE_FOLDER, CacheFolder
from studio.storage.imaging import draw
from studio.storage.looks import Look
from studio.storage.wholeness import NotAnImage, sniff
from studio.storage.workers import Workers, outcome_of

Bucket = Literal[256, 512, 1024]
"""Longest edge in pixels; an image that is smaller keeps its size."""

BUCKETS: tuple[Bucket, ...] = (256, 512, 1024)
MADE_AT_ONCE: tuple[Bucket, ...] = (512, 256)

PREVIEWS_MAX_BYTES = 1_000_000_000
"""Kept at once; 8 streams of three previews in 4K need half of it."""

_SUFFIXES = {"image/png": "png", "image/jpeg": "jpg", "image/webp": "webp"}


@dataclass(slots=True)
class _Making:
    future: Future[Look]
    wanted_by: int = 0


class Thumbnails:
    """Makes and finds thumbnails. A thumbnail is JPEG, or WebP where the image lets something shine through."""

    def __init__(
        self, cache: CacheFolder, workspace_id: str, owner: str, workers: Workers, *, limit_bytes: int
    ) -> None:
        self._cache, self._workspace_id, self._owner, self._workers = cache, workspace_id, owner, workers
        self.limit = CacheLimit(cache.thumbnails, limit_bytes, workers.submit)
        self._under_way: dict[tuple[BlobHash, tuple[Bucket, ...]], _Making] = {}
        self._previews: deque[tuple[Path, int]] = deque()
        # Re-entrant: giving up work calls back to have it forgotten.
        self._lock = threading.RLock()

    @property
    def folder(self) -> Path:
        return self._cache.root

    def find(self, blob: BlobHash, bucket: Bucket) -> Path | None:
        """A finished thumbnail, or None. From any thread; two looks at the file system at most."""
        for extension in ("jpg", "webp"):
            path = self._path(blob, bucket, extension)
            try:
                state = path.stat()
            except OSError:
                continue
            if stat.S_ISREG(state.st_mode):
                self.limit.used(path, state.st_mtime)
                return path
        return None

    def make_soon(
        self, blob: BlobHash, source: Path, buckets: tuple[Bucket, ...], then: Callable[[Future[Look]], None]
    ) -> Future[Look]:
        """Begin to make `buckets` from the file `source`; `then` gets the outcome on a worker thread."""
        making = self._begin(blob, source, buckets)
        making.future.add_done_callback(then)
        return making.future

    async def make(self, blob: BlobHash, source: Path, bucket: Bucket) -> Path:
        """The path of a thumbnail, waiting for it or making it. Raises NotAnImage, OSError.

        Sizes that are usually wanted together are made together. When all who wait are cancelled (the tile was
        scrolled away) what has not begun is given up."""
        buckets = MADE_AT_ONCE if bucket in MADE_AT_ONCE else (bucket,)
        path = self.find(blob, bucket)
        if path is None:
            making = self._begin(blob, source, buckets)
            try:
                await outcome_of(making.future)
            except asyncio.CancelledError:
                self._leave(making)
                raise
            path = self.find(blob, bucket)
        if path is None:
            raise FileNotFoundError(f"thumbnail of {blob} was removed meanwhile")
        return path

    def _begin(self, blob: BlobHash, source: Path, buckets: tuple[Bucket, ...]) -> _Making:
        """What is under way for this thumbnail, with one more who wants it."""
        key = (blob, buckets)
        with self._lock:
            making = self._under_way.get(key)
            if making is None:
                making = _Making(self._workers.submit(lambda: self._make_now(blob, source, buckets)))
                self._under_way[key] = making
                making.future.add_done_callback(lambda _: self._forget(key))
            making.wanted_by += 1
        return making

    def _leave(self, making: _Making) -> None:
        with self._lock:
            making.wanted_by -= 1
            if not making.wanted_by:
                making.future.cancel()

    def _forget(self, key: tuple[BlobHash, tuple[Bucket, ...]]) -> None:
        with self._lock:
            self._under_way.pop(key, None)

    def _make_now(self, blob: BlobHash, source: Path, buckets: tuple[Bucket, ...]) -> Look:
        drawn = draw(source.read_bytes(), buckets)
        for one in drawn.thumbnails:
            path = self._path(blob, one.bucket, one.extension)
            path.parent.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
            write_whole(path, one.content, owner=self._owner, durable=False)
            self.limit.written(len(one.content))
        return drawn.look

    def _path(self, blob: BlobHash, bucket: Bucket, extension: str) -> Path:
        return self._cache.thumbnails / str(bucket) / blob[:2] / f"{blob}.{extension}"

    def remove(self, blob: BlobHash) -> None:
        """Forget the thumbnails of an image that was deleted for good."""
        for bucket in BUCKETS:
            for extension in ("jpg", "webp"):
                self._path(blob, bucket, extension).unlink(missing_ok=True)

    def keep_preview(self, call_id: CallId, image_index: int, step: int, content: bytes) -> Path:
        """Blocks. Raises OSError, NotAnImage for a kind that is unknown."""
        folder = self._cache.previews(self._workspace_id)
        folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        extension = _SUFFIXES.get(sniff(content))
        if extension is None:
            raise NotAnImage("a preview is PNG, JPEG or WebP")
        path = folder / f"{call_id}_{image_index}_{step}.{extension}"
        write_whole(path, content, owner=self._owner, durable=False)
        self._forget_old_previews(path, len(content))
        return path

    def _forget_old_previews(self, newest: Path, size_bytes: int) -> None:
        """A day of streams in 4K would fill the drive: the oldest previews go, long after newer ones replaced them."""
        with self._lock:
            self._previews.append((newest, size_bytes))
            while len(self._previews) > 1 and sum(size for _, size in self._previews) > PREVIEWS_MAX_BYTES:
                old, _ = self._previews.popleft()
                if all(path != old for path, _ in self._previews):
                    old.unlink(missing_ok=True)

    def drop_previews(self, over: Callable[[set[str]], set[str]]) -> None:
        """Removes the previews of those calls of which `over` says that they have come to their end. Blocks."""
        files: dict[str, list[Path]] = {}
        for path in self._cache.previews(self._workspace_id).glob("[!.]*_*_*.*"):
            files.setdefault(path.name.partition("_")[0], []).append(path)
        for call_id in over(set(files)):
            for path in files[call_id]:
                path.unlink(missing_ok=True)
