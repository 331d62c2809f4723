"""Small pictures in the cache, named by the hash of their original, in three sizes; and previews on their way."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Literal

from PIL import Image

from studio.domain.values import BlobHash, CallId
from studio.storage.files import write_whole
from studio.storage.folder import PRIVATE_FOLDER, CacheFolder
from studio.storage.looks import Look, look_at
from studio.storage.pixels import open_image, to_srgb
from studio.storage.wholeness import NotAnImage, sniff
from studio.storage.workers import Workers, outcome_of

Bucket = Literal[256, 512, 1024]
"""Longest edge in pixels; an image that is smaller keeps its size."""

BUCKETS: tuple[Bucket, ...] = (256, 512, 1024)
MADE_AT_ONCE: tuple[Bucket, ...] = (512, 256)
LARGE_PX = 32_000_000
QUALITY = 84

_SUFFIXES = {"image/png": "png", "image/jpeg": "jpg", "image/webp": "webp"}


class Thumbnails:
    """Makes and finds thumbnails. A thumbnail is JPEG, or WebP where the image lets something shine through."""

    def __init__(self, cache: CacheFolder, workspace_id: str, owner: str, workers: Workers) -> None:
        self._cache, self._workspace_id, self._owner, self._workers = cache, workspace_id, owner, workers
        self._under_way: dict[tuple[BlobHash, tuple[Bucket, ...]], Future[Look]] = {}
        self._lock = threading.Lock()
        # Of very large images one at a time: each may need a gigabyte.
        self._large = threading.Lock()

    @property
    def folder(self) -> Path:
        return self._cache.root

    def find(self, blob: BlobHash, bucket: Bucket) -> Path | None:
        """A finished thumbnail, or None. From any thread; two looks at the file system at most."""
        for extension in ("jpg", "webp"):
            path = self._path(blob, bucket, extension)
            if path.is_file():
                return path
        return None

    def make_soon(
        self, blob: BlobHash, source: Path, buckets: tuple[Bucket, ...], then: Callable[[Future[Look]], None]
    ) -> Future[Look]:
        """Begin to make `buckets` from the file `source`; `then` gets the outcome on a worker thread."""
        future = self._begin(blob, source, buckets)
        future.add_done_callback(then)
        return future

    async def make(self, blob: BlobHash, source: Path, bucket: Bucket) -> Path:
        """The path of a thumbnail, waiting for it or making it. Raises NotAnImage, OSError.

        Sizes that are usually wanted together are made together."""
        buckets = MADE_AT_ONCE if bucket in MADE_AT_ONCE else (bucket,)
        path = self.find(blob, bucket)
        if path is None:
            await outcome_of(self._begin(blob, source, buckets))
            path = self.find(blob, bucket)
        if path is None:
            raise FileNotFoundError(f"thumbnail of {blob} was removed meanwhile")
        return path

    def _begin(self, blob: BlobHash, source: Path, buckets: tuple[Bucket, ...]) -> Future[Look]:
        key = (blob, buckets)
        with self._lock:
            known = self._under_way.get(key)
            if known is not None:
                return known
            future = self._under_way[key] = self._workers.submit(lambda: self._make_now(blob, source, buckets))
        # Outside of the lock: the work may be done already, then this is called at once.
        future.add_done_callback(lambda _: self._forget(key))
        return future

    def _forget(self, key: tuple[BlobHash, tuple[Bucket, ...]]) -> None:
        with self._lock:
            self._under_way.pop(key, None)

    def _make_now(self, blob: BlobHash, source: Path, buckets: tuple[Bucket, ...]) -> Look:
        content = source.read_bytes()
        with open_image(content) as image:
            if image.width * image.height > LARGE_PX:
                with self._large:
                    small = _shrunk(image, max(buckets))
            else:
                small = _shrunk(image, max(buckets))
        del content
        for bucket in sorted(buckets, reverse=True):
            small.thumbnail((bucket, bucket), Image.Resampling.LANCZOS, reducing_gap=2.0)
            self._keep(blob, bucket, small)
        return look_at(small)

    def _keep(self, blob: BlobHash, bucket: Bucket, small: Image.Image) -> None:
        see_through = small.mode == "RGBA" and small.getchannel("A").getextrema()[0] < 255  # type: ignore[operator]  # one band gives one pair
        path = self._path(blob, bucket, "webp" if see_through else "jpg")
        target = io.BytesIO()
        if see_through:
            small.save(target, "WEBP", quality=QUALITY, method=2)
        else:
            small.convert("RGB").save(target, "JPEG", quality=QUALITY)
        path.parent.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        write_whole(path, target.getvalue(), owner=self._owner, durable=False)

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
        return path

    def drop_previews(self, over: Callable[[set[str]], set[str]]) -> None:
        """Removes the previews of those calls of which `over` says that they have come to their end. Blocks."""
        files: dict[str, list[Path]] = {}
        for path in self._cache.previews(self._workspace_id).glob("[!.]*_*_*.*"):
            files.setdefault(path.name.partition("_")[0], []).append(path)
        for call_id in over(set(files)):
            for path in files[call_id]:
                path.unlink(missing_ok=True)


def _shrunk(image: Image.Image, edge: int) -> Image.Image:
    """At most `edge` on the long side, upright, in sRGB. Colours are converted after shrinking: the same and faster."""
    image.draft("RGB", (edge * 2, edge * 2))  # JPEG only: decodes an eighth to a half of the pixels
    image.load()
    profile = image.info.get("icc_profile")
    if image.mode == "P":
        image = image.convert("RGBA" if "transparency" in image.info else "RGB")
    elif image.mode in ("PA", "1"):
        image = image.convert("RGBA" if image.mode == "PA" else "L")
    longest = max(image.size)
    if longest > edge:
        size = (max(1, round(image.width * edge / longest)), max(1, round(image.height * edge / longest)))
        gap = 2.0 if image.mode in ("RGB", "RGBA", "L", "LA", "CMYK") else None
        exif = image.getexif()
        small = image.resize(size, Image.Resampling.LANCZOS, reducing_gap=gap)
        small.info = {**image.info, "exif": exif.tobytes()} if exif else dict(image.info)
        image = small
    if profile is not None:
        image.info["icc_profile"] = profile
    return to_srgb(image)
