r"""Choices in a prompt: ``{red|blue}``, weights ``{3::red|blue}``, lists ``{@light moods}`` and ``__light moods__``.

Braces without a bar of their own that do not begin with ``@`` or a weight are plain text, so JSON, code and attention
weights stay as they are. ``\{ \| \} \@`` and ``\__`` stand for the plain characters. A backslash in front of anything
else is a plain backslash; two in front of one of these are one plain backslash."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise
from math import prod
from typing import Final, Literal

from studio.domain.choice_marks import (
    ESCAPED,
    MARKS,
    WEIGHT_MAX,
    WEIGHT_MIN,
    Layout,
    Token,
    escape,
    plain_before,
    unescape,
    weight_in_front,
)

CHOICE_VALUES_MAX = 10_000
"""Most values of one choice, lists and nested choices included."""
_DEPTH_MAX = 20
_WORK_MAX = 100_000
"""Most values that are put together while one text is read."""
_MORE_THAN_WORDS = re.compile(r"[\\@]|::")
_REMEMBERED_MAX = 4
"""How many of the templates read last are kept."""

FaultKind = Literal["open brace", "unknown list", "empty list", "empty choice", "bad weight", "too many"]


@dataclass(frozen=True, slots=True)
class ChoiceValue:
    """One value: plain text without blanks at its ends, and how often a random sample takes it against the others."""

    text: str
    weight: float = 1.0


ListValues = Mapping[str, tuple[ChoiceValue, ...]]
"""Values by the name of their list; a value may itself hold choices and name other lists."""


@dataclass(frozen=True, slots=True)
class Choice:
    """`start` and `end` (exclusive) are its place in the template's text; equal values are one, with summed weights."""

    start: int
    end: int
    values: tuple[ChoiceValue, ...]
    list_name: str | None = None
    """Set when the choice is one list and nothing else."""


@dataclass(frozen=True, slots=True)
class ChoiceFault:
    """What keeps a text from being used. `name` is that of the list, or the weight as it was written."""

    start: int
    end: int
    kind: FaultKind
    name: str = ""


@dataclass(frozen=True, slots=True)
class PromptTemplate:
    text: str
    choices: tuple[Choice, ...]
    faults: tuple[ChoiceFault, ...]
    open_braces: tuple[int, ...] = ()
    """Where a ``{`` stands that nothing closes and that begins no choice: no fault, it is sent as it stands."""

    @property
    def combination_count(self) -> int:
        """1 without choices; 0 while a choice has no values."""
        return prod(len(choice.values) for choice in self.choices)

    def fill(self, values: Sequence[str]) -> str:
        """The prompt with one value for each choice, in their order. Raises ValueError for another number of values."""
        return self.fill_marked(values)[0]

    def fill_marked(self, values: Sequence[str]) -> tuple[str, tuple[tuple[int, int], ...]]:
        """Also where the values stand in the result: (start, end exclusive)."""
        if len(values) != len(self.choices):
            raise ValueError(f"the prompt has {len(self.choices)} choices, not {len(values)}")
        parts: list[str] = []
        spans: list[tuple[int, int]] = []
        at = length = 0
        for choice, value in zip(self.choices, values, strict=True):
            plain = plain_before(self.text, at, choice.start)
            parts += [plain, value]
            spans.append((length + len(plain), length + len(plain) + len(value)))
            length += len(plain) + len(value)
            at = choice.end
        return "".join(parts) + unescape(self.text[at:]), tuple(spans)


_remembered: Final[list[tuple[tuple[PromptTemplate, ListValues], ...]]] = [()]
"""One tuple: the templates read last, the newest first, each with a copy of the lists it was read with."""


def read_template(text: str, lists: ListValues) -> PromptTemplate:
    """The choices of a text and what is wrong with them. Pure; some milliseconds for a list of 10 000 values.

    The last few texts with choices are remembered: an editor, the draft of a sweep and its price read the same one."""
    remembered = _remembered[0]
    for known, its_lists in remembered:
        if known.text == text and its_lists == lists:
            return known
    reader = _Reader(text, lists)
    choices = tuple(reader.choice(token) for token in reader.outermost(0, len(text)))
    template = PromptTemplate(text, choices, reader.faults, reader.open_braces)
    if choices:
        # Another tuple each time: the window and the studio read on threads of their own.
        _remembered[0] = ((template, dict(lists)), *remembered[: _REMEMBERED_MAX - 1])
    return template


def has_choices(text: str) -> bool:
    """Is anything in here a choice, a list or a choice that was not closed? Needs no lists."""
    if "{" not in text and "__" not in text:
        return False
    layout = Layout.of(text)
    return bool(layout.tokens or layout.left_open)


def write_choice(values: Sequence[ChoiceValue]) -> str:
    """``{...}`` that reads back as these values: with weights other than 1, and with escapes where needed."""
    if not values:
        return "{|}"
    # A single value would be plain text in braces, but for its weight.
    return "{" + "|".join(_write_value(value, weighted=len(values) == 1) for value in values) + "}"


def write_plain(text: str) -> str:
    """The text as a template without choices that reads back as itself; unchanged where nothing needs an escape."""
    if not has_choices(text) and ESCAPED.search(text) is None:
        return text
    return escape(text, value=False)


def read_list_line(line: str) -> ChoiceValue:
    """A line of a list file: text that may hold choices itself, with a weight in front. Raises ValueError for a weight
    that cannot be one."""
    mark = weight_in_front(line)
    if mark is None:
        return ChoiceValue(line.strip())
    if mark.value is None:
        raise ValueError(f"{mark.text} cannot be a weight")
    return ChoiceValue(line[mark.end :].strip(), mark.value)


def write_list_line(value: ChoiceValue) -> str:
    """The line that reads back as this value, and is no comment."""
    weighted = value.weight != 1 or value.text.startswith("#") or not value.text
    if weighted or weight_in_front(value.text) is not None:
        return f"{_write_weight(value.weight)}::{value.text}"
    return value.text


# --- writing ---------------------------------------------------------------------------------------------------


def _write_value(value: ChoiceValue, *, weighted: bool) -> str:
    text = escape(value.text, value=True)
    trailing = len(text) - len(text.rstrip("\\"))
    text += "\\" * trailing  # what follows is a bar or a brace
    if value.weight == 1 and not weighted and weight_in_front(text) is None:
        return text
    return f"{_write_weight(value.weight)}::{text}"


def _write_weight(weight: float) -> str:
    number = f"{Decimal(repr(weight)):f}"
    return number.rstrip("0").rstrip(".") if "." in number else number


# --- reading ---------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Work:
    """Shared by a text and the list lines it leads to."""

    value_count: int = 0
    under_way: list[str] = field(default_factory=list)
    """Lists that are being read, to notice one that leads to itself."""
    known: dict[str, _ListContent] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _ListContent:
    values: tuple[ChoiceValue, ...] = ()
    faults: tuple[tuple[FaultKind, str], ...] = ()


class _Reader:
    def __init__(self, text: str, lists: ListValues, work: _Work | None = None) -> None:
        self._text = text
        self._lists = lists
        self._work = work or _Work()
        layout = Layout.of(text)
        self._tokens = layout.tokens
        self._starts = [token.start for token in layout.tokens]
        self.open_braces = layout.plain_open
        self._faults = {ChoiceFault(at, at + 1, "open brace"): None for at in layout.left_open}

    @property
    def faults(self) -> tuple[ChoiceFault, ...]:
        return tuple(sorted(self._faults, key=lambda fault: (fault.start, fault.end)))

    def outermost(self, start: int, end: int) -> list[Token]:
        """The tokens between two places that lie in no other token there."""
        found: list[Token] = []
        place = bisect_left(self._starts, start)
        while place < len(self._tokens) and self._tokens[place].start < end:
            token = self._tokens[place]
            place += 1
            if token.end <= end:
                found.append(token)
                place = bisect_left(self._starts, token.end)
        return found

    def choice(self, token: Token) -> Choice:
        values = self._values(token, 0)
        faulty = any(token.start <= fault.start and fault.end <= token.end for fault in self._faults)
        if not faulty and not any(value.text for value in values):
            self._complain(token, "empty choice")
        name = token.list_name
        if name is None and not token.bars:
            name = self._name_after_at(token.start + 1, token.end - 1)
        return Choice(token.start, token.end, values, name)

    def all(self) -> tuple[ChoiceValue, ...]:
        """Everything that this text as a whole can become."""
        return self._combined(0, len(self._text), 1.0, 0)

    def _values(self, token: Token, depth: int) -> tuple[ChoiceValue, ...]:
        if depth > _DEPTH_MAX:
            self._complain(token, "too many")
            return ()
        if token.list_name is not None:
            return self._of_list(token, token.list_name, 1.0)
        edges = [token.start, *token.bars, token.end - 1]
        merged: dict[str, float] = {}
        plain = self._is_plain(token)
        for left, right in pairwise(edges):
            if plain:
                words = self._text[left + 1 : right].strip()
                merged[words] = _kept(merged.get(words, 0.0) + 1.0)
            else:
                _merge(merged, self._segment(token, left + 1, right, depth))
            if len(merged) > CHOICE_VALUES_MAX:
                self._complain(token, "too many")
                break
        return _values_of(merged)

    def _is_plain(self, token: Token) -> bool:
        """Whether nothing but words stands between the bars: no choice, list, weight or escape. A choice of hundreds of
        values then takes a fifth of the time."""
        following = bisect_left(self._starts, token.start + 1)
        holds_token = following < len(self._starts) and self._starts[following] < token.end
        return not holds_token and _MORE_THAN_WORDS.search(self._text, token.start, token.end) is None

    def _segment(self, token: Token, start: int, end: int, depth: int) -> Iterable[ChoiceValue]:
        """What stands between two bars: a weight, then ``@name`` or text with further choices in it."""
        weight, start = self._weight(start, end)
        name = self._name_after_at(start, end)
        if name is not None:
            return self._of_list(token, name, weight)
        return self._combined(start, end, weight, depth)

    def _weight(self, start: int, end: int) -> tuple[float, int]:
        """The weight that stands here, 1 when there is none, and where the text after it begins."""
        mark = weight_in_front(self._text, start, end)
        if mark is None:
            return 1.0, start
        if mark.value is None:
            self._faults.setdefault(ChoiceFault(start, mark.end, "bad weight", mark.text))
            return 1.0, mark.end
        return mark.value, mark.end

    def _name_after_at(self, start: int, end: int) -> str | None:
        text = self._text[start:end].strip()
        return text[1:].strip() if text.startswith("@") else None

    def _combined(self, start: int, end: int, weight: float, depth: int) -> tuple[ChoiceValue, ...]:
        """Every way to fill the choices between two places."""
        made = [ChoiceValue("", weight)]
        at = start
        for token in self.outermost(start, end):
            plain = plain_before(self._text, at, token.start)
            values = self._values(token, depth + 1)
            count = len(made) * len(values)
            self._work.value_count += count
            if count > CHOICE_VALUES_MAX or self._work.value_count > _WORK_MAX:
                self._complain(token, "too many")
                return ()
            made = [
                ChoiceValue(f"{one.text}{plain}{value.text}", _kept(one.weight * value.weight))
                for one in made
                for value in values
            ]
            at = token.end
        rest = plain_before(self._text, at, end) if end < len(self._text) else unescape(self._text[at:end])
        return tuple(ChoiceValue(f"{one.text}{rest}".strip(), one.weight) for one in made)

    def _of_list(self, token: Token, name: str, weight: float) -> tuple[ChoiceValue, ...]:
        content = self._work.known.get(name)
        if content is None:
            content = self._read_list(name)
            if not content.faults or not self._work.under_way:  # inside a circle it is known only in part
                self._work.known[name] = content
        for kind, about in content.faults:
            self._complain(token, kind, about)
        if weight == 1:
            return content.values
        return tuple(ChoiceValue(value.text, _kept(value.weight * weight)) for value in content.values)

    def _read_list(self, name: str) -> _ListContent:
        wanted = name.casefold()
        found = self._lists.get(name)
        if found is None:
            found = next((values for known, values in self._lists.items() if known.casefold() == wanted), None)
        if found is None:
            return _ListContent(faults=(("unknown list", name),))
        if not found:
            return _ListContent(faults=(("empty list", name),))
        under_way = self._work.under_way
        if wanted in under_way or len(under_way) > _DEPTH_MAX:
            return _ListContent(faults=(("too many", name),))
        under_way.append(wanted)
        merged: dict[str, float] = {}
        faults: dict[tuple[FaultKind, str], None] = {}
        for value in found:
            if MARKS.search(value.text) is None:
                _merge(merged, (value,))
                continue
            self._work.value_count += 1
            if self._work.value_count > _WORK_MAX:
                faults["too many", name] = None
                break
            line = _Reader(value.text, self._lists, self._work)
            made = line.all()
            faults.update(dict.fromkeys((fault.kind, fault.name) for fault in line.faults))
            _merge(merged, (ChoiceValue(one.text, one.weight * value.weight) for one in made))
        under_way.pop()
        if len(merged) > CHOICE_VALUES_MAX:
            faults["too many", name] = None
        return _ListContent(_values_of(merged), tuple(faults))

    def _complain(self, token: Token, kind: FaultKind, name: str = "") -> None:
        self._faults.setdefault(ChoiceFault(token.start, token.end, kind, name))


def _merge(merged: dict[str, float], values: Iterable[ChoiceValue]) -> None:
    for value in values:
        merged[value.text] = _kept(merged.get(value.text, 0.0) + value.weight)


def _values_of(merged: Mapping[str, float]) -> tuple[ChoiceValue, ...]:
    return tuple(ChoiceValue(text, weight) for text, weight in merged.items())[:CHOICE_VALUES_MAX]


def _kept(weight: float) -> float:
    return min(max(weight, WEIGHT_MIN), WEIGHT_MAX)
