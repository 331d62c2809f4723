"""What would be sent, for people: the exact requests, what becomes of each setting, and the price."""

from __future__ import annotations

import json
from collections.abc import Sequence

from studio.cli.terminal import problem_lines, say
from studio.domain.errors import StudioError
from studio.domain.jobs import FormPart, WireRequest
from studio.domain.plan import RunPlan, TargetPlan


def print_plan(plan: RunPlan, requests: Sequence[Sequence[WireRequest | StudioError]]) -> None:
    for target, wires in zip(plan.targets, requests, strict=True):
        say(f"== {target.target}")
        for wire in wires:
            if isinstance(wire, StudioError):
                for line in problem_lines(wire.problem, target.target.provider):
                    say(line)
            else:
                _print_request(wire)
        for notice in target.notices:
            say(f"{notice.kind}: {notice.field}: {notice.message}")
        say(_price_words(target))
        say()
    say("Nothing was sent.")


def _print_request(wire: WireRequest) -> None:
    say(f"{wire.method} {wire.url}")
    for name, value in wire.headers.items():
        say(f"{name}: {value}")
    say()
    if wire.json_body is not None:
        say(json.dumps(wire.json_body, ensure_ascii=False, indent=2))
    for part in wire.form:
        say(_part_words(part))
    say()


def _part_words(part: FormPart) -> str:
    if part.text is not None:
        return f"{part.name} = {part.text}"
    return f"{part.name} = file {part.file_name}, {part.media_type}, {part.size_bytes} bytes, sha256 {part.blob}"


def _price_words(target: TargetPlan) -> str:
    estimate = target.estimate
    if estimate.is_free:
        return "price: free"
    if estimate.typical is None:
        return "price: nobody publishes one"
    words = f"price: ≈ {estimate.typical}"
    if estimate.at_most is not None and estimate.at_most != estimate.typical:
        words += f", up to {estimate.at_most}"
    origin = ", ".join(part for part in (f"as of {estimate.as_of}" if estimate.as_of else "", estimate.source) if part)
    return f"{words} ({origin})" if origin else words
