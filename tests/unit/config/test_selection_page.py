"""The page that users read about choosing a provider tells what the program does."""

from __future__ import annotations

import re
from pathlib import Path

from studio.config.settings import Settings
from studio.domain.suggestions import SUGGESTIONS

NAMES = {"openai": "OpenAI", "tongyi": "Tongyi", "volcengine": "Volcengine", "midjourney": "Midjourney"}


def test_questions_and_order_are_those_of_the_program(project: Path) -> None:
    page = (project / "references" / "selection.md").read_text(encoding="utf-8")
    answers = re.findall(r"^\| [^|]+\? \| \*\*(?:Alibaba )?(\w+)\*\*", page, flags=re.MULTILINE)
    assert answers[: len(SUGGESTIONS)] == [NAMES[one.provider] for one in SUGGESTIONS]
    (order,) = re.findall(r"\*\*(OpenAI, [\w,\s]+)\*\*", page)
    assert re.split(r",\s+", order) == [NAMES[provider] for provider in Settings().fallback.order]
    assert Settings().fallback.use == "off"
