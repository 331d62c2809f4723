"""Where choices and lists stand in a text, what is escaped in it, and weights in front of values.

See `choices` for what they mean."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

WEIGHT_MAX = 1_000_000.0
WEIGHT_MIN = 0.000_001

ESCAPED = re.compile(r"(?<!\\)(\\+)([{|}@]|__)")
_ESCAPABLE = re.compile(r"(?<!\\)(\\*)([{|}@]|__)")
_SPECIAL = re.compile(r"[{|}]")
_LIST = re.compile(r"(?<![A-Za-z0-9_])__((?=[^\s_])(?:[^_{}|\\\n]|_(?!_)){1,100}(?<![\s_]))__(?![A-Za-z0-9_])")
_WEIGHT = re.compile(r"\s*(\d+(?:\.\d*)?|\.\d+)::")
_BAD_WEIGHT = re.compile(r"\s*(?=[^:]{0,30}\d)[-+.,\dEe]{1,30}::")
_STARTS = re.compile(rf"\s*@|{_WEIGHT.pattern}")
MARKS = re.compile(r"[{|}@\\]|__")


# --- weights ---------------------------------------------------------------------------------------------------


class WeightMark(NamedTuple):
    """``3::`` as it stands in front of a value. `value` is None for what cannot be a weight."""

    text: str
    """As it was written, without the colons."""
    end: int
    """Where the text after it begins."""
    value: float | None


def weight_in_front(text: str, start: int = 0, end: int | None = None) -> WeightMark | None:
    """The weight that stands at `start`; None when there is none."""
    end = len(text) if end is None else end
    found = _WEIGHT.match(text, start, end) or _BAD_WEIGHT.match(text, start, end)
    if found is None:
        return None
    value = float(found[1]) if found.re is _WEIGHT else None
    is_good = value is not None and WEIGHT_MIN <= value <= WEIGHT_MAX
    return WeightMark(found[0].strip().removesuffix("::"), found.end(), value if is_good else None)


# --- escapes ---------------------------------------------------------------------------------------------------


def escape(text: str, *, value: bool) -> str:
    """The template text that reads back as this text. `value`: it will stand in a choice, where ``@`` begins a list."""

    def escaped(found: re.Match[str]) -> str:
        backslashes, mark = found.groups()
        if mark == "@" and not backslashes and not (value and found.start() == 0):
            return mark
        return f"{backslashes}{backslashes}\\{mark}"

    return _ESCAPABLE.sub(escaped, text)


def unescape(text: str) -> str:
    """The plain text that a template text without choices stands for."""

    def plain(found: re.Match[str]) -> str:
        backslashes, mark = found.groups()
        return backslashes[: len(backslashes) // 2] + mark

    return ESCAPED.sub(plain, text) if "\\" in text else text


def plain_before(text: str, start: int, mark: int) -> str:
    """The plain text up to a brace or bar, with the backslashes just in front of that counted by pairs."""
    lead = text[mark : mark + 2]
    return unescape(text[start:mark] + lead)[: -len(lead)]


# --- places ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Token:
    """A choice or list as it stands in the text. `bars` are the places of its own ``|``; a list has its name."""

    start: int
    end: int
    bars: tuple[int, ...] = ()
    list_name: str | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """Every token of a text by its start, those inside others too; `left_open` are braces that nothing closes."""

    tokens: tuple[Token, ...]
    left_open: tuple[int, ...]
    """Those that begin a choice."""
    plain_open: tuple[int, ...] = ()
    """Those that are plain text."""

    @classmethod
    def of(cls, text: str) -> Layout:
        # Looked for as plain text first: that is a hundred times faster, and a long prompt is read at every key.
        escapes = ESCAPED.finditer(text) if "\\" in text else ()
        literal = {found.end(1) for found in escapes if len(found[1]) % 2}
        tokens: list[Token] = []
        open_braces: list[tuple[int, list[int]]] = []
        for found in _SPECIAL.finditer(text) if "{" in text else ():
            at, mark = found.start(), found[0]
            if at in literal:
                continue
            if mark == "{":
                open_braces.append((at, []))
            elif mark == "|" and open_braces:
                open_braces[-1][1].append(at)
            elif mark == "}" and open_braces:
                start, bars = open_braces.pop()
                if bars or _STARTS.match(text, start + 1, at):
                    tokens.append(Token(start, at + 1, tuple(bars)))
        left_open = tuple(start for start, bars in open_braces if bars or _STARTS.match(text, start + 1))
        plain_open = tuple(start for start, _ in open_braces if start not in left_open)
        tokens += [
            Token(found.start(), found.end(), list_name=found[1])
            for found in (_LIST.finditer(text) if "__" in text else ())
            if found.start() not in literal
        ]
        return cls(tuple(sorted(tokens, key=lambda token: token.start)), left_open, plain_open)
