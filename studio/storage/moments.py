"""Times and image numbers as the database holds them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_IMAGES_BEGIN = datetime(2000, 1, 1, tzinfo=UTC)
IMAGES_PER_SECOND = 1024


def to_stored(moment: datetime) -> int:
    """Microseconds since 1970; `moment` is aware."""
    return (moment - _EPOCH) // timedelta(microseconds=1)


def from_stored(stored: int) -> datetime:
    return _EPOCH + timedelta(microseconds=stored)


def first_image_id(moment: datetime) -> int:
    """The lowest number of an image made in the second of `moment`."""
    return max(0, (moment - _IMAGES_BEGIN) // timedelta(seconds=1)) * IMAGES_PER_SECOND
