"""The base of every value object and the small types that several of them share."""

from __future__ import annotations

from typing import NewType, TypeVar

from pydantic import BaseModel, ConfigDict

RunId = NewType("RunId", int)
"""Number of a run inside its workspace, from 1; shown to the user as "Run 48"."""
JobId = NewType("JobId", str)
"""Our work for one target: ``<run>.<position>``, e.g. ``48.2``; unique inside a workspace."""
CallId = NewType("CallId", str)
"""One paid request of a job: ``<job>.<index>``, e.g. ``48.2.0``."""
SweepId = NewType("SweepId", int)
"""Number of a sweep inside its workspace, from 1."""
ImageId = NewType("ImageId", int)
BlobHash = NewType("BlobHash", str)
"""SHA-256 of stored bytes, lower-case hexadecimal, 64 characters."""

OptionValue = str | int | float | bool
"""A provider option as the user sets it; its type is declared by `capability.OptionSpec`."""


class Frozen(BaseModel):
    """An immutable value: compared by content, unknown fields refused, validators built on first use."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


_V = TypeVar("_V", bound=Frozen)

_NAMES: dict[frozenset[str], set[str]] = {}
"""Each combination of names that was ever given to a value, once: there are some dozens."""


def slim(value: _V) -> _V:
    """The same object, which takes about half the memory from now on; for values that are held by the thousand.

    Beside its fields each model carries the set of the names it was given, which is larger than the fields themselves.
    Equal sets become one here, in all values inside of `value` too. Nothing changes them: values are immutable, and
    copies have a set of their own."""
    names = value.model_fields_set
    object.__setattr__(value, "__pydantic_fields_set__", _NAMES.setdefault(frozenset(names), names))
    for inner in value.__dict__.values():
        if isinstance(inner, Frozen):
            slim(inner)
        elif isinstance(inner, tuple):
            for one in inner:
                if isinstance(one, Frozen):
                    slim(one)
    return value


class Secret:
    """A key in memory. Neither `repr`, `str` nor pickling shows it; `reveal()` is the one way to read it."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """The key itself: for the header of a request to the configured host, for nothing else."""
        return self._value

    def hint(self) -> str:
        """At most the last four characters, for telling two keys apart: ``…3f9c``; short keys show nothing."""
        return f"…{self._value[-4:]}" if len(self._value) >= 16 else "…"

    def __repr__(self) -> str:
        return "Secret(***)"

    __str__ = __repr__

    def __bool__(self) -> bool:
        return bool(self._value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._value == self._value

    def __hash__(self) -> int:
        return hash(self._value)

    def __reduce__(self) -> str:
        raise TypeError("a Secret is never pickled")
