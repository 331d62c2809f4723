"""From the words of a command line to the plan of a sweep."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle

from studio.domain.assets import SizeWish, parse_size_wish
from studio.domain.choices import ChoiceFault, ListValues, PromptTemplate, has_choices, read_template
from studio.domain.errors import RequestInvalid
from studio.domain.request import SEED_MAX, GenerationRequest, Target
from studio.domain.sweep import (
    SWEEP_CELLS_MAX,
    AxisKind,
    AxisPlace,
    SweepAxis,
    SweepCell,
    SweepOrder,
    SweepPlan,
    SweepValue,
)
from studio.domain.sweep_cells import sweep_cells

_RANGE = re.compile(r"^\s*(\d{1,10})\s*(?:-|\.\.)\s*(\d{1,10})\s*$")

FAULT_WORDS: dict[str, str] = {
    "open brace": "is not closed",
    "unknown list": "there is no list {name!r} in {folder}",
    "empty list": "the list {name!r} is empty",
    "empty choice": "has no values",
    "bad weight": "{name} cannot be a weight",
    "too many": "has too many values, or leads to itself",
}


@dataclass(frozen=True, slots=True)
class SweepWords:
    """What the command line varies, unread."""

    sizes: tuple[str, ...] = ()
    seeds: str | None = None
    styles: tuple[str, ...] = ()
    negatives: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    sample: int | None = None
    sample_seed: int = 0
    order: SweepOrder = "rows"
    stop_after: int = 3


def refuse_choices(request: GenerationRequest, *, literal: bool) -> GenerationRequest:
    """A request for ``generate``: literal braces of a choice are never paid for unknowingly. Raises RequestInvalid."""
    if literal:
        return request
    changes: dict[str, str] = {}
    for field, text in (("prompt", request.prompt), ("negative_prompt", request.negative_prompt)):
        template = read_template(text, {})
        if template.choices or template.faults:
            first = min((template.choices + template.faults), key=lambda one: one.start)
            reason = (
                f"{text[first.start : max(first.end, first.start + 20)][:60]!r} reads as a choice of a sweep;"
                " prompt-studio sweep makes its combinations, --literal sends the text as it stands"
            )
            raise RequestInvalid(field=field, reason=reason)
        changes[field] = template.fill(())
    return request.model_copy(update=changes)


def left_open(request: GenerationRequest) -> list[str]:
    """The texts of a request with a brace that nothing closes: plain text, or a choice that was not finished."""
    texts = (("prompt", request.prompt), ("negative prompt", request.negative_prompt))
    return [name for name, text in texts if read_template(text, {}).open_braces]


def split_options(words: Sequence[str]) -> tuple[tuple[str, ...], dict[str, tuple[str, ...]]]:
    """Options with one value, as they were; and those to vary, ``name=a,b``, by name. Raises RequestInvalid."""
    single: list[str] = []
    several: dict[str, tuple[str, ...]] = {}
    for word in words:
        name, _, value = word.partition("=")
        values = tuple(part.strip() for part in value.split(",") if part.strip())
        if len(values) < 2:
            single.append(word)
        elif "." in name:
            raise RequestInvalid(field="option", reason=f"{name!r} is for one provider; several values vary for all")
        else:
            several[name.strip()] = values
    return tuple(single), several


def read_seeds(text: str) -> tuple[int, ...]:
    """``1,2``, ``1-4``, ``1..4`` or a mixture. Raises RequestInvalid."""
    seeds: dict[int, None] = {}
    for part in filter(None, (part.strip() for part in text.split(","))):
        found = _RANGE.match(part)
        first, last = (int(found[1]), int(found[2])) if found else (part, part)
        try:
            low, high = int(first), int(last)
        except ValueError:
            raise RequestInvalid(field="seeds", reason=f"{part!r} is no seed and no range such as 1-4") from None
        if not 0 <= low <= high <= SEED_MAX or high - low >= SWEEP_CELLS_MAX:
            raise RequestInvalid(field="seeds", reason=f"{part!r} is not within 0 to {SEED_MAX}, or too many")
        seeds.update(dict.fromkeys(range(low, high + 1)))
    return tuple(seeds)


_Axis = tuple[AxisKind, Mapping[str, object], list[SweepValue]]
"""Kind, further fields and values of an axis that has no place yet."""


def make_plan(
    request: GenerationRequest, targets: Sequence[Target], words: SweepWords, lists: ListValues, folder: str
) -> SweepPlan:
    """The plan. `folder` is where lists lie, for words. Raises RequestInvalid."""
    _, options = split_options(words.options)
    axes: list[_Axis] = [*_word_axes("words", "prompt", request.prompt, lists, folder)]
    if len(words.negatives) < 2:
        axes += _word_axes("negative words", "negative", request.negative_prompt, lists, folder)
    if len(targets) > 1:
        axes.append(("target", {}, [SweepValue(label=str(target), target=target) for target in targets]))
    if len(words.negatives) > 1:
        plain = [_plain_negative(text) for text in words.negatives]
        axes.append(("negative", {}, [SweepValue(label=text or "none", negative_prompt=text) for text in plain]))
    if len(sizes := _several(words.sizes)) > 1:
        axes.append(("size", {}, [SweepValue(label=size, size=_size(size)) for size in sizes]))
    if len(words.styles) > 1:
        axes.append(("style", {}, [SweepValue(label=style or "none", style=style) for style in words.styles]))
    for name, chosen in options.items():
        axes.append(("option", {"option": name}, [SweepValue(label=value, option=value) for value in chosen]))
    if words.seeds is not None:
        axes.append(("seed", {}, [SweepValue(label=str(seed), seed=seed) for seed in read_seeds(words.seeds)]))
    return SweepPlan(
        request=request,
        targets=tuple(targets) if len(targets) == 1 else (),
        axes=tuple(_placed(axes)),
        make="sample" if words.sample is not None else "all",
        sample_count=words.sample or 20,
        sample_seed=words.sample_seed,
        order=words.order,
        stop_after_failures=words.stop_after or None,
    )


def first_of_several(words: SweepWords, wish: dict[str, object]) -> None:
    """What stands in the request where the command line names one value, or several of which an axis takes care."""
    if sizes := _several(words.sizes):
        wish["size"] = sizes[0]
    if words.styles:
        wish["style"] = words.styles[0]
    if words.negatives:
        wish["negative_prompt"] = words.negatives[0]


def _word_axes(kind: AxisKind, field: str, text: str, lists: ListValues, folder: str) -> Iterable[_Axis]:
    for number, choice in enumerate(_read(text, lists, field, folder).choices):
        values = [SweepValue(label=one.text, words=one.text, weight=one.weight) for one in choice.values]
        yield kind, {"choice": number, "list_name": choice.list_name}, values


def _placed(axes: Iterable[_Axis]) -> Iterable[SweepAxis]:
    """Targets are columns, the first other axis rows; the rest goes into the cells."""
    places: cycle[AxisPlace] = cycle(("across", "down"))
    rows_taken = False
    for kind, more, values in axes:
        if kind == "target":
            place: AxisPlace = "columns"
        elif rows_taken:
            place = next(places)
        else:
            place, rows_taken = "rows", True
        yield SweepAxis.model_validate({"kind": kind, "place": place, "values": tuple(values), **more})


def _several(words: Sequence[str]) -> list[str]:
    return [part.strip() for word in words for part in word.split(",") if part.strip()]


def _size(text: str) -> SizeWish:
    try:
        return parse_size_wish(text)
    except ValueError as error:
        raise RequestInvalid(field="size", reason=str(error)) from error


def _plain_negative(text: str) -> str:
    if has_choices(text):
        reason = "choices stand in a single --negative; several of them are the values themselves"
        raise RequestInvalid(field="negative", reason=reason)
    return read_template(text, {}).fill(())


def _read(text: str, lists: ListValues, field: str, folder: str) -> PromptTemplate:
    template = read_template(text, lists)
    if template.faults:
        reasons = "; ".join(_fault_words(fault, text, folder) for fault in template.faults[:5])
        raise RequestInvalid(field=field, reason=reasons)
    return template


def _fault_words(fault: ChoiceFault, text: str, folder: str) -> str:
    shown = text[fault.start : max(fault.end, fault.start + 20)][:40]
    words = FAULT_WORDS[fault.kind].format(name=fault.name, folder=folder)
    return f"{shown!r}: {words}"


def sweep_cells_of(plan: SweepPlan) -> tuple[SweepCell, ...]:
    """Raises RequestInvalid, SweepTooLarge."""
    try:
        return sweep_cells(plan)
    except ValueError as error:
        raise RequestInvalid(field="sweep", reason=str(error)) from error
