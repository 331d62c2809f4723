"""Orders to a fake inside a prompt, for processes that a test cannot reach: `[[openai:moderation_blocked]]`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_MARKER = re.compile(rb"\[\[([a-z]+):([A-Za-z0-9_.\-]+)((?:\s+[a-z_\-]+=[^\s\]]+)*)\s*\]\]")


@dataclass(frozen=True, slots=True)
class Marker:
    """`[[topic:name key=value ...]]`. Topic `fault` names a fault of the wire, any other the vendor it is meant for."""

    topic: str
    name: str
    arguments: Mapping[str, str] = field(default_factory=dict)


def find_markers(body: bytes, topic: str) -> tuple[Marker, ...]:
    """The markers of one topic, in order."""
    return tuple(
        Marker(topic, name.decode(), dict(pair.split("=", 1) for pair in arguments.decode().split()))
        for found, name, arguments in _MARKER.findall(body)
        if found.decode() == topic
    )
