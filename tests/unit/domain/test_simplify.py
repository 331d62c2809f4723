"""A simplified prompt keeps the subject and drops what may have confused the model."""

from __future__ import annotations

import pytest

from studio.domain.simplify import simplified


@pytest.mark.parametrize(
    ("prompt", "simpler"),
    [
        ("two pears, linen, morning light, 50 mm, film grain", "two pears, linen, morning light"),
        ("a fox --ar 16:9 --stylize 200, in snow", "a fox, in snow"),
        ("(castle:1.4) on a hill. [[fail:text]] Draw it now!", "castle on a hill, fail:text Draw it now"),
        ("粗陶花瓶，两只梨，亚麻布，午后阳光", "粗陶花瓶，两只梨，亚麻布"),
        ("kite", "kite"),
        ("...", "..."),
    ],
)
def test_first_clauses_without_parameters_and_weights(prompt: str, simpler: str) -> None:
    assert simplified(prompt) == simpler
