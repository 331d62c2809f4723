"""The prompt that Midjourney is sent: words, and behind them everything else as ``--name value``.

Which version knows which parameter stands in the catalogue (`OptionSpec.wire_name`); here is how they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from studio.domain.capability import Capability, OptionSpec, ProviderSpec
from studio.domain.errors import ModelUnknown, RequestInvalid
from studio.domain.notices import Notice
from studio.domain.ports import GenerateCall
from studio.domain.values import OptionValue

LENGTH_SOFT_MAX = 6_000
"""Characters that every way to Midjourney takes, as far as known; longer prompts are sent and told."""

STYLE_MODEL = {"anime": "niji-7"}
"""Words of style that are a version of their own."""

_GATEWAY_VERSIONS = frozenset({"5.2", "6", "6.1", "7", "8", "8.1", "8.2"})

_PARAMETER = re.compile(r"(?:(?<=\s)|^)(?:--|—)([A-Za-z]+)(?:\s+((?:(?!--|—)\S+(?:\s+|$))*))?")

_SHORT = {
    "aspect": "ar",
    "version": "v",
    "stylize": "s",
    "chaos": "c",
    "weird": "w",
    "quality": "q",
    "profile": "p",
    "repeat": "r",
}
_SAME_PLACE = {"niji": "v", "raw": "style", "relax": "fast", "turbo": "fast", "public": "stealth"}
"""Parameters that exclude each other count as one."""

_NEVER = {
    "r": "--repeat starts several paid jobs; ask for more images instead",
    **{name: f"--{name} makes a video, not an image" for name in ("video", "motion", "loop", "end", "bs")},
}


@dataclass(slots=True)
class MidjourneyPrompt:
    """`parameters`: all that stand in it, by short name; `notices`: what had to give way."""

    text: str
    parameters: dict[str, str] = field(default_factory=dict)
    notices: list[Notice] = field(default_factory=list)


def version_parameter(model_id: str) -> str:
    """``v8.2`` -> ``--v 8.2``, ``niji-7`` -> ``--niji 7``. Raises ModelUnknown for anything else."""
    found = re.fullmatch(r"(?:v ?)?(\d+(?:\.\d+)?)|niji[- ]?(\d+)", model_id.strip().lower())
    if found is None:
        raise ModelUnknown(provider="Midjourney", model=model_id, detail="Versions look like v8.2 or niji-7.")
    return f"--v {found[1]}" if found[1] else f"--niji {found[2]}"


def midjourney_prompt(
    call: GenerateCall, spec: ProviderSpec, *, links: tuple[str, ...], mode: bool
) -> MidjourneyPrompt:
    """The whole prompt. `links` are image prompts and stand in front; `mode`: the speed is a parameter here.

    What the user's own words set outranks a field that sets the same: Midjourney refuses doubles. Raises RequestInvalid
    for parameters that no image request may hold."""
    written = " ".join(call.request.prompt.split())
    own = {name: value.strip() for name, value in _parameters(written)}
    for name in own:
        if name in _NEVER:
            raise RequestInvalid(field="prompt", reason=_NEVER[name])
    made = MidjourneyPrompt(text="", parameters=dict(own))
    first = min((found.start() for found in _PARAMETER.finditer(written)), default=len(written))
    words, tail = written[:first].strip(), [written[first:].strip()] if written[first:].strip() else []
    style = " ".join(_plain(call.request.style).split())
    raw = call.model.capability.option("raw")
    if style and style.lower() not in STYLE_MODEL and not (style.lower() == "raw" and raw is not None):
        words = f"{words.rstrip(' ,')}, {style}"
    taken = {_SAME_PLACE.get(name, name) for name in own}
    for field_name, parameter in _wished(call, spec, made, mode=mode):
        name, _, value = parameter.removeprefix("--").partition(" ")
        place = _SAME_PLACE.get(name, name)
        if place in taken:
            made.notices.append(_ignored(field_name, name, "it is set already"))
        else:
            taken.add(place)
            made.parameters[name] = value
            tail.append(parameter)
    made.text = " ".join([*links, words, *tail])
    if len(made.text) > LENGTH_SOFT_MAX:
        values = {"model": call.model.id, "asked": str(len(made.text)), "maximum": str(LENGTH_SOFT_MAX)}
        made.notices.append(
            Notice(field="prompt", kind="information", code="prompt_too_long", values=values, severity="warn")
        )
    return made


def _wished(call: GenerateCall, spec: ProviderSpec, made: MidjourneyPrompt, *, mode: bool) -> Iterator[tuple[str, str]]:
    """Field and parameter of everything that the request sets."""
    request, options, capability = call.request, call.request.options, call.model.capability
    if request.aspect_ratio is not None:
        yield "aspect_ratio", f"--ar {request.aspect_ratio.reduced()}"
    style_model = STYLE_MODEL.get(request.style.strip().lower())
    if style_model is not None and not call.model.id.startswith("niji"):
        other = spec.model(style_model)
        capability = other.capability if other is not None else capability
        yield "style", version_parameter(style_model)
    else:
        yield "model", version_parameter(call.model.id)
    unwanted = ", ".join(
        part for part in (_plain(part).strip(" .") for part in request.negative_prompt.split(",")) if part
    )
    if unwanted:
        yield "negative_prompt", f"--no {unwanted}"
    if call.seed is not None and options.get("mode") != "turbo":
        yield "seed", f"--seed {call.seed}"
    elif call.seed is not None:
        made.notices.append(_ignored("seed", "seed", "turbo takes none"))
    raw = capability.option("raw")
    if request.style.strip().lower() == "raw" and raw is not None:
        yield "style", f"{raw.wire_name}"
    yield from _of_options(options, call.model.capability, capability, made, mode=mode)


def _of_options(
    options: Mapping[str, OptionValue],
    known: Capability,
    drawn: Capability,
    made: MidjourneyPrompt,
    *,
    mode: bool,
) -> Iterator[tuple[str, str]]:
    """`known`: the options of the chosen model. `drawn`: those of the version that draws, where a style changed it."""
    for name, value in options.items():
        option = known.option(name)
        if option is None or (name == "mode" and not mode):
            continue
        if drawn.option(name) is None:
            made.notices.append(_ignored(f"options.{name}", name, "this version has none"))
        elif name in ("mode", "visibility"):
            yield f"options.{name}", f"--{value}"
        elif parameter := _parameter(drawn.option(name) or option, value):
            yield f"options.{name}", parameter


def _parameter(option: OptionSpec, value: OptionValue) -> str:
    """``--hd`` for a flag that is on, ``--s 250``; empty for what says nothing."""
    if isinstance(value, bool):
        return f"{option.wire_name}" if value else ""
    text = f"{value:g}" if isinstance(value, float) else str(value)
    if option.kind == "text":
        text = _plain(text).rstrip(" ,.")
    return f"{option.wire_name} {text}" if text else ""


def _parameters(text: str) -> Iterator[tuple[str, str]]:
    for found in _PARAMETER.finditer(text):
        name = found[1].lower()
        yield _SHORT.get(name, name), found[2] or ""


def _plain(text: str) -> str:
    """One line that can start no parameter."""
    return " ".join(re.sub(r"-{2,}|—", " ", text).split())


def _ignored(field_name: str, name: str, reason: str) -> Notice:
    values = {"name": f"--{name}", "reason": reason}
    return Notice(field=field_name, kind="ignored", code="option_not_now", values=values, severity="warn")


def links_of(call: GenerateCall) -> tuple[str, ...]:
    """Reference images as links, which is all that the gateway takes. Raises RequestInvalid for those without one."""
    for reference in call.request.reference_image:
        if not reference.source_url:
            reason = f"AceDataCloud takes references as public links only, and {reference.name or 'one'} has none"
            raise RequestInvalid(field="reference_image", reason=reason)
    return tuple(reference.source_url or "" for reference in call.request.reference_image)


def gateway_hints(parameters: Mapping[str, str]) -> dict[str, Any]:
    """Fields in which the gateway wants the prompt's parameters once more; they must agree with it."""
    hints: dict[str, Any] = {}
    version = parameters.get("v", "")
    if version in _GATEWAY_VERSIONS:
        hints["version"] = version
    if "hd" in parameters:
        hints["hd"] = True
    if parameters.get("q") and version != "8.1":
        hints["quality"] = parameters["q"]
    if "sref" in parameters:
        hints["style_reference"] = True
    if "p" in parameters:
        hints["moodboard"] = True
    return hints
