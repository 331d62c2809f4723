"""How the C library keeps memory for threads: few pools, so that what one thread has freed serves the others."""

from __future__ import annotations

import ctypes
import os
import sys

_ARENA_MAX = -8
"""``M_ARENA_MAX`` of glibc's ``mallopt``."""
_ARENAS = 2


def keep_few_arenas() -> bool:
    """Let threads that start from now on share two pools; gives back whether that was asked of the C library.

    The GNU C library opens a pool for nearly each thread, up to eight for each processor, and what is freed in one is
    of no use to the others. The window has some thirty threads that decode, write and read by turns: in their pools lay
    20 MB of freed memory, and more each minute. Nothing is done where the user's environment says otherwise, or where
    there is no such C library."""
    said = "MALLOC_ARENA_MAX" in os.environ or "glibc.malloc.arena_max" in os.environ.get("GLIBC_TUNABLES", "")
    if said or sys.platform != "linux":
        return False
    library = ctypes.CDLL(None)
    if not hasattr(library, "mallopt") or not hasattr(library, "gnu_get_libc_version"):
        return False
    return bool(library.mallopt(_ARENA_MAX, _ARENAS))
