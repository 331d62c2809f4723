"""Images in groups: by run, by day where the user is, by provider."""

from __future__ import annotations

import time
from bisect import bisect_left
from datetime import UTC, date, datetime, timedelta
from typing import Literal, NamedTuple

import apsw

from studio.storage.database import number
from studio.storage.moments import IMAGES_PER_SECOND

Group = Literal["", "run", "day", "provider"]

_BEGIN = datetime(2000, 1, 1, tzinfo=UTC)
_DAY_S = 86_400


class GroupCount(NamedTuple):
    key: int | str
    """The number of the run, the day as `day_of_key` reads it, or the provider."""
    rows: int
    """Places in the list, at least 1: a stack of near-duplicates has one."""
    images: int
    """Images that match; as many as places where nothing is stacked."""


def day_of_key(key: int) -> date:
    """The day of the calendar that a group of days stands for."""
    return date(2000, 1, 1) + timedelta(days=key)


def key_of_day(moment: datetime) -> int:
    """The group of the day on which something happened, where the user is; `moment` is aware."""
    return (moment.astimezone().date() - date(2000, 1, 1)).days


def group_column(db: apsw.Connection, group: Group) -> str:
    """SQL for the group of an image, table alias ``i``; empty without groups. Nothing in it comes from a user."""
    match group:
        case "run":
            return "i.run_id"
        case "provider":
            return "i.provider"
        case "day":
            seconds = f"i.id / {IMAGES_PER_SECOND}"
            first = number(db, "SELECT coalesce(min(id), 0) FROM images") // IMAGES_PER_SECOND
            return f"(({seconds} + {_offset(first, seconds)}) / {_DAY_S})"
    return ""


def _offset(first_s: int, seconds: str) -> str:
    """SQL for how far local time is ahead of UTC. The number of an image is its time, so no other column is read."""
    begin_s = int(_BEGIN.timestamp())
    pieces = _offsets(begin_s + first_s, int(time.time()) + 2 * _DAY_S)
    newest = pieces[-1][1]
    if len(pieces) == 1:
        return str(newest)
    cases = [f"WHEN {seconds} >= {since - begin_s} THEN {ahead}" for since, ahead in reversed(pieces[1:])]
    return f"(CASE {' '.join(cases)} ELSE {pieces[0][1]} END)"


def _offsets(first_s: int, last_s: int) -> list[tuple[int, int]]:
    """Seconds ahead of UTC, each with the second since 1970 from which it holds, oldest first."""
    pieces = [(first_s, _ahead(first_s))]
    for day in range(first_s, last_s, _DAY_S):
        end = day + _DAY_S
        before, after = pieces[-1][1], _ahead(end)
        if before != after:
            change = bisect_left(range(day, end + 1), True, key=lambda second: _ahead(second) != before)
            pieces.append((day + change, after))
    return pieces


def _ahead(second: int) -> int:
    return time.localtime(second).tm_gmtoff
