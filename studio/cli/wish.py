"""From the words of a command line to what shall be drawn, by whom."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from studio.domain.capability import ProviderSpec
from studio.domain.errors import RequestInvalid
from studio.domain.request import Target
from studio.domain.values import OptionValue

REQUEST_MAX_BYTES = 100_000_000
"""Reference images may stand in the request as ``data:`` addresses."""


@dataclass(frozen=True, slots=True)
class TargetWords:
    """What the command line says about targets, unread."""

    targets: tuple[str, ...] = ()
    provider: str | None = None
    model: str | None = None
    account: str | None = None
    options: tuple[str, ...] = ()


def read_request(source: str) -> dict[str, Any]:
    """The JSON object in ``--request``: itself, a file's name, or ``-`` for standard input. Raises RequestInvalid."""
    text = source.strip()
    if text == "-":
        content: str | bytes = sys.stdin.buffer.read(REQUEST_MAX_BYTES + 1)
    elif text.startswith(("{", "[")):
        content = text
    else:
        content = _read_file(Path(text).expanduser())
    if len(content) > REQUEST_MAX_BYTES:
        raise RequestInvalid(field="request", reason=f"it is larger than {REQUEST_MAX_BYTES // 1_000_000} MB")
    try:
        found = json.loads(content)
    except RecursionError:
        raise RequestInvalid(field="request", reason="it is nested too deeply") from None
    except ValueError as error:
        raise RequestInvalid(field="request", reason=f"it is not JSON: {error}") from error
    if not isinstance(found, dict):
        raise RequestInvalid(field="request", reason='it is no JSON object such as {"prompt": "two pears"}')
    return found


def _read_file(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(REQUEST_MAX_BYTES + 1)
    except OSError as error:
        reason = f"{path} cannot be read: {error.strerror or error}"
        raise RequestInvalid(field="request", reason=reason) from error


def choose_targets(
    words: TargetWords, named: Sequence[Target], provider_named: str | None, specs: Sequence[ProviderSpec]
) -> tuple[Target, ...]:
    """The targets of the command line, else those of the request (`named`, or a provider without a model).

    A provider alone means its default model. Raises RequestInvalid, also for a provider that does not exist."""
    by_id = {spec.id: spec for spec in specs}
    texts = list(words.targets)
    if words.provider or words.model:
        texts.append(_joined(words, by_id))
    if texts:
        targets = [_read_target(text, by_id) for text in texts]
    elif named:
        targets = [_checked(target, by_id) for target in named]
    elif provider_named:
        targets = [_read_target(provider_named, by_id)]
    else:
        example = f"{specs[-1].id}/{specs[-1].default_model}" if specs else "PROVIDER/MODEL"
        raise RequestInvalid(field="target", reason=f"none is named; add for example --target {example}")
    if words.account:
        targets = [target.model_copy(update={"account": words.account}) for target in targets]
    seen: dict[str, Target] = {}
    for target in targets:
        seen.setdefault(f"{target.key}@{target.account}", target)
    return tuple(seen.values())


def with_options(
    targets: Sequence[Target], options: Mapping[str, OptionValue], words: Sequence[str]
) -> tuple[Target, ...]:
    """Targets with the options of the request and of the command line, the latter first in rank.

    ``NAME=VALUE`` goes to every target, ``PROVIDER.NAME=VALUE`` to those of that provider. Raises RequestInvalid."""
    pairs = [_read_option(word) for word in words]
    providers = {target.provider for target in targets}
    finished: list[Target] = []
    for target in targets:
        own: dict[str, OptionValue] = {**options, **target.options}
        for name, value in pairs:
            provider, dot, rest = name.partition(".")
            if not dot:
                own[name] = value
            elif provider == target.provider:
                own[rest] = value
            elif provider not in providers:
                raise RequestInvalid(field="option", reason=f"no target is of the provider {provider!r}")
        finished.append(target.model_copy(update={"options": own}))
    return tuple(finished)


def _joined(words: TargetWords, by_id: Mapping[str, ProviderSpec]) -> str:
    if words.provider and words.model:
        return f"{words.provider}/{words.model}"
    if words.provider:
        return words.provider
    if words.model and "/" in words.model:
        return words.model
    found = _providers_of(words.model or "", by_id)
    way = f"use --target with {found}" if found else "add --provider, or use --target; prompt-studio models lists them"
    raise RequestInvalid(field="provider", reason=f"a model alone is not enough; {way}")


def _read_target(text: str, by_id: Mapping[str, ProviderSpec]) -> Target:
    name = text.strip()
    if "/" not in name:
        spec = by_id.get(name)
        if spec is None and (found := _providers_of(name, by_id)):
            raise RequestInvalid(field="target", reason=f"{name!r} is a model, name its provider too: {found}")
        if spec is None:
            raise _unknown(name, by_id)
        return Target(provider=spec.id, model=spec.default_model)
    try:
        return _checked(Target.parse(name), by_id)
    except ValueError as error:
        raise RequestInvalid(field="target", reason=str(error)) from error


def _checked(target: Target, by_id: Mapping[str, ProviderSpec]) -> Target:
    if target.provider not in by_id:
        raise _unknown(target.provider, by_id)
    return target


def _unknown(provider: str, by_id: Mapping[str, ProviderSpec]) -> RequestInvalid:
    known = ", ".join(by_id)
    return RequestInvalid(field="target", reason=f"there is no provider {provider!r}; there are {known}")


def _providers_of(model: str, by_id: Mapping[str, ProviderSpec]) -> str:
    """``openai/gpt-image-2, acedata/gpt-image-2``: where a model that is named alone can be had; empty for nowhere."""
    return ", ".join(f"{spec.id}/{model}" for spec in by_id.values() if spec.model(model) is not None)


def _read_option(word: str) -> tuple[str, str]:
    name, equals, value = word.partition("=")
    if not equals or not name.strip():
        raise RequestInvalid(field="option", reason=f"{word!r} is not NAME=VALUE")
    return name.strip(), value.strip()
