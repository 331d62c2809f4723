"""Exit codes, so that a script knows what to do next without reading words. Documented in `references/cli.md`."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # help is shown without the domain's models
    from studio.domain.errors import Problem


class Exit(IntEnum):
    DONE = 0
    FAILED = 1  # something else, or several things at once
    REQUEST = 2  # the command line or the request cannot be used as it is; nothing was sent
    KEY = 3  # key, account or keyring
    REFUSED = 4  # a filter stopped prompt or picture
    MONEY = 5  # balance, quota or budget
    MAYBE_BILLED = 6  # no image, and nobody knows whether it was billed
    NETWORK = 7  # not reachable, or too busy at the moment
    DISK = 8  # folder, disk or workspace
    FAULT = 70  # our own bug
    INTERRUPTED = 130  # Ctrl-C
    PIPE_CLOSED = 141  # nobody reads our output any more


_OF_KIND: dict[str, Exit] = {
    **dict.fromkeys(
        ("request_invalid", "reference_unreadable", "reference_too_large", "cannot_run", "bad_request"), Exit.REQUEST
    ),
    **dict.fromkeys(("model_ended", "model_unknown", "template_invalid", "network_settings"), Exit.REQUEST),
    "sweep_too_large": Exit.REQUEST,
    **dict.fromkeys(("key_missing", "key_rejected", "key_region", "not_verified", "model_not_opened"), Exit.KEY),
    **dict.fromkeys(("region_refused", "keyring_missing", "keyring_locked"), Exit.KEY),
    **dict.fromkeys(("prompt_refused", "result_withheld"), Exit.REFUSED),
    **dict.fromkeys(("balance", "quota", "over_budget"), Exit.MONEY),
    **dict.fromkeys(("offline", "tls", "rate_limited", "overloaded", "server_failed"), Exit.NETWORK),
    **dict.fromkeys(("disk_full", "folder_not_writable", "workspace_newer", "workspace_unreadable"), Exit.DISK),
    **dict.fromkeys(("no_room", "file_missing", "file_unreadable", "workspace_read_only"), Exit.DISK),
    "settings_not_kept": Exit.DISK,
    "internal": Exit.FAULT,
    "cancelled": Exit.INTERRUPTED,
}


def exit_of_problem(problem: Problem) -> Exit:
    """A refusal stays a refusal even when it may have been billed; any other doubt about money outranks its cause."""
    code = _OF_KIND.get(problem.kind, Exit.FAILED)
    if problem.charged == "maybe" and code not in (Exit.REFUSED, Exit.INTERRUPTED) and problem.kind != "no_image":
        return Exit.MAYBE_BILLED
    return code


def exit_of_problems(problems: Iterable[Problem]) -> Exit:
    """One code for a run: the one they share, 6 as soon as money is in doubt, else 1 for a mixture."""
    codes = {exit_of_problem(problem) for problem in problems}
    if not codes:
        return Exit.DONE
    if Exit.MAYBE_BILLED in codes:
        return Exit.MAYBE_BILLED
    return codes.pop() if len(codes) == 1 else Exit.FAILED
