"""Guards around what Qt calls in us.

An exception that leaves a Python override of a Qt virtual function surfaces in whatever call happened to trigger it, or
ends the program. `safe_override` keeps it inside: the fault is logged with its trace and Qt gets a harmless value.
"""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable
from typing import ParamSpec, TypeVar

_log = logging.getLogger(__name__)

_P = ParamSpec("_P")
_R = TypeVar("_R")


def safe_override(default: _R) -> Callable[[Callable[_P, _R]], Callable[_P, _R]]:
    """Decorate an override of a Qt virtual function: a fault in it is logged once per place and `default` is returned.

    The default is shared between calls, so it must be a value that nobody changes. `KeyboardInterrupt` and
    `SystemExit` pass."""

    def decorate(function: Callable[_P, _R]) -> Callable[_P, _R]:
        faults: set[tuple[str, int]] = set()

        @functools.wraps(function)
        def guarded(*args: _P.args, **kwargs: _P.kwargs) -> _R:
            try:
                return function(*args, **kwargs)
            except Exception as error:  # whatever it is, it must not reach Qt
                _report(function.__qualname__, error, faults)
                return default

        return guarded

    return decorate


def _report(name: str, error: Exception, faults: set[tuple[str, int]]) -> None:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = (type(error).__name__, trace.tb_lineno if trace is not None else 0)
    if place in faults:
        return  # a fault in a paint event comes sixty times a second
    faults.add(place)
    _log.error("%s failed and was skipped.", name, exc_info=error)
