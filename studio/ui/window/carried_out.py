"""What is asked of the studio from the window, with an answer in the message bar when it cannot be done."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from studio.domain.errors import StudioError

if TYPE_CHECKING:
    from studio.bootstrap import Studio
    from studio.ui.window.controller import WindowController


async def carried_out(controller: WindowController, work: Callable[[Studio], Awaitable[Any]]) -> bool:
    """Whether it was done; if not, the user has been told why."""
    try:
        await controller.client.run(work)
    except StudioError as error:
        controller.tell_problem(error.problem)
    except LookupError as error:
        controller.say("warn", str(error))
    else:
        return True
    return False
